"""PDF pages, or pictures on them, that nobody can read but by recognising them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from audit import ocr
from audit.document import Grid
from audit.loaders._pdf_chars import UNKNOWN, Characters
from audit.loaders._pdf_lines import Line

#: Pages with fewer characters than this have no text of their own.
FEW = 12
#: Pictures that together cover so much of a page are the page.
_MOST = 0.4
#: A scan that its recognised text lies over covers so much; this text is invisible or clips alone.
_WHOLE, _UNSEEN = 0.75, (3, 7)
#: Of no more objects, no deeper, is asked whether they are text that shows.
_MANY, _DEPTH = 20_000, 4
#: A picture this wide and large, as shares of the page, may be a table.
_WIDE, _LARGE = 0.45, 0.04
#: A picture that so many characters stand on is what they are printed on.
_GROUND = 60
#: More characters than this share without a meaning make a page's text worthless.
_LOST = 0.2
#: What a Chinese page of so many characters has at least of Chinese ones, or of digits.
_MUCH, _CHINESE, _DIGITS = 60, 0.05, 0.6
#: Pixels per point that pages are drawn with, and the most pixels on a side.
_SCALE, _LONGEST = 200 / 72, 3400

_HAN = re.compile(r"[\u3400-\u9fff]")
LAYER = "扫描件自带的识别文字，数字无法确认"

Read = tuple[list[tuple[float, Grid]], list[Line]]
Box = tuple[float, float, float, float]


def is_scan(found: Characters, pictures: np.ndarray) -> bool:
    """Whether a page is a picture: no text of its own, or none that means anything."""
    if len(found) >= FEW:
        codes = found.text.view(np.uint32)
        return bool((codes == ord(UNKNOWN)).mean() > _LOST) or _is_gibberish(codes)
    return covers(found, pictures)


def is_layer(page: Any, found: Characters, pictures: np.ndarray) -> bool:
    """Whether a page's text is what a scanner recognised: unseen, behind or over the page's picture."""
    return covers(found, pictures, _WHOLE) and not _shows_text(page.raw)


def _shows_text(page: Any) -> bool:
    """Whether any text is drawn to be seen, and not under a picture that comes later."""
    shown = False
    for kind, item in _objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            shown = False
        elif pdfium.FPDFTextObj_GetTextRenderMode(item) not in _UNSEEN:
            shown = True
    return shown


def _objects(holder: Any, count: Any, get: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """Texts and pictures, those within forms, too, in the order in which they are drawn."""
    for number in range(min(count(holder), _MANY)):
        item = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT):
            yield kind, item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            of_form = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
            yield from _objects(item, *of_form, depth + 1)


def _is_gibberish(codes: np.ndarray) -> bool:
    """Whether a page of much text has hardly a Chinese character and is no mere table of figures.

    Fonts cut down to a few characters may number them as they like and not say so.
    """
    if len(codes) < _MUCH:
        return False
    if ((codes >= 0x3400) & (codes <= 0x9FFF)).mean() >= _CHINESE:
        return False
    return bool(((codes >= ord("0")) & (codes <= ord("9"))).mean() < _DIGITS)


def covers(found: Characters, pictures: np.ndarray, share: float = _MOST) -> bool:
    """Whether pictures (n × 4) fill this share of the page; a scan may be cut into strips."""
    width, height = found.frame.size
    areas = (pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])
    return bool(areas.sum() > share * width * height)


def doubted(grids: Sequence[tuple[float, Grid]]) -> tuple[tuple[float, Grid], ...]:
    """Grids of a scanner's own text, in which no figure is certain, nor that there is none."""
    return tuple(
        (
            top,
            replace(
                grid,
                cells=tuple(
                    replace(c, doubt=c.doubt or LAYER, confidence=min(c.confidence, 0.5))
                    if _HAN.search(c.text) is None
                    else c
                    for c in grid.cells
                ),
            ),
        )
        for top, grid in grids
    )


def may_be_table(box: Box, found: Characters) -> bool:
    """Whether a picture on a page of text is as wide as tables are, and no ground for the text."""
    width, height = found.frame.size
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide <= _WIDE * width or wide * high <= _LARGE * width * height:
        return False
    at = found.centres
    return int(((at > box[:2]) & (at < box[2:])).all(axis=1).sum()) < _GROUND


def read(page: Any, number: int, box: Box | None = None) -> Read:
    """Grids and lines of a page, or of the part of it within a box, by recognition.

    Needs the extra `ocr` (see `audit.ocr.available`).
    """
    from audit.ocr.page import read_page

    width, height = page.get_size()
    scale = min(_SCALE, _LONGEST / max(width, height))
    image = np.asarray(page.render(scale=scale, rev_byteorder=False).to_numpy())
    image = image[:, :, :3] if image.ndim == 3 else image
    left, top = 0.0, 0.0
    if box is not None:
        left, top, right, bottom = (max(v, 0.0) for v in box)
        image = image[
            round(top * scale) : round(bottom * scale), round(left * scale) : round(right * scale)
        ]
    if min(image.shape[:2]) < 40:
        return [], []
    grids, lines = read_page(np.ascontiguousarray(image), number, 1 / scale, (left, top))
    return grids, lines


def at_hand(wanted: bool) -> bool:
    """Whether scans can be and are to be read."""
    return wanted and ocr.available()
