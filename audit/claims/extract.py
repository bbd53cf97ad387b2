"""One section's text → the rows of the claims frame that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from audit.claims.breakdowns import Breakdown, breakdowns
from audit.claims.comparisons import comparisons
from audit.claims.facets import FACET
from audit.claims.quantities import Quantity, Signed, signed
from audit.claims.statements import Reader, Statement, statements
from rules.prose import Sentence, sentences

#: Only a sentence with a figure or a denial can state anything.
_WORTH = re.compile(
    "[0-9０-９]|[一二三四五六七八九十百两零]余?[件条份篇宗起项则]|未|没有|无|不存在|[为是：]零|零[申受收办]"
)
_LISTS = re.compile("[中看][，：]|其中|包括|包含|分别|分为|：|（|共|合计|总计|含|涵盖")
#: Characters that no sentence of a person has.
_LONGEST = 3_000
#: A sentence longer than this says too much to tell what the next is about, unless its paragraph does.
_NEAR = 60
#: How paragraphs are led in; and those on requests, whose sentences patterns know by `REQUESTS`.
_LED = re.compile(
    r"（?[一二三四五六七八九十]{1,3}[）、]|（\d{1,2}）|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]是|第[一二三四五六]，"
)
_ON_REQUEST = re.compile("[^。；]{0,16}(?:依申请|申请公开)")
REQUESTS = "#requests"
#: A sentence that divides the total of the one before: 从渠道看，网上8件、来信4件.
_DIVIDES = re.compile(f"{FACET.pattern}[^，；]*\\d[件条份篇宗起][^；]*\\d[件条份篇宗起]")
_TITLES = re.compile("《[^》]*》")
#: A set phrase for whoever may ask; its 法人 is no kind of applicant that a figure is about.
_ANYONE = re.compile(
    "公民(?:、自然人)?[、，和]?法人(?:和|或|或者|及|以及|与|、|及其)其他组织|公民、法人|社会公众"
)
_CHANNELS = (
    ("published.website", "网站|网页|门户|官网"),
    ("published.wechat", "微信|公众号"),
    ("published.weibo", "微博"),
    ("published.board", "公开栏|公示栏|公告栏|宣传栏|公示|橱窗"),
    (
        "published.media",
        "抖音|头条|客户端|新媒体|视频号|[Aa][Pp][Pp]|APP|平台|报刊|报纸|电视|广播|显示屏|LED|QQ|群|媒体|小程序",
    ),
)
_PUBLISHED = re.compile("公开|发布|信息|公示|推送")


def claims_of(
    section: str | None, text: str, places: Sequence[str], reader: Reader
) -> Iterator[dict[str, Any]]:
    """The claims of one section, as rows without `report`; `group` counts from 0.

    `places` holds the place of each line of the text; where it is shorter, its last one serves.
    """
    context, topic, group = "", "", 0
    for sentence in _cut(_joined(sentences(text))):
        clean = cleaned(sentence.text)
        if _LED.match(clean):
            topic = REQUESTS if _ON_REQUEST.match(clean) else ""
        if _WORTH.search(clean):
            place = places[min(sentence.line, len(places) - 1)] if places else None
            common = {"section": section, "sentence": sentence.text, "location": place}
            rows = list(_rows(clean, section, context + topic, reader, group))
            group = max((r["group"] + 1 for r in rows if r.get("group") is not None), default=group)
            yield from ({**common, **row} for row in rows)
        context = clean if topic or len(sentence.text) < _NEAR else ""


def cleaned(sentence: str) -> str:
    """A sentence without the names of documents and the set phrase for whoever may ask."""
    return _ANYONE.sub("", _TITLES.sub("《》", sentence))


def _joined(found: list[Sentence]) -> Iterator[Sentence]:
    """Sentences, one that begins with 其中 or 从…看 as part of the one before."""
    held: Sentence | None = None
    for sentence in found:
        goes_on = sentence.text.startswith("其中") or _DIVIDES.match(sentence.text)
        if held is not None and goes_on:
            held = replace(held, text=f"{held.text.rstrip('。')}，{sentence.text}")
            continue
        if held is not None:
            yield held
        held = sentence
    if held is not None:
        yield held


def _cut(found: Iterator[Sentence]) -> Iterator[Sentence]:
    """Sentences, overlong ones (text without an end) in pieces: reading takes the square of a length."""
    for sentence in found:
        text = sentence.text
        while len(text) > _LONGEST:
            at = max(text.rfind(sign, 0, _LONGEST) for sign in "；，、") + 1 or _LONGEST
            yield replace(sentence, text=text[:at])
            text = text[at:]
        yield sentence if text is sentence.text else replace(sentence, text=text)


def _rows(
    clean: str, section: str | None, context: str, reader: Reader, group: int
) -> Iterator[dict[str, Any]]:
    found = signed(clean)
    concepts: dict[int, Statement] = {}
    for statement in statements(found, section, context, reader):
        if statement.figure is not None:
            concepts[statement.figure.at] = statement
        yield _stated(statement)
    groups = breakdowns(found) if _LISTS.search(clean) else []
    for number, breakdown in enumerate(groups, group):
        yield from _grouped(breakdown, number, found, concepts, reader)
    for comparison in comparisons(found, groups):
        concept = concepts.get(comparison.figure.at)
        yield {
            "concept": concept.pattern.concept if concept else None,
            "kind": comparison.kind,
            "base": comparison.figure.value,
            "whole": comparison.whole,
            "year": concept.year if concept else reader.year,
            **_figure(comparison.stated),
            "value": comparison.value,
        }


def _figure(figure: Quantity) -> dict[str, Any]:
    return {
        "value": figure.value,
        "unit": figure.unit,
        "exact": figure.exact,
        "step": figure.step,
    }


def _stated(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "concept": statement.pattern.concept,
        "kind": statement.pattern.kind,
        "year": statement.year,
    }
    if statement.figure is None:
        return {**row, "value": 0.0, "exact": True, "step": 1.0}
    row |= _figure(statement.figure)
    if statement.figure.kind == "money" and statement.pattern.concept.startswith("disclosure."):
        # The table's amounts are in 万元.
        row |= {"value": row["value"] / 10_000, "step": row["step"] / 10_000, "unit": "万元"}
    return row


def _grouped(
    found: Breakdown, number: int, text: Signed, concepts: dict[int, Statement], reader: Reader
) -> Iterator[dict[str, Any]]:
    before = text.text[: found.total.at]
    fallback = "published.total" if _PUBLISHED.search(before[-30:]) else "other.total"
    common = {"group": number, "listing": found.listing, "year": reader.year}
    stated = concepts.get(found.total.at)
    concept = stated.pattern.concept if stated else fallback
    yield {**common, "kind": "total", "concept": concept, **_figure(found.total)}
    for part in found.parts:
        own = concepts.get(part.figure.at)
        name = own.pattern.concept if own else _channel(part.label)
        row = {**common, "kind": "part", "concept": name, **_figure(part.figure)}
        yield {**row, "value": part.value}


def _channel(label: str) -> str:
    for concept, words in _CHANNELS:
        if re.search(words, label):
            return concept
    return "other.part"
