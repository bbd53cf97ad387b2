"""Dates and statistics periods as reports write them, whole or with digits lost."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_NUMERAL = re.compile(r"[〇零○一二三四五六七八九十]{1,4}(?=[年月日])")
_ONES = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_DAY = r"(?P<y>20\d\d)(?:年|[./-])(?P<m>\d{1,2})(?:月|[./-])(?P<d>\d{1,2})(?!\d)日?"
_DATE = re.compile(rf"(?<!\d){_DAY}|(?<!\d)(?P<y8>20\d\d)(?P<m8>[01]\d)(?P<d8>[0-3]\d)(?!\d)")
_TIME = re.compile(r"[\sT]\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_TO = r"(?:日?)(?:起|开始|始)?[,，、;；]?(?:截至|截止到?|至|到|止于|--?|—+|–|~+)到?"
_PERIOD = re.compile(
    r"(?P<y1>20\d\d)(?:年|[./-])(?P<m1>\d{1,2})(?:月|[./-])(?P<d1>\d{1,2})"
    + _TO
    + r"(?:(?:(?P<y2>20\d\d)|(?:当|同|本|次)年)(?:年|[./-])?)?(?P<m2>\d{1,2})(?:月|[./-])(?P<d2>\d{1,2})日?"
)
_SAYS_PERIOD = re.compile("统计|期限|时限|时段|区间|报告期|起止|数据|起.*止")
_LOOSE = re.compile(
    r"(?<!\d)(?P<y1>20[0-3]\d)[^。；;]{0,16}?(?:至|到)(?P<y2>20[0-3]\d)?[^。；;]{0,12}?止?"
)
_ONE_YEAR = re.compile(
    r"(?<!\d)(?P<y1>20[0-3]\d)年?(?:1月(?:份)?(?:至|到|-|—)12月|全年|度(?![^。]{0,12}报告))"
)


class Period(NamedTuple):
    """A statistics period: ISO dates where they are whole, the year it ends in, the words."""

    start: str | None
    end: str | None
    year: int
    text: str


def western(text: str) -> str:
    """Chinese numerals before 年, 月, 日 as figures: 二〇二三年十二月三十一日 → 2023年12月31日."""
    return _NUMERAL.sub(lambda m: _number(m[0]), text)


def _number(word: str) -> str:
    if "十" not in word:
        return "".join(str(_ONES[c]) for c in word)
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return word
    return str(_ONES.get(tens, 1) * 10 + (_ONES[ones] if ones else 0))


def without_time(text: str) -> str:
    """A field's text without the time of day behind its date, which would run into the day."""
    return _TIME.sub("", text)


def first_date(text: str) -> tuple[str | None, str] | None:
    """The first date in a squeezed text as ISO, and its words; no ISO where no such day exists."""
    found = _DATE.search(western(text))
    if found is None:
        return None
    year, month, day = (int(found[n] or found[n + "8"]) for n in ("y", "m", "d"))
    try:
        return date(year, month, day).isoformat(), found[0]
    except ValueError:
        return None, found[0]


def is_date_line(text: str) -> bool:
    """Whether a squeezed line is a date and nothing else."""
    plain = western(text).strip("()[]【】")
    found = _DATE.fullmatch(plain)
    return found is not None


def period(text: str) -> Period | None:
    """The statistics period that a squeezed line states.

    Dates that lost digits give the year only, and only where the words speak of a period.
    """
    plain = western(text)
    whole = None
    for whole in _PERIOD.finditer(plain):
        if _SAYS_PERIOD.search(_sentence(plain, whole.start())):
            break
    if whole is not None:
        y1, y2 = whole["y1"], whole["y2"] or whole["y1"]
        start = f"{y1}-{int(whole['m1']):02}-{int(whole['d1']):02}"
        end = f"{y2}-{int(whole['m2']):02}-{int(whole['d2']):02}"
        return Period(start, end, int(y2), whole[0])
    for pattern in (_LOOSE, _ONE_YEAR):
        for loose in pattern.finditer(plain):
            said = _sentence(plain, loose.start())
            if re.search("统计|期限|时限|时段|报告期|自.*起.*止", said):
                year = loose.groupdict().get("y2") or loose["y1"]
                return Period(None, None, int(year), loose[0])
    return None


def _sentence(text: str, at: int) -> str:
    """The sentence around a position."""
    end = re.search("[。；;]", text[at:])
    start = max(text.rfind(mark, 0, at) for mark in "。；;") + 1
    return text[start : at + end.start() if end else len(text)]
