"""S102: sections stand out of order or are wrongly numbered."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, form_sections, one_each, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_NUMERALS = "一二三四五六七八九十"
_ORDER = {section.key: section.number for section in form_sections()}
_PRINTED = re.compile(r"[一二三四五六七八九十]+|\d+")


def _check(data: Dataset) -> Measure:
    rows = data.sections[data.sections["key"].isin(list(_ORDER))]
    rows = rows.sort_values(["report", "order"], kind="stable")
    number = rows["number"].fillna("")
    printed = number.map({n: _number(n) for n in number.unique()}).astype("int64")
    rows = rows.assign(place=rows["key"].map(_ORDER).astype("int64"), printed=printed)
    odd = rows[:0].assign(late=False) if _regular(rows) else _odd(rows)
    return one_each(data, _told(odd), reason=unjudged(data), reasons=TEXT_REASONS)


def _regular(rows: pd.DataFrame) -> bool:
    """Whether every section stands in order, numbered as the form has it or not at all."""
    report, place, printed = (rows[n].to_numpy() for n in ("report", "place", "printed"))
    late = (report[1:] == report[:-1]) & (place[1:] < place[:-1])
    return not late.any() and bool(((printed == 0) | (printed == place)).all())


def _odd(rows: pd.DataFrame) -> pd.DataFrame:
    """The sections that are wrongly numbered; of reports where some stand late, all sections."""
    # Sheets of a workbook stand beside one another: the order is that within each.
    sheet = rows["location"].fillna("").str.extract(r"^(.*)!", expand=False).fillna("")
    late = rows["place"] < rows.groupby(["report", sheet])["place"].cummax()
    fresh = rows["place"].ne(rows.groupby("report")["place"].shift())
    rank = fresh.groupby(rows["report"]).cumsum()
    # A section that is missing (S101) may have moved up the numbers of those after it.
    numbered = rows["printed"].isin([0]) | rows["printed"].eq(rows["place"])
    numbered |= rows["printed"].eq(rank) & ~late
    disordered = late.groupby(rows["report"]).transform("any")
    return rows[disordered | ~numbered].assign(late=late)


def _told(odd: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for report, rows in odd.groupby("report"):
        printed = list(map(_heading, rows["number"].fillna(""), rows["title"]))
        due = [s for s in form_sections() if s.key in set(rows["key"])]
        right = [f"{_NUMERALS[s.number - 1]}、{s.title}" for s in due]
        location = rows["location"].iloc[0]
        if rows["late"].any():
            location = rows["location"][rows["late"]].iloc[0]
            sound = rows["printed"].isin([0]) | rows["printed"].eq(rows["place"])
            stands = list(rows["key"].where(sound, ""))
            start, end = _differing(stands, [s.key for s in due])
            printed, right = printed[start : len(printed) - end], right[start : len(right) - end]
        yield {
            "report": report,
            "statement": "sections",
            "expected": "；".join(right),
            "actual": "；".join(printed),
            "location": location,
            "details": {"printed": tuple(printed), "right": tuple(right)},
        }


def _differing(keys: Sequence[str], due: Sequence[str]) -> tuple[int, int]:
    """How many sections at the beginning and at the end stand as they should; of both some are left."""
    most = min(len(keys), len(due)) - 1
    start = end = 0
    while start < most and keys[start] == due[start]:
        start += 1
    while end < most - start and keys[-1 - end] == due[-1 - end]:
        end += 1
    return start, end


def _heading(number: str, title: str) -> str:
    """A heading as printed; the reading parts a bare numeral from its title and drops the 、."""
    return f"{number}、{title}" if number[-1:] in (*_NUMERALS, *"0123456789") else number + title


def _number(text: str) -> int:
    """A heading's number, however it is written; 0 where none is printed."""
    found = _PRINTED.search(text)
    if found is None:
        return 0
    digits = found.group()
    if digits.isdigit():
        return int(digits)
    return _NUMERALS.index(digits) + 1 if len(digits) == 1 else -1


RULE = Rule(
    code="S102",
    severity=Severity.WARNING,
    title=Text("部分的顺序或编号有误", "Sections out of order or wrongly numbered"),
    demand=Text(
        "六个部分按格式规定的顺序排列，编号为一至六",
        "The six sections stand in the form's order, numbered 一 to 六",
    ),
    message=Text(
        "标题的顺序或编号不符：实为“{actual}”，应为“{expected}”",
        "Order or numbering differs: is “{actual}”, should be “{expected}”",
    ),
    hint=Text("请按格式调整顺序和编号", "Put the sections in the form's order and number them so"),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=_check,
    passes=patch(),
    fails=patch(titles={"problems": "七、存在的主要问题及改进情况"}),
)
