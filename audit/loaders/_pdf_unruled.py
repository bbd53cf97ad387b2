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
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}[、.．]")
#: Fewer columns of figures than this are text that names figures; a table needs so many rows that
#: fill them all.
_COLUMNS, _ROWS = 3, 2
#: Lines farther apart than so many heights belong to different tables.
_APART = 6.0
_HEADERS = 8

Word = tuple[str, float, float]
Box = tuple[float, float, float, float]
#: A word with its line: the line's top, the number of its row, the line, the word.
_Placed = tuple[float, int, Line, Word]


@dataclass(slots=True)
class _Row:
    line: Line
    figures: list[Word]
    labels: list[tuple[Line, Word]] = field(default_factory=list)


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
        free = [line for line in lines if id(line) not in used]
        head = _headers(free, block, edges)
        own = _own(free, block, edges)
        for line, row in _labels(own, block, across):
            row.labels += [(line, word) for word in line.words]
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
        if sum(any(c.isdigit() for c in word) for word, _, _ in figures) < _COLUMNS - 1:
            continue
        if block and line.top - block[-1].line.bottom > _APART * line.size:
            yield block
            block = []
        row = _Row(line, figures)
        row.labels = [(line, w) for w in line.words[: len(line.words) - len(figures)]]
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
    return not reaching and len(line.text) < 20 * len(line.words) and not _HEADING.match(line.text)


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
    """Header rows, then a row for each row of figures: outer labels, its own label, its figures."""
    outer = list(_outer(block))
    labelled = any(row.labels for row in block)
    width = max((cell[1] for cell in outer), default=-1) + 1 + labelled
    wide, leaves, sure = _header_cells(head, edges)
    for at, (text, column, span, box) in enumerate(wide):
        yield _cell(text, at, column + width, page, box, columns=span)
    first = len(wide)
    for column, (text, box) in leaves.items():
        yield _cell(text, first, column + width, page, box)
    first += bool(leaves)
    for at, column, rows, text, box in outer:
        yield _cell(text, at + first, column, page, box, rows=rows)
    full = sum(len(row.figures) == len(edges) for row in block)
    for number, row in enumerate(block, start=first):
        label = "".join(w[0] for _, w in _inner(row))
        box = (row.line.left, row.line.top, float(edges[0, 0]), row.line.bottom)
        if labelled:
            yield _cell(label, number, width - 1, page, box)
        by_column = {_column(edges, w): w for w in row.figures}
        whole = len(by_column) == len(edges) or full >= 3
        doubt = "" if whole and (len(block) >= _ROWS or sure) else GUESSED
        for column, (left, right) in enumerate(edges.tolist()):
            text = by_column[column][0] if column in by_column else ""
            box = (left, row.line.top, right, row.line.bottom)
            yield _cell(text, number, column + width, page, box, doubt=doubt)


def _inner(row: _Row) -> list[tuple[Line, Word]]:
    """The words of a row's own label: the rightmost one, and those above and below it."""
    if not row.labels:
        return []
    _, anchor = max(row.labels, key=lambda item: item[1][2])
    own = [item for item in row.labels if _overlap(item[1], anchor)]
    return sorted(own, key=lambda item: (item[0].top, item[1][1]))


def _overlap(word: Word, other: Word) -> bool:
    common = min(word[2], other[2]) - max(word[1], other[1])
    return common > 0.3 * min(word[2] - word[1], other[2] - other[1])


def _outer(block: Sequence[_Row]) -> Iterator[tuple[int, int, int, str, Box]]:
    """Labels that stand left of rows' own: row, column, number of rows, text and box."""
    words: list[_Placed] = []
    for number, row in enumerate(block):
        own = {id(word) for _, word in _inner(row)}
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


def _header_cells(
    head: Sequence[Line], edges: np.ndarray
) -> tuple[list[tuple[str, int, int, Box]], dict[int, tuple[str, Box]], bool]:
    """Words over several columns (text, column, span, box); words over single columns, joined
    downwards; and whether the latter name each column, one by one.
    """
    middles = edges.mean(axis=1)
    bounds = np.concatenate([[-np.inf], (middles[1:] + middles[:-1]) / 2, [np.inf]])
    leaves: dict[int, list[tuple[Word, Line]]] = {}
    wide: list[tuple[str, int, int, Box]] = []
    sure = True
    for number, line in enumerate(head):
        over = [w for w in line.words if w[2] > edges[0, 0] - line.size]
        reach = [np.searchsorted(bounds, (w[1], w[2])) - 1 for w in over]
        below = head[number + 1] if number + 1 < len(head) else line
        wrapped = below.top - line.bottom < 0.8 * line.size and number + 1 < len(head)
        if all(a == b for a, b in reach) and (len(over) >= 0.4 * len(edges) or wrapped):
            columns = [_column(edges, word) for word in over]
            sure = sure and len(set(columns)) == len(columns)
            for column, word in zip(columns, over, strict=True):
                leaves.setdefault(column, []).append((word, line))
        else:
            for word, (a, b) in zip(over, reach, strict=True):
                box = (word[1], line.top, word[2], line.bottom)
                wide.append((word[0], int(a), int(b - a + 1), box))
    told = {}
    for column, parts in sorted(leaves.items()):
        lefts, rights = zip(*[(w[1], w[2]) for w, _ in parts], strict=True)
        box = (min(lefts), parts[0][1].top, max(rights), parts[-1][1].bottom)
        told[column] = ("".join(w[0] for w, _ in parts), box)
    return wide, told, sure and len(told) == len(edges)


def _cell(
    text: str,
    row: int,
    column: int,
    page: int,
    box: Box,
    *,
    rows: int = 1,
    columns: int = 1,
    doubt: str = "",
) -> Cell:
    place = Place(page=page, row=row + 1, column=column + 1, box=box)
    return Cell(text, row, column, place, rows, columns, 0.6 if doubt else 1.0, doubt)
