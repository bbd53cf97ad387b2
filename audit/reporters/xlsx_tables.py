"""The sheet of tables: each report with findings drawn as in the form, wrong cells coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.findings import Result
from audit.reporters.formtable import Drawn, DrawnTable, draw, raw_texts
from audit.reporters.grouped import chapters
from audit.reporters.marks import Mark, marks
from audit.reporters.safe import one_line
from rules.status import Status

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from audit.reporters.xlsx import Book

#: Characters in a comment; Excel takes no more than 32767, people read far fewer.
_LONGEST_NOTE = 1_500
#: Widths of the three label columns; figures follow them.
_WIDTHS = (11, 13, 30)
_COLUMNS = 18
_LINE = 14


def tables(book: Book, result: Result) -> None:
    """Write the sheet; a report whose findings are about no cell is left out."""
    sheet = book.sheet("tables")
    set_widths(sheet)
    found = chapters(result, book.look)
    raw = raw_texts(result.data, {n for c in found for n in c.reports})
    row = _legend(book, sheet)
    breaks = []
    for chapter in found:
        for report in chapter.reports:
            about = [r for r in chapter.rows if r.finding.report == report]
            marked = marks(about, book.look.language)
            if not marked:
                continue
            texts = raw.get(report, {})
            drawn = draw(result.data, report, texts, marked, book.look.language)
            head = f"{chapter.unit} {chapter.year or ''}  {about[0].finding.file or ''}"
            book.put(sheet, row, 0, head, "name")
            row += 2
            for table in drawn:
                row = put_table(book, sheet, row, table)
            breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])


def set_widths(sheet: Worksheet) -> None:
    """Columns as wide as the form's labels and figures need."""
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_column(len(_WIDTHS), _COLUMNS - 1, 9)


def _legend(book: Book, sheet: Worksheet) -> int:
    for place, level in enumerate(("wrong", "maybe", "involved")):
        book.put(sheet, 0, place, book.say(f"level_{level}"), level)
    sheet.freeze_panes(1, 0)
    return 2


def put_table(book: Book, sheet: Worksheet, top: int, table: DrawnTable) -> int:
    """Write a table of the form from row `top` down; gives the row where the next may begin."""
    book.put(sheet, top, 0, f"{table.name} {table.title}", "plain")
    for number, row in enumerate(table.rows, start=top + 1):
        sheet.set_row(number, _LINE * max((_lines(c, table) for c in row), default=1))
        for cell in row:
            _cell(book, sheet, top + 1, cell, _shift(table))
    return top + len(table.rows) + 2


def _lines(cell: Drawn, table: DrawnTable) -> int:
    """Lines that a label needs in its width; one that stands over several rows has room."""
    from audit.reporters.xlsx import lines

    if cell.kind == "value" or cell.height > 1:
        return 1
    place = cell.column if table.labels else len(_WIDTHS)
    widths = (*_WIDTHS, *([9] * _COLUMNS))[place : place + cell.width]
    width = sum(_WIDTHS) if table.labels == 1 and not cell.column else sum(widths)
    return lines(cell.text, width)


def _shift(table: DrawnTable) -> int:
    """Figures of all tables begin in the same column, beside the labels of 表三."""
    return len(_WIDTHS) - table.labels


def _cell(book: Book, sheet: Worksheet, top: int, cell: Drawn, shift: int) -> None:
    from audit.reporters.xlsx import put

    row = top + cell.row
    first = cell.column + (shift if cell.column or shift == len(_WIDTHS) else 0)
    last = cell.column + cell.width - 1 + shift
    style = book.formats[_style(cell)]
    if cell.height > 1 or last > first:
        sheet.merge_range(row, first, row + cell.height - 1, last, "", style)
    put(sheet, row, first, _value(cell), style)
    if cell.mark is not None:
        sheet.write_comment(row, first, _note(cell.mark, book), {"x_scale": 2.5, "y_scale": 1.6})


def _value(cell: Drawn) -> float | str:
    return cell.text if cell.number is None else cell.number


def _style(cell: Drawn) -> str:
    if cell.kind != "value":
        return cell.kind
    if cell.mark is not None:
        return cell.mark.level
    if cell.status not in (Status.NUMBER, Status.BLANK):
        return "odd"
    return "zero" if cell.number == 0 else "value"


def _note(mark: Mark, book: Book) -> str:
    from audit.texts import say

    wanted = [say("cell_should", book.look.language, value=v) for v in mark.suggestions]
    return "\n".join(one_line(t) for t in (*wanted, *mark.notes))[:_LONGEST_NOTE]
