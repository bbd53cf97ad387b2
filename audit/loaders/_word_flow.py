"""Items of a word-processor file → blocks in reading order, each with the place a person finds.

Paragraphs outside tables are counted from 1 (`line`), empty ones too; tables from 1 in reading
order, nested ones alike, those that only lay out the page left out. A cell's row and column are
what Word itself counts: the row of the table, and the number of the cell within that row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from audit.document import Block, Cell, Grid, Paragraph, Picture, Place
from audit.errors import UnreadableError
from audit.loaders._flat_rows import Part, flat_rows
from audit.loaders._word_grid import Placed, placed
from audit.loaders._word_model import Image, Inserted, Item, Slot, Table, Text
from audit.loaders.base import Limits

_NESTED = "单元格内另有表格，内容未并入本单元格"
_PICTURE = "单元格内是图片，无法读取"


def blocks(items: Iterable[Item], limits: Limits) -> tuple[Block, ...]:
    """The blocks of one document.

    Raises:
        UnreadableError: more cells, characters or nesting than the limits allow.
    """
    flow = _Flow(limits)
    return tuple(flow.of(items, 0))


class _Flow:
    """Counts paragraphs, tables, cells and characters while items become blocks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._paragraphs = self._tables = self._cells = self._characters = 0

    def of(self, items: Iterable[Item], depth: int) -> Iterator[Block]:
        for item in items:
            if isinstance(item, Text):
                yield from self._text(item)
            elif isinstance(item, Image):
                yield Picture(Place(line=self._paragraphs or None), (item.width, item.height))
            elif isinstance(item, Inserted):
                yield from item.blocks
            else:
                yield from self._table(item, depth + 1)

    def _text(self, item: Text) -> Iterator[Paragraph]:
        self._paragraphs += 1
        self._read(len(item.text))
        place = Place(line=self._paragraphs)
        for line in item.text.split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), place, item.heading)

    def _table(self, table: Table, depth: int) -> Iterator[Block]:
        if depth > self._limits.depth:
            raise UnreadableError("limit", f"tables nested {depth} deep")
        found = placed(table)
        self._cells += len(found)
        if self._cells > self._limits.cells:
            raise UnreadableError("limit", f"{self._cells} cells")
        if not found:
            return
        if _is_layout(found):
            for one in found:
                yield from self.of(one.slot.items, depth)
            return
        self._tables += 1
        yield from self._parts(found, self._tables, depth)

    def _parts(self, found: list[Placed], number: int, depth: int) -> Iterator[Block]:
        """A table's rows of data as grids, its rows of text as text."""
        kinds = flat_rows([_part(one) for one in found])
        for is_text, group in groupby(found, key=lambda one: kinds[one.row]):
            chosen = list(group)
            if is_text:
                for one in chosen:
                    yield from self.of(one.slot.items, depth)
                continue
            first = chosen[0].row
            cells = tuple(self._cell(one, number, first) for one in chosen)
            yield Grid(cells, Place(table=number))
            for one in chosen:
                yield from self._inside(one, number, depth)

    def _cell(self, one: Placed, table: int, first: int) -> Cell:
        text = _text_of(one.slot)
        self._read(len(text))
        doubt = ""
        if not text.strip():
            kinds = {type(item) for item in one.slot.items}
            doubt = _NESTED if kinds & {Table, Inserted} else _PICTURE if Image in kinds else ""
        return Cell(
            text,
            one.row - first,
            one.column,
            _place(one, table),
            one.row_span,
            one.column_span,
            0.0 if doubt else 1.0,
            doubt,
        )

    def _inside(self, one: Placed, table: int, depth: int) -> Iterator[Block]:
        for item in one.slot.items:
            if isinstance(item, Image):
                yield Picture(_place(one, table), (item.width, item.height))
            elif isinstance(item, Table):
                yield from self._table(item, depth + 1)
            elif isinstance(item, Inserted):
                yield from item.blocks

    def _read(self, characters: int) -> None:
        self._characters += characters
        if self._characters > self._limits.characters:
            raise UnreadableError("limit", f"{self._characters} characters")


def _place(one: Placed, table: int) -> Place:
    return Place(table=table, row=one.row + 1, column=one.ordinal)


def _text_of(slot: Slot) -> str:
    return "\n".join(i.text for i in slot.items if isinstance(i, Text)).strip("\n")


def _is_layout(cells: list[Placed]) -> bool:
    """Whether a table only lays out the page: its cells' contents are then read one by one.

    So it is with a single cell, with a single column of cells that hold running text, and where
    tables stand inside it and either it has one filled cell a row or they have more cells than it.
    """
    if len(cells) == 1:
        return True
    inner = [i for c in cells for i in c.slot.items if isinstance(i, Table)]
    if inner:
        filled = [c.row for c in cells if c.slot.items and not _is_blank(c.slot)]
        own = len(cells)
        return len(filled) == len(set(filled)) or sum(map(_size, inner)) >= own
    if any(c.column for c in cells):
        return False
    return any(sum(_is_line(i) for i in c.slot.items) > 1 for c in cells)


def _part(one: Placed) -> Part:
    texts = [i.text for i in one.slot.items if isinstance(i, Text)]
    only = len(texts) == len(one.slot.items)
    lines = [t for t in texts if t.strip()] if only else None
    return Part(one.row, one.column, one.row_span, one.column_span, lines)


def _is_blank(slot: Slot) -> bool:
    return not any(not isinstance(i, Text) or i.text.strip() for i in slot.items)


def _is_line(item: Item) -> bool:
    return isinstance(item, Text) and bool(item.text.strip())


def _size(table: Table) -> int:
    return sum(len(row) for row in table.rows)
