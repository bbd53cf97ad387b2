"""The result as a workbook: overview, findings, tables, what was not assessed and not audited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from audit import wording
from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import families, family_name, matrix, together
from audit.reporters.safe import one_line
from audit.reporters.told import Told, narrowed
from audit.texts import say
from rules.vocabulary import Severity

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What a cell of a sheet holds at most; Excel calls a file with more of it damaged.
_LONGEST = 32_000
#: Text of strangers stays text.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FILL = {Severity.ERROR: "#F8D3CF", Severity.WARNING: "#FBE8C0", Severity.INFO: "#DCE9F5"}
_COLUMNS: Sequence[tuple[str, int]] = (
    ("unit", 16),
    ("year", 7),
    ("severity", 7),
    ("rule", 8),
    ("title", 22),
    ("message", 52),
    ("place", 22),
    ("actual", 14),
    ("expected", 14),
    ("cause", 26),
    ("suspects", 46),
    ("advice", 36),
    ("grounds", 36),
    ("excerpt", 36),
    ("file", 40),
    ("fingerprint", 34),
    ("waived", 20),
)

#: Height of a line of text in points; lines that a row grows to at most.
_LINE, _MOST_LINES = 14, 12
#: Columns of the findings that go on paper; with all of them it could not be read.
_PRINTED = 12


@dataclass(frozen=True)
class Book:
    """A workbook being written, its formats by name."""

    file: Workbook
    look: Look
    formats: dict[str, Any]

    def say(self, key: str) -> str:
        """A word of the output's language."""
        return say(key, self.look.language)

    def sheet(self, key: str, landscape: bool = True) -> Worksheet:
        """A new sheet, set up for A4 paper."""
        sheet = self.file.add_worksheet(self.say(key)[:31])
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, style: str = "text") -> None:
        """A value as what it is: numbers as numbers, all else as text, never a formula."""
        put(sheet, row, column, value, self.formats[style])

    def heads(self, sheet: Worksheet, row: int, columns: Sequence[tuple[str, int]]) -> None:
        """A row of column heads, with the columns' widths."""
        for number, (name, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            self.put(sheet, row, number, name, "head")


def put(sheet: Worksheet, row: int, column: int, value: Any, style: Any) -> None:
    """Write one value; see `Book.put`."""
    if isinstance(value, (int, float)) and isfinite(value):
        sheet.write_number(row, column, value, style)
    elif value in (None, ""):
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_string(row, column, one_line(str(value))[:_LONGEST], style)


def lines(text: str, width: float) -> int:
    """Lines that a text takes in a column; not every program fits rows to wrapped text itself."""
    taken = sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)
    return max(1, ceil(taken / width))


def _fit(sheet: Worksheet, row: int, values: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row high enough for its wrapped texts, within reason."""
    most = max(lines(str(v or ""), w - 1) for v, w in zip(values, widths, strict=True))
    sheet.set_row(row, _LINE * min(most, _MOST_LINES) + 2)


def formats(file: Workbook) -> dict[str, Any]:
    """The cell formats of all sheets by name."""
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    box = {**base, "border": 1, "border_color": "#B9BEC6"}
    middle = {**box, "align": "center", "valign": "vcenter", "text_wrap": True}
    made = {
        "plain": base,
        "text": {**box, "text_wrap": True},
        "number": {**box, "align": "right"},
        "head": {**middle, "bold": True, "bg_color": "#E6EAF0"},
        "title": {**base, "bold": True, "font_size": 14},
        "small": {**base, "font_color": "#5A6472"},
        "name": {**base, "bold": True, "font_size": 11, "bottom": 2, "bottom_color": "#5A6472"},
        "label": {**middle, "align": "left", "bg_color": "#F4F6F9"},
        "value": {**middle, "num_format": "0.############"},
        "odd": {**middle, "font_color": "#9A5B00", "italic": True},
        "wrong": {**middle, "bg_color": "#F3A79F", "bold": True},
        "maybe": {**middle, "bg_color": "#FBE0A3"},
        "involved": {**middle, "bg_color": "#EEF3FA"},
        "zero": {**middle, "font_color": "#A0A7B1"},
        "right": {**base, "font_color": "#5A6472"},
    }
    made |= {str(s): {**middle, "bg_color": colour} for s, colour in _FILL.items()}
    return {name: file.add_format(style) for name, style in made.items()}


def _save(result: Result, path: Path, look: Look) -> None:
    from xlsxwriter import Workbook

    from audit.reporters.xlsx_tables import tables

    with Workbook(str(path), OPTIONS) as file:
        book = Book(file, look, formats(file))
        file.set_properties({"title": book.say("report_title"), "comments": "nianbao"})
        _overview(book, result)
        _findings(book, together(result, look, waived=True))
        tables(book, result)
        _not_assessed(book, result)
        _skipped(book, result)


def _overview(book: Book, result: Result) -> None:
    """Units × families, coloured by the gravest severity; the counts of each in the cell."""
    from audit.reporters.json import summary

    sheet, language = book.sheet("overview"), book.look.language
    book.put(sheet, 0, 0, book.say("report_title"), "title")
    counts = summary(result)
    keys = ["files", "reports", "units", "errors", "warnings", "infos"]
    keys += ["waived_count"] if counts["waived"] else []
    numbers = {**counts, "waived_count": counts["waived"]}
    words = "  ".join(say(k, language, count=numbers[k]) for k in keys)
    book.put(sheet, 1, 0, words, "small")
    notes = narrowed(result, book.look)
    notes += [] if result.complete else [book.say("partial")]
    notes += [say("internal", language, what=c.what, message=c.message) for c in result.crashes]
    for number, note in enumerate(notes, start=2):
        book.put(sheet, number, 0, note, "small")
    top = 3 + len(notes)
    letters = families(result)
    heads = [(book.say("unit"), 20), (book.say("reports_head"), 7), (book.say("cells_read"), 13)]
    heads += [(book.say(str(s)), 7) for s in Severity]
    heads += [(f"{f} {family_name(f, language)}", 11) for f in letters]
    book.heads(sheet, top, heads)
    sheet.set_row(top, 30)
    rows = matrix(result, book.look)
    for number, row in enumerate(rows, start=top + 1):
        book.put(sheet, number, 0, row.unit, "label")
        book.put(sheet, number, 1, row.reports or "", "value")
        book.put(sheet, number, 2, row.cells, "value")
        for place, severity in enumerate(Severity, start=3):
            found = row.of(severity)
            book.put(sheet, number, place, found, str(severity) if found else "zero")
        for place, letter in enumerate(letters, start=6):
            text, style = _heat(row.counts, letter, language)
            book.put(sheet, number, place, text, style)
    sheet.autofilter(top, 0, top + len(rows), len(heads) - 1)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)


def _heat(counts: Any, letter: str, language: str) -> tuple[str, str]:
    """A family's counts by severity in words, and the style of the gravest of them."""
    found = [(s, counts[letter, s]) for s in Severity if counts[letter, s]]
    if not found:
        return "·", "zero"
    return " ".join(say(f"{s}_short", language, count=n) for s, n in found), str(found[0][0])


def _findings(book: Book, rows: Sequence[Told]) -> None:
    sheet = book.sheet("findings")
    book.heads(sheet, 0, [(book.say(key), width) for key, width in _COLUMNS])
    for number, row in enumerate(rows, start=1):
        finding = row.finding
        values = (
            row.unit,
            finding.year,
            row.severity,
            finding.rule,
            row.title,
            row.message,
            row.place,
            finding.actual,
            finding.expected,
            row.cause,
            " / ".join(row.suspects),
            row.advice,
            row.grounds,
            row.excerpt,
            finding.file or "",
            finding.fingerprint,
            finding.waived or "",
        )
        _fit(sheet, number, values, [width for _, width in _COLUMNS])
        for place, value in enumerate(values):
            style = str(finding.severity) if place == 2 else "text"
            book.put(sheet, number, place, value, style)
    sheet.autofilter(0, 0, max(1, len(rows)), len(_COLUMNS) - 1)
    sheet.print_area(0, 0, max(1, len(rows)), _PRINTED - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)


def _not_assessed(book: Book, result: Result) -> None:
    language = book.look.language
    rows = [
        (code, result.rules[code].title.to(language), text.to(language), count)
        for code, reasons in result.not_assessed.items()
        for text, count in reasons.items()
    ]
    keys = (("rule", 8), ("title", 34), ("reason", 64), ("count", 8))
    _listing(book, "not_assessed", keys, rows)


def _skipped(book: Book, result: Result) -> None:
    language = book.look.language
    rows = [(one.file, *wording.reason(one.reason, language)) for one in result.skipped]
    _listing(book, "skipped", (("file", 60), ("reason", 40), ("advice", 50)), rows)


def _listing(
    book: Book, name: str, keys: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]
) -> None:
    sheet = book.sheet(name, landscape=False)
    book.heads(sheet, 0, [(book.say(key), width) for key, width in keys])
    last = 0
    for last, row in enumerate(rows, start=1):
        _fit(sheet, last, row, [width for _, width in keys])
        for place, value in enumerate(row):
            book.put(sheet, last, place, value)
    sheet.autofilter(0, 0, max(1, last), len(keys) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


REPORTER = Reporter(name="xlsx", suffix=".xlsx", save=_save)
