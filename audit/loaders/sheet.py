"""Spreadsheets (.xlsx, .xlsm, .xls, .et, .ods …) → one document of all visible sheets.

A sheet gives its name as a heading, then grids and paragraphs in the order of its rows, with the
sheet's own rows and columns as places. Hidden rows and columns are read, hidden sheets are not: they
hold old versions and look-up lists. Formulas count with the result that the file keeps.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders import _sheet_ods, _sheet_xls, _sheet_xlsx, _sheet_xml
from audit.loaders._marks import OLE_MAGIC, SHEET_XML, flat_odf
from audit.loaders._sheet_blocks import blocks
from audit.loaders._sheet_model import Book, Sheet
from audit.loaders._sheet_package import Parts
from audit.loaders._tidy_text import Columns
from audit.loaders.base import Loaded, Source, Tidy
from audit.loaders.tidy import NEEDED, framed

_ZIP = b"PK\x03\x04"


def load(source: Source) -> Iterator[Loaded]:
    """The workbook's document, or the tidy cells in its sheets.

    Raises:
        UnreadableError: damaged, encrypted, empty, over the limits or no spreadsheet.
    """
    form, book = _read(source)
    tidy = [table for sheet in book.sheets if (table := _tidy(sheet)) is not None]
    if tidy:
        yield from (Tidy(source.name, framed(table)) for table in tidy)
        return
    found = tuple(block for sheet in book.sheets for block in blocks(sheet, source.limits))
    if not found:
        raise UnreadableError("empty")
    yield Document(source.name, form, found, book.metadata)


def _tidy(sheet: Sheet) -> Columns | None:
    """The columns of a sheet of tidy cells: what `extract` writes, kept on by a spreadsheet."""
    heads = {c: e.text.strip().lower() for (r, c), e in sheet.cells.items() if r == 0}
    if not set(heads.values()) >= NEEDED:
        return None
    rows = sorted({row for row, _ in sheet.cells if row > 0})
    values = {
        name: [entry.text if (entry := sheet.cells.get((r, c))) else "" for r in rows]
        for c, name in heads.items()
    }
    return Columns(values, [row + 1 for row in rows])


def _read(source: Source) -> tuple[str, Book]:
    data = source.data
    if data.startswith(OLE_MAGIC):
        return "xls", _sheet_xls.read(data, source.limits)
    if flat_odf(data[:8192]):
        return "fods", _sheet_ods.read_flat(data, source.limits)
    if SHEET_XML in data[:8192]:
        return "xml", _sheet_xml.read(data, source.limits)
    if not data.startswith(_ZIP):
        raise UnreadableError("unknown_format" if data[:2] != b"PK" else "corrupt")
    parts = Parts(source)
    if "content.xml" in parts.names:
        return "ods", _sheet_ods.read(parts, source.limits)
    if "xl/workbook.bin" in parts.names:
        return "xlsb", _sheet_xls.read(data, source.limits)
    return "xlsx", _sheet_xlsx.read(parts, source.limits)
