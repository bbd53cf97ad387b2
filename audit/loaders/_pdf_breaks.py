"""Table rows that a page break cuts through are put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from audit.document import Block, Cell, Grid

#: A label of its own, not the rest of one.
_BEGINS = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．]|第.{1,4}条)")
_FIGURE = re.compile(r"^[\d.,+\-/—－\s]+$")
#: Cells of two pages stand below one another if their sides are within this (points).
_CLOSE = 4.0


def mended(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each grid that begins with the rest of the last one's last row joined to it."""
    held: Grid | None = None
    for block in blocks:
        if held is not None and isinstance(block, Grid):
            held, block = _mend(held, block)
        if held is not None:
            yield held
        held = None
        if isinstance(block, Grid):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _mend(upper: Grid, lower: Grid) -> tuple[Grid, Grid]:
    if (lower.place.page or 0) != (upper.place.page or 0) + 1:
        return upper, lower
    last = [c for c in upper.cells if c.row + c.row_span == upper.height]
    first = [c for c in lower.cells if c.row == 0]
    rest = [(_above(c, last), c) for c in first if c.text]
    if not rest or lower.height < 2 or not _is_rest(rest, first, last):
        return upper, lower
    longer = {id(a): replace(a, text=a.text + c.text) for a, c in rest if a is not None}
    cells = tuple(longer.get(id(c), c) for c in upper.cells)
    taken = {id(c) for _, c in rest}
    left = tuple(
        replace(
            c,
            text="" if id(c) in taken else c.text,
            row=max(c.row - 1, 0),
            row_span=c.row_span - (c.row == 0),
        )
        for c in lower.cells
        if c.row or c.row_span > 1
    )
    return replace(upper, cells=cells), replace(lower, cells=left)


def _above(cell: Cell, row: list[Cell]) -> Cell | None:
    """The cell of a row with the same sides."""
    for other in row:
        if cell.place.box and other.place.box:
            sides = zip(cell.place.box[::2], other.place.box[::2], strict=True)
            if all(abs(a - b) <= _CLOSE for a, b in sides):
                return other
    return None


def _is_rest(rest: list[tuple[Cell | None, Cell]], first: list[Cell], last: list[Cell]) -> bool:
    """Whether texts go on from cells above, with no figures where the row above has them all."""
    goes_on = all(
        above is not None and above.text and not _BEGINS.match(c.text) and not _FIGURE.match(c.text)
        for above, c in rest
    )
    figures = sum(bool(_FIGURE.match(c.text)) for c in last)
    blank = sum(not c.text for c in first)
    return goes_on and figures > 0 and blank >= figures
