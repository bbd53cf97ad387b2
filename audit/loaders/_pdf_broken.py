"""Figures that a narrow cell without rulings broke over lines: rows that may hold parts of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from audit.loaders._pdf_heads import Word
from audit.loaders._pdf_labels import Row
from audit.loaders._pdf_lines import Line

BROKEN = "数字分在上下几行，可能是一个数被拆开"
_FIGURE = re.compile(r"^[-+—–－]?[0-9０-９]*[.．,，]?[0-9０-９]*$|^[/／\\—–-]+$|^无$")
#: Lines of one cell are no farther apart than so many heights of their figures; rows mostly are.
_SAME_CELL, _NEXT_ROW = 2.1, 4.0


def figures_of(line: Line) -> list[Word]:
    """The figures at a line's end."""
    figures: list[Word] = []
    for word in reversed(line.words):
        if not _FIGURE.match(word[0]):
            break
        figures.insert(0, word)
    return figures


def broken(lines: Sequence[Line], block: Sequence[Row], columns: int) -> frozenset[int]:
    """Ids of lines whose figures may go on in the line above or below.

    Such lines are neighbours, one of them has figures in some of the columns only, under or over
    figures of the other, and no label of its own, or stands as near as lines of one cell do.
    """
    own = {id(row.line) for row in block}
    figured = list(_figured(lines, block))
    # Between a figure's parts the row's other figures may stand on a line of their own.
    pairs = chain(pairwise(figured), zip(figured, figured[2:], strict=False))
    return frozenset(
        id(line) for pair in pairs if _one_cell(*pair, columns) for line in pair if id(line) in own
    )


def _figured(lines: Sequence[Line], block: Sequence[Row]) -> Iterator[Line]:
    """Lines with figures beside the block's first to last row."""
    low, high = block[0].line, block[-1].line
    top, bottom = low.top - _NEXT_ROW * low.size, high.top + _NEXT_ROW * high.size
    yield from (line for line in lines if top < line.top < bottom and figures_of(line))


def _one_cell(above: Line, below: Line, columns: int) -> bool:
    pitch = (below.top - above.top) / max(min(above.size, below.size), 0.1)
    for part, other in ((above, below), (below, above)):
        figures, others = figures_of(part), figures_of(other)
        if len(figures) >= columns or not all(_under(word, others) for word in figures):
            continue
        alone = len(figures) == len(part.words)
        if pitch <= (_NEXT_ROW if alone else _SAME_CELL):
            return True
    return False


def _under(word: Word, others: Sequence[Word]) -> bool:
    """Whether a figure stands under or over one of these."""
    return any(word[1] < other[2] and word[2] > other[1] for other in others)
