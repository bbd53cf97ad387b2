"""A table of a page → data, or the text that it only lays out, or what it says of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from audit.loaders._html_facts import Facts
from audit.loaders._html_model import Board, Image, Item, Placed, Row, Text
from audit.loaders._html_spans import placed
from audit.loaders._sheet_blocks import text_rows
from audit.loaders._sheet_model import Entry, Sheet
from audit.loaders._sheet_view import View

#: A paragraph of so many characters is running text: no label of a table is so long.
_PROSE, _LONG_CELL = 100, 300
#: Nor is a label so long that stands alone in its row.
_LONG_LABEL = 60
_NUMBER = re.compile(r"[-+]?\d[\d,.]*\s*\S{0,2}")
#: How headings of the highest order are numbered; as the only cell of its row it heads a section.
_NUMBERED = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、.．]\s*\S")


def settled(rows: Sequence[Row], facts: Facts) -> list[Item]:
    """What a table contributes to the flow it stands in; `facts` takes what is no part of it."""
    cells = placed(rows)
    filled = [c for c in cells if c.slot.items]
    if not filled or facts.from_table(filled) or _is_navigation(filled):
        return []
    if _is_layout(cells, filled):
        return [item for cell in cells for item in cell.slot.items]
    return list(_parts(cells))


def _is_layout(cells: Sequence[Placed], filled: Sequence[Placed]) -> bool:
    """Whether the table arranges the page: one column, one filled cell, tables or articles in it."""
    if all(c.column == 0 for c in cells) or (len(filled) == 1 and len(cells) <= 3):
        return True
    if _holds_data(cells):
        return False
    return any(
        isinstance(item, Board) or (isinstance(item, Text) and len(item.text) >= 4 * _PROSE)
        for cell in filled
        for item in cell.slot.items
    )


def _holds_data(cells: Sequence[Placed]) -> bool:
    numbers = sum(_NUMBER.fullmatch(c.slot.text.strip()) is not None for c in cells)
    return numbers >= 6 and cells[-1].row >= 2 and max(c.column for c in cells) >= 2


def _is_navigation(cells: Sequence[Placed]) -> bool:
    """Whether all its text is links."""
    items = [i for c in cells for i in c.slot.items]
    if any(isinstance(i, Board) for i in items):
        return False
    texts = [i for i in items if isinstance(i, Text)]
    if not texts or any(_NUMBER.fullmatch(t.text) for t in texts):
        return False
    return sum(t.linked for t in texts) >= 0.9 * sum(len(t.text) for t in texts)


def _parts(cells: list[Placed]) -> Iterator[Item]:
    """Rows of data as boards, rows of running text and of headings as text, in their order."""
    table = object()
    rows: list[list[Placed]] = [[] for _ in range(cells[-1].row + 1)]
    for cell in cells:
        rows[cell.row].append(cell)
    covered = {r for c in cells for r in range(c.row + 1, c.row + c.row_span)}
    tied = covered | {c.row for c in cells if c.row_span > 1}
    kinds = [n not in tied and _is_text(row) for n, row in enumerate(rows)]
    if any(kinds) and any(c.slot.text == "" for c in cells):
        # A sheet saved as a page: what a heading has beside it is blank cells.
        lines = text_rows(_as_sheet(cells))
        kinds = [kind or n in lines for n, kind in enumerate(kinds)]
    for is_text, group in groupby(range(len(rows)), key=kinds.__getitem__):
        chosen = [cell for n in group for cell in rows[n]]
        if is_text:
            yield from (item for cell in chosen for item in cell.slot.items)
        elif any(cell.slot.items for cell in chosen):
            first = chosen[0].row
            moved = [replace(c, row=c.row - first) for c in chosen]
            yield Board(moved, table)
            yield from (i for c in chosen for i in c.slot.items if isinstance(i, Board))


def _as_sheet(cells: Sequence[Placed]) -> View:
    sheet = Sheet("")
    for c in cells:
        if c.slot.items:
            sheet.cells[c.row, c.column] = Entry(c.slot.text or "\ufffc")
        if c.row_span * c.column_span > 1:
            bottom, right = c.row + c.row_span - 1, c.column + c.column_span - 1
            sheet.merges.append((c.row, c.column, bottom, right))
    return View(sheet, len(cells) * 10_000)


def _is_text(row: Sequence[Placed]) -> bool:
    items = [i for c in row for i in c.slot.items]
    if not items or any(isinstance(i, Board) for i in items):
        return False
    texts = [i.text for i in items if isinstance(i, Text)]
    if any(len(t) >= _PROSE for t in texts) or sum(map(len, texts)) >= _LONG_CELL:
        return True
    if sum(bool(c.slot.items) for c in row) == 1 and len(texts[0] if texts else "") > _LONG_LABEL:
        return True
    alone = len(row) == 1 and not any(isinstance(i, Image) for i in items)
    return alone and _NUMBERED.match(texts[0]) is not None
