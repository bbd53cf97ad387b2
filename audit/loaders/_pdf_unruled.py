"""Tables without upright lines: rows of figures whose middles stand below one another → grids.

Nothing is told where the columns can't be seen; where a row leaves columns open, it is told as
unsure unless other rows show the columns beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from audit.document import Cell, Grid, Place
from audit.loaders._pdf_broken import BROKEN, broken, figures_of
from audit.loaders._pdf_heads import Box, Heads, Word, heads
from audit.loaders._pdf_labels import Row, inner, nearest_rows, outer, own_lines
from audit.loaders._pdf_lines import Line

GUESSED = "表格无竖线，数字所在列由对齐推断得出"
_HEADING = re.compile(r"^[一二三四五六七八九十]{1,2}[、.．]")
#: Fewer columns of figures than this are a table only if labels above name them; a table needs so
#: many rows that fill them all.
_COLUMNS, _ROWS = 3, 2
#: Lines farther apart than so many heights belong to different tables.
_APART = 6.0
#: What a row with a single figure may have for a label.
_LONGEST = 30
_SENTENCE = re.compile(r"[。；;，]")
_NAMED = re.compile(r"[。；;，：:]")
_HEADERS = 8

#: Lines' words parted by smaller gaps, by the lines' ids.
Fine = Mapping[int, tuple[Word, ...]]


def unruled(
    lines: Sequence[Line], parted: Callable[[], Fine], page: int, across: np.ndarray
) -> tuple[list[tuple[float, Grid]], list[Line]]:
    """Grids with their tops, and the lines left over.

    `parted` gives the lines' words parted by smaller gaps, asked only if there may be a table;
    `across` (n × 3: y, left, right) are level rulings: no label is joined over one.
    """
    grids: list[tuple[float, Grid]] = []
    used: set[int] = set()
    blocks = list(_blocks(lines))
    fine = parted() if blocks else {}
    for block in blocks:
        edges = _edges([row.figures for row in block])
        if edges is None:
            continue
        free = [line for line in lines if id(line) not in used]
        above = _headers(free, fine, block, edges)
        told = heads(above, fine, edges)
        if not told.sure and not _is_table(
            block, edges, goes_on=page > 1 and block[0].line is lines[0]
        ):
            continue
        own = own_lines(free, block, edges)
        for line, row in nearest_rows(own, block, across):
            row.labels += [(line, word) for word in line.words]
        cells = _cells(block, told, edges, page, broken(lines, block, len(edges)))
        top = min([block[0].line.top, *(line.top for line in above), *(line.top for line in own)])
        grids.append((top, Grid(tuple(cells), Place(page=page))))
        used |= {id(row.line) for row in block} | {id(line) for line in (*above, *own)}
    return grids, [line for line in lines if id(line) not in used]


def _blocks(lines: Sequence[Line]) -> Iterator[list[Row]]:
    """Rows of figures as far as they follow one another with as many columns; a row's label is short."""
    block: list[Row] = []
    bottom = 0.0
    for line in lines:
        apart = line.top - bottom > _APART * line.size
        bottom = line.bottom
        figures = figures_of(line)
        labels = line.words[: len(line.words) - len(figures)]
        if not _is_row(figures, labels):
            if block and _stands_over(line, block):
                yield block
                block = []
            continue
        if block and (apart or (len(figures) == 1) != (len(block[-1].figures) == 1)):
            yield block
            block = []
        row = Row(line, figures)
        row.labels = [(line, w) for w in labels]
        block.append(row)
    if block:
        yield block


def _is_row(figures: Sequence[Word], labels: Sequence[Word]) -> bool:
    digits = sum(any(c.isdigit() for c in word) for word, _, _ in figures)
    if digits >= _COLUMNS - 1:
        return True
    text = "".join(word for word, _, _ in labels)
    return len(figures) == 1 and 1 <= len(text) <= _LONGEST and not _NAMED.search(text)


def _stands_over(line: Line, block: Sequence[Row]) -> bool:
    """Whether a line has words where the rows above have figures: another table's header, or text."""
    left = min(row.figures[0][1] for row in block)
    return any(word[2] > left for word in line.words)


def _is_table(block: Sequence[Row], edges: np.ndarray, *, goes_on: bool) -> bool:
    """Whether rows that no labels name are a table's: they fill its columns, or come from a page before."""
    full = sum(len(row.figures) == len(edges) for row in block)
    if full < min(_ROWS, len(block)):
        return False
    return len(edges) >= _COLUMNS or goes_on


def _edges(rows: Sequence[Sequence[Word]]) -> np.ndarray | None:
    """Left and right of each column (k × 2); None where they overlap."""
    words = sorted((w for row in rows for w in row), key=lambda w: (w[1] + w[2]) / 2)
    columns: list[list[float]] = []
    for _, left, right in words:
        if columns and left < columns[-1][1]:
            columns[-1] = [min(columns[-1][0], left), max(columns[-1][1], right)]
        else:
            columns.append([left, right])
    edges = np.array(columns).reshape(-1, 2)
    for row in rows:
        if len({_column(edges, word) for word in row}) < len(row):
            return None
    return edges


def _column(edges: np.ndarray, word: Word) -> int:
    middle = (word[1] + word[2]) / 2
    return int(np.abs(edges.mean(axis=1) - middle).argmin())


def _headers(
    lines: Sequence[Line], fine: Fine, block: Sequence[Row], edges: np.ndarray
) -> list[Line]:
    """The lines above that stand over the columns, nearest last."""
    above = [line for line in lines if line.bottom <= block[0].line.top + 1][-_HEADERS:]
    found: list[Line] = []
    edge, size = block[0].line.top, block[0].line.size
    for line in reversed(above):
        if edge - line.bottom > 3 * size:
            break
        words = fine.get(id(line), line.words)
        named = _is_header(line, words, edges) if len(edges) > 1 else _names(line, block)
        if not named and not (found and _stands_above(line, block, edges)):
            break
        found.insert(0, line)
        edge = line.top
    return found


def _is_header(line: Line, fine: Sequence[Word], edges: np.ndarray) -> bool:
    """Whether words stand over the columns, none reaching from the labels far into them as text does."""
    over = [w for w in line.words if w[2] > edges[0, 0] and w[1] < edges[-1, 1] + line.size]
    if not over or _HEADING.match(line.text) or len(line.text) >= 20 * len(line.words):
        return False
    return not any(w[1] < edges[0, 0] - line.size and w[2] > edges[1, 1] for w in fine)


def _names(line: Line, block: Sequence[Row]) -> bool:
    """Whether a line names the only column: a word to the right of the rows' labels, another over them."""
    right = max((word[2] for row in block for _, word in row.labels), default=0.0)
    short = all(len(w[0]) < 20 and not _SENTENCE.search(w[0]) for w in line.words)
    over = line.right > right + line.size and not _HEADING.match(line.text)
    return short and over and len(line.words) <= 2


def _stands_above(line: Line, block: Sequence[Row], edges: np.ndarray) -> bool:
    """Whether a line above other labels is one word over the middle of the table."""
    left = min(row.line.left for row in block) + line.size
    alone = len(line.words) == 1 and len(line.text) < 20 and not _SENTENCE.search(line.text)
    inside = line.left > left and line.right < edges[-1, 1]
    return alone and inside and not _HEADING.match(line.text)


def _cells(
    block: Sequence[Row], told: Heads, edges: np.ndarray, page: int, parted: frozenset[int]
) -> Iterator[Cell]:
    """Header rows, then a row for each row of figures: outer labels, its own label, its figures.

    `parted` are the ids of lines whose figures may go on above or below.
    """
    beside = list(outer(block))
    labelled = any(row.labels for row in block)
    width = max((cell[1] for cell in beside), default=-1) + 1 + labelled
    first = 0
    for first, head in enumerate(told.labels, start=1):
        span = head.last - head.first + 1
        yield _cell(head.text, first - 1, head.first + width, page, head.box, columns=span)
    for at, column, rows, text, box in beside:
        yield _cell(text, at + first, column, page, box, rows=rows)
    full = sum(len(row.figures) == len(edges) for row in block)
    for number, row in enumerate(block, start=first):
        label = "".join(w[0] for _, w in inner(row))
        box = (row.line.left, row.line.top, float(edges[0, 0]), row.line.bottom)
        if labelled:
            yield _cell(label, number, width - 1, page, box)
        by_column = {_column(edges, w): w for w in row.figures}
        middle = _maybe_merged(by_column, len(edges))
        whole = len(by_column) == len(edges) or full >= 3 or told.sure
        doubt = (
            "" if whole and (told.sure or (not told.labels and len(block) >= _ROWS)) else GUESSED
        )
        doubt = BROKEN if id(row.line) in parted else doubt
        for column, (left, right) in enumerate(edges.tolist()):
            text = by_column[column][0] if column in by_column else ""
            box = (left, row.line.top, right, row.line.bottom)
            guessed = doubt or (GUESSED if column in middle else "")
            yield _cell(text, number, column + width, page, box, doubt=guessed)


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


def _maybe_merged(filled: Mapping[int, Word], columns: int) -> frozenset[int]:
    """Columns of figures between two blanks, and those blanks: one cell may reach over all three."""
    between = [c for c in filled if 0 < c < columns - 1 and not {c - 1, c + 1} & filled.keys()]
    return frozenset(c + aside for c in between for aside in (-1, 0, 1))
