"""Report truths as PDF by reportlab: ruled, thinly ruled, landscape, over page breaks, without rulings."""

from __future__ import annotations

import io

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Matrix
from tests.builder.truth import ReportTruth
from tests.builder.writers.picture import table_picture

LAYOUTS = ("ruled", "thin", "paged", "landscape", "borderless")
FONT = "STSong-Light"
_BODY = ParagraphStyle(
    "body", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22
)
_HEAD = ParagraphStyle("head", parent=_BODY, fontSize=13, spaceBefore=8, spaceAfter=6)
_TITLE = ParagraphStyle(
    "title", parent=_BODY, fontSize=18, leading=26, alignment=TA_CENTER, firstLineIndent=0
)
_CELL = ParagraphStyle(
    "cell", parent=_BODY, fontSize=8, leading=10, alignment=TA_CENTER, firstLineIndent=0
)


def _table(table: Matrix, layout: str, width: float) -> Table:
    texts: list[list[object]] = [[""] * table.width for _ in range(table.height)]
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    if layout != "borderless":
        style.append(("GRID", (0, 0), (-1, -1), 0.2 if layout == "thin" else 0.75, black))
    for box in table.boxes:
        texts[box.row][box.column] = Paragraph(box.text, _CELL)
        if box.row_span > 1 or box.column_span > 1:
            last = (box.column + box.column_span - 1, box.row + box.row_span - 1)
            style.append(("SPAN", (box.column, box.row), last))
    return Table(texts, _widths(table, width), style=style, splitByRow=1)


def _widths(table: Matrix, width: float) -> list[float]:
    if table.key == "applications" and table.width > 4:
        labels = [0.09, 0.11, 0.26]
        rest = (1 - sum(labels)) / (table.width - 3)
        return [width * share for share in (*labels, *[rest] * (table.width - 3))]
    return [width / table.width] * table.width


def _flowable(piece: Piece, layout: str, width: float) -> list[Flowable]:
    if piece.kind == "picture" and piece.table is not None:
        return [Image(io.BytesIO(table_picture(piece.table)), width, width * 0.7)]
    if piece.table is not None:
        return [_table(piece.table, layout, width), Spacer(1, 8)]
    if piece.kind == "title":
        return [Paragraph(piece.text, _TITLE), Spacer(1, 8)]
    if piece.kind == "date":
        return [Paragraph(f"发布日期：{piece.text}", _CELL)]
    return [Paragraph(piece.text, _HEAD if piece.kind == "heading" else _BODY)]


def encode(truth: ReportTruth, layout: str, _suffix: str = ".pdf") -> bytes:
    """The PDF's bytes, the same each time."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    size = landscape(A4) if layout == "landscape" else A4
    margin = 40
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=size,
        leftMargin=margin,
        rightMargin=margin,
        # Little room on a page pushes table three over the break.
        topMargin=90 if layout == "paged" else 50,
        bottomMargin=120 if layout == "paged" else 50,
        title=truth.title,
        author=truth.unit,
        invariant=1,
    )
    width = size[0] - 2 * margin - 12
    story = [f for piece in flow(truth) for f in _flowable(piece, layout, width)]
    document.build(story)
    return stream.getvalue()
