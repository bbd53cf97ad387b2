"""A sheet printed over pages that lie side by side: tables whose other columns stand on later pages.

Which column stands under which label is not told where merged cells are cut, so that the columns on
later pages are left out, and what they belong to is marked as not read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.document import Block, Cell, Grid

SPREAD = "表格的各列分印在几页上，后面几页的列没有读取"
#: Rows of two pages are the same if they begin no farther apart than this (points).
_NEAR = 1.5
#: One row may be at the height of another by chance.
_ROWS = 2
_FIGURE = re.compile(r"[\d.,+\-/—－\s]*")


def without_spread(blocks: Sequence[Block]) -> list[Block]:
    """The blocks less grids that go on beside an earlier page's, which are marked as going on."""
    bases: dict[int, tuple[Grid, list[float]]] = {}
    gone: set[int] = set()
    marked: set[int] = set()
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        named, heights = _figures(block)
        if len(heights) < _ROWS:
            continue
        if named:
            bases[id(block)] = (block, heights)
            continue
        page = block.cells[0].place.page
        beside = {n for n, (b, h) in bases.items() if b.cells[0].place.page != page}
        beside = {n for n in beside if _near(bases[n][1], heights)}
        marked |= beside
        gone |= {id(block)} if beside else set()
    if not gone:
        return list(blocks)
    return [_marked(b) if id(b) in marked else b for b in blocks if id(b) not in gone]


def _figures(grid: Grid) -> tuple[bool, list[float]]:
    """Whether rows of figures have labels in them, and where each of these rows begins."""
    rows: dict[int, float] = {}
    labelled: set[int] = set()
    for cell in grid.cells:
        if _FIGURE.fullmatch(cell.text) is None:
            labelled.update(range(cell.row, cell.row + cell.row_span))
        elif cell.text.strip() and cell.place.box is not None:
            rows.setdefault(cell.row, cell.place.box[1])
    return not labelled.isdisjoint(rows), sorted(rows.values())


def _near(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    """Whether each of their rows is one of ours."""
    return all(any(abs(a - b) <= _NEAR for a in ours) for b in theirs)


def _marked(block: Block) -> Block:
    assert isinstance(block, Grid)
    return replace(block, cells=tuple(_with_doubt(block.cells)))


def _with_doubt(cells: Sequence[Cell]) -> Iterator[Cell]:
    first = next(n for n, c in enumerate(cells) if _FIGURE.fullmatch(c.text) is None)
    for number, cell in enumerate(cells):
        yield replace(cell, doubt=cell.doubt or SPREAD) if number == first else cell
