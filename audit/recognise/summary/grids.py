"""Blocks → the tables in which units' names stand below one another, or beside one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audit.document import Block, Cell, Grid, Paragraph, Place
from audit.recognise.normalise import squeezed
from audit.recognise.roll import FEW, is_head, may_name
from audit.recognise.rows import RAGGED, SHORT
from audit.values import looks_like_value

#: So many units are a list, each with so many figures; fewer are, where their column is headed so.
UNITS, _FIGURES = 3, 3
#: The form's tables have more figures.
_TABLE = 10
_NUMBERING = re.compile(r"栏次|列次|栏号|列号|序号?|编号|行次|行号|代码|甲|乙|")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of units, laid so that each has a row; `unit` is the column of their names.

    `turned` says that the document has them side by side. `first` is the first unit's row. `titles`
    is the text above the table. `ragged` are rows (as they stand in the document, so columns where
    it is turned) that have a cell more or less than others, and what is to be said of them.
    """

    cells: tuple[Cell, ...]
    unit: int
    first: int
    turned: bool
    titles: tuple[Paragraph, ...]
    ragged: Mapping[int, str]
    place: Place

    @property
    def is_pure(self) -> bool:
        """Whether its figures are units', but for few: no table of the form stands beside or above."""
        others = [
            c.text.strip()
            for c in self.cells
            if c.row < self.first or (self.turned and c.column < self.unit)
            if c.text.strip() and looks_like_value(c.text)
        ]
        numbered = others == [str(n) for n in range(1, len(others) + 1)]
        return numbered or len(others) < _TABLE


def unit_tables(blocks: Sequence[Block]) -> list[Table]:
    """Every table of units."""
    found: list[Table] = []
    for sheet, share in groupby(blocks, key=_sheet):
        own = list(share)
        found += _loose(own) if sheet is None else _tables(_whole(own), _named(own))
    return found


def heads_units(grid: Grid) -> bool:
    """Whether units' names stand over so many columns of figures, be it at different heights.

    Such a grid is none of the form's tables, whatever its labels.
    """
    figures = [c for c in grid.cells if c.text.strip() and looks_like_value(c.text)]
    names = {c.column: c.row for c in grid.cells if may_name(c.text)}
    below = Counter(c.column for c in figures if names.get(c.column, c.row) < c.row)
    headed = [column for column, number in below.items() if number >= _FIGURES]
    others = sum(c.column not in headed for c in figures)
    return len(headed) >= UNITS and others < _TABLE


def _sheet(block: Block) -> str | None:
    """What tells sheets apart: a csv file is one, whose rows are lines."""
    place = block.place
    if place.sheet is not None:
        return place.sheet
    return "" if place.line is not None and place.column is not None else None


def _loose(blocks: Sequence[Block]) -> Iterator[Table]:
    """Tables in a text: each grid by itself, the lines above it as its titles."""
    above: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Grid):
            yield from _tables(block.cells, above)
        above = [*above, block] if isinstance(block, Paragraph) else []


def _named(blocks: Sequence[Block]) -> list[Paragraph]:
    """The name on a sheet's tab, the title of all its tables."""
    return [b for b in blocks if isinstance(b, Paragraph) and b.place.row is None and b.heading]


def _whole(blocks: Sequence[Block]) -> list[Cell]:
    """All of a sheet's cells where they stand in it, lines of text among them."""
    found: dict[tuple[int, int], Cell] = {}
    for block in blocks:
        cells = block.cells if isinstance(block, Grid) else ()
        if isinstance(block, Paragraph):
            cells = (Cell(block.text, 0, 0, block.place),)
        for cell in cells:
            row, column = cell.place.row or cell.place.line, cell.place.column
            if row is None or column is None:
                continue
            held = found.get((row, column))
            text = cell.text if held is None else f"{held.text}\n{cell.text}"
            found[row, column] = replace(cell, text=text, row=row, column=column)
    return [found[at] for at in sorted(found)]


# ---- where the units stand


def _tables(cells: Sequence[Cell], titles: Sequence[Paragraph]) -> Iterator[Table]:
    figures = [c for c in cells if c.text.strip() and looks_like_value(c.text)]
    if len(figures) < FEW * _FIGURES:
        return
    down = _axes(cells, figures)
    across = _axes([_turned(c) for c in cells], [_turned(c) for c in figures])
    ragged = _ragged(cells)
    if down and (not across or max(down.values()) > max(across.values())):
        (column, number), *others = down.most_common(2)
        if not others or others[0][1] < number:
            for rows in _segments(cells, column, figures):
                yield from _table(_within(cells, rows), column, False, titles, ragged)
    elif across and (not down or max(across.values()) > max(down.values())):
        for rows in _bands(sorted(across), figures):
            own = [_turned(c) for c in _within(cells, rows)]
            unit = next(r for r in sorted(across) if r in rows)
            yield from _table(own, unit, True, titles, ragged)


def _turned(cell: Cell) -> Cell:
    return replace(
        cell,
        row=cell.column,
        column=cell.row,
        row_span=cell.column_span,
        column_span=cell.row_span,
    )


def _within(cells: Sequence[Cell], rows: range) -> list[Cell]:
    return [c for c in cells if c.row in rows]


def _axes(cells: Sequence[Cell], figures: Sequence[Cell]) -> Counter[int]:
    """Columns of units' names → how many stand in each, with figures in their rows."""
    beside = Counter(c.row for c in figures)
    headed = {c.column for c in cells if is_head(c.text)}
    names = Counter(c.column for c in cells if may_name(c.text) and beside[c.row] >= _FIGURES)
    return Counter(
        {column: n for column, n in names.items() if n >= (FEW if column in headed else UNITS)}
    )


def _segments(cells: Sequence[Cell], unit: int, figures: Sequence[Cell]) -> Iterator[range]:
    """The rows of each of several tables below one another, told by the heads of their columns."""
    heads = sorted({c.row for c in cells if c.column == unit and is_head(c.text)})
    return _bands(heads or [0], figures)


def _bands(starts: Sequence[int], figures: Sequence[Cell]) -> Iterator[range]:
    """Rows from behind the last figure before each start to the last before the next start."""
    rows = sorted({c.row for c in figures})
    edges = [max((r for r in rows if r < start), default=-1) + 1 for start in starts[1:]]
    edges = [0, *edges, max(rows) + 1]
    for number, first in enumerate(edges[:-1]):
        yield range(first, edges[number + 1])


def _ragged(cells: Sequence[Cell]) -> dict[int, str]:
    """Rows with a cell more or less than others, where the file has rows of cells and no positions.

    A line of csv that ends in a blank may be one that lost a value.
    """
    if any(c.place.sheet is not None or c.place.page is not None for c in cells):
        return {}
    over: Counter[int] = Counter()
    last: dict[int, Cell] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.row_span):
            over[row] += cell.column_span
            if row not in last or last[row].column < cell.column:
                last[row] = cell
    wide = max(over.values())
    found = {
        row: RAGGED.format(found=size, wanted=wide) for row, size in over.items() if size != wide
    }
    for row, cell in last.items():
        if cell.place.line is not None and not cell.text.strip():
            found.setdefault(row, SHORT)
    return found


def _table(
    cells: Sequence[Cell],
    unit: int,
    turned: bool,
    titles: Sequence[Paragraph],
    ragged: Mapping[int, str],
) -> Iterator[Table]:
    """The table among these cells: its first unit has figures and stands below the column's head."""
    head = next((c for c in cells if c.column == unit and is_head(c.text)), None)
    behind = head.row + head.row_span if head is not None else 0
    beside = Counter(c.row for c in cells if c.column != unit and looks_like_value(c.text))
    names = [c for c in cells if c.column == unit and c.row >= behind and c.text.strip()]
    first = min(
        (
            c.row
            for c in names
            if may_name(c.text)
            or (head is not None and beside[c.row] >= _FIGURES and not is_numbering(c.text))
        ),
        default=None,
    )
    if first is not None:
        yield Table(tuple(cells), unit, first, turned, tuple(titles), ragged, cells[0].place)


def is_numbering(text: str) -> bool:
    """Whether this stands before a row that numbers the columns, or in the column that numbers rows."""
    return _NUMBERING.fullmatch(squeezed(text)) is not None or looks_like_value(text)
