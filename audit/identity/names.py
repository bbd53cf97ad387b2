"""A unit's name as written → short name, county and level."""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACE = re.compile(
    r"^(?P<above>(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟))??)"
    r"(?P<county>[\u4e00-\u9fff]{1,9}?(?:自治县|县|市|区|旗))?(?P<own>[\u4e00-\u9fff]+)$"
)
_TOWNSHIP = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|办事处|街道办事处|党工委)?$")
_DEPARTMENT = re.compile(
    r"(?:局|委员会|办公室|厅|院|中心|大队|支队|站|所|处|办|委|部|分局|会|馆|集团|公司|学校|医院)$"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府)$")


class Name(NamedTuple):
    """A unit's short name, the county before it, its level; None where the name does not tell."""

    unit: str
    county: str | None
    level: str | None


def split(written: str) -> Name:
    """The parts of a name as written: 云岭县青石镇人民政府 → 青石镇, 云岭县, township."""
    if _TOWNSHIP.search(written):
        own = re.sub(r"(?:人民政府|办事处|党工委)$", "", written)
        county, own = _above(own)
        return Name(own, county, "township")
    if _GOVERNMENT.search(written) or re.search(r"(?:县|区|市|省|旗|州|盟)$", written):
        own = _GOVERNMENT.sub("", written)
        return Name(_last(own), None, _level(own))
    if _DEPARTMENT.search(written):
        county, own = _above(written)
        return Name(own, county, "department")
    return Name(written, None, None)


def _above(name: str) -> tuple[str | None, str]:
    """The county before a unit's own name, and the own name."""
    rest = re.sub(r"^[\u4e00-\u9fff]{2,8}?(?:省|自治区)", "", name)
    found = re.match(
        r"^(?:[\u4e00-\u9fff]{2,7}?(?:市|自治州|地区|盟))?([\u4e00-\u9fff]{1,8}?(?:自治县|县|市|区|旗))(.{2,})$",
        rest,
    )
    if found is None:
        return None, rest
    return found[1], found[2]


def _last(name: str) -> str:
    found = re.match(
        r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,7}?(?:市|自治州|地区|盟))?(.{2,})$",
        name,
    )
    return found[1] if found is not None else name


def _level(name: str) -> str | None:
    if name.endswith(("省", "自治区")):
        return "province"
    if name.endswith(("县", "区", "旗")):
        return "county"
    if name.endswith(("州", "盟", "市")):
        return "city"
    return None
