"""N611: an impossible date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, excerpt, one_each, published_at, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

#: 202020年; figures that a website has stripped of 年 and 月 (202311日起至20231231日) are no such thing.
_LONG_YEAR = re.compile(r"(?<![\d.〔\[])(?:19|20)\d{3,6}年")
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_DAY = re.compile(r"(?<![\d年])(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_GARBLED = re.compile(
    r"(?<!\d)20\d\d(?![年至到及和与起自从])[\u4e00-\u9fff]{1,2}\d{1,2}月\d{1,2}日"
)
#: A report for a year can't be out before that year is over.
_EARLY = re.compile(
    r"(?P<year>20\d\d)年度?[^。；，]{0,20}年?度?报告[^。；]{0,12}[于在](?P<out>20\d\d)年\d{1,2}月(?:\d{1,2}日)?"
    r"[^。；，]{0,4}(?:公布|发布|公开)"
)
_LEAP = 2024


def check(data: Dataset) -> Measure:
    """Dates in the text exist, and the report was not published before its year was over."""
    dated = data.reports["published"].notna().to_numpy(dtype=bool)
    reason = np.where(dated, -1, unjudged(data))
    offences = [*_early(data), *_impossible(data)]
    return one_each(data, offences, reason=reason, reasons=TEXT_REASONS)


def _early(data: Dataset) -> Iterator[dict[str, Any]]:
    heads = data.reports[["year", "published"]].dropna()
    end = heads["year"].astype(int).astype(str) + "-12-31"
    early = heads[heads["published"].str[:10] < end]
    for report, published in zip(early.index.tolist(), early["published"], strict=True):
        yield {
            "report": report,
            "statement": "published",
            "actual": published,
            "location": published_at(data, report),
            "details": {"what": Text("年度尚未结束即已发布", "published before the year was over")},
        }


def _impossible(data: Dataset) -> Iterator[dict[str, Any]]:
    what = Text("日期不存在", "no such date")
    early = Text("年度尚未结束即已发布", "published before the year was over")
    rows = data.sections
    for report, text, place in zip(rows["report"], rows["text"], rows["location"], strict=True):
        if not isinstance(text, str) or not ("月" in text or "年" in text):
            continue
        squeezed = "".join(text.split())
        for match in _wrong(squeezed):
            yield {
                "report": report,
                "statement": match.group(),
                "actual": match.group(),
                "location": place,
                "excerpt": excerpt(squeezed, *match.span()),
                "details": {"what": early if match.re is _EARLY else what},
            }


def _wrong(text: str) -> Iterator[re.Match[str]]:
    seen: set[str] = set()
    for pattern in (_LONG_YEAR, _GARBLED, _DATE, _DAY, _EARLY):
        for match in pattern.finditer(text):
            if match.group() not in seen and not _exists(match):
                seen.add(match.group())
                yield match


def _exists(match: re.Match[str]) -> bool:
    if match.re in (_LONG_YEAR, _GARBLED):
        return False
    facts = match.groupdict()
    if "out" in facts:
        return int(facts["out"]) > int(facts["year"])
    month, day = int(facts["month"]), int(facts["day"] or 1)
    year = int(facts.get("year") or _LEAP)
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


RULE = Rule(
    code="N611",
    severity=Severity.WARNING,
    title=Text("日期有误", "An impossible date"),
    demand=Text(
        "正文中的日期真实存在；年报不早于该年度结束发布",
        "Dates in the text exist, and no report is published before its year is over",
    ),
    message=Text("{what}：“{actual}”", "{what}: {actual}"),
    hint=Text("请改正日期", "Correct the date"),
    citations={0: "《中华人民共和国政府信息公开条例》第四十九条、第五十条"},
    check=check,
    passes=patch(
        preamble="本报告统计期限自202311日起至20231231日止，于2024年2月29日发布。",
    ),
    fails=patch(sections={"overview+": "培训会于2023年2月30日召开。"}),
)
