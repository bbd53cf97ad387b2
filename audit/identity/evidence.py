"""What a report and its file say of whose it is and of which year, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.document import Document, Paragraph, Place
from audit.identity.clue import Clue, Trust, unit_clue, year_clue
from audit.identity.dates import first_date, is_date_line, period, western, without_time
from audit.identity.filename import file_clues
from audit.identity.names import HAN, split
from audit.identity.prose import own_name, own_year
from audit.identity.title import Title, parse, titles
from audit.recognise.normalise import folded, squeezed
from audit.report import Body, Evidence, ReadSection

_FIELD = re.compile(
    r"(?P<own>(?:填报|报送|编制|报告|填表)?单位(?:名称)?|编制机关|填报机关)(?:\((?:盖章|公章)\))?\s*[:：]\s*"
    rf"(?P<name>[{HAN}]{{2,30}})"
    r"|(?:发布|发文|公开|制发|成文)(?:机构|单位|机关|部门|主体)\s*[】\]]?\s*[:：]\s*"
    rf"(?P<publisher>[{HAN}]{{2,30}})"
    rf"|(?:信息|文章|稿件)?来源\s*[】\]]?\s*[:：]\s*(?P<source>[{HAN}]{{2,30}})"
)
_PUT_UP = re.compile(
    r"(?:发布|公开|公布|发文|成文|生成|制发|印发|填报|报送|^)(?:日期|时间)[】\]]?[:：]?(20.{6,12})"
)
_ISSUER = re.compile(
    rf"(?:由|是)([{HAN}]{{3,40}}?)(?:根据|按照|依据|依照|编制|编写|撰写|汇总|负责编制)"
)
_ISSUER_FIRST = re.compile(
    rf"(?:^|[,，。、;；])(?!根据|按照|依据|依照|为)([{HAN}]{{3,30}}?)"
    "(?:结合.{0,12})?(?:严格|认真)?(?:编制|编写|撰写|根据|按照|依据|依照|对(?:本机关|全))"
)
_CONTACT = re.compile(
    rf"(?:请与|请联系|与|请向|可向|向|可到|请到|联系(?:单位|部门)[:：]|咨询(?:单位|部门)[:：])([{HAN}]{{3,40}}?)"
    rf"(?:联系|咨询|反映|索取|查阅|查询|提出|[(（。,，;；:：]|$)"
)
_TRAIL = re.compile(r"\s*[>»›＞/|]\s*")
_WEBSITE = re.compile("(?:政务|门户|官方)?(?:网站|网|门户|公众号)$|融媒体中心$|日报$|新闻网")
_GLUED = re.compile(
    "(?:发布|公开|成文|生成|发文)?(?:日期|时间).*$|浏览.*$|字体.*$|作者.*$|索引号?.*$"
)
_OF_YEAR = re.compile(r"^(?:报告|统计|填报)?(?:年度|年份)[:：](20[0-3]\d)年?度?$")
_HEADS = 15


def clues(document: Document, body: Body) -> Iterator[Clue]:
    """Every clue to unit, year, period and date of publication, in no particular order."""
    preamble = next((s.paragraphs for s in body.sections if s.key == "preamble"), ())
    yield from _printed(preamble)
    yield from _page_title(document)
    yield from _fields(document, preamble)
    yield from _periods(preamble, body.sections)
    yield from _issuers(preamble)
    yield from _closing(body.sections)
    yield from _text(body.sections)
    yield from file_clues(document)


def _of_title(told: Title, trust: Trust, unit_trust: Trust, source: str) -> Iterator[Clue]:
    named = split(told.unit) if told.unit is not None else None
    # Words in a sentence may be anything; before the noun of a printed title stands the unit.
    if told.unit is not None and named is not None and (named.level or _like_a_name(told)):
        yield from unit_clue(unit_trust, source, told.unit, told.text, told.place)
    if told.year is not None:
        yield year_clue(trust, source, told.year, told.text, told.place)


def _like_a_name(told: Title) -> bool:
    """Whether words without a unit's ending before the noun may still be its name: 竹泓2023年…."""
    return not told.spoken and told.unit is not None and len(told.unit) <= 8


def _printed(preamble: Sequence[Paragraph]) -> Iterator[Clue]:
    for told in titles(preamble):
        if told.spoken:
            yield from _of_title(told, Trust.SPOKEN, Trust.SPOKEN, "text")
            continue
        # A name on a line of its own above the title may be a site's or a letterhead's.
        above = Trust.LETTERHEAD if told.lines > 1 else Trust.TITLE
        yield from _of_title(told, Trust.TITLE, above, "title")
        if told.unit is None:
            yield from _below(told, preamble)


def _below(told: Title, preamble: Sequence[Paragraph]) -> Iterator[Clue]:
    """A unit's name on a line of its own below a title that has none."""
    at = next((n for n, p in enumerate(preamble) if p.place == told.place), 0)
    for line in preamble[at + 1 : at + 6]:
        text = squeezed(line.text)
        name = split(text) if re.fullmatch(rf"[(]?[{HAN}]{{2,25}}[)]?", text) else None
        if name is not None and name.level is not None:
            yield Clue(
                Trust.SIGNATURE, Evidence("unit", "issuer", name.unit, text, line.place), name
            )
            return


def _page_title(document: Document) -> Iterator[Clue]:
    """A web page's title is its article's; an office file's may be left from another document."""
    text = document.metadata.get("title", "")
    told = parse(text, Place()) if text else None
    if told is not None:
        trust = Trust.PAGE_TITLE if document.format == "html" else Trust.FILE_TITLE
        yield from _of_title(told, trust, trust, "metadata")


def _fields(document: Document, preamble: Sequence[Paragraph]) -> Iterator[Clue]:
    publisher = document.metadata.get("publisher", "")
    if publisher:
        yield from _publisher(publisher, Place())
    told = document.metadata.get("published", "")
    if told:
        yield from _published(told, "metadata", Place())
    for line in preamble[:_HEADS]:
        text = folded(line.text)
        for found in _FIELD.finditer(text):
            if found["own"] is not None:
                name = split(_GLUED.sub("", found["name"]))
                if name is not None and name.level is not None:
                    evidence = Evidence("unit", "issuer", name.unit, found[0], line.place)
                    yield Clue(Trust.LETTERHEAD, evidence, name)
            else:
                yield from _publisher(found["publisher"] or found["source"], line.place)
        if (up := _PUT_UP.search(squeezed(without_time(line.text)))) is not None:
            yield from _published(up[1], "metadata", line.place)
        elif is_date_line(squeezed(line.text)):
            yield from _published(line.text, "text", line.place)
        if (year := _OF_YEAR.search(squeezed(line.text))) is not None:
            yield year_clue(Trust.PERIOD, "period", int(year[1]), year[0], line.place)
        if len(parts := _TRAIL.split(text)) > 2:
            yield from _trail(parts, line.place)


def _publisher(raw: str, place: Place) -> Iterator[Clue]:
    text = _GLUED.sub("", squeezed(raw))
    site = _WEBSITE.search(text) is not None
    bare = _WEBSITE.sub("", text)
    yield from unit_clue(Trust.TRAIL if site else Trust.PUBLISHER, "metadata", bare, text, place)


def _trail(parts: Sequence[str], place: Place) -> Iterator[Clue]:
    """Where a page stands in its site: the last part that is a unit's name."""
    for part in reversed(parts):
        name = split(squeezed(part))
        if name is not None and name.level is not None and len(part) <= 20:
            yield Clue(Trust.TRAIL, Evidence("unit", "metadata", name.unit, part, place), name)
            return


def _published(raw: str, source: str, place: Place) -> Iterator[Clue]:
    told = first_date(squeezed(without_time(raw)))
    if told is None:
        return
    iso, words = told
    yield Clue(Trust.PUBLISHED, Evidence("published", source, iso or "", words, place))
    if iso is not None and int(iso[5:7]) <= 6:
        yield year_clue(Trust.PUBLISHED, source, int(iso[:4]) - 1, words, place)


def _periods(preamble: Sequence[Paragraph], sections: Sequence[ReadSection]) -> Iterator[Clue]:
    lines = list(_whole(preamble))
    lines += [p for s in sections if s.key != "preamble" for p in s.paragraphs if "统计" in p.text]
    told = [(p, line.place) for line in lines if (p := period(squeezed(line.text))) is not None]
    if told:
        best, place = next(((p, at) for p, at in told if p.start is not None), told[0])
        value = f"{best.start}/{best.end}" if best.start else ""
        yield Clue(Trust.PERIOD, Evidence("period", "period", value, best.text, place))
        yield year_clue(Trust.PERIOD, "period", best.year, best.text, place)


def _whole(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Each line, and each with the next two where sentences are broken over lines."""
    yield from lines
    for at, line in enumerate(lines[:-1]):
        if not line.text.rstrip().endswith(("。", "；")):
            text = "".join(p.text.strip() for p in lines[at : at + 3])
            yield Paragraph(text, line.place)


def _issuers(preamble: Sequence[Paragraph]) -> Iterator[Clue]:
    whole = squeezed("".join(p.text for p in preamble[:60]))[:3000]
    place = preamble[0].place if preamble else Place()
    for pattern, trust in (
        (_ISSUER, Trust.ISSUER),
        (_ISSUER_FIRST, Trust.ISSUER),
        (_CONTACT, Trust.CONTACT),
    ):
        for found in pattern.finditer(whole):
            name = split(found[1])
            if name is not None and name.level is not None:
                yield Clue(trust, Evidence("unit", "issuer", name.unit, found[0], place), name)


def _closing(sections: Sequence[ReadSection]) -> Iterator[Clue]:
    """The signature and date at the end of the text."""
    last = next((s.paragraphs for s in reversed(sections) if s.paragraphs), ())[-12:]
    for at in range(len(last) - 1, -1, -1):
        text = squeezed(last[at].text)
        told = first_date(text) if len(text) <= 40 else None
        if told is None or re.search("[，。,:：]", text) or parse(text, last[at].place):
            continue  # a sentence, or another report in a page's list
        yield from _published(text, "text", last[at].place)
        signed = re.sub(rf"[^{HAN}].*$", "", western(text)) or (
            squeezed(last[at - 1].text) if at else ""
        )
        name = (
            split(signed) if len(signed) <= 30 and not re.search("[，。,:：；]", signed) else None
        )
        if name is not None and name.level is not None:
            evidence = Evidence("unit", "issuer", name.unit, signed, last[at].place)
            yield Clue(Trust.SIGNATURE, evidence, name)
        return


def _text(sections: Sequence[ReadSection]) -> Iterator[Clue]:
    told = own_name(sections)
    if told is not None:
        yield from unit_clue(Trust.TEXT, "text", told.value, told.text, told.place)
    year = own_year(sections)
    if year is not None:
        yield year_clue(Trust.TEXT, "text", int(year.value), year.text, year.place)
