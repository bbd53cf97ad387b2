"""A table that a whole report is kept in: which of its rows are text, and which are rows of data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from audit.loaders._sheet_blocks import text_rows
from audit.loaders._sheet_model import Entry, Sheet
from audit.loaders._sheet_view import View

#: A paragraph of so many characters is running text: no label of a table is so long.
PROSE = 100
_LONG_CELL = 300
#: Nor is a label so long that stands alone in its row.
_LONG_LABEL = 60
#: How headings of the highest order are numbered; as the only cell of its row it heads a section.
_NUMBERED = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、.．]\s*\S")
#: Cells that a table's spans may cover before it is no table that anyone wrote.
_MOST = 2_000_000


class Part(NamedTuple):
    """A cell on the grid, from 0; `lines` are its paragraphs, None if it holds more than text."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: Sequence[str] | None


def flat_rows(cells: Sequence[Part]) -> list[bool]:
    """For each row whether it is text: a sentence, a heading, or what stands between those."""
    rows: list[list[Part]] = [[] for _ in range(max(c.row + c.row_span for c in cells))]
    for cell in cells:
        rows[cell.row].append(cell)
    if all(len(row) != 1 for row in rows) and not any(_is_long(c) for c in cells):
        return [False] * len(rows)
    tied = {r for c in cells if c.row_span > 1 for r in range(c.row, c.row + c.row_span)}
    kinds = [n not in tied and _is_text(row) for n, row in enumerate(rows)]
    if any(kinds):
        lines = text_rows(_as_sheet(cells))
        kinds = [kind or n in lines for n, kind in enumerate(kinds)]
    return kinds


def heads_section(text: str) -> bool:
    """Whether a text that stands alone in its row heads a section."""
    return _NUMBERED.match(text) is not None


def _is_long(cell: Part) -> bool:
    return cell.lines is not None and sum(map(len, cell.lines)) > _LONG_LABEL


def _is_text(row: Sequence[Part]) -> bool:
    filled = [c for c in row if c.lines != []]
    if not filled or any(c.lines is None for c in filled):
        return False
    texts = [line for c in filled for line in c.lines or ()]
    if any(len(t) >= PROSE for t in texts) or sum(map(len, texts)) >= _LONG_CELL:
        return True
    if len(filled) == 1 and len(texts[0]) > _LONG_LABEL:
        return True
    return len(row) == 1 and heads_section(texts[0])


def _as_sheet(cells: Sequence[Part]) -> View:
    sheet = Sheet("")
    for c in cells:
        if c.lines is None or c.lines:
            sheet.cells[c.row, c.column] = Entry("\n".join(c.lines or ("\ufffc",)))
        if c.row_span * c.column_span > 1:
            bottom, right = c.row + c.row_span - 1, c.column + c.column_span - 1
            sheet.merges.append((c.row, c.column, bottom, right))
    return View(sheet, _MOST)
