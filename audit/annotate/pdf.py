"""Notes as highlights of a PDF document, at the boxes of the cells and paragraphs they are about."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from audit.annotate.notes import AUTHOR, NotAnnotatableError, Spot, bare
from audit.pdfium import opened
from rules.vocabulary import Text

Box = tuple[float, float, float, float]
_YELLOW = (255, 214, 64, 110)
#: Share of a page's texts that must stand where their boxes say, for the boxes to be trusted.
_TRUSTED = 0.6
_SAMPLE = 30


def write(
    source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
) -> int:
    """Write the copy; gives the number of notes that found no place and stand on the first page.

    Raises:
        NotAnnotatableError: pdfium can't open or save the file.
    """
    try:
        document = opened(source)
    except pypdfium2.PdfiumError as error:
        raise NotAnnotatableError(Text("无法作为 PDF 打开", "can't be opened as a PDF")) from error
    try:
        lost = []
        for number, page in enumerate(document, start=1):
            own = {
                p: s for p, s in at.items() if s.place.page == number and s.place.box is not None
            }
            wanted = [p for p in notes if p in own]
            frame = _frame(page, own) if wanted else None
            for place in wanted:
                if frame is None or place is None:
                    lost.append(notes[place])
                    continue
                _highlight(page, frame.upwards(own[place].place.box), notes[place])
            page.close()
        known = {p for p, s in at.items() if s.place.box is not None}
        lost += [text for place, text in notes.items() if place not in known]
        if lost:
            first = document[0]
            _sticky(first, "\n".join(lost))
            first.close()
        document.save(target)
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise NotAnnotatableError(
            Text(f"PDF 无法批注：{error}", f"no notes can be put into it: {error}")
        ) from error
    finally:
        document.close()
    return len(lost)


@dataclass(frozen=True, slots=True)
class _Frame:
    """How boxes of the upright page lie on the page: its quarter turns, size and lower left corner."""

    turns: int
    width: float
    height: float
    left: float
    bottom: float

    def upwards(self, box: Box | None) -> Box:
        """A box (downwards) in the page's own coordinates: left, bottom, right, top."""
        assert box is not None  # callers pass spots with boxes only
        left, top, right, bottom = box
        width, height = self.width, self.height
        found = (
            (left, height - bottom, right, height - top),
            (width - bottom, height - right, width - top, height - left),
            (width - right, top, width - left, bottom),
            (top, left, bottom, right),
        )[self.turns]
        x, y = self.left, self.bottom
        return (found[0] + x, found[1] + y, found[2] + x, found[3] + y)


def _frame(page: Any, own: Mapping[str, Spot]) -> _Frame | None:
    """The frame in which the page's words stand where their boxes say; None where none fits."""
    told = [s for s in own.values() if s.text and s.cell is not None]
    told = sorted(told or [s for s in own.values() if s.text], key=lambda s: -len(s.text))[:_SAMPLE]
    textpage = page.get_textpage()
    best: tuple[int, _Frame | None] = (0, None)
    try:
        for frame in _frames(page):
            there = sum(_stands(textpage, frame.upwards(s.place.box), s) for s in told)
            if there > best[0]:
                best = (there, frame)
    finally:
        textpage.close()
    return best[1] if best[0] >= _TRUSTED * len(told) else None


def _frames(page: Any) -> Iterator[_Frame]:
    """Every frame there may be: the visible part of a page need not begin at its corner."""
    boxes = (page.get_mediabox(), page.get_cropbox())
    sizes = {(round(b[2] - b[0], 3), round(b[3] - b[1], 3)) for b in boxes}
    corners = {(0.0, 0.0), *((b[0], b[1]) for b in boxes)}
    for turns in range(4):
        for width, height in sorted(sizes):
            for left, bottom in sorted(corners):
                yield _Frame(turns, width, height, left, bottom)


def _stands(textpage: Any, box: Box, spot: Spot) -> bool:
    """Whether a cell's text is just what its box holds; a paragraph's box may be its first line."""
    left, bottom, right, top = box
    found = bare(textpage.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1))
    return found == spot.text if spot.cell is not None else bool(found) and found in spot.text


def _highlight(page: Any, box: Box, text: str) -> None:
    left, bottom, right, top = box
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_HIGHLIGHT)
    corners = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
    pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, ctypes.byref(corners))
    _finish(annotation, box, text)


def _sticky(page: Any, text: str) -> None:
    """A note in the page's upper left corner."""
    left, _, _, top = page.get_mediabox()
    annotation = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT)
    _finish(annotation, (left + 12, top - 36, left + 36, top - 12), text)


def _finish(annotation: Any, box: Box, text: str) -> None:
    left, bottom, right, top = box
    rectangle = pdfium.FS_RECTF(left, top, right, bottom)
    pdfium.FPDFAnnot_SetRect(annotation, ctypes.byref(rectangle))
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *_YELLOW)
    _string(annotation, b"Contents", text)
    _string(annotation, b"T", AUTHOR)
    pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
    pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: Any, key: bytes, text: str) -> None:
    data = (text + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(data, len(data))
    pdfium.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(buffer, pdfium.FPDF_WIDESTRING))
