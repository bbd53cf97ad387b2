"""A report's pieces → a plain document: Word, web page, OpenDocument, workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from html import escape

import openpyxl

from tests.builder.flow import Piece
from tests.builder.matrix import Box, Matrix
from tests.loaders import word_xml as w

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(f'xmlns:{n}="{_ODF}:{n}:1.0"' for n in ("office", "text", "table", "style"))


def _word_table(table: Matrix) -> str:
    over = {(r, b.column): b for b in table.boxes for r in range(b.row, b.row + b.row_span)}
    rows = []
    for row in range(table.height):
        own = sorted((c, b) for (r, c), b in over.items() if r == row)
        rows.append(w.tr(*(_word_cell(b, row) for _, b in own)))
    return w.tbl(*rows, widths=(600,) * table.width)


def _word_cell(box: Box, row: int) -> str:
    merge = None if box.row_span == 1 else "restart" if box.row == row else ""
    lines = [w.p(line) for line in box.text.split("\n")] if box.row == row else [w.p()]
    return w.tc(*lines, span=box.column_span, merge=merge)


def docx(pieces: Iterable[Piece]) -> bytes:
    """Word's merged cells, a paragraph for each line of a cell."""
    blocks = [
        w.p(escape(_text(p))) if p.table is None else _word_table(p.table) + w.p() for p in pieces
    ]
    return w.document(*blocks)


def html(pieces: Iterable[Piece]) -> bytes:
    """A web page, `<br>` in cells."""
    blocks = []
    for piece in pieces:
        if piece.table is None:
            blocks.append(f"<p>{escape(_text(piece))}</p>")
            continue
        rows = ["".join(map(_web_cell, row)) for row in piece.table.rows()]
        blocks.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return f"<!DOCTYPE html><html><body>{''.join(blocks)}</body></html>".encode()


def _web_cell(box: Box) -> str:
    text = escape(box.text).replace("\n", "<br>")
    return f"<td rowspan={box.row_span} colspan={box.column_span}>{text}</td>"


def fodt(pieces: Iterable[Piece]) -> bytes:
    """An OpenDocument text as one file, covered cells under merged ones."""
    blocks = [
        f"<text:p>{escape(_text(p))}</text:p>" if p.table is None else _odf_table(p.table)
        for p in pieces
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES}><office:body>'
        f"<office:text>{''.join(blocks)}</office:text></office:body></office:document>"
    ).encode()


def _odf_table(table: Matrix) -> str:
    begins = {(b.row, b.column): b for b in table.boxes}
    rows = []
    for row in range(table.height):
        cells = [
            _odf_cell(begins[row, column])
            if (row, column) in begins
            else "<table:covered-table-cell/>"
            for column in range(table.width)
        ]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f"<table:table>{''.join(rows)}</table:table>"


def _odf_cell(box: Box) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in box.text.split("\n"))
    spans = (
        f'table:number-rows-spanned="{box.row_span}" table:number-columns-spanned="{box.column_span}"'
        if box.row_span * box.column_span > 1
        else ""
    )
    return f"<table:table-cell {spans}>{lines}</table:table-cell>"


def sheet(book: openpyxl.Workbook, name: str, pieces: Iterable[Piece | str]) -> None:
    """A sheet of a workbook: text in its first column, tables right below one another."""
    page = book.create_sheet(name)
    line = 1
    for piece in pieces:
        if isinstance(piece, str) or piece.table is None:
            page.cell(line, 1, piece if isinstance(piece, str) else _text(piece))
            line += 1
            continue
        for box in piece.table.boxes:
            first, last = line + box.row, 1 + box.column
            text = box.text
            value = float(text) if not box.header and text.isascii() and text.isdecimal() else text
            page.cell(first, last, value if text else None)
            if box.row_span * box.column_span > 1:
                end = (first + box.row_span - 1, last + box.column_span - 1)
                page.merge_cells(None, first, last, *end)
        line += piece.table.height


def xlsx(pieces: Iterable[Piece]) -> bytes:
    """A workbook of one sheet."""
    return workbook([("年报", list(pieces))])


def workbook(sheets: Sequence[tuple[str, Sequence[Piece | str]]]) -> bytes:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, pieces in sheets:
        sheet(book, name, pieces)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(piece: Piece) -> str:
    return f"发布日期：{piece.text}" if piece.kind == "date" else piece.text


RENDERERS: dict[str, Callable[[Iterable[Piece]], bytes]] = {
    ".docx": docx,
    ".html": html,
    ".fodt": fodt,
    ".xlsx": xlsx,
}
