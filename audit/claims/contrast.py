"""Figures of another year, a part of one or several, or only a difference: none of the year itself."""

from __future__ import annotations

import re

from audit.claims.quantities import Signed
from rules.patterns import SIGNS

_CHANGE = re.compile("(?:增加|减少|增长|增|减|下降|上升|提高|提升|回落|多|少)(?:了|到|至|约)?$")
_COMPARED = re.compile(
    f"(?:[较比与同]|相比于?)(?:于|之)?(?:{SIGNS['year']}|去年|上年|上一年|前年)[^，。；]*$"
)
_LAST_YEAR = re.compile(
    "(?:去年|上年|上一年|往年|历年)(?:度)?(?!结转|转结|转入|接转|遗留|顺延)[^，。；]*$"
)


def is_contrast(before: str) -> bool:
    """Whether the words before a figure make it a difference, or a figure of the year before."""
    if _CHANGE.search(before) or _LAST_YEAR.search(before):
        return True
    found = _COMPARED.search(before)
    return found is not None and "相比" not in found.group()


_YEAR, _OTHER = SIGNS["year"], SIGNS["other"]
_WHOLE_YEAR = re.compile(f"全年|本年度?|今年|年度|{_YEAR}")
#: Parts of a year, means, several years at once.
_OTHER_TIME = re.compile(
    "季度|[上下]半年|每[月年日周季]|[日月年]均|平均|近[两三四五六七八九十几\\d]{1,2}年|[两三四五六七八九十\\d]{1,2}年来"
    f"|[自从][^，。；{_YEAR}]{{1,30}}(?<!今年)(?<!年初)以来|历年|(?:19|20)\\d\\d[-~至](?:19|20)\\d\\d年|{_YEAR}[-~至到]{_YEAR}"
)
#: All there was up to a day, since when nobody says.
_SO_FAR = re.compile("截[至止](?!.*(?:全年|本年|今年)).*累计[^，。；]{0,14}$")
_UNTIL = re.compile(f"(?:截至|截止|自|从|至|到|期限为?)(?:{_YEAR}|本年|当年|今年)?$")


def is_other_time(signed: Signed, at: int) -> bool:
    """Whether the last time named before a figure is no year: a month, a quarter, several years."""
    before = signed.text[:at]
    if _SO_FAR.search(before):
        return True
    found = [m.end() for m in _OTHER_TIME.finditer(before)]
    found += [
        q.at + 1
        for q in signed.of("other")
        if q.at < at and q.unit == "月" and not _UNTIL.search(before[: q.at])
    ]
    if not found:
        return False
    return max(found) >= max((m.end() for m in _WHOLE_YEAR.finditer(before)), default=-1)
