"""Scans with the text that a scanner recognised lying unseen over them."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from audit.document import Cell, Document, Grid, Picture, Place
from audit.loaders import _pdf_scan, loader_for
from audit.loaders.base import Source
from rules.status import Status
from tests.builder.build import write
from tests.loaders.make_pdfs import distinct
from tests.loaders.pdf_reports import reports
from tests.loaders.test_pdf import FONT


def layered(path: Path, into: Path, way: str) -> Path:
    """Pictures of a PDF's pages with their text: `unseen` over them, seen `under` or `over` them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(into))
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            width, height = page.get_size()
            picture = io.BytesIO()
            page.render(scale=0.5).to_pil().save(picture, "PNG")
            canvas.setPageSize((width, height))
            if way != "under":
                canvas.drawImage(ImageReader(picture), 0, 0, width, height)
            canvas.drawText(_text(canvas, page, 3 if way == "unseen" else 0))
            if way == "under":
                canvas.drawImage(ImageReader(picture), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return into


def _text(canvas: Canvas, page: pypdfium2.PdfPage, mode: int):
    found, text = page.get_textpage(), canvas.beginText()
    text.setTextRenderMode(mode)
    for n in range(found.count_chars()):
        sign = found.get_text_range(n, 1)
        if sign.strip():
            left, bottom, _, top = found.get_charbox(n)
            text.setFont(FONT, max(4, top - bottom))
            text.setTextOrigin(left, bottom)
            text.textOut(sign)
    return text


def _read(path: Path, *, ocr: bool) -> Document:
    source = Source(path, path.name, ocr=ocr)
    (document,) = loader_for(source).load(source)
    assert isinstance(document, Document)
    return document


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(distinct(), tmp_path_factory.mktemp("layers") / "a.pdf", "ruled")


@pytest.mark.parametrize("way", ["unseen", "under"])
def test_no_figure_of_a_scanners_own_text_is_certain(report: Path, tmp_path: Path, way: str):
    (found,) = reports(layered(report, tmp_path / "b.pdf", way), ocr=False)
    assert {c.status for c in found.body.cells} <= {Status.UNSURE, Status.ABSENT}
    assert not {o.kind for o in found.body.observations} & {"row_extra", "row_twice", "table_twice"}


@pytest.mark.parametrize("way", ["unseen", "under"])
def test_the_picture_is_read_instead_of_that_text(
    report: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
):
    """Not both: each row would be there twice."""
    grid = Grid((Cell("甲", 0, 0, Place(page=1), confidence=0.97),), Place(page=1))
    monkeypatch.setattr(_pdf_scan, "at_hand", lambda _: True)
    monkeypatch.setattr(_pdf_scan, "read", lambda *_: ([(0.0, grid)], []))
    found = _read(layered(report, tmp_path / "b.pdf", way), ocr=True)
    with pypdfium2.PdfDocument(report) as document:
        assert [b.cells[0].text for b in found.blocks if isinstance(b, Grid)] == ["甲"] * len(
            document
        )


def test_text_that_shows_over_a_picture_is_the_pages_own(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As over a sheet's printed ground, which holds no table of its own."""
    grid = Grid((Cell("甲", 0, 0, Place(page=1), confidence=0.97),), Place(page=1))
    monkeypatch.setattr(_pdf_scan, "at_hand", lambda _: True)
    monkeypatch.setattr(_pdf_scan, "read", lambda *_: ([(0.0, grid)], []))
    found = _read(layered(report, tmp_path / "b.pdf", "over"), ocr=True)
    cells = [c for b in found.blocks if isinstance(b, Grid) for c in b.cells]
    assert len(cells) > 1
    assert not [c for c in cells if c.doubt == _pdf_scan.LAYER or c.text == "甲"]
    assert [b for b in found.blocks if isinstance(b, Picture)]
