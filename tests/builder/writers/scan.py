"""Report truths as scans: pages printed, pictured, and bound as PDF or one long PNG."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builder.truth import ReportTruth
from tests.builder.writers.pdf import encode as as_pdf

LAYOUTS = ("scan", "skewed")


def pages(truth: ReportTruth, layout: str) -> list[Image.Image]:
    """The report printed and scanned, a grey picture a page (150 dpi)."""
    with pypdfium2.PdfDocument(as_pdf(truth, "ruled")) as document:
        found = [page.render(scale=150 / 72).to_pil().convert("L") for page in document]
    if layout == "skewed":
        found = [p.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255) for p in found]
    return found


def encode(truth: ReportTruth, layout: str, suffix: str = ".png") -> bytes:
    """The scan as one long PNG, or as a PDF of pictures."""
    found = pages(truth, layout)
    stream = io.BytesIO()
    if suffix == ".png":
        height = sum(p.height for p in found)
        whole = Image.new("L", (found[0].width, height), 255)
        top = 0
        for page in found:
            whole.paste(page, (0, top))
            top += page.height
        whole.quantize(16).save(stream, "PNG", optimize=True)
    else:
        canvas = Canvas(stream, invariant=1)
        for page in found:
            size = (page.width * 72 / 150, page.height * 72 / 150)
            canvas.setPageSize(size)
            packed = io.BytesIO()
            page.save(packed, "JPEG", quality=40)
            packed.seek(0)
            canvas.drawImage(ImageReader(packed), 0, 0, *size)
            canvas.showPage()
        canvas.save()
    return stream.getvalue()
