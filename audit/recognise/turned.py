"""Tables with their columns down and their rows across → as the form has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.document import Cell, Grid
from audit.recognise.labels import (
    BARE,
    application_columns,
    application_rows,
    disclosure_columns,
    disclosure_rows,
    dispute_columns,
)
from audit.recognise.normalise import key

#: So many of the six kinds of applicants below one another, and so many outcomes beside one another.
_KINDS, _OUTCOMES = 4, 10
#: So many results of table four below one another, in a grid that is no other table.
_RESULTS = 4
#: The label in the corner of each block of table two.
_CORNER, _CORNER_LENGTH = key("信息内容"), 12


def upright(grid: Grid) -> Grid:
    """The grid, rows and columns exchanged where table three, four or a block of two is transposed."""
    if not _stands_turned(grid):
        return _with_blocks_upright(grid)
    cells = tuple(
        replace(c, row=c.column, column=c.row, row_span=c.column_span, column_span=c.row_span)
        for c in sorted(grid.cells, key=lambda c: (c.column, c.row))
    )
    return replace(grid, cells=cells)


def _with_blocks_upright(grid: Grid) -> Grid:
    """The same of those blocks of table two in a grid that are transposed."""
    if not any(c.column == 0 and _is_corner(c.text) for c in grid.cells):
        return grid
    lines: list[list[Cell]] = [[] for _ in range(grid.height)]
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        lines[cell.row].append(cell)
    found: list[Cell] = []
    row = down = 0
    turned = False
    while row < len(lines):
        end = _turned_end(lines, row)
        cells = [c for line in lines[row:end] for c in line]
        if end == row + 1:
            found += [replace(c, row=c.row + down) for c in cells] if down else cells
        elif any(c.row_span > 1 for c in grid.cells):
            return grid
        else:
            for c in cells:
                # The last column reaches as far as the heading above the block.
                wide = max(grid.width - (end - row) + 1, 1) if c.row == end - 1 else 1
                moved = replace(c, row=row + down + c.column, column=c.row - row)
                found.append(replace(moved, row_span=c.column_span, column_span=wide))
            turned = True
            down += max(c.column + c.column_span for c in cells) - (end - row)
        row = end
    return replace(grid, cells=tuple(found)) if turned else grid


def _turned_end(lines: Sequence[Sequence[Cell]], row: int) -> int:
    """The row behind a transposed block that begins here; the next row where none does."""
    end, first = row + 1, lines[row][:1]
    names = (key(c.text) in disclosure_rows().names for c in lines[row][1:])
    if first and _is_corner(first[0].text) and any(names):
        while end < len(lines) and _is_column(lines[end]):
            end += 1
    return end


def _is_corner(text: str) -> bool:
    return len(text) <= _CORNER_LENGTH and "信" in text and key(text) == _CORNER


def _is_column(line: Sequence[Cell]) -> bool:
    return bool(line) and key(line[0].text) in disclosure_columns().names


def _stands_turned(grid: Grid) -> bool:
    """Whether labels of columns stand below one another, those of table three's rows beside."""
    kinds: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    results: dict[int, set[str]] = {}
    columns, rows = application_columns().names, application_rows().names
    disputes, others = dispute_columns().names, disclosure_rows().names
    alone = True
    for cell in grid.cells:
        figure = cell.text.isdecimal()
        whole = "" if figure or len(cell.text) >= 80 else key(cell.text)
        if not whole or whole in BARE:
            continue
        if whole in columns:
            kinds[columns[whole]] = cell.row
        if whole in rows:
            outcomes[rows[whole]] = cell.column
        if whole in disputes:
            results.setdefault(cell.column, set()).add(disputes[whole])
        alone = alone and whole not in others
    if alone and not outcomes and any(len(found) >= _RESULTS for found in results.values()):
        return True
    return len(set(kinds.values())) >= _KINDS and len(set(outcomes.values())) >= _OUTCOMES
