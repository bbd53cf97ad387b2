"""Pages of a report that is kept in a table as a whole: rows that are text come out as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from audit.document import Block, Grid, Paragraph
from audit.loaders._flat_rows import Part, flat_rows, heads_section

#: So many headings that are the only cells of their rows: fewer may be a table's own title.
_HEADINGS = 3


def flattened(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, rows of text inside grids as paragraphs where the sections' headings are such rows."""
    headings = sum(_headings(b) for b in blocks if isinstance(b, Grid))
    if headings < _HEADINGS:
        return list(blocks)
    return [p for b in blocks for p in (_parts(b) if isinstance(b, Grid) else (b,))]


def _headings(grid: Grid) -> int:
    wide = (c for c in grid.cells if c.column == 0 and c.column_span == grid.width)
    return sum(heads_section(c.text) for c in wide)


def _parts(grid: Grid) -> Iterator[Block]:
    lines = [
        Part(c.row, c.column, c.row_span, c.column_span, [c.text] if c.text.strip() else [])
        for c in grid.cells
    ]
    kinds = flat_rows(lines)
    for is_text, group in groupby(grid.cells, key=lambda c: kinds[c.row]):
        cells = list(group)
        if is_text:
            yield from (Paragraph(c.text.strip(), c.place) for c in cells if c.text.strip())
        else:
            first = cells[0].row
            yield Grid(tuple(replace(c, row=c.row - first) for c in cells), grid.place)
