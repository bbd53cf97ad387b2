"""A report's tables printed in every layout that is read: as grids, or as lines of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from audit.document import Block, Cell, Document, Grid, Paragraph, Place
from tests.builder.flow import Piece, flow
from tests.builder.matrix import Box, Matrix
from tests.builder.truth import ReportTruth
from tests.builder.writers.text import LAYOUTS as TEXT_LAYOUTS

Lines = Callable[[Matrix], Iterator[str]]


def grid(table: Matrix, number: int = 1) -> Grid:
    """The table as a loader of office files hands it over."""
    cells = tuple(
        Cell(
            b.text,
            b.row,
            b.column,
            Place(table=number, row=b.row + 1, column=b.column + 1),
            b.row_span,
            b.column_span,
        )
        for b in table.boxes
    )
    return Grid(cells, Place(table=number))


def unspanned(table: Matrix) -> Matrix:
    """The table as from a sheet without merges: each text in the first position it covers."""
    boxes = [
        Box(box.text if (r, c) == (box.row, box.column) else "", r, c, header=box.header)
        for box in table.boxes
        for r in range(box.row, box.row + box.row_span)
        for c in range(box.column, box.column + box.column_span)
    ]
    return Matrix(table.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def halved_header(table: Matrix) -> Matrix:
    """Labels of the last header row cut into two rows: 商业|科研 above 企业|机构."""
    rows = [b.row for b in table.boxes if not b.header]
    if table.key == "disclosure" or not rows:
        return table
    last = min(rows) - 1
    boxes: list[Box] = []
    for box in table.boxes:
        if box.row > last:
            boxes.append(replace(box, row=box.row + 1))
        elif box.row == last and len(box.text) == 4:
            boxes.append(replace(box, text=box.text[:2]))
            boxes.append(replace(box, text=box.text[2:], row=box.row + 1))
        elif box.row + box.row_span == last + 1:
            boxes.append(replace(box, row_span=box.row_span + 1))
        else:
            boxes.append(box)
    return Matrix(table.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def pages(table: Matrix, *cuts: int, header: bool = False) -> list[Matrix]:
    """The table cut before these rows, the header (of table three) printed anew or not."""
    edges = [0, *(c for c in cuts if 0 < c < table.height), table.height]
    parts = [table.part(a, b) for a, b in pairwise(edges)]
    if header and table.key == "applications":
        top = table.part(0, 3)
        parts = [parts[0], *(_under(top, p) for p in parts[1:])]
    return parts


def _under(top: Matrix, below: Matrix) -> Matrix:
    moved = tuple(replace(b, row=b.row + top.height) for b in below.boxes)
    return Matrix(below.key, (*top.boxes, *moved))


def left_out(table: Matrix) -> Matrix:
    """The table without the columns that hold nothing: a page's part with fewer columns."""
    starts = sorted({b.column for b in table.boxes})
    at = {c: i for i, c in enumerate(starts)}
    edge = {*starts, table.width}
    boxes = tuple(
        replace(
            b,
            column=at[b.column],
            column_span=sum(b.column <= c < b.column + b.column_span for c in edge),
        )
        for b in table.boxes
    )
    return Matrix(table.key, boxes)


def _bars_between(table: Matrix) -> Iterator[str]:
    """A line a cell, a line with a bar between them."""
    for row in table.rows():
        for box in row:
            yield box.text
            yield "|"


def _leading(table: Matrix) -> Iterator[str]:
    for box in table.boxes:
        yield f"| {box.text}"


def _markdown(table: Matrix) -> Iterator[str]:
    """Pipe rows as Markdown has them: bars on both sides, a rule under the first row."""
    for number, row in enumerate(unspanned(table).rows()):
        yield "| " + " | ".join(b.text for b in row) + " |"
        if number == 0:
            yield "|" + "---|" * len(row)


def _outer(table: Matrix) -> Iterator[str]:
    """Inside an outer layout table that left its bars behind."""
    yield "|" * 120
    yield from TEXT_LAYOUTS["pipe"](table)
    yield "|" * 40


def _glued(table: Matrix) -> Iterator[str]:
    """No separator at all."""
    for row in table.rows():
        yield "".join(b.text for b in row)


def _row_a_line(table: Matrix) -> Iterator[str]:
    """Blanks between the cells of a row."""
    for row in table.rows():
        yield "  ".join(b.text for b in row if b.text)


def _narrow(table: Matrix) -> Iterator[str]:
    """As a PDF's text comes out: labels broken, by their column's width, over lines."""
    for row in table.rows():
        for box in row:
            if box.header:
                size = 5 * box.column_span if table.key != "disputes" else 2
                yield from re.findall(f".{{1,{size}}}", box.text)
        values = " ".join(b.text for b in row if not b.header)
        if values:
            yield values


#: Layouts in which a blank cell keeps its place.
BARRED: dict[str, Lines] = {
    "pipe": TEXT_LAYOUTS["pipe"],
    "pipe-padded": TEXT_LAYOUTS["pipe-padded"],
    "tabs": TEXT_LAYOUTS["tabs"],
    "markdown": _markdown,
    "outer": _outer,
}
#: Layouts in which a blank cell leaves no trace, or none to be sure of.
BLANKS: dict[str, Lines] = {
    "values": TEXT_LAYOUTS["values"],
    "cells": TEXT_LAYOUTS["cells"],
    "leading": _leading,
    "between": _bars_between,
    "row": _row_a_line,
    "one-line": TEXT_LAYOUTS["one-line"],
    "dump": TEXT_LAYOUTS["dump"],
    "narrow": _narrow,
}
GLUED: dict[str, Lines] = {"glued": _glued}
TEXTS: dict[str, Lines] = {**BARRED, **BLANKS, **GLUED}
GRIDS: dict[str, Callable[[Matrix], Matrix]] = {
    "grid": lambda table: table,
    "unspanned": unspanned,
    "halved": halved_header,
}
Damage = Callable[[Matrix], Matrix]


def document(
    truth: ReportTruth,
    layout: str | Lines,
    damage: Damage = lambda table: table,
    pieces: Iterable[Piece] | None = None,
) -> Document:
    """The report in one of `TEXTS` or `GRIDS` (or in lines of one's own), each table damaged before it is printed."""
    found: list[Block] = []
    lines: list[str] = []
    for number, piece in enumerate(flow(truth) if pieces is None else pieces):
        if piece.table is None:
            lines.append(piece.text)
            found.append(Paragraph(piece.text, Place(line=number)))
        elif isinstance(layout, str) and layout in GRIDS:
            found.append(grid(GRIDS[layout](damage(piece.table)), number))
        else:
            printed = TEXTS[layout] if isinstance(layout, str) else layout
            lines += list(printed(damage(piece.table)))
    if isinstance(layout, str) and layout in GRIDS:
        return Document("t.docx", "docx", tuple(found))
    blocks = (Paragraph(t, Place(line=n)) for n, t in enumerate(lines, 1) if t.strip())
    return Document("t.txt", "text", tuple(blocks))
