"""Lines drawn on a PDF page and the characters between them → grids, and what stands outside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audit.document import Cell, Grid, Place
from audit.loaders._pdf_chars import UNKNOWN, Characters
from audit.loaders._pdf_lines import GAP_FINE, Line, cell_text, fills, lines_of
from audit.loaders._pdf_paths import THIN
from audit.loaders._pdf_struck import struck
from audit.loaders._pdf_unruled import unruled
from audit.loaders._raised import STRUCK
from audit.loaders._ruled import Lines, Ruled, Slot, lines_from, sides, tables

#: Lines closer than this (points) are one line; pieces of dashed lines are at most so far apart.
CLOSE = 4.0
LOST = "字体缺少编码信息，文字无法确认"
OPEN = "表格线不完整，单元格范围由推断得出"
SPLIT = "数字越过了单元格的边线，无法判断属于哪一格"
SEVERAL = "一个单元格内有多行数字"
#: Middles of digits side by side in one figure are no farther apart than this share of their height.
_TOGETHER = 0.95
#: The home of characters outside tables, and of those that belong nowhere.
_OUTSIDE, _NOWHERE = -1, -2
_FIGURES = tuple("0123456789０１２３４５６７８９")
_DIGITS = frozenset((*_FIGURES, *".,"))
#: A cell as wide as its table with more lines and characters than this is running text in a frame.
_TEXT_LINES, _TEXT_LENGTH = 3, 60


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's grids with their tops, the lines of text outside them, and the rulings drawn.

    `full` are the places of cells whose last line reaches from side to side.
    """

    grids: tuple[tuple[float, Grid], ...]
    lines: tuple[Line, ...]
    rulings: Lines
    full: tuple[Place, ...]


def page_text(found: Characters, drawn: np.ndarray, areas: np.ndarray, page: int) -> PageText:
    """What is written on a page, by the lines (n × 4) and filled areas (m × 4) that it draws."""
    out, strokes = struck(found, drawn)
    rulings = lines_from(drawn[~strokes], THIN, CLOSE)
    ruled = [t for t in tables(rulings, CLOSE) if _outlined(t)]
    ruled += _shaded(areas, ruled, found)
    homes, tops = _homes(found, ruled)
    # Nobody can be sure that a line through a figure was meant to strike it out.
    figures = np.isin(found.text, _FIGURES)
    doubted = dict.fromkeys(_split(found, homes, figures), SPLIT)
    doubted |= dict.fromkeys(homes[out & figures].tolist(), STRUCK)
    homes[out] = _NOWHERE
    by_home = _by_home(found, homes)
    shares = [(t, _share(t, first, by_home)) for t, first in zip(ruled, tops, strict=True)]
    undivided = [n for n, (table, own) in enumerate(shares) if _undivided(table, own)]
    if undivided:
        # A row that no line divides is one line, whatever cells its words happen to stand in.
        for n in undivided:
            homes[(homes >= tops[n]) & (homes < tops[n] + len(ruled[n].slots))] = _OUTSIDE
        by_home[_OUTSIDE] = _by_home(found, homes)[_OUTSIDE]
    grids: list[tuple[float, Grid]] = []
    full: list[Place] = []
    outside = by_home.pop(_OUTSIDE, [])
    for n, (table, own) in enumerate(shares):
        if n in undivided:
            continue
        open_to_doubt = {number - tops[n]: doubt for number, doubt in doubted.items()}
        parts, running = _grids(table, own, page, open_to_doubt)
        grids += parts
        outside += running
        full += [
            _place(s, page) for k, s in enumerate(table.slots) if own[k] and fills(own[k], s.box)
        ]
    free = tuple(outside)
    outside.sort(key=lambda line: (line.top + line.bottom, line.left))
    more, outside = unruled(
        outside, lambda: _fine(found, homes == _OUTSIDE, free), page, rulings.across
    )
    grids += more
    return PageText(tuple(grids), tuple(outside), rulings, tuple(full))


def _split(found: Characters, homes: np.ndarray, figures: np.ndarray) -> list[int]:
    """The cells between which a figure is parted: its digits stand on both sides of a line."""
    own = np.flatnonzero(figures & (homes >= 0))
    boxes, bases = found.boxes[own], found.bases[own]
    order = np.lexsort((boxes[:, 0], np.rint(bases)))
    boxes, bases, home = boxes[order], bases[order], homes[own[order]]
    height = boxes[:, 3] - boxes[:, 1]
    apart = _TOGETHER * np.minimum(height[1:], height[:-1])
    steps = np.diff(boxes[:, 0] + boxes[:, 2]) / 2
    near = (np.abs(steps) < apart) & (np.abs(np.diff(bases)) < apart)
    parted = np.flatnonzero(near & (home[1:] != home[:-1]))
    return [*home[parted].tolist(), *home[parted + 1].tolist()]


def _by_home(found: Characters, homes: np.ndarray) -> defaultdict[int, list[Line]]:
    by_home: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines_of(found.text, found.boxes, found.bases, homes, found.spaced):
        by_home[line.home].append(line)
    return by_home


def _share(table: Ruled, first: int, by_home: dict[int, list[Line]]) -> dict[int, list[Line]]:
    """The lines of each slot of a table whose slots are numbered from `first`."""
    return {s: by_home.get(first + s, []) for s in range(len(table.slots))}


def _fine(
    found: Characters, mask: np.ndarray, lines: Sequence[Line]
) -> dict[int, tuple[tuple[str, float, float], ...]]:
    """Words by smaller gaps of the first of these lines, which are the characters' outside tables."""
    text, boxes, bases = found.text[mask], found.boxes[mask], found.bases[mask]
    homes = np.full(len(text), _OUTSIDE)
    again = lines_of(text, boxes, bases, homes, found.spaced[mask], GAP_FINE)
    return {id(line): other.words for line, other in zip(lines, again, strict=False)}


def _outlined(table: Ruled) -> bool:
    """Whether there are at least two cells side by side."""
    return len(table.slots) > 1 and any(s.column_span < len(table.columns) - 1 for s in table.slots)


def _shaded(areas: np.ndarray, ruled: Sequence[Ruled], found: Characters) -> list[Ruled]:
    """Tables whose cells are filled areas, with no lines around them."""
    if len(areas) < 4:
        return []
    centre = (areas[:, :2] + areas[:, 2:]) / 2
    free = np.ones(len(areas), dtype=bool)
    for table in ruled:
        left, top, right, bottom = table.box
        inside = (centre >= (left, top)) & (centre <= (right, bottom))
        free &= ~inside.all(axis=1)
    own = areas[free]
    width, _ = found.frame.size
    own = own[(own[:, 2] - own[:, 0] < 0.7 * width) & (own[:, 3] - own[:, 1] > CLOSE)]
    if len(own) < 4:
        return []
    return [t for t in tables(sides(own), CLOSE) if _outlined(t) and _filled(t, own)]


def _filled(table: Ruled, areas: np.ndarray) -> bool:
    """Whether nearly all cells are an area each; marks behind words are not a table."""
    boxes = np.array([slot.box for slot in table.slots])
    if len(table.rows) < 3 or len(boxes) < 4:
        return False
    near = np.abs(boxes[:, None, :] - areas[None, :, :]).max(axis=2) <= CLOSE
    return bool(near.any(axis=1).mean() > 0.9)


def _homes(found: Characters, ruled: Sequence[Ruled]) -> tuple[np.ndarray, list[int]]:
    """For each character the number of its cell, or where else it is; and each table's first number.

    Of tables within one another the innermost holds the character.
    """
    homes = np.full(len(found), _OUTSIDE)
    tops: list[int] = [0] * len(ruled)
    count = 0
    for index, table in enumerate(ruled):
        tops[index] = count
        count += len(table.slots)
    centres = found.centres
    by_area = sorted(
        range(len(ruled)), key=lambda i: -np.ptp(ruled[i].columns) * np.ptp(ruled[i].rows)
    )
    for index in by_area:
        table = ruled[index]
        where = _numbers(table)
        column = np.searchsorted(table.columns, centres[:, 0], side="right") - 1
        row = np.searchsorted(table.rows, centres[:, 1], side="right") - 1
        inside = (column >= 0) & (column < where.shape[1]) & (row >= 0) & (row < where.shape[0])
        own = where[row[inside], column[inside]]
        # What is higher than its cell is a watermark, not the cell's text.
        high = found.boxes[inside, 3] - found.boxes[inside, 1]
        boxes = np.array([slot.box for slot in table.slots])
        room = boxes[:, 3] - boxes[:, 1]
        homes[inside] = np.where(high > room[own] + 1, _NOWHERE, tops[index] + own)
    return homes, tops


def _numbers(table: Ruled) -> np.ndarray:
    """For each row and column of a table the number of the slot there."""
    numbers = [[0] * (len(table.columns) - 1) for _ in range(len(table.rows) - 1)]
    for number, (row, column, row_span, column_span, *_) in enumerate(table.slots):
        if row_span == column_span == 1:
            numbers[row][column] = number
            continue
        for line in numbers[row : row + row_span]:
            line[column : column + column_span] = [number] * column_span
    return np.array(numbers, dtype=int)


def _grids(
    table: Ruled, own: dict[int, list[Line]], page: int, doubts: dict[int, str]
) -> tuple[list[tuple[float, Grid]], list[Line]]:
    """A table as grids, parted where running text stands in cells as wide as the table.

    `doubts` are what is amiss with figures, by the slot's number.
    """
    width = len(table.columns) - 1
    running: list[Line] = []
    parts: list[list[Cell]] = [[]]
    for number, slot in enumerate(table.slots):
        lines = own[number]
        if slot.column_span == width and _is_text(lines):
            running += lines
            parts.append([])
            continue
        parts[-1].append(_cell(slot, lines, page, doubts.get(number, "")))
    grids = []
    for cells in parts:
        if any(c.text for c in cells) and any(c.column_span < width for c in cells):
            top = min(c.place.box[1] for c in cells if c.place.box)
            grids.append((top, Grid(tuple(_from_first_row(cells)), Place(page=page))))
        else:
            held = {(c.place.row, c.place.column) for c in cells}
            running += [
                line
                for number, slot in enumerate(table.slots)
                if (slot.row + 1, slot.column + 1) in held
                for line in own[number]
            ]
    return grids, running


def _from_first_row(cells: list[Cell]) -> Iterator[Cell]:
    first = min(c.row for c in cells)
    if not first:
        yield from cells
        return
    for c in cells:
        yield Cell(
            c.text,
            c.row - first,
            c.column,
            c.place,
            c.row_span,
            c.column_span,
            c.confidence,
            c.doubt,
        )


def _is_text(lines: Sequence[Line]) -> bool:
    return len(lines) >= _TEXT_LINES and sum(len(line.text) for line in lines) > _TEXT_LENGTH


def _undivided(table: Ruled, own: dict[int, list[Line]]) -> bool:
    """Whether rows are not divided into cells: several figures, parted by blanks, in one line.

    Where a row's other cells hold figures, such a line is one figure whose digits are set apart.
    """
    crowded: list[int] = []
    figures: Counter[int] = Counter()
    for number, lines in own.items():
        told = [sum(set(word) <= _DIGITS for word, _, _ in line.words) for line in lines]
        row = table.slots[number].row
        figures[row] += any(told)
        crowded += [row] * sum(n >= 3 for n in told)
    count = sum(figures[row] == 1 for row in crowded)
    return count >= 2 or (count == 1 and len(own) <= 4)


def _cell(slot: Slot, lines: list[Line], page: int, doubt: str) -> Cell:
    row, column, row_span, column_span, box, whole = slot
    place = Place(page=page, row=row + 1, column=column + 1, box=box)
    text, sure = cell_text(lines, box[0], box[2]) if lines else ("", True)
    if sure and whole and UNKNOWN not in text and not doubt:
        return Cell(text, row, column, place, row_span, column_span)
    confidence = 0.0 if doubt else 1.0
    if UNKNOWN in text:
        confidence, doubt = 0.0, LOST
    elif not doubt and not sure:
        confidence, doubt = 0.5, SEVERAL
    elif not doubt and set(text) <= _DIGITS:
        confidence, doubt = 0.5, OPEN
    return Cell(text, row, column, place, row_span, column_span, confidence, doubt)


def _place(slot: Slot, page: int) -> Place:
    return Place(page=page, row=slot.row + 1, column=slot.column + 1, box=slot.box)
