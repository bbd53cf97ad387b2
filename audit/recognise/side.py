"""Tables side by side in one grid → a grid each, where their labels tell them apart for certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audit.document import Block, Cell, Grid, Paragraph, Place
from audit.recognise.labels import (
    BARE,
    application_columns,
    application_rows,
    disclosure_columns,
    disclosure_rows,
    dispute_columns,
    dispute_rows,
)
from audit.recognise.normalise import key
from audit.recognise.pieces import LEADS
from audit.recognise.rows import BESIDE

#: So many of a table's own labels, word for word, are the table; fewer may be mere words.
_SOME = 4
#: No label is longer than this; two tables have more columns than that.
_LONGEST, _NARROW = 80, 10


@dataclass(frozen=True, slots=True)
class _Area:
    """The rows and columns (from, to before) that the labels of a table, or of several, cover."""

    top: int
    bottom: int
    left: int
    right: int

    def with_(self, other: _Area) -> _Area:
        """The smallest area around both."""
        return _Area(
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            min(self.left, other.left),
            max(self.right, other.right),
        )


def apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each grid with tables side by side as the grids of these tables.

    What stands above a table's labels there comes before it as text. Where the tables can't be
    parted, no figure of the grid counts.
    """
    for block in blocks:
        if not isinstance(block, Grid) or block.width < _NARROW:
            yield block
            continue
        areas = list(_areas(block.cells).values())
        if not _any_beside(areas):
            yield block
            continue
        parts = _parts(block.cells, areas)
        if parts is None:
            yield Grid(
                tuple(replace(c, doubt=BESIDE, confidence=0.0) for c in block.cells), block.place
            )
            continue
        for area, cells in parts:
            above = [c for c in cells if c.row + c.row_span <= area.top and c.text.strip()]
            yield from (Paragraph(c.text.strip(), c.place) for c in above)
            own = tuple(c for c in cells if c.row + c.row_span > area.top)
            yield Grid(own, own[0].place)


def tied(blocks: Sequence[Block]) -> Iterator[tuple[str, Place]]:
    """The tables in grids that could not be parted, and where."""
    for block in blocks:
        if isinstance(block, Grid) and block.cells and block.cells[0].doubt == BESIDE:
            yield from ((table, block.place) for table in _areas(block.cells))


def _areas(cells: Sequence[Cell]) -> dict[str, _Area]:
    """Where the labels of each table stand of which some are there."""
    labels: dict[str, list[Cell]] = {}
    marks = _marks()
    for cell in cells:
        if not cell.text or len(cell.text) > _LONGEST or cell.text.isdecimal():
            continue
        table = marks.get(key(cell.text))
        if table is not None:
            labels.setdefault(table, []).append(cell)
    return {table: _around(own) for table, own in labels.items() if len(own) >= _SOME}


def _around(cells: Sequence[Cell]) -> _Area:
    return _Area(
        min(c.row for c in cells),
        max(c.row + c.row_span for c in cells),
        min(c.column for c in cells),
        max(c.column + c.column_span for c in cells),
    )


def _covered(cell: Cell) -> _Area:
    right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
    return _Area(cell.row, bottom, cell.column, right)


@cache
def _marks() -> Mapping[str, str]:
    """Labels (as keys) that only one table has → the table."""
    tables = {
        "applications": {*application_rows().names, *application_columns().names},
        "disclosure": {*disclosure_rows().names, *disclosure_columns().names, *LEADS},
        "disputes": {*dispute_rows().names, *dispute_columns().names},
    }
    times = Counter(label for labels in tables.values() for label in labels)
    return {
        label: table
        for table, labels in tables.items()
        for label in labels
        if times[label] == 1 and label not in BARE and len(label) > 1
    }


def _any_beside(areas: Sequence[_Area]) -> bool:
    return any(
        a.top < b.bottom and b.top < a.bottom and (a.right <= b.left or b.right <= a.left)
        for n, a in enumerate(areas)
        for b in areas[:n]
    )


def _parts(cells: Sequence[Cell], areas: Sequence[_Area]) -> list[tuple[_Area, list[Cell]]] | None:
    """The areas' cells, cut between columns or else between rows; None where a cell is in the way."""
    if not _any_beside(areas):
        whole = areas[0]
        for area in areas[1:]:
            whole = whole.with_(area)
        return [(whole, list(cells))]
    for across in (True, False):
        bands = _bands(areas, across)
        if len(bands) > 1:
            shares = _shares(cells, bands, across)
            parts = [_parts(share, band) for share, band in zip(shares, bands, strict=True)]
            whole_parts = [part for part in parts if part is not None]
            cut = sum(map(len, shares)) == len(cells) and len(whole_parts) == len(parts)
            return [one for part in whole_parts for one in part] if cut else None
    return None


def _bands(areas: Sequence[_Area], across: bool) -> list[list[_Area]]:
    """The areas, those together that share columns (`across`) or rows, from left or top on."""
    bands: list[list[_Area]] = []
    end = -1
    for area in sorted(areas, key=lambda a: _reach(a, across)):
        start, stop = _reach(area, across)
        if bands and start < end:
            bands[-1].append(area)
        else:
            bands.append([area])
        end = max(end, stop)
    return bands


def _reach(area: _Area, across: bool) -> tuple[int, int]:
    return (area.left, area.right) if across else (area.top, area.bottom)


def _shares(
    cells: Sequence[Cell], bands: Sequence[Sequence[_Area]], across: bool
) -> list[list[Cell]]:
    """Each band's cells, from where its labels begin to where the next one's do.

    Cells that reach over a cut are in none, but the first one's where they are blank or stand above
    all labels.
    """
    cuts = [min(_reach(a, across)[0] for a in band) for band in bands[1:]]
    top = min(a.top for band in bands for a in band)
    shares: list[list[Cell]] = [[] for _ in bands]
    for cell in cells:
        start, stop = _reach(_covered(cell), across)
        first = sum(cut <= start for cut in cuts)
        if first == sum(cut < stop for cut in cuts):
            shares[first].append(cell)
        elif not cell.text.strip() or cell.row + cell.row_span <= top:
            shares[0].append(cell)
    return shares
