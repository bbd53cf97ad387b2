"""Letters as Word documents: a summary, then for each unit what to correct, where, to what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import wording
from audit.findings import Result
from audit.reporters import grouped
from audit.reporters.base import Look, Reporter
from audit.reporters.json import summary
from audit.reporters.letters import Letter, Point, day, letters, name
from audit.reporters.safe import file_name, one_line
from audit.reporters.told import narrowed, well
from audit.texts import say
from rules.vocabulary import Severity

if TYPE_CHECKING:
    from docx.document import Document

_BODY, _HEAD = "仿宋", "黑体"
#: Column widths in centimetres: A4 less its margins.
_PLACED = (("number", 1.2), ("severity", 1.2), ("place", 3.3))
_POINT_COLUMNS = (*_PLACED, ("found", 4.9), ("actual", 1.7), ("expected", 1.7), ("advice", 3.0))
_UNIT_COLUMNS = (("unit", 5.0), ("reports_head", 2.2), ("cells_read", 3.2))
_MARGIN = 2.0


def _save(result: Result, path: Path, look: Look) -> None:
    """One document with a page for each letter, or a file for each in a folder."""
    found, others = letters(result, look)
    if not path.is_dir():
        document = _document(look)
        _summary(document, result, found, others, look)
        for letter in found:
            document.add_page_break()
            _letter(document, letter, result, look)
        document.save(str(path))
        return
    document = _document(look)
    _summary(document, result, found, others, look)
    taken = {say("overview", look.language)}
    document.save(str(path / f"{say('overview', look.language)}.docx"))
    for letter in found:
        document = _document(look)
        _letter(document, letter, result, look)
        document.save(str(path / f"{_free(file_name(letter.unit), taken)}.docx"))


def _free(name: str, taken: set[str]) -> str:
    """A name not taken yet, whatever its letters' case."""
    number, free = 1, name
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.lower())
    return free


def _document(look: Look) -> Document:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin = section.bottom_margin = Cm(2.2)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = _BODY, Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    style.paragraph_format.space_after = Pt(4)
    properties = document.core_properties
    properties.author = one_line(look.letter.sender)[:250] or "nianbao"
    properties.title = say("letter_title", look.language)
    properties.comments = ""
    return document


def _title(document: Document, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(14)
    _run(paragraph, text, size=18, head=True)


def _run(paragraph: Any, text: str, size: float = 12, head: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if head:
        run.font.name, run.bold = _HEAD, True
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEAD)


def _say(
    document: Document, text: str, indent: bool = True, head: bool = False, keep: bool = False
) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(24)
    paragraph.paragraph_format.keep_with_next = head or keep
    _run(paragraph, one_line(text), head=head)


def _letter(document: Document, letter: Letter, result: Result, look: Look) -> None:
    language = look.language
    _title(document, say("letter_title", language))
    _say(document, say("letter_to", language, unit=letter.unit), indent=False)
    if letter.years:
        years = _years([c.year for c, _ in letter.years], language)
        _say(document, say("letter_intro", language, years=years, count=letter.count))
    first = 1
    for chapter, points in letter.years:
        _say(document, _year(chapter.year, language), indent=False, head=True)
        for file in dict.fromkeys(map(name, chapter.files)):
            _say(document, say("letter_file", language, file=file), indent=False, keep=True)
        _table(document, _POINT_COLUMNS, _rows(points, first), language)
        first += len(points)
        document.add_paragraph()
    if letter.absent:
        _say(document, say("letter_absent", language, years=_years(letter.absent, language)))
    if look.letter.reply_by:
        reply = "letter_reply" if letter.years else "letter_send"
        _say(document, say(reply, language, date=look.letter.reply_by))
    if look.letter.contact:
        _say(document, say("letter_contact", language, contact=look.letter.contact))
    _say(document, say("letter_close", language))
    _signed(document, result, look)


def _signed(document: Document, result: Result, look: Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for text in (one_line(look.letter.sender), day(result, look.language)):
        if text:
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(paragraph, text)


def _year(year: int | None, language: str) -> str:
    return say("letter_year", language, year=year) if year else say("letter_unknown_year", language)


def _years(years: Sequence[int | None], language: str) -> str:
    return say("letter_years_join", language).join(dict.fromkeys(_year(y, language) for y in years))


def _rows(points: Sequence[Point], first: int) -> list[list[str]]:
    return [
        [
            str(number),
            p.severity,
            *("\n".join(f) for f in (p.place, p.problem, p.actual, p.expected, p.advice)),
        ]
        for number, p in enumerate(points, start=first)
    ]


def _summary(
    document: Document, result: Result, found: Sequence[Letter], others: Sequence[Any], look: Look
) -> None:
    language, counts = look.language, summary(result)
    _title(document, say("letter_summary", language))
    _say(document, say("letter_summary_intro", language, **counts))
    if counts["waived"]:
        _say(document, say("letter_waived", language, count=counts["waived"]))
    for note in narrowed(result, look):
        _say(document, note)
    if not result.complete:
        _say(document, say("partial", language), head=True)
    for crash in result.crashes:
        _say(document, say("internal", language, what=crash.what, message=crash.message))
    rows = grouped.matrix(result, look)
    columns = [*_UNIT_COLUMNS, *((str(s), 2.2) for s in Severity)]
    body = [
        [r.unit, str(r.reports or ""), r.cells, *(str(r.of(s) or "") for s in Severity)]
        for r in rows
    ]
    _table(document, columns, body, language)
    document.add_paragraph()
    sound = [r.unit for r in rows if not sum(r.counts.values())]
    if sound:
        _say(
            document,
            say("letter_sound", language, units=say("letter_years_join", language).join(sound)),
        )
    if well(result):
        _say(document, say("letter_none", language))
    if others:
        _say(document, say("no_report", language), indent=False, head=True)
        lines = [[one_line(r.finding.file or ""), r.message, r.advice] for r in others]
        _table(document, [("file", 6.0), ("found", 6.6), ("advice", 4.4)], lines, language)
    if result.skipped:
        _say(document, say("skipped", language), indent=False, head=True)
        lines = [[s.file, wording.reason(s.reason, language)[0]] for s in result.skipped]
        _table(document, [("file", 10.0), ("reason", 7.0)], lines, language)
    _signed(document, result, look)


def _table(
    document: Document,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    language: str,
) -> None:
    """A ruled table whose head is repeated on each page; lines of a cell are its paragraphs' breaks."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table: Any = document.add_table(rows=1 + len(rows), cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Cm(width)
    lines = [[say(key, language) for key, _ in columns], *rows]
    for row, texts in zip(table.rows, lines, strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if texts is lines[0]:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, (_, width) in zip(row.cells, texts, columns, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = 0
            words = "\n".join(one_line(line) for line in text.split("\n"))
            _run(paragraph, words, size=10.5, head=texts is lines[0])


REPORTER = Reporter(name="docx", suffix=".docx", save=_save, folder=True)
