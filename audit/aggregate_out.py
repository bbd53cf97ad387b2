"""The sum of all units → text, tidy csv, workbook or Word document, in the form's shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import wording
from audit.aggregate import Aggregate, as_dataset
from audit.remarks import Remark
from audit.reporters.base import Look
from audit.reporters.formtable import Drawn, DrawnTable, draw
from audit.reporters.safe import one_line
from audit.texts import say
from rules.form import load_form

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from rich.console import Console

#: A page's margin in centimetres; the widest table of the form has 15 columns.
_MARGIN = 1.5


def title(total: Aggregate, look: Look) -> str:
    """The heading over the sum."""
    return say("aggregate_title", look.language, unit=one_line(total.unit), year=total.year)


def remark(one: Remark, total: Aggregate, look: Look) -> str:
    """A remark on one line, the cells it is about by name."""
    language = look.language
    colon = say("colon", language)
    text = one.text.to(language)
    if one.about:
        text = f"{one_line(one.about)}{colon}{text}"
    if one.cells:
        text += f"{colon}{wording.cell_list(one.cells, total.edition, language)}"
    return text


def draw_all(total: Aggregate, look: Look) -> tuple[DrawnTable, ...]:
    """The form's tables with the sums in them."""
    data, raw = as_dataset(total)
    return draw(data, 0, raw, {}, look.language)


def print_text(total: Aggregate, console: Console, look: Look) -> None:
    """The sum for the screen: a row of the form on a line, a block of columns after another."""
    from rich import box
    from rich.table import Table

    _, raw = as_dataset(total)
    console.print(title(total, look), style="bold", markup=False)
    console.print(say("aggregate_units", look.language, count=len(total.units)), markup=False)
    form = load_form(total.edition)
    for table in form.tables.values():
        for block in table.blocks:
            head = " ".join(t for t in (table.title, block.article) if t)
            console.print(f"\n{head}", markup=False)
            shown = Table(box=box.SIMPLE_HEAD)
            shown.add_column("")
            for column in block.columns:
                shown.add_column(column.label, justify="right")
            for row in block.rows:
                cells = [raw[f"{table.key}.{row.key}.{c.key}"] for c in block.columns]
                shown.add_row(row.full, *cells)
            console.print(shown)


def save_csv(total: Aggregate, target: Any) -> None:
    """Tidy cells, in the columns of `extract`, to a path or a stream."""
    from audit.commands.extract import tidy_cells
    from audit.tidy import write_cells

    write_cells(tidy_cells(as_dataset(total)[0]), "csv", target)


def save_xlsx(total: Aggregate, path: Path, look: Look) -> None:
    """A workbook: a sheet with the form's tables, a sheet with the remarks."""
    from xlsxwriter import Workbook

    from audit.reporters.xlsx import OPTIONS, Book, formats
    from audit.reporters.xlsx_tables import put_table, set_widths

    with Workbook(str(path), OPTIONS) as file:
        book = Book(file, look, formats(file))
        file.set_properties({"title": title(total, look), "comments": "nianbao"})
        sheet = book.sheet("aggregate")
        set_widths(sheet)
        book.put(sheet, 0, 0, title(total, look), "title")
        top = 2
        for table in draw_all(total, look):
            top = put_table(book, sheet, top, table)
        notes = book.sheet("remarks")
        book.heads(notes, 0, [(book.say("unit"), 30), (book.say("found"), 100)])
        for row, one in enumerate(total.remarks, start=1):
            book.put(notes, row, 0, one.about)
            text = remark(Remark("", one.text, one.open, one.cells), total, look)
            book.put(notes, row, 1, text)


def save_docx(total: Aggregate, path: Path, look: Look) -> None:
    """A Word document: the form's three tables, and the remarks under them."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    _fonts(document)
    document.add_heading(title(total, look), level=1)
    for table in draw_all(total, look):
        document.add_heading(table.title, level=2)
        _word_table(document, table)
    if total.remarks:
        document.add_heading(say("remarks", look.language), level=2)
        for one in total.remarks:
            document.add_paragraph(remark(one, total, look), style="List Bullet")
    document.core_properties.title = title(total, look)
    document.save(str(path))


def _fonts(document: WordDocument) -> None:
    """Chinese faces: Word's defaults leave them to whatever the machine has."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Times New Roman"
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        faces.set(qn("w:eastAsia"), "宋体")
    document.styles["Normal"].font.size = Pt(9)


def _word_table(document: WordDocument, drawn: DrawnTable) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT

    table = document.add_table(rows=len(drawn.rows), cols=drawn.width, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid = [list(row.cells) for row in table.rows]  # python-docx walks the whole row for each cell
    for cell in _cells(drawn):
        place = grid[cell.row][cell.column]
        if cell.height > 1 or cell.width > 1:
            corner = grid[cell.row + cell.height - 1][cell.column + cell.width - 1]
            place = place.merge(corner)
        paragraph = place.paragraphs[0]
        paragraph.add_run(one_line(cell.text))
        if cell.kind != "label":
            paragraph.alignment = 1  # centred, as the form has heads and figures


def _cells(drawn: DrawnTable) -> Iterator[Drawn]:
    for row in drawn.rows:
        yield from row
