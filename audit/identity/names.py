"""A unit's name as written → short name, the county before it, level."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from audit.identity.places import COUNTY_CITIES, MUNICIPALITIES, PREFECTURES

#: Characters that names are made of; the rarer planes hold many villages' and towns' own.
HAN = r"\u3400-\u9fff〇\U00020000-\U0003ffff"

LEVELS = ("township", "department", "county", "city", "province", "ministry")
#: Those of whole areas: other units lie in a county, these are one.
GOVERNMENTS = ("county", "city", "province")


class Name(NamedTuple):
    """A unit's short name, the county before it, its level; None where the name does not tell.

    `certain` is False for a city that may be one of county rank (县级市).
    """

    unit: str
    county: str | None = None
    level: str | None = None
    certain: bool = True


_NOT_HAN = re.compile(rf"[^{HAN}]+")
_PARTY = re.compile(r"^中共.{2,20}?委员会(?=.{3})")
#: Branches of central bodies name those first: 国家税务总局云岭县税务局.
_BRANCH = re.compile(
    "^(?:国家税务总局|国家统计局|国家金融监督管理总局|中国人民银行|中国气象局)(?=.+[省市县区旗州].+)"
)
_PROVINCE = re.compile(
    rf"(?:[{HAN}]{{2,3}}省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区"
    r"|新疆生产建设兵团|香港特别行政区|澳门特别行政区|北京市|天津市|上海市|重庆市)"
)
_DIVISION = re.compile("自治州|自治县|自治旗|特区|市|县|区|旗")
#: What follows 市, 县, 区, 旗 where it is part of a word: 市场, 县域, 区划, and 县委 with its own bodies.
_IN_WORD = {
    "市": re.compile("场|容|民|政(?!府)|直|级|委(?!员会)|区(?!.)"),
    "县": re.compile("域|级|直|乡道|委(?!员会)"),
    "区": re.compile("域|划|级|直|块|位|委(?!员会)"),
    "旗": re.compile("帜|舰"),
}
#: Zones are bodies of their own, and the county of what lies in them.
_ZONE = re.compile(
    "(?:开发|经开|高新技术产业|高新|园|景|度假|保税|示范|管理|工业|集聚|产业|试验|实验|合作|风景名胜|功能|物流|港)区$"
)
#: What stands behind a zone's name and is no body without it: 九寨沟风景名胜区管理局.
_ZONES_OWN = re.compile(
    "^(?:管理|管护|服务|保护)[\u4e00-\u9fff]{0,4}(?:局|处|中心|办公室|委员会|站|所)$|^管委会$"
)
_RESERVE = re.compile("(?:保护|名胜|景|游览|度假|湿地|公园|园)区?$")
#: The government that a body behind it belongs to: 云岭县人民政府金融工作办公室.
_OF_GOVERNMENT = re.compile("^(?:人民)?政府(?=.{4})")
_NO_DISTRICT = re.compile("(?:社|小|辖|校|片|库|灾|专|牧|地|各)区$")
_GOVERNMENT = re.compile("(?:人民)?(?:政府|委员会)?$|行政公署$|行署$")
_TOWN = re.compile(
    rf"(?P<unit>[{HAN}]{{1,14}}(?:民族乡|镇|乡|街道|苏木|(?<=[{HAN}]{{2}})街)|[一二三四五六七八九十百零]{{1,6}}团)"
    r"(?:(?:镇|乡|街道)?(?:人民)?政府|(?:街道)?办事处|街道办|办|党工委|党委|机关|委员会)*"
    r"(?:党政|综合|便民|政务|信息|公开|工作|服务|事务|管理|和|领导|小组)*(?:办公室|办)?"
)
_AGENCY = re.compile(rf"[{HAN}]{{2,8}}(?<!驻[{HAN}]{{2}})办事处")
_DEPARTMENT = re.compile(
    "(?:局|委员会|管委会|委|办公室|办|厅|院|中心|队|(?<!网)站|所|处|会|馆|集团|公司|学校|大学|中学|小学|银行"
    "|海关|联|部|社|场|基地|台|园|署)$"
)
#: The office that a department's or a government's letters come from is not a unit of its own.
_DESK = re.compile(
    rf"(?<=[局厅])(?:机关)?[{HAN}]{{0,8}}(?:办公室|科|股|室)$|(?<=委员会)(?<!(?:编纂|编制|动员|文明|运动|生产|绿化|治县|治市|治区|信息|改革)委员会)(?:机关)?(?:综合|党政)?(?:办公室|科|股|室)$"
)
_OFFICE = re.compile("(?:人民政府|政府)(?:办公室|办公厅|办)$")
_BARE = re.compile("^(?:我|本)?(?:省|市(?!场|容|民|政)|县(?!域)|区(?!域|划)|旗|州)(?=.{3})")
_MINISTRY = re.compile(
    "^(?:中华人民共和国.+(?:部|委员会|署)|国务院.+|国家.{2,12}(?:局|委员会|署)|海关总署|审计署|中国人民银行"
    "|(?:外交|国防|教育|科学技术|工业和信息化|公安|民政|司法|财政|人力资源和社会保障|自然资源|生态环境"
    "|住房和城乡建设|交通运输|水利|农业农村|商务|文化和旅游|应急管理|退役军人事务)部|中国.{2,8}(?:总局|局))$"
)
_GENERIC = re.compile(
    "^(?:我|本|全(?!州|椒|南)|各|该|贵|某(?![镇乡县区市局街])|以|为|所有|中华人民共和国$|[省市县区旗州镇乡](?:人民)?(?:政府|办事处))"
    "|报告|网站|门户|条例|年度|公众|本机关|可在|电子版"
    "|^(?:人民)?政府$|^(?:行政)?(?:机关|单位|部门)$|^(?:政务|政府|年度|工作|首页|街道|乡镇|镇街|城镇|村镇|集镇|小镇|古镇|城乡)$"
    "|^(?:[局委镇乡厅院]|街道|机关|(?:人民)?政府)?(?:党政|综合|政务|信息|政府信息|公开|工作|领导小组|服务|管理|和)*(?:办公室|办公厅|办|科|股|室|处)$"
)


@lru_cache(maxsize=16_384)
def split(written: str) -> Name | None:
    """The parts of a name as written: 云岭县青石镇人民政府 → 青石镇, 云岭县, township.

    None for what names nobody (镇人民政府, 我局, 党政办公室). `written` is folded already.
    """
    whole = _PARTY.sub("", _NOT_HAN.sub("", written))
    whole = _BRANCH.sub("", whole)
    if len(whole) < 2 or len(whole) > 50 or _GENERIC.search(whole):
        return None
    if _MINISTRY.match(whole):
        return Name(whole.removeprefix("中华人民共和国"), None, "ministry")
    above, own = _peeled(whole)
    if above and not _OFFICE.fullmatch(own) and (inner := _OF_GOVERNMENT.sub("", own)) != own:
        if _ZONE.search(re.sub("(?:管委会|管理委员会)$", "", inner)):
            return _place(
                above
            )  # one report of a government and the zone it shares its offices with
        own = inner
    if above and _GOVERNMENT.fullmatch(own):
        return _place(above)
    if above and _OFFICE.fullmatch(own):
        return Name(above[-1] + own, above[-1], "department")
    return _body(own, above[-1] if above else None)


def _peeled(whole: str) -> tuple[list[str], str]:
    """The places before a name, the widest first, and the name."""
    above: list[str] = []
    rest = whole
    while (length := _division(rest)) and (_division(rest[length:]) or _own(rest[length:])):
        if _RESERVE.search(rest[:length]) and _ZONES_OWN.match(rest[length:]):
            break
        above.append(rest[:length])
        rest = rest[length:]
    return above, rest


def _own(rest: str) -> bool:
    """Whether this can stand behind a place's name."""
    return (
        _GOVERNMENT.fullmatch(rest) is not None
        or _OFFICE.fullmatch(rest) is not None
        or _TOWN.fullmatch(rest) is not None
        or rest.endswith("联")
        or (len(rest) > 2 and (_DEPARTMENT.search(rest) or _ZONE.search(rest)) is not None)
    )


def _division(text: str) -> int:
    """The length of the place's name that a text begins with, 0 if it begins with none."""
    told = _PROVINCE.match(text)
    if told is not None:
        return told.end()
    for name in PREFECTURES:
        if text.startswith(name):
            return len(name)
    for found in _DIVISION.finditer(text):
        if _is_division(text, found[0], found.end()):
            return found.end()
    return 0


def _is_division(text: str, kind: str, end: int) -> bool:
    name, rest = text[:end], text[end:]
    if len(name) > 16 or len(name) < (3 if kind == "市" else 2) or name == kind:
        return False
    if re.search(".(?:镇|街道)(?!.?[市县区]$)", name):
        return False
    word = _IN_WORD.get(kind)
    if word is not None and word.match(rest):
        return False
    if kind == "区" and rest.startswith(("管委会", "管理委员会")):
        return False
    if kind == "县" and re.match("区.", rest):
        return False  # 沙县区
    if kind == "区" and _ZONE.search(name):
        return rest != "" and not _GOVERNMENT.fullmatch(rest)
    return not (kind == "区" and _NO_DISTRICT.search(name))


def _place(above: list[str]) -> Name:
    """The government of a place itself."""
    name = above[-1]
    if _PROVINCE.fullmatch(name):
        return Name(name, None, "province")
    if name.endswith("自治州") or name in PREFECTURES:
        return Name(name, None, "city")
    if not name.endswith("市"):
        return Name(name, None, "department" if _ZONE.search(name) else "county")
    if name in COUNTY_CITIES or any(not _PROVINCE.fullmatch(a) for a in above[:-1]):
        return Name(name, None, "county")
    return Name(name, None, "city", certain=name in MUNICIPALITIES)


def _body(own: str, county: str | None) -> Name | None:
    """A township or department, by the end of its name."""
    town = _TOWN.fullmatch(own)
    if town is not None:
        unit = town["unit"]
        return None if _GENERIC.search(unit) else Name(unit, county, "township")
    if _AGENCY.fullmatch(own):
        return Name(own, county, "township")
    bare = _DESK.sub("", own)
    bare = bare if county else _BARE.sub("", bare)
    if _GENERIC.search(bare):
        return None
    if _DEPARTMENT.search(bare) or _ZONE.search(bare):
        return Name(bare, county, "department")
    return Name(bare, county, None)
