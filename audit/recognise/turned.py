"""Tables three and four with their columns down and their rows across → as the form has them."""

from __future__ import annotations

from dataclasses import replace

from audit.document import Grid
from audit.recognise.labels import (
    BARE,
    application_columns,
    application_rows,
    disclosure_rows,
    dispute_columns,
)
from audit.recognise.normalise import key

#: So many of the six kinds of applicants below one another, and so many outcomes beside one another.
_KINDS, _OUTCOMES = 4, 10
#: So many results of table four below one another, in a grid that is no other table.
_RESULTS = 4


def upright(grid: Grid) -> Grid:
    """The grid, its rows and columns exchanged where table three or four stands transposed in it."""
    if not _stands_turned(grid):
        return grid
    cells = tuple(
        replace(c, row=c.column, column=c.row, row_span=c.column_span, column_span=c.row_span)
        for c in sorted(grid.cells, key=lambda c: (c.column, c.row))
    )
    return replace(grid, cells=cells)


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
