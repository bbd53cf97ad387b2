"""A worksheet as every spreadsheet format gives it: its filled cells and merged ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from audit.record import record

NOT_CALCULATED = "公式没有保存计算结果，无法读取数值"
MAYBE_STALE = "公式的结果不是由表格软件算出的，可能不是实际数值"

#: A whole number that a float holds exactly: as a person would type it.
WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
#: More digits than this are an artefact of binary fractions: 0.30000000000000004 is 0.3.
_DIGITS = 12


@record
class Entry:
    """What a cell shows; `doubt` says why that may not be what it means."""

    text: str
    doubt: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: entries and merged ranges (first row, first column, last row, last column), from 0."""

    name: str
    cells: dict[tuple[int, int], Entry] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets in order, and what the file says of itself."""

    sheets: list[Sheet]
    metadata: dict[str, str]


def number_text(value: float, percent: bool = False) -> str:
    """A number as a person would type it: no `.0`, no exponent, no binary artefacts."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    whole = int(value)
    if value == whole and not percent:
        return str(whole)
    number = Decimal(f"{value:.{_DIGITS}g}" if value != whole else str(whole))
    if percent:
        number = (number * 100).normalize()
    text = format(number, "f")
    text = "0" if text == "-0" else text
    return f"{text}%" if percent else text


def date_text(days: float, from_1904: bool = False) -> str:
    """A spreadsheet's day count as ISO text: date, time, or both."""
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    try:
        moment = start + timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return number_text(days)
    if 0 <= days < 1:
        return moment.time().isoformat()
    return moment_text(moment)


def moment_text(moment: date | datetime | time | timedelta) -> str:
    """A moment as ISO text; midnight is not shown."""
    if isinstance(moment, datetime):
        moment = moment.replace(microsecond=0)
        return (moment.date() if moment.time() == time() else moment).isoformat().replace("T", " ")
    return str(moment) if isinstance(moment, timedelta) else moment.isoformat()
