"""Tables without upright lines: rows of figures whose middles stand below one another → grids.

Nothing is told where the columns can't be seen; where a row leaves columns open, it is told as
unsure unless other rows show the columns beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from audit.document import Cell, Grid, Place
from audit.loaders._pdf_lines import Line

GUESSED = "表格无竖线，数字所在列由对齐推断得出"
_FIGURE = re.compile(r"^[-+—–－]?[0-9０-９]*[.．,，]?[0-9０-９]*$|^[/／\\—–-]+$|^无$")
#: Fewer columns of figures than this are text that names figures; a table needs so many rows that
#: fill them all.
_COLUMNS, _ROWS = 3, 2
#: Lines farther apart than so many heights belong to different tables.
_APART = 6.0
_HEADERS = 8

Word = tuple[str, float, float]


@dataclass(slots=True)
class _Row:
    line: Line
    figures: list[Word]
    labels: list[tuple[float, Word]] = field(default_factory=list)


def unruled(
    lines: Sequence[Line], page: int, across: np.ndarray
) -> tuple[list[tuple[float, Grid]], list[Line]]:
    """Grids with their tops, and the lines left over.

    `across` (n × 3: y, left, right) are level rulings: no label is joined over one.
    """
    grids: list[tuple[float, Grid]] = []
    used: set[int] = set()
    for block in _blocks(lines):
        edges = _edges([row.figures for row in block])
        if edges is None:
            continue
        head = _headers(lines, block, edges)
        own = _own(lines, block, edges)
        for line, row in _labels(own, block, across):
            row.labels += [(line.top, word) for word in line.words]
        cells = _cells(block, head, edges, page)
        top = min([block[0].line.top, *(line.top for line in head), *(line.top for line in own)])
        grids.append((top, Grid(tuple(cells), Place(page=page))))
        used |= {id(row.line) for row in block} | {id(line) for line in (*head, *own)}
    return grids, [line for line in lines if id(line) not in used]


def _blocks(lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """Rows of at least three figures each, as far as they follow one another."""
    block: list[_Row] = []
    for line in lines:
        figures = _figures(line)
        if len(figures) < _COLUMNS - 1:
            continue
        if block and line.top - block[-1].line.bottom > _APART * line.size:
            yield block
            block = []
        row = _Row(line, figures)
        row.labels = [(line.top, w) for w in line.words[: len(line.words) - len(figures)]]
        block.append(row)
    if block:
        yield block


def _figures(line: Line) -> list[Word]:
    """The figures at a line's end."""
    figures: list[Word] = []
    for word in reversed(line.words):
        if not _FIGURE.match(word[0]):
            break
        figures.insert(0, word)
    return figures


def _edges(rows: Sequence[Sequence[Word]]) -> np.ndarray | None:
    """Left and right of each column (k × 2); None where they overlap or no row fills them all."""
    words = sorted((w for row in rows for w in row), key=lambda w: (w[1] + w[2]) / 2)
    columns: list[list[float]] = []
    for _, left, right in words:
        if columns and left < columns[-1][1]:
            columns[-1] = [min(columns[-1][0], left), max(columns[-1][1], right)]
        else:
            columns.append([left, right])
    edges = np.array(columns).reshape(-1, 2)
    if len(edges) < _COLUMNS:
        return None
    for row in rows:
        if len({_column(edges, word) for word in row}) < len(row):
            return None
    full = sum(len(row) == len(edges) for row in rows)
    return edges if full >= min(_ROWS, len(rows)) else None


def _column(edges: np.ndarray, word: Word) -> int:
    middle = (word[1] + word[2]) / 2
    return int(np.abs(edges.mean(axis=1) - middle).argmin())


def _headers(lines: Sequence[Line], block: Sequence[_Row], edges: np.ndarray) -> list[Line]:
    """The lines above that stand over the columns, nearest last."""
    above = [line for line in lines if line.bottom <= block[0].line.top + 1][-_HEADERS:]
    found: list[Line] = []
    edge, size = block[0].line.top, block[0].line.size
    for line in reversed(above):
        over = [w for w in line.words if w[2] > edges[0, 0] and w[1] < edges[-1, 1] + size]
        if edge - line.bottom > 3 * size or not over or not _is_header(line, edges):
            break
        found.insert(0, line)
        edge = line.top
    return found


def _is_header(line: Line, edges: np.ndarray) -> bool:
    """Whether no word reaches from the labels far into the columns, as running text does."""
    reaching = [w for w in line.words if w[1] < edges[0, 0] - line.size and w[2] > edges[1, 1]]
    return not reaching and len(line.text) < 20 * len(line.words)


def _own(lines: Sequence[Line], block: Sequence[_Row], edges: np.ndarray) -> list[Line]:
    """Lines of labels between and beside the rows of figures."""
    rows = {id(row.line) for row in block}
    low, high = block[0].line, block[-1].line
    return [
        line
        for line in lines
        if id(line) not in rows
        and low.top - 1.6 * low.size < line.top
        and line.bottom < high.bottom + 1.6 * high.size
        and line.right < edges[0, 0] + line.size
    ]


def _labels(
    own: Sequence[Line], block: Sequence[_Row], across: np.ndarray
) -> Iterator[tuple[Line, _Row]]:
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


def _cells(
    block: Sequence[_Row], head: Sequence[Line], edges: np.ndarray, page: int
) -> Iterator[Cell]:
    """Header rows, then a row of cells for each row of figures: two columns of labels, then these."""
    inner = _inner(block)
    first = 0
    for row, (text, column, span, box) in _header_cells(head, edges):
        yield _cell(text, row, column + 2, page, box, span)
        first = max(first, row + 1)
    full = sum(len(row.figures) == len(edges) for row in block)
    for number, row in enumerate(block, start=first):
        words = [w for _, w in sorted(row.labels, key=lambda item: (round(item[0]), item[1][1]))]
        outer = "".join(w[0] for w in words if w[1] < inner)
        rest = "".join(w[0] for w in words if w[1] >= inner)
        box = (row.line.left, row.line.top, edges[0, 0], row.line.bottom)
        if rest:
            if outer:
                yield _cell(outer, number, 0, page, box)
            yield _cell(rest, number, 1, page, box)
        else:
            yield _cell(outer, number, 0, page, box, 2)
        by_column = {_column(edges, w): w for w in row.figures}
        whole = len(by_column) == len(edges) or full >= 3
        alone = len(block) < _ROWS and not _backed(head, edges)
        doubt = "" if whole and not alone else GUESSED
        for column, (left, right) in enumerate(edges.tolist()):
            text = by_column[column][0] if column in by_column else ""
            box = (left, row.line.top, right, row.line.bottom)
            yield _cell(text, number, column + 2, page, box, 1, doubt)


def _inner(block: Sequence[_Row]) -> float:
    """Where the innermost labels begin: most rows' last label; those farther left stand over it."""
    lefts = sorted(row.labels[-1][1][1] for row in block if row.labels)
    return lefts[len(lefts) // 2] - 0.8 * block[0].line.size if lefts else 0.0


def _backed(head: Sequence[Line], edges: np.ndarray) -> bool:
    """Whether a header names as many columns as there are."""
    return any(
        sum(w[2] > edges[0, 0] - line.size for w in line.words) == len(edges) for line in head
    )


HeaderCell = tuple[str, int, int, tuple[float, float, float, float]]


def _header_cells(head: Sequence[Line], edges: np.ndarray) -> Iterator[tuple[int, HeaderCell]]:
    """Words over single columns are joined downwards into one row; those over several come before."""
    middles = edges.mean(axis=1)
    bounds = np.concatenate([[-np.inf], (middles[1:] + middles[:-1]) / 2, [np.inf]])
    leaves: dict[int, list[tuple[Word, Line]]] = {}
    row = 0
    for line in head:
        over = [w for w in line.words if w[2] > edges[0, 0] - line.size]
        wide = len(over) < 0.4 * len(edges)
        for word in over:
            start, stop = np.searchsorted(bounds, (word[1], word[2])) - 1
            if wide:
                box = (word[1], line.top, word[2], line.bottom)
                yield row, (word[0], int(start), int(stop - start + 1), box)
            else:
                leaves.setdefault(_column(edges, word), []).append((word, line))
        row += wide
    for column, parts in sorted(leaves.items()):
        lefts, rights = zip(*[(w[1], w[2]) for w, _ in parts], strict=True)
        box = (min(lefts), parts[0][1].top, max(rights), parts[-1][1].bottom)
        yield row, ("".join(w[0] for w, _ in parts), column, 1, box)


def _cell(
    text: str,
    row: int,
    column: int,
    page: int,
    box: tuple[float, float, float, float],
    span: int = 1,
    doubt: str = "",
) -> Cell:
    place = Place(page=page, row=row + 1, column=column + 1, box=box)
    confidence = 0.6 if doubt else 1.0
    return Cell(text, row, column, place, 1, span, confidence, doubt)
