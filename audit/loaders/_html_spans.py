"""Rows of cells with spans → cells on a grid, by the rules that browsers follow."""

from __future__ import annotations

from collections.abc import Sequence

from audit.loaders._html_model import Placed, Row

#: Wider spans say no more than "all columns"; a list of all the form's cells has some 200.
_WIDEST = 250


def placed(rows: Sequence[Row]) -> list[Placed]:
    """The cells in reading order, none overlapping another; columns in which none begins are out."""
    ends = {row.group: number + 1 for number, row in enumerate(rows)}
    busy: dict[int, int] = {}
    found: list[Placed] = []
    for number, row in enumerate(rows):
        column = 0
        line = row.line or number + 1
        for ordinal, slot in enumerate(row.slots, 1):
            while busy.get(column, 0) > number:
                column += 1
            wanted = min(max(slot.column_span, 1), _WIDEST)
            width = next(
                (n for n in range(1, wanted) if busy.get(column + n, 0) > number),
                wanted,
            )
            end = ends[row.group]
            below = min(number + slot.row_span, end) if slot.row_span else end
            for at in range(column, column + width):
                busy[at] = below
            found.append(Placed(slot, number, column, below - number, width, line, ordinal))
            column += wanted
    return _tightened(found)


def _tightened(cells: list[Placed]) -> list[Placed]:
    """Overlong spans make columns and rows that hold nothing of their own: they are left out."""
    for start, span in (("row", "row_span"), ("column", "column_span")):
        begun = sorted({getattr(c, start) for c in cells})
        rank = {at: n for n, at in enumerate(begun)}
        for cell in cells:
            first = getattr(cell, start)
            last = first + getattr(cell, span) - 1
            while last not in rank:
                last -= 1
            setattr(cell, start, rank[first])
            setattr(cell, span, rank[last] - rank[first] + 1)
    return cells
