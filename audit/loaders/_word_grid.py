"""Rows of cells with edges in twips → cells on common columns, merged downwards as Word merges."""

from __future__ import annotations

from dataclasses import dataclass

from audit.loaders._word_model import Slot, Table

#: Edges nearer than this share of the narrowest cell are one edge that was dragged by hand,
_NEAR = 0.4
#: but never more than this many twips (4 mm).
_FURTHEST = 240


@dataclass(slots=True)
class Placed:
    """A cell on the grid: row and column from 0, and its number among the cells of its row."""

    slot: Slot
    row: int
    column: int
    column_span: int
    ordinal: int
    row_span: int = 1


def placed(table: Table) -> list[Placed]:
    """The table's cells in reading order; cells that go on with the one above lengthen it.

    What those hold never prints. A cell that claims to go on with nothing, as where a table was
    split, or with a cell of other edges, stands for itself.
    """
    columns = _columns(table)
    found: list[Placed] = []
    above: dict[tuple[int, int], Placed] = {}
    for number, row in enumerate(table.rows):
        open_merges: dict[tuple[int, int], Placed] = {}
        for ordinal, slot in enumerate(row, 1):
            column = columns[slot.left]
            span = max(1, columns[slot.right] - column)
            parent = above.get((column, span)) if slot.merge == "on" else None
            if parent is None:
                parent = Placed(slot, number, column, span, ordinal)
                found.append(parent)
            else:
                parent.row_span += 1
            if slot.merge:
                open_merges[column, span] = parent
        above = open_merges
    return found


def _columns(table: Table) -> dict[int, int]:
    """Each edge's column; edges that differ by a hair are one, unless a cell lies between them."""
    cells = {(s.left, s.right) for row in table.rows for s in row}
    edges = sorted({edge for cell in cells for edge in cell})
    narrowest = min((right - left for left, right in cells if right > left), default=0)
    tolerance = min(_FURTHEST, narrowest * _NEAR)
    columns: dict[int, int] = {}
    first, column = 0, -1
    for edge in edges:
        if column < 0 or edge - first > tolerance:
            first, column = edge, column + 1
        columns[edge] = column
    return columns
