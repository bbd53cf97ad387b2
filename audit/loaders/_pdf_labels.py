"""Labels beside rows of figures that no line divides: whose they are, and what stands left of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from audit.loaders._pdf_heads import Box, Word
from audit.loaders._pdf_lines import Line

#: A word with its line: the line's top, the number of its row, the line, the word.
_Placed = tuple[float, int, Line, Word]


@dataclass(slots=True)
class Row:
    line: Line
    figures: list[Word]
    labels: list[tuple[Line, Word]] = field(default_factory=list)


def own_lines(lines: Sequence[Line], block: Sequence[Row], edges: np.ndarray) -> list[Line]:
    """Lines of labels between and beside the rows of figures."""
    rows = {id(row.line) for row in block}
    low, high = block[0].line, block[-1].line
    right = max((word[2] for row in block for _, word in row.labels), default=float(edges[0, 0]))
    return [
        line
        for line in lines
        if id(line) not in rows
        and low.top - 1.6 * low.size < line.top
        and line.bottom < high.bottom + 1.6 * high.size
        and line.right < edges[0, 0] + line.size
        and line.left < right
    ]


def nearest_rows(
    own: Sequence[Line], block: Sequence[Row], across: np.ndarray
) -> Iterator[tuple[Line, Row]]:
    """Each line of labels with the row that it stands nearest to, between the same rulings."""
    middles = np.array([(row.line.top + row.line.bottom) / 2 for row in block])
    for line in own:
        middle = (line.top + line.bottom) / 2
        crossing = across[(across[:, 1] <= line.left + 2) & (across[:, 2] >= line.left)][:, 0]
        crossed = (np.minimum(middles, middle)[:, None] < crossing[None, :]) & (
            np.maximum(middles, middle)[:, None] > crossing[None, :]
        )
        far = np.abs(middles - middle) + 1e6 * crossed.any(axis=1)
        yield line, block[int(far.argmin())]


def inner(row: Row) -> list[tuple[Line, Word]]:
    """The words of a row's own label: the rightmost one, and those above and below it."""
    if not row.labels:
        return []
    _, anchor = max(row.labels, key=lambda item: item[1][2])
    own = [item for item in row.labels if _overlap(item[1], anchor)]
    return sorted(own, key=lambda item: (item[0].top, item[1][1]))


def _overlap(word: Word, other: Word) -> bool:
    common = min(word[2], other[2]) - max(word[1], other[1])
    return common > 0.3 * min(word[2] - word[1], other[2] - other[1])


def outer(block: Sequence[Row]) -> Iterator[tuple[int, int, int, str, Box]]:
    """Labels that stand left of rows' own: row, column, number of rows, text and box."""
    words: list[_Placed] = []
    for number, row in enumerate(block):
        own = {id(word) for _, word in inner(row)}
        words += [(line.top, number, line, w) for line, w in row.labels if id(w) not in own]
    columns: list[list[_Placed]] = []
    for item in sorted(words, key=lambda item: item[3][1]):
        near = [c for c in columns if any(_overlap(item[3], other[3]) for other in c)]
        if near:
            near[0].append(item)
        else:
            columns.append([item])
    for column, items in enumerate(columns):
        for held in _stacks(sorted(items, key=lambda item: (item[0], item[3][1]))):
            rows = [row for _, row, _, _ in held]
            lefts, rights = [w[1] for *_, w in held], [w[2] for *_, w in held]
            box = (min(lefts), held[0][0], max(rights), held[-1][2].bottom)
            text = "".join(w[0] for *_, w in held)
            yield min(rows), column, max(rows) - min(rows) + 1, text, box


def _stacks(items: Sequence[_Placed]) -> list[list[_Placed]]:
    """Words from top to bottom, parted where the gap is almost a line or more."""
    stacks: list[list[_Placed]] = []
    for item in items:
        above = stacks[-1][-1][2] if stacks else None
        if above is None or item[0] - above.bottom > 0.9 * above.size:
            stacks.append([])
        stacks[-1].append(item)
    return stacks
