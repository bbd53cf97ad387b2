"""What tests compare of a document: its lines, its grids, and a report's tables against truth."""

from __future__ import annotations

from pathlib import Path

from audit.document import Document, Grid, Paragraph
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from tests.builder.matrix import Matrix
from tests.builder.shapes import disclosure_blocks, tables
from tests.builder.truth import ReportTruth

Rectangles = list[tuple[int, int, int, int, str]]


def read(path: Path, office: str | None = None, **limits: float) -> Document:
    """The one document of a file, by the loader that its content calls for."""
    source = Source(path, path.name, Limits(**limits), office=office)  # type: ignore[arg-type]
    (document,) = loader_for(source).load(source)
    assert isinstance(document, Document)
    return document


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def grids(document: Document) -> list[Rectangles]:
    return [
        sorted((c.row, c.column, c.row_span, c.column_span, c.text) for c in b.cells)
        for b in document.blocks
        if isinstance(b, Grid)
    ]


def expected_grids(truth: ReportTruth, layout: str) -> list[Rectangles]:
    """The tables of a report as a layout of the builder writes them."""
    found: list[Matrix] = []
    for key, whole in tables(truth):
        middle = whole.height // 2
        if layout == "blocks" and key == "disclosure":
            found += disclosure_blocks(truth)
        elif layout == "split" and key == "applications":
            found += [whole.part(0, middle), whole.part(middle, whole.height)]
        else:
            found.append(whole)
    return [
        sorted((b.row, b.column, b.row_span, b.column_span, b.text) for b in one.boxes)
        for one in found
    ]
