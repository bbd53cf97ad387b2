"""What tests compare of a PDF: the rows of its grids, those cut by page breaks joined, against truth."""

from __future__ import annotations

from audit.document import Document, Grid
from tests.builder.matrix import Matrix
from tests.builder.shapes import tables
from tests.builder.truth import ReportTruth

Row = tuple[str, ...]


def number_rows(document: Document) -> list[Row]:
    """Per row of each grid: its last label and its figures, where it has figures."""
    rows = []
    for grid in document.blocks:
        if isinstance(grid, Grid):
            for number in range(grid.height):
                texts = [c.text for c in grid.cells if c.row == number]
                rows.append(tuple(texts))
    return [row for row in map(_figures, rows) if row]


def expected_rows(truth: ReportTruth) -> list[Row]:
    """The same of the truth."""
    found: list[Matrix] = [matrix for _, matrix in tables(truth)]
    rows = [tuple(b.text for b in row) for matrix in found for row in matrix.rows()]
    return [row for row in map(_figures, rows) if row]


def _figures(row: Row) -> Row:
    labels = [text for text in row if not _is_figure(text)]
    figures = [text for text in row if _is_figure(text)]
    return (*[label.replace(" ", "") for label in labels[-1:]], *figures) if figures else ()


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(" ", "").isdigit()
