"""Report truths as plain text: the shapes that pages take when copied, scraped or dumped from PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Box, Matrix
from tests.builder.truth import ReportTruth

#: Characters a line of the dump holds, and a label of a narrow table column.
LINE, LABEL = 29, 11


def _pipe(table: Matrix) -> Iterator[str]:
    """Cells parted by pipes; what a span covers is not written."""
    for row in table.rows():
        if row:
            yield " | ".join(box.text for box in row) + " |"


def _pipe_padded(table: Matrix) -> Iterator[str]:
    """Cells parted by pipes; a span leaves empty cells, as scrapers of merged cells do."""
    for row in table.rows():
        if row:
            yield "".join(f"{box.text} |{'|' * (box.column_span - 1)} " for box in row).rstrip()


def _tabs(table: Matrix) -> Iterator[str]:
    """Cells parted by tabs, each in its column, as pasted from a spreadsheet."""
    for row in table.rows():
        cells = [""] * table.width
        for box in row:
            cells[box.column] = box.text
        yield "\t".join(cells)


def _values(table: Matrix) -> Iterator[str]:
    """A line for each cell, blank lines between."""
    for box in table.boxes:
        if box.text:
            yield box.text
            yield ""


def _cells(table: Matrix) -> Iterator[str]:
    """A line for each cell, ending in a pipe."""
    for box in table.boxes:
        yield f"{box.text} |"


def _one_line(table: Matrix) -> Iterator[str]:
    """The whole table on one line."""
    yield " ".join(box.text for box in table.boxes if box.text)


def _dump(table: Matrix) -> Iterator[str]:
    """As a PDF's text comes out: labels broken over lines, then the row's numbers on one line."""
    for row in table.rows():
        labels = [box for box in row if box.header]
        values = " ".join(box.text for box in row if not box.header)
        if table.key == "disclosure":
            yield " ".join(filter(None, (*(box.text for box in labels), values)))
            continue
        lines = [line for box in labels for line in _wrapped(box)]
        if values and lines and len(lines[-1]) > 4 and len(labels[-1].text) <= LABEL:
            values = f"{lines.pop()} {values}"
        yield from lines
        if values:
            yield values


def _wrapped(box: Box) -> Iterator[str]:
    size = LABEL if box.column_span == 1 else 2 * LABEL
    if box.column_span == 1 and (box.column >= 3 or len(box.text) == 4):
        size = 3 if len(box.text) > 4 else 2
    for start in range(0, len(box.text), size):
        yield box.text[start : start + size]


def _broken(text: str) -> list[str]:
    return [text[i : i + LINE] for i in range(0, len(text), LINE)]


LAYOUTS: dict[str, Callable[[Matrix], Iterator[str]]] = {
    "pipe": _pipe,
    "pipe-padded": _pipe_padded,
    "tabs": _tabs,
    "values": _values,
    "cells": _cells,
    "one-line": _one_line,
    "dump": _dump,
    "gb18030": _pipe,
}


def text(truth: ReportTruth, layout: str) -> str:
    """The document as text in one of `LAYOUTS`."""
    render = LAYOUTS[layout]
    dump = layout == "dump"
    lines: list[str] = []
    for piece in flow(truth):
        if piece.table is not None:
            lines += render(piece.table) if piece.kind == "table" else ()
            lines.append("")
        elif dump:
            lines += _broken(_line(piece))
        else:
            lines += [_line(piece), ""]
    joined = ("\n\n" if dump else "\n").join(line for line in lines if line or not dump)
    return re.sub(r"\n{3,}", "\n\n", joined).strip("\n") + "\n"


def _line(piece: Piece) -> str:
    if piece.kind == "date":
        return f"发布日期：{piece.text}"
    return piece.text if piece.kind != "paragraph" else f"　　{piece.text}"


def encode(truth: ReportTruth, layout: str, _suffix: str = ".txt") -> bytes:
    """The file's bytes: UTF-8, or GB18030 for that layout."""
    return text(truth, layout).encode("gb18030" if layout == "gb18030" else "utf-8")
