"""Tables that page breaks cut are put together again: rows below rows, cells below what they go on from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from audit.document import Block, Cell, Grid, Place

#: A label of its own, not the rest of one.
_BEGINS = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．]|第.{1,4}条)")
_FIGURE = re.compile(r"^[\d.,+\-/—－\s]+$")
#: Sides of two pages' cells are one if they are within this share of the table's width; those a
#: little farther apart are neither one nor two.
_CLOSE, _FAR = 0.008, 0.02
#: A table's parts are as wide as one another within this share where not the same; and have so
#: many of the sides of the one that has fewer in common.
_ALIKE, _MOST = 0.02, 0.6
CUT = "本行被分页截断，数字是否完整无法判断"


def mended(blocks: Iterable[Block], full: Collection[Place] = ()) -> Iterator[Block]:
    """The blocks, each grid that goes on on the next page joined to that page's.

    `full` are the places of cells whose last line has no room for more: what stands below may be
    its rest.
    """
    held: Grid | None = None
    for block in blocks:
        if held is not None and isinstance(block, Grid):
            joined = _joined(held, block, full)
            if joined is not None:
                held = joined
                continue
        if held is not None:
            yield held
        held = None
        if isinstance(block, Grid):
            held = block
        else:
            yield block
    if held is not None:
        yield held


def _joined(upper: Grid, lower: Grid, full: Collection[Place]) -> Grid | None:
    """Both as one grid; None where they don't follow one another or their sides don't fit."""
    page = max((c.place.page or 0 for c in upper.cells), default=0)
    if (lower.place.page or 0) != page + 1:
        return None
    sides = _common_sides(upper, lower, page)
    if sides is None:
        return None
    above = _Above(_spread(upper.cells, sides[0]), upper.height)
    below = _spread(lower.cells, sides[1])
    first = [c for c in below if c.row == 0]
    if _goes_on(above, first, full):
        return replace(upper, cells=tuple(_over_the_break(above, below, full)))
    return replace(upper, cells=tuple(_appended(above, below)))


# ---- columns


def _common_sides(
    upper: Grid, lower: Grid, page: int
) -> tuple[dict[int, int], dict[int, int]] | None:
    """For both grids, the numbers of their sides among the sides of both."""
    ours, theirs = _sides(upper.cells, page), _sides(lower.cells, page + 1)
    if len(ours) < 2 or len(theirs) < 2:
        return None
    a, b = np.array(list(ours.values())), np.array(list(theirs.values()))
    for placed in _placed(a, b):
        apart = np.abs(a[:, None] - placed[None, :]) / (a[-1] - a[0])
        alike = (apart <= _CLOSE).any(axis=0)
        if ((apart > _CLOSE) & (apart < _FAR)).any():
            continue
        if alike.sum() >= max(2.0, _MOST * min(len(a), len(b))):
            every = np.sort(np.concatenate([a, placed[~alike]]))
            return _numbers(ours, a, every), _numbers(theirs, placed, every)
    return None


def _placed(ours: np.ndarray, theirs: np.ndarray) -> Iterator[np.ndarray]:
    """Where the lower table's sides are: where they are, or if two scanned pages lie otherwise."""
    yield theirs
    wide, other = ours[-1] - ours[0], theirs[-1] - theirs[0]
    if abs(other / wide - 1) < _ALIKE and abs(theirs[0] - ours[0]) < 2 * _ALIKE * wide:
        yield (theirs - theirs[0]) / other * wide + ours[0]


def _numbers(names: Iterable[int], sides: np.ndarray, every: np.ndarray) -> dict[int, int]:
    return {n: int(np.abs(every - x).argmin()) for n, x in zip(names, sides.tolist(), strict=True)}


def _sides(cells: Sequence[Cell], page: int) -> dict[int, float]:
    """Where each side of a grid's columns is, as far as cells of one page begin or end there.

    Sides of earlier pages are where those of the same number are.
    """
    told: dict[int, list[float]] = {}
    for c in sorted(cells, key=lambda c: c.place.page == page):
        if c.place.box is not None:
            told.setdefault(c.column, []).append(c.place.box[0])
            told.setdefault(c.column + c.column_span, []).append(c.place.box[2])
    return {number: median(told[number]) for number in sorted(told)}


def _spread(cells: Sequence[Cell], sides: dict[int, int]) -> list[Cell]:
    if all(old == new for old, new in sides.items()):
        return list(cells)
    return [
        _moved(c, c.row, sides[c.column], c.row_span, sides[end] - sides[c.column])
        for c in cells
        if (end := c.column + c.column_span) in sides and c.column in sides
    ]


def _moved(c: Cell, row: int, column: int, row_span: int, column_span: int) -> Cell:
    """The same cell elsewhere. `replace` takes many times as long, and every cell is moved."""
    return Cell(c.text, row, column, c.place, row_span, column_span, c.confidence, c.doubt)


# ---- rows


@dataclass(frozen=True, slots=True)
class _Above:
    """The upper part: its cells and rows, and what its last row is made of."""

    cells: list[Cell]
    height: int

    def over(self, cell: Cell) -> Cell | None:
        """The cell of the last row with the same sides."""
        for c in self.cells:
            same = c.column == cell.column and c.column_span == cell.column_span
            if same and c.row + c.row_span == self.height:
                return c
        return None


def _goes_on(above: _Above, first: Sequence[Cell], full: Collection[Place]) -> bool:
    """Whether the first row below is the rest of the last one above: no cell begins anything.

    Figures that stand in the middle of their row's height may all be in the lower part.
    """
    over = [(above.over(c), c) for c in first]
    written = [(a, c) for a, c in over if c.text]
    if not any(a is not None for a, _ in over):
        return False
    figures = [(a, c) for a, c in written if _FIGURE.match(c.text)]
    below = bool(figures) and not any(a and a.text for a, _ in figures)
    for a, c in written:
        figure = bool(_FIGURE.match(c.text))
        if below and figure and a:
            continue
        if not a or not a.text or bool(_FIGURE.match(a.text)) != figure or _BEGINS.match(c.text):
            return False
    labels = [a for a, c in written if a and not _FIGURE.match(c.text)]
    if below:
        return bool(labels) and all(a.place in full for a in labels)
    labelled = any(a and a.text and not _FIGURE.match(a.text) for a, _ in over)
    if not labelled:
        return all(a.place in full for a, _ in figures if a)
    return not figures or all(a.place in full for a in labels)


def _over_the_break(
    above: _Above, below: Sequence[Cell], full: Collection[Place]
) -> Iterator[Cell]:
    """The lower part's first row goes into the upper's last one."""
    rest = {id(a): c for c in below if c.row == 0 and (a := above.over(c)) is not None}
    for cell in above.cells:
        more = rest.get(id(cell))
        if more is None:
            yield cell
            continue
        longer = replace(
            cell, text=cell.text + more.text, row_span=cell.row_span + more.row_span - 1
        )
        if cell.text and _FIGURE.match(more.text) and cell.place not in full:
            longer = replace(longer, text=f"{cell.text} {more.text}", doubt=CUT, confidence=0.5)
        yield longer
    for cell in below:
        row = cell.row + above.height - 1
        if cell.row:
            yield _moved(cell, row, cell.column, cell.row_span, cell.column_span)
        elif cell.row_span > 1 and not any(cell is c for c in rest.values()):
            yield replace(cell, row=row + 1, row_span=cell.row_span - 1)


def _appended(above: _Above, below: Sequence[Cell]) -> Iterator[Cell]:
    """The lower part's rows follow; labels whose cells go on there reach as far."""
    taken = {
        id(over): cell
        for cell in below
        if cell.row == 0 and (over := above.over(cell)) is not None and _same_label(over, cell)
    }
    gone = {id(cell) for cell in taken.values()}
    for cell in above.cells:
        more = taken.get(id(cell))
        if more is not None:
            rows = cell.row_span + more.row_span
            cell = replace(cell, text=cell.text + more.text, row_span=rows)
        yield cell
    for cell in below:
        if id(cell) not in gone:
            row = cell.row + above.height
            yield _moved(cell, row, cell.column, cell.row_span, cell.column_span)


def _same_label(over: Cell, cell: Cell) -> bool:
    """Whether a cell at the top of a page is the one above going on, blank or with its text's rest."""
    if not over.text or _FIGURE.match(over.text):
        return False
    if not cell.text:
        return True
    rest = not _BEGINS.match(cell.text) and not _FIGURE.match(cell.text)
    return rest and bool(_BEGINS.match(over.text)) and over.row_span + cell.row_span > 2
