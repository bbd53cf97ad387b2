"""Horizontal and vertical lines → tables of cells with spans, by which slots' sides are drawn.

Coordinates run to the right and downwards; the unit is the caller's (points or pixels), and all
tolerances scale with `close`: lines nearer to one another than this are one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

#: Share of a slot's side that must be drawn for the side to count.
_DRAWN = 0.6
#: More lines than this on one page are a drawing.
_MOST = 4_000
_NONE = np.empty((0, 3))


class Slot(NamedTuple):
    """A cell: its first row and column (from 0), its spans, and its box.

    `whole` says that the lines around it are all there; else it was closed by guess.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Lines:
    """`across` (n × 3: y, left, right) and `down` (m × 3: x, top, bottom)."""

    across: np.ndarray
    down: np.ndarray


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table drawn by lines: its slots in reading order and the lines it is made of."""

    slots: tuple[Slot, ...]
    columns: np.ndarray
    rows: np.ndarray
    lines: Lines

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (
            float(self.columns[0]),
            float(self.rows[0]),
            float(self.columns[-1]),
            float(self.rows[-1]),
        )


def lines_from(boxes: np.ndarray, thin: float, gap: float) -> Lines:
    """Thin boxes (n × 4: left, top, right, bottom) as lines; dashes and dots are joined over `gap`."""
    if not len(boxes):
        return Lines(_NONE, _NONE)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    flat, steep = height <= thin, width <= thin
    across = np.stack([middle[flat, 1], boxes[flat, 0], boxes[flat, 2]], axis=1)
    down = np.stack([middle[steep, 0], boxes[steep, 1], boxes[steep, 3]], axis=1)
    least = 2 * thin
    return Lines(_joined(across, gap, least), _joined(down, gap, least))


def sides(boxes: np.ndarray) -> Lines:
    """The four sides of each box."""
    x0, y0, x1, y1 = boxes.T
    across = np.concatenate([np.stack([y, x0, x1], axis=1) for y in (y0, y1)])
    down = np.concatenate([np.stack([x, y0, y1], axis=1) for x in (x0, x1)])
    return Lines(across, down)


def _joined(lines: np.ndarray, gap: float, least: float) -> np.ndarray:
    """Pieces on one line joined where they are no farther apart than `gap`; specks left out."""
    if not len(lines):
        return _NONE
    level = _groups(lines[:, 0], gap / 8)
    order = np.lexsort((lines[:, 1], level))
    lines, level = lines[order], level[order]
    span = float(np.ptp(lines[:, 1:])) + 10 * gap + 1.0
    shifted = lines[:, 1:] + level[:, None] * span
    reach = np.maximum.accumulate(shifted[:, 1])
    first = np.concatenate([[True], shifted[1:, 0] > reach[:-1] + gap])
    starts = np.flatnonzero(first)
    ends = np.maximum.reduceat(lines[:, 2], starts)
    joined = np.stack([lines[starts, 0], lines[starts, 1], ends], axis=1)
    return joined[joined[:, 2] - joined[:, 1] >= least]


def _groups(values: np.ndarray, extent: float) -> np.ndarray:
    """For each value the number of its group; a group reaches no farther than `extent`."""
    order = values.argsort()
    numbers = []
    first, number = -np.inf, -1
    for value in values[order].tolist():
        if value - first > extent:
            first, number = value, number + 1
        numbers.append(number)
    groups = np.empty(len(values), dtype=int)
    groups[order] = numbers
    return groups


def tables(lines: Lines, close: float) -> Iterator[Ruled]:
    """Every table of at least two columns that the lines make up, from top to bottom."""
    if len(lines.across) > _MOST or len(lines.down) > _MOST:
        return
    found = [_table(part, close) for part in _connected(lines, close)]
    yield from sorted((t for t in found if t is not None), key=lambda t: (t.box[1], t.box[0]))


def _connected(lines: Lines, close: float) -> Iterator[Lines]:
    """The lines in groups that touch one another."""
    across, down = lines.across, lines.down
    if not len(across) or not len(down):
        return
    touch = (
        (down[None, :, 0] >= across[:, None, 1] - close)
        & (down[None, :, 0] <= across[:, None, 2] + close)
        & (across[:, None, 0] >= down[None, :, 1] - close)
        & (across[:, None, 0] <= down[None, :, 2] + close)
    )
    free = np.ones(len(across), dtype=bool)
    while free.any():
        rows = np.zeros(len(across), dtype=bool)
        rows[int(np.argmax(free))] = True
        while True:
            columns = touch[rows].any(axis=0)
            more = touch[:, columns].any(axis=1) | rows
            if (more == rows).all():
                break
            rows = more
        free &= ~rows
        if columns.any():
            yield Lines(across[rows], down[columns])


def _table(lines: Lines, close: float) -> Ruled | None:
    across, down = lines.across, lines.down
    columns = _levels(down[:, 0], across[:, 1:], close)
    rows = _levels(across[:, 0], down[:, 1:], close)
    if len(columns) < 3 or len(rows) < 2:
        return None
    below = _drawn(across, rows, columns)
    right = _drawn(down, columns, rows).T
    below[[0, -1]] = True
    right[:, [0, -1]] = True
    return Ruled(tuple(_slots(below, right, columns, rows)), columns, rows, lines)


def _levels(values: np.ndarray, reaches: np.ndarray, close: float) -> np.ndarray:
    """Distinct positions of lines; a rim that no line draws is where the crossing lines end."""
    group = _groups(values, close)
    told = (np.bincount(group, weights=values) / np.bincount(group)).tolist()
    low, high = float(reaches.min()), float(reaches.max())
    if told[0] - low > 2.5 * close:
        told.insert(0, low)
    if high - told[-1] > 2.5 * close:
        told.append(high)
    return np.array(told)


def _drawn(lines: np.ndarray, levels: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """Whether a line is drawn on each level (axis 0) between each two stops (axis 1)."""
    level = np.abs(lines[:, 0][:, None] - levels[None, :]).argmin(axis=1)
    order = level.argsort(kind="stable")
    lines, level = lines[order], level[order]
    low = np.maximum(lines[:, 1][:, None], stops[None, :-1])
    high = np.minimum(lines[:, 2][:, None], stops[None, 1:])
    covered = np.zeros((len(levels), len(stops) - 1))
    starts = np.concatenate([[0], np.flatnonzero(np.diff(level)) + 1])
    covered[level[starts]] = np.add.reduceat(np.maximum(high - low, 0.0), starts, axis=0)
    return covered >= _DRAWN * np.diff(stops)[None, :]


def _slots(
    below: np.ndarray, right: np.ndarray, columns: np.ndarray, rows: np.ndarray
) -> Iterator[Slot]:
    """Rectangles as large as undrawn sides allow.

    `below[r, c]` is the line above slot (r, c), `right[r, c]` the one to its left.
    """
    height, width = len(rows) - 1, len(columns) - 1
    # Lists: of so few a slice is looked through sooner than by numpy.
    above, beside = below.tolist(), right.T.tolist()
    xs, ys = columns.tolist(), rows.tolist()
    taken = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            end = column + 1
            if beside[end][row] and above[row + 1][column]:
                # Most slots are one row by one column.
                whole = beside[column][row] and above[row][column]
                box = (xs[column], ys[row], xs[end], ys[row + 1])
                yield Slot(row, column, 1, 1, box, whole)
                continue
            while end < width and not beside[end][row] and not taken[row][end]:
                end += 1
            stop = row + 1
            while (
                stop < height
                and not any(above[stop][column:end])
                and not any(beside[n][stop] for n in range(column + 1, end))
                and not any(taken[stop][column:end])
            ):
                stop += 1
            for line in taken[row:stop]:
                line[column:end] = [True] * (end - column)
            whole = (
                all(above[row][column:end])
                and all(above[stop][column:end])
                and all(beside[column][row:stop])
                and all(beside[end][row:stop])
            )
            box = (xs[column], ys[row], xs[end], ys[stop])
            yield Slot(row, column, stop - row, end - column, box, whole)
