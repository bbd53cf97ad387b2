"""Notes as highlights of a PDF document, at the boxes of the cells and paragraphs they are about."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from audit.annotate.notes import AUTHOR, NotAnnotatableError, Spot, bare

Box = tuple[float, float, float, float]
_YELLOW = (255, 214, 64, 110)
#: Share of a page's texts that must stand where their boxes say, for the boxes to be trusted.
_TRUSTED = 0.6
_SAMPLE = 40


def write(
    source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
) -> int:
    """Write the copy; gives the number of notes that found no place and stand on the first page.

    Raises:
        NotAnnotatableError: pdfium can't open or save the file.
    """
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise NotAnnotatableError("无法作为 PDF 打开") from error
    try:
        lost = []
        for number, page in enumerate(document, start=1):
            own = {
                p: s for p, s in at.items() if s.place.page == number and s.place.box is not None
            }
            wanted = [p for p in notes if p in own]
            turns = _turns(page, own) if wanted else None
            for place in wanted:
                if turns is None or place is None:
                    lost.append(notes[place])
                    continue
                _highlight(page, _upwards(own[place].place.box, turns, page), notes[place])
            page.close()
        known = {p for p, s in at.items() if s.place.box is not None}
        lost += [text for place, text in notes.items() if place not in known]
        if lost:
            first = document[0]
            _sticky(first, "\n".join(lost))
            first.close()
        document.save(target)
    except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
        raise NotAnnotatableError(f"PDF 无法批注：{error}") from error
    finally:
        document.close()
    return len(lost)


def _turns(page: Any, own: Mapping[str, Spot]) -> int | None:
    """How often the page's text is turned, told by where its words are; None if nowhere."""
    told = [s for s in own.values() if s.text and s.cell is not None][:_SAMPLE]
    told = told or [s for s in own.values() if s.text][:_SAMPLE]
    textpage = page.get_textpage()
    try:
        for turns in range(4):
            there = sum(_stands(textpage, _upwards(s.place.box, turns, page), s.text) for s in told)
            if told and there >= _TRUSTED * len(told):
                return turns
    finally:
        textpage.close()
    return None


def _stands(textpage: Any, box: Box, text: str) -> bool:
    left, bottom, right, top = box
    found = bare(textpage.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1))
    return bool(found) and (text[:4] in found or found[:4] in text)


def _upwards(box: Box | None, turns: int, page: Any) -> Box:
    """A box of the upright page (downwards) in the page's own coordinates: left, bottom, right, top."""
    assert box is not None  # callers pass spots with boxes only
    left, top, right, bottom = box
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    if turns == 0:
        return (left, height - bottom, right, height - top)
    if turns == 3:
        return (top, left, bottom, right)
    if turns == 2:
        return (width - right, top, width - left, bottom)
    return (width - bottom, height - right, width - top, height - left)


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
