"""A sheet by rows and merged ranges, as a person sees it: what a range covers is not there."""

from __future__ import annotations

from audit.document import Place
from audit.errors import UnreadableError
from audit.loaders._sheet_model import Entry, Sheet

#: Cells that a merged range of a table can cover; whole columns may be merged by a slip.
_LARGEST = 10_000


class View:
    """`rows`: row → column → entry, filled cells only, in order, all from 0.

    `spans`: height and width of merged ranges by their first cell; `covered`: their other cells;
    `tied`: rows that a range joins to others.
    """

    def __init__(self, sheet: Sheet, most: int) -> None:
        self._name = sheet.name
        self._left = most
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()
        self.tied: set[int] = set()
        if sheet.cells:
            last = (max(sheet.cells)[0], max(column for _, column in sheet.cells))
            for merge in sheet.merges:
                self._merge(merge, last)
        self._bottoms: dict[int, int] = {}
        for (row, _), (height, _) in self.spans.items():
            self._bottoms[row] = max(self._bottoms.get(row, row), row + height - 1)
        self.rows: dict[int, dict[int, Entry]] = {}
        cells, covered = sheet.cells, self.covered
        line: dict[int, Entry] = {}
        last_row = -1
        for at in sorted(cells):
            if at not in covered:
                row, column = at
                if row != last_row:
                    line = self.rows[row] = {}
                    last_row = row
                line[column] = cells[at]

    def bottom(self, row: int) -> int:
        """The last row to which a merged range reaches that begins in this row."""
        return self._bottoms.get(row, row)

    def place(self, row: int, column: int) -> Place:
        """Where a person finds a cell."""
        return Place(None, None, None, self._name, row + 1, column + 1)

    def spend(self, cells: int) -> None:
        """Count cells against the limit. Raises UnreadableError when there are too many."""
        self._left -= cells
        if self._left < 0:
            raise UnreadableError("limit", "cells")

    def _merge(self, merge: tuple[int, int, int, int], last: tuple[int, int]) -> None:
        """Take a range over; one that overlaps another or is larger than any table is not sound."""
        top, left, bottom, right = merge
        area = (bottom - top + 1) * (right - left + 1)
        if top > last[0] or left > last[1] or bottom < top or right < left or area > _LARGEST:
            return
        self.spend(area)
        places = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(places) < 2 or (top, left) in self.spans or places & self.covered:
            return
        self.spans[top, left] = (bottom - top + 1, right - left + 1)
        self.covered |= places - {(top, left)}
        if bottom > top:
            self.tied |= set(range(top, bottom + 1))
