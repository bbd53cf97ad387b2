"""N606: the text speaks of another year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.prose import Sentence, sentences
from rules.sections import TEXT_REASONS, one_each, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_ANY_YEAR = re.compile(r"20\d\d")
_KNOWN = {"overview", "disclosure", "applications", "disputes", "problems", "other"}
#: A sentence that opens with a year and then speaks of the unit or its work: the year it is about.
_SELF = re.compile(
    r"^(?:（?[一二三四五六七八九十\d]+[）、.])?(?:在|截至|截止)?(?P<year>20\d\d)年(?:度|来|末|底)?(?P<rest>[，、]?.*)",
    re.S,
)
_OWN_WORK = re.compile(
    "[我本全][镇乡街局委厅办县区市省机单]|[\u4e00-\u9fff]{2,8}(?:镇|乡|街道|局|县|区|市|委员会|人民政府)|信息|公开|申请|主动|认真|按照|根据|共"
)
#: Plans, comparisons, history, what was carried over or stands in the name of a document.
_OTHERWISE = re.compile(
    "将|下一步|计划|拟|规划|较|相比|同比|与去年|上年|去年|结转|转结|以来|修订|印发|起施行|起实施|问题整改|针对|针对上|获|荣获|被评|表彰|年报|年度报告"
)
_COMPARES = re.compile("较|相比|同比|去年|上年|以来|累计|结转|获|回顾")
#: A year's work within a sentence; and what makes it a look back, or part of another's name.
_DONE = re.compile(
    r"(?<![《〔\d])(?P<year>20\d\d)年度?(?:的工作|，?(?:我[镇乡街局委县区市单]|本[机单镇乡街局])|[^，。；]{0,8}"
    r"(?:未|没有|共|主动公开|认真|严格|不断|持续|扎实|全面|积极|政府信息公开工作|政务公开工作))"
)
_ELSEWHERE = re.compile(f"{_OTHERWISE.pattern}|{_COMPARES.pattern}|曾|修正|清理|自20|起")
_NAMED = re.compile(
    r"(?:公布|发布|编制|编写|现将|形成|完成)[^。；，]{0,30}?(?P<year>20\d\d)年?度?[^。；，《》]{0,24}?年度?报告"
)
_TITLE = re.compile(r"(?P<year>20\d\d)年?度?(?:政府)?(?:信息|政务)公开(?:工作)?(?:年度)?报告")


def check(data: Dataset) -> Measure:
    """The text's year is the report's; the period, the date of publication and the title agree."""
    years = {int(r): int(y) for r, y in data.reports["year"].dropna().items() if isinstance(r, int)}
    offences = [*_disagreeing(data), *_of_text(data, years)]
    told = {o["report"] for o in offences}
    offences += [o for o in _stale(data, years) if o["report"] not in told]
    told = {o["report"] for o in offences}
    offences += [o for o in _never_own(data, years) if o["report"] not in told]
    return one_each(data, offences, reason=unjudged(data), reasons=TEXT_REASONS)


def _disagreeing(data: Dataset) -> Iterator[dict[str, Any]]:
    heads = data.reports[data.reports["year"].notna()]
    year = heads["year"].astype(int)
    period = pd.to_numeric(heads["period_to"].str[:4], errors="coerce")
    published = pd.to_numeric(heads["published"].str[:4], errors="coerce")
    title = pd.to_numeric(heads["title"].str.extract(r"(20\d\d)", expand=False), errors="coerce")
    for name, found, wrong in (
        ("period", period, period.notna() & (period != year)),
        ("published", published, published > year + 1),
        ("title", title, title.notna() & (title != year)),
    ):
        for report in heads.index[wrong.fillna(False)]:
            yield {
                "report": int(report),
                "statement": name,
                "expected": int(year[report]),
                "actual": int(found[report]),
                "details": {"where": _WHERE[name]},
            }


_WHERE = {
    "period": Text("统计期限", "the statistics period"),
    "published": Text("发布日期", "the date of publication"),
    "title": Text("标题", "the title"),
    "preamble": Text("前言所称报告", "the report named in the preamble"),
    "text": Text("正文所述年度", "the year the text speaks of"),
}


def _of_text(data: Dataset, years: dict[int, int]) -> Iterator[dict[str, Any]]:
    rows, titles = data.sections, data.reports["title"].fillna("").to_dict()
    for report, key, text, place in zip(
        rows["report"], rows["key"], rows["text"], rows["location"], strict=True
    ):
        year = years.get(report)
        if year is None or not isinstance(text, str) or not isinstance(key, str):
            continue
        if all(int(y) == year for y in _ANY_YEAR.findall(text)):
            continue
        found = _named(text, year, titles[report]) if key == "preamble" else None
        if key in _KNOWN:
            found = _spoken(sentences(text), year, first=key == "overview")
        if found is not None:
            where, other, words = found
            yield {
                "report": report,
                "statement": f"{where}.{key}",
                "expected": year,
                "actual": other,
                "location": place,
                "excerpt": words,
                "details": {"where": _WHERE[where]},
            }


def _stale(data: Dataset, years: dict[int, int]) -> Iterator[dict[str, Any]]:
    """Figures that the text gives for another year only, as if they were the year's own."""
    claims = data.claims[data.claims["kind"].isin(["count", "none"]) & data.claims["year"].notna()]
    claims = claims.assign(own=claims["year"].eq(claims["report"].map(years).astype("Int64")))
    if claims["own"].fillna(False).all():
        return
    claims = claims[~claims["concept"].str.contains("carried_in.total$|carried_out")]
    claims = claims.assign(about=claims["concept"].str.split(" ", n=1).str[0])
    own = claims.groupby(["report", "about"])["own"].transform("any")
    for claim in claims[~own].drop_duplicates("report").to_dict("records"):
        sentence = claim["sentence"]
        year = years.get(claim["report"])
        if year is not None and str(year) not in sentence and not _COMPARES.search(sentence):
            yield {
                "report": claim["report"],
                "statement": "text.figures",
                "expected": year,
                "actual": int(claim["year"]),
                "location": claim["location"],
                "excerpt": sentence,
                "details": {"where": _WHERE["text"]},
            }


def _never_own(data: Dataset, years: dict[int, int]) -> Iterator[dict[str, Any]]:
    """The year before's work, told in a text that never names the report's own year."""
    rows = data.sections[data.sections["key"].isin(_KNOWN) & data.sections["text"].notna()]
    others = rows["report"].map({r: str(y - 1) for r, y in years.items()})
    pairs = zip(others, rows["text"], strict=True)
    mentions = np.array([isinstance(y, str) and y in t for y, t in pairs], dtype=bool)
    for report, own in rows[mentions].groupby("report"):
        year = years[int(str(report))]
        whole = rows.loc[rows["report"].eq(report), "text"]
        if whole.str.contains(str(year), regex=False).any():
            continue
        told = (
            (sentence.text, place)
            for text, place in zip(own["text"], own["location"], strict=True)
            for sentence in sentences(text)
            if not _ELSEWHERE.search(sentence.text)
            for match in (_DONE.search(sentence.text),)
            if match and int(match["year"]) == year - 1
        )
        for words, place in islice(told, 1):
            yield {
                "report": report,
                "statement": "text.work",
                "expected": year,
                "actual": year - 1,
                "location": place,
                "excerpt": words,
                "details": {"where": _WHERE["text"]},
            }


def _named(text: str, year: int, title: str) -> tuple[str, int, str] | None:
    """A report that the preamble presents, if it is of another year and none of this one is named.

    The title itself, which stands above the preamble, presents nothing.
    """
    squeezed = "".join(text.split()).replace("".join(title.split()) or "\0", "")
    named = [m for p in (_NAMED, _TITLE) for m in p.finditer(squeezed)]
    years = {int(m["year"]) for m in named}
    if not named or year in years:
        return None
    return "preamble", int(named[0]["year"]), named[0].group()


def _spoken(found: list[Sentence], year: int, *, first: bool) -> tuple[str, int, str] | None:
    """The other year that a section is about: its opening's, or that of most of its sentences."""
    opened: Counter[int] = Counter()
    words: dict[int, str] = {}
    opening: int | None = None
    for sentence in found:
        match = _SELF.match(sentence.text)
        if match is None or not _OWN_WORK.search(match["rest"]):
            continue
        spoken = int(match["year"])
        if spoken != year and (str(year) in match["rest"] or _OTHERWISE.search(match["rest"])):
            continue
        opened[spoken] += 1
        words.setdefault(spoken, sentence.text)
        opening = spoken if opening is None else opening
    others = [y for y in opened if y != year]
    if opening is None or not others:
        return None
    other = max(others, key=lambda y: opened[y])
    if (first and opening != year) or (opened[other] > 1 and not opened[year]):
        other = opening if first and opening != year else other
        return "text", other, words[other]
    return None if opened[year] or not first else ("text", other, words[other])


RULE = Rule(
    code="N606",
    severity=Severity.WARNING,
    title=Text("年度前后不一", "The text speaks of another year"),
    demand=Text(
        "正文所述为报告年度的情况；标题、统计期限、发布日期相互一致",
        "The text speaks of the report's year; title, period and date of publication agree",
    ),
    message=Text(
        "{where}为 {actual} 年，与报告年度 {expected} 年不一致",
        "{where} is {actual}, the report's year {expected}",
    ),
    hint=Text(
        "请检查是否沿用以前年度的文稿；与上年比较请写明“较上年”",
        "See whether the text is an earlier year's; write 较上年 where years are compared",
    ),
    citations={0: "国办公开办函〔2021〕30号；《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        sections={
            "overview+": "2022年结转的工作已完成。根据《办法》（2019年修订）和〔2021〕30号文，2024年将加强培训。"
        }
    ),
    fails=patch(
        sections={
            "overview": "2022年，我镇认真贯彻《条例》，主动公开信息。2022年，未收到依申请公开事项。"
            "政府信息管理：先审后发。平台建设：办好专栏。监督保障：工作考核合格，社会评议良好，无责任追究情形。"
        }
    ),
)
