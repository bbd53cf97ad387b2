"""Report truths as workbooks: one sheet for all, a sheet for each table, numbers kept as text."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import xlsxwriter

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Box, Matrix
from tests.builder.truth import ReportTruth

LAYOUTS = ("sheet", "sheets", "text")
_NAMES = {"disclosure": "主动公开", "applications": "依申请公开", "disputes": "复议诉讼"}


class _Book:
    """The workbook being written; `line` is the sheet's next free row."""

    def __init__(self, stream: io.BytesIO, layout: str) -> None:
        self.book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})
        self.book.set_properties({"created": datetime(2024, 1, 15, 9, 0, 0)})
        self.frame = self.book.add_format(
            {"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        self.layout = layout
        self.sheet: Any = None
        self.line = 0
        #: Whether the sheet of what follows the tables is open.
        self.closing = False

    def open(self, name: str) -> None:
        self.sheet = self.book.add_worksheet(name)
        self.line = 0

    def text(self, text: str) -> None:
        self.sheet.write_string(self.line, 0, text)
        self.line += 1

    def table(self, table: Matrix) -> None:
        for box in table.boxes:
            self._box(box, self.line + box.row)
        self.line += table.height + 1

    def _box(self, box: Box, row: int) -> None:
        value: float | str = box.text
        if not box.header and self.layout != "text" and re.fullmatch(r"-?\d+(\.\d+)?", box.text):
            value = float(box.text)
        if box.row_span > 1 or box.column_span > 1:
            last = (row + box.row_span - 1, box.column + box.column_span - 1)
            self.sheet.merge_range(row, box.column, *last, "", self.frame)
        write = self.sheet.write_string if isinstance(value, str) else self.sheet.write_number
        write(row, box.column, value, self.frame)


def encode(truth: ReportTruth, layout: str, _suffix: str = ".xlsx") -> bytes:
    """The workbook's bytes, the same each time."""
    stream = io.BytesIO()
    book = _Book(stream, layout)
    pieces = list(flow(truth))
    if layout == "sheets":
        _sheets(book, pieces)
    else:
        book.open("年度报告")
        for piece in pieces:
            _put(book, piece)
    book.book.close()
    return stream.getvalue()


def _sheets(book: _Book, pieces: list[Piece]) -> None:
    """A sheet for what stands before the first table, one for each table, one for what follows."""
    book.open("总体情况")
    for at, piece in enumerate(pieces):
        after = pieces[at + 1 :]
        if piece.kind == "heading":
            ahead = next((p for p in after if p.kind in ("heading", "table")), None)
            if ahead is not None and ahead.kind == "table":
                book.open(_NAMES[ahead.text])
            elif at and not any(p.kind == "table" for p in after) and not book.closing:
                book.open("其他部分")
                book.closing = True
        _put(book, piece)


def _put(book: _Book, piece: Piece) -> None:
    if piece.kind == "table" and piece.table is not None:
        book.table(piece.table)
    elif piece.kind != "picture":
        book.text(f"发布日期：{piece.text}" if piece.kind == "date" else piece.text)
