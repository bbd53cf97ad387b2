"""Lists of units on pages: read where rulings part the cells, and never taken for one report."""

from __future__ import annotations

import io
from pathlib import Path as File

import pytest
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.builder.matrix import Matrix
from tests.builder.writers.pdf import FONT
from tests.recognise.lists import (
    TITLE,
    UNITS,
    distinct,
    listing,
    path,
    sums,
    totals,
    turned,
)
from tests.recognise.test_lists import LAYOUTS, expect, reading, units

CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=10, wordWrap="CJK")
#: As many units as the form has columns.
SEVEN = (*UNITS, "财政局", "民政局")


def page(table: Matrix, ruled: bool) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    texts: list[list[object]] = [[""] * table.width for _ in range(table.height)]
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.75, "black")] if ruled else []
    for box in table.boxes:
        texts[box.row][box.column] = Paragraph(box.text, CELL)
        last = (box.column + box.column_span - 1, box.row + box.row_span - 1)
        style.append(("SPAN", (box.column, box.row), last))
    size = landscape(A3)
    widths = [(size[0] - 60) / table.width] * table.width
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=size, leftMargin=30, rightMargin=30, invariant=1).build(
        [Paragraph(TITLE, CELL), Table(texts, widths, style=style)]
    )
    return stream.getvalue()


@pytest.mark.parametrize("across", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize("layout", ["totals", "disclosure", "disputes"])
def test_ruled_pages_are_read(tmp_path: File, layout: str, across: bool) -> None:
    table = listing(LAYOUTS[layout], distinct())
    data = page(turned(table) if across else table, ruled=True)
    expect(units(tmp_path, data, "汇总.pdf"), UNITS, list(LAYOUTS[layout]))


@pytest.mark.parametrize("labels", [path, totals])
@pytest.mark.parametrize("numbered", [False, True])
def test_without_rulings_units_are_no_kinds_of_applicants(
    tmp_path: File, labels: object, numbered: bool
) -> None:
    assert callable(labels)
    columns = {a: labels(a) for a in sums()}
    table = turned(listing(columns, distinct(SEVEN), numbered=numbered))
    found = reading(tmp_path, page(table, ruled=False), "汇总.pdf")
    assert (found.outcome, found.reason, found.reports) == ("F002", "unit_list", ())
