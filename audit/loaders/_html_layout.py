"""A table of a page → data, or the text that it only lays out, or what it says of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from audit.loaders._flat_rows import PROSE, Part, flat_rows
from audit.loaders._html_facts import Facts
from audit.loaders._html_model import Board, Item, Placed, Row, Text
from audit.loaders._html_spans import placed

_NUMBER = re.compile(r"[-+]?\d[\d,.]*\s*\S{0,2}")


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
        isinstance(item, Board) or (isinstance(item, Text) and len(item.text) >= 4 * PROSE)
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
    kinds = flat_rows([_part(c) for c in cells])
    for is_text, group in groupby(range(len(rows)), key=kinds.__getitem__):
        chosen = [cell for n in group for cell in rows[n]]
        if is_text:
            yield from (item for cell in chosen for item in cell.slot.items)
        elif any(cell.slot.items for cell in chosen):
            first = chosen[0].row
            moved = [replace(c, row=c.row - first) for c in chosen] if first else chosen
            yield Board(moved, table)
            yield from (i for c in chosen for i in c.slot.items if isinstance(i, Board))


def _part(cell: Placed) -> Part:
    items = cell.slot.items
    texts = [i.text for i in items if isinstance(i, Text)]
    only = len(texts) == len(items) or (texts and not any(isinstance(i, Board) for i in items))
    return Part(cell.row, cell.column, cell.row_span, cell.column_span, texts if only else None)
