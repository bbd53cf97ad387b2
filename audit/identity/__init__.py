"""Whose report of which year: title, then period and issuer, then text, then roster and file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from audit.document import Document, Paragraph, Place
from audit.identity.names import split
from audit.identity.roster import RosterIndex
from audit.recognise.normalise import folded, squeezed
from audit.report import Body, Evidence, Identity

__all__ = ["RosterIndex", "identify"]

_YEAR = r"(?P<year>20[12]\d|二[〇零○Oo]{1,2}[一二三四五六七八九〇零○]{1,2})"
_REPORT = r"(?:政府信息|政务|信息)公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度报告|报告|年报|年度报)"
_TITLES = (
    re.compile(rf"(?P<unit>[\u4e00-\u9fff]{{2,40}}?)(?:关于)?{_YEAR}(?:年)?度?(?:的)?{_REPORT}"),
    re.compile(rf"{_YEAR}年?度?(?:的)?(?P<unit>[\u4e00-\u9fff]{{2,40}}?){_REPORT}"),
    re.compile(
        rf"(?P<unit>[\u4e00-\u9fff]{{2,40}}?)(?:政府信息|政务|信息)公开(?:工作)?{_YEAR}年?(?:度)?(?:工作)?(?:年度)?(?:报告|年报)"
    ),
    re.compile(rf"(?P<unit>[\u4e00-\u9fff]{{2,40}}?){_YEAR}年?度?(?:政府信息|政务|信息)公开"),
    re.compile(rf"{_YEAR}年?度?{_REPORT}"),
)
_PERIOD = re.compile(
    r"(20\d\d)年?(\d{1,2})月(\d{1,2})日?(?:起|开始)?[，,、]?(?:至|到|截至|截止|-|—|~)(20\d\d)年?(\d{1,2})月(\d{1,2})日"
)
_PERIOD_LOOSE = re.compile(r"(20[12]\d)[^。；]{0,8}(?:起)?至(20[12]\d)")
_ISSUER = re.compile(r"(?:由|请与|与)([\u4e00-\u9fff]{4,30}?)(?:编制|联系)")
_SELF = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:镇|乡|街道|苏木|局|委员会))(?=(?:人民政府)?(?:认真|深入|严格|高度|坚持|积极|政府信息公开|政务公开|按照|全面|持续|围绕|紧紧))"
)
#: The line of a page's head that says when it was put up.
_PUT_UP = re.compile(r"(?:发布|公开|公布|发文|成文|生成)(?:日期|时间)[:：]?(20\d\d.{2,8})")
_DATE = re.compile(r"(20\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
_WE = {
    "镇": "township",
    "乡": "township",
    "街": "township",
    "局": "department",
    "委": "department",
    "县": "county",
    "区": "county",
    "市": "city",
}


def identify(document: Document, body: Body, roster: RosterIndex | None = None) -> Identity:
    """The identity of a report, and every piece of evidence it rests on."""
    evidence = list(_evidence(document, body))
    unit_from = _first(evidence, "unit")
    name = split(unit_from.value) if unit_from is not None else None
    if roster is not None:
        known = roster.find([e.value for e in evidence if e.about == "unit"], document.file)
        if known is not None:
            name = (
                name._replace(unit=known.unit, level=known.level or name.level) if name else known
            )
    year = _first(evidence, "year")
    period = _first(evidence, "period")
    start, end = (
        period.value.split("/") if period is not None and "/" in period.value else (None, None)
    )
    published = _first(evidence, "published")
    title = next((e.text for e in evidence if e.source == "title"), document.metadata.get("title"))
    return Identity(
        unit=name.unit if name else None,
        county=name.county if name else None,
        level=name.level if name else None,
        year=int(year.value) if year is not None else None,
        title=title,
        issuer=document.metadata.get("publisher"),
        published=published.value if published is not None else None,
        period_from=start,
        period_to=end,
        evidence=tuple(evidence),
    )


def _first(evidence: list[Evidence], about: str) -> Evidence | None:
    order = ("title", "metadata", "period", "issuer", "text", "published", "file")
    ranked = sorted(
        (e for e in evidence if e.about == about and e.value), key=lambda e: order.index(e.source)
    )
    return ranked[0] if ranked else None


def _evidence(document: Document, body: Body) -> Iterator[Evidence]:
    preamble = next((s for s in body.sections if s.key == "preamble"), None)
    lines = list(preamble.paragraphs) if preamble is not None else []
    yield from _from_title(_heads(lines), "title")
    for name in ("title",):
        if name in document.metadata:
            yield from _from_title([(document.metadata[name], Place())], "metadata")
    if "publisher" in document.metadata:
        value = squeezed(document.metadata["publisher"])
        yield Evidence("unit", "metadata", value, value, Place())
    yield from _from_preamble(lines)
    yield from _from_text(body)
    yield from _published(document, body, lines[:12])
    yield from _from_title([(PurePath(document.file).stem, Place())], "file")
    if document.part:
        yield from _from_title([(document.part, Place())], "file")


def _heads(lines: list[Paragraph]) -> list[tuple[str, Place]]:
    """The first lines one by one, and two by two where a title is broken."""
    heads = [(p.text, p.place) for p in lines[:12] if len(p.text) < 120]
    pairs = [(a[0] + b[0], a[1]) for a, b in zip(heads, heads[1:], strict=False)]
    return heads + pairs


def _from_title(texts: list[tuple[str, Place]], source: str) -> Iterator[Evidence]:
    for text, place in texts:
        plain = squeezed(folded(text))
        for pattern in _TITLES:
            found = pattern.search(plain)
            if found is None:
                continue
            year = _arabic(found["year"])
            if year:
                yield Evidence("year", source, year, plain, place)
            unit = found.groupdict().get("unit")
            unit = re.sub(r"^(?:图解|解读|关于|附件\d*)+|(?:关于|的)$", "", unit or "")
            if len(unit) >= 2 and unit not in ("政府", "政务"):
                yield Evidence("unit", source, unit, plain, place)
                return
            break


def _arabic(text: str) -> str:
    digits = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
        "〇": "0",
        "○": "0",
        "O": "0",
        "o": "0",
    }
    year = "".join(digits.get(c, c) for c in text)
    return year if re.fullmatch(r"20[12]\d", year) else ""


def _from_preamble(lines: list[Paragraph]) -> Iterator[Evidence]:
    for line in lines:
        text = squeezed(line.text)
        found = _PERIOD.search(text)
        if found is not None:
            y1, m1, d1, y2, m2, d2 = found.groups()
            value = f"{y1}-{int(m1):02}-{int(d1):02}/{y2}-{int(m2):02}-{int(d2):02}"
            yield Evidence("period", "period", value, found[0], line.place)
            yield Evidence("year", "period", y2, found[0], line.place)
        elif (loose := _PERIOD_LOOSE.search(text)) is not None:
            yield Evidence("year", "period", loose[2], loose[0], line.place)
        for issuer in _ISSUER.finditer(text):
            yield Evidence("unit", "issuer", issuer[1], issuer[0], line.place)


def _from_text(body: Body) -> Iterator[Evidence]:
    names: Counter[str] = Counter()
    where: dict[str, Place] = {}
    for section in body.sections:
        if section.key not in ("overview", "problems", "other"):
            continue
        for line in section.paragraphs:
            text = squeezed(line.text)
            for found in _SELF.finditer(text):
                name = re.sub(r"^(?:20\d\d年度?|[年度，,以来])+", "", found[1])
                if len(name) >= 2 and name[0] not in "我本各全":
                    names[name] += 1
                    where.setdefault(name, line.place)
            if section.key == "overview":
                year = re.search(r"(20[12]\d)年", text)
                if year is not None and "overview" not in where:
                    where["overview"] = line.place
                    yield Evidence("year", "text", year[1], year[0], line.place)
    if names:
        best = names.most_common(1)[0][0]
        yield Evidence("unit", "text", best, best, where[best])


def _published(document: Document, body: Body, heads: list[Paragraph]) -> Iterator[Evidence]:
    text = document.metadata.get("published", "")
    place = Place()
    if not text:
        for line in heads:
            if (told := _PUT_UP.search(squeezed(line.text))) is not None:
                text, place = told[1], line.place
                break
    if not text and body.sections:
        last = body.sections[-1].paragraphs[-1:] or ()
        text = next((p.text for p in last if len(p.text.strip()) < 30), "")
        place = last[0].place if last else place
    found = _DATE.search(squeezed(text))
    if found is not None:
        year, month, day = (int(g) for g in found.groups())
        yield Evidence("published", "metadata", f"{year}-{month:02}-{day:02}", found[0], place)
        if month <= 6:
            yield Evidence("year", "published", str(year - 1), found[0], place)
