"""S113: a notice or decree is cited that is not in force for the year, or cited wrongly."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.form import EDITIONS, edition_for, load_form
from rules.measure import Measure
from rules.sections import TEXT_REASONS, excerpt, one_each, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_OPEN, _CLOSE = r"[〔\[（(【﹝［{]", r"[〕\]）)】﹞］}]"
_NUMBER = rf"{_OPEN}(?P<year>20\d\d){_CLOSE}第?(?P<number>\d{{1,3}})号"
_OFFICE = "国办公开办函"

#: A notice with any prefix, whole.
_NOTICE = re.compile(rf"(?P<prefix>国办[发函]?公开办[函发]?|国办[发函]?){_NUMBER}")
#: The prefix of the form's notices with something after it that is no number.
_BROKEN = re.compile(
    rf"{_OFFICE}(?!{_NUMBER.replace('?P<year>', '?:').replace('?P<number>', '?:')})[^，。；《》]{{0,10}}"
)
_DECREE = re.compile(
    r"(?:(?:《?(?:中华人民共和国)?政府信息公开条例》?|《条例》)[^。；《]{0,12}?)?(?:国务院令?|国令)[^0-9。；《》]{0,6}第?(?P<number>\d{3})号"
)

_PLACES = {edition: load_form(edition).notice for edition in EDITIONS}
_KNOWN = {(2019, 60): 2019, (2021, 30): 2021}

_GARBLED = Text("文号有误", "the number is garbled")
_OTHER = Text("不是适用于该年度的文号", "not the notice for that year")
_PREFIX = Text("发文字号的机关代字有误", "the issuer's sign is wrong")
_OLD_DECREE = Text(
    "该令公布的是2008年的旧条例，已被2019年修订的条例取代", "the superseded regulation of 2008"
)

_SUSPICIOUS = re.compile(r"国办|国务院令|国令|492号")


def _check(data: Dataset) -> Measure:
    rows = data.sections[data.sections["text"].fillna("").str.contains(_SUSPICIOUS)]
    return one_each(data, _told(data, rows), reason=unjudged(data), reasons=TEXT_REASONS)


def _told(data: Dataset, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    text = rows["text"].str.replace(r"\s+", "", regex=True)
    years = data.reports["year"].iloc[rows["report"]]
    seen: set[tuple[int, str]] = set()
    for report, line, place, year in zip(
        rows["report"].tolist(), text, rows["location"], years, strict=True
    ):
        edition = None if pd.isna(year) else edition_for(int(year))
        for cited, why, right in _citations(line, edition):
            if (report, cited.group()) in seen:
                continue
            seen.add((report, cited.group()))
            yield {
                "report": report,
                "statement": f"citation:{cited.group()}",
                "expected": right,
                "actual": cited.group(),
                "location": place,
                "excerpt": excerpt(line, cited.start(), cited.end()),
                "details": {"why": why},
            }


def _citations(text: str, edition: int | None) -> Iterator[tuple[re.Match[str], Text, str]]:
    """Wrong citations of a text: what is cited, why it is wrong, what should be cited."""
    right = _PLACES[edition or 2021]
    for found in _NOTICE.finditer(text):
        key = int(found["year"]), int(found["number"])
        if key in _KNOWN and found["prefix"] != _OFFICE:
            yield found, _PREFIX, right
        elif key in _KNOWN and edition is not None and _KNOWN[key] != edition:
            yield found, _OTHER, right
        elif key not in _KNOWN and found["prefix"] == _OFFICE and _is_form(text, found):
            yield found, _GARBLED, right
    for found in _BROKEN.finditer(text):
        yield found, _GARBLED, right
    for found in _DECREE.finditer(text):
        if found["number"] == "492" and "711" not in text:  # 第492号公布、第711号修订 is right
            yield found, _OLD_DECREE, "国务院令第711号"
        elif found.group().lstrip("《").startswith(
            ("政府信息公开条例", "中华人民共和国政府信息", "条例》")
        ) and found["number"] not in {"711", "492"}:
            yield found, _GARBLED, "国务院令第711号"


def _is_form(text: str, found: re.Match[str]) -> bool:
    """Whether the form's notice is meant: by half of its number, or by the words around it."""
    if found["number"] in {"30", "60"}:
        return True
    around = text[max(0, found.start() - 40) : found.end() + 5]
    return "年度报告格式" in around or "年度报告有关事项" in around


RULE = Rule(
    code="S113",
    severity=Severity.WARNING,
    title=Text("引用的文件有误", "A notice or decree is cited wrongly"),
    demand=Text(
        "引用的格式文件和条例是适用于该年度的，文号正确",
        "The notice and decree cited are those in force for the year, and their numbers are right",
    ),
    message=Text(
        "引用的“{actual}”{why}，应为“{expected}”",
        "“{actual}” is cited: {why}; should be “{expected}”",
    ),
    hint=Text(
        "请更正文号：2021年度起为国办公开办函〔2021〕30号，条例为国务院令第711号",
        "Since the report for 2021 the notice is 国办公开办函〔2021〕30号, the regulation decree 711",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号；《政府信息公开条例》（国务院令第711号）",
        2021: "国办公开办函〔2021〕30号；《政府信息公开条例》（国务院令第711号）",
    },
    check=_check,
    passes=patch(),
    fails=patch(
        preamble="本报告依据《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）编制，"
        "统计期限自2023年1月1日起至2023年12月31日止。"
    ),
)
