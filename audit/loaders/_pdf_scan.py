"""PDF pages, or pictures on them, that nobody can read but by recognising them."""

from __future__ import annotations

from typing import Any

import numpy as np

from audit import ocr
from audit.document import Grid
from audit.loaders._pdf_chars import UNKNOWN, Characters
from audit.loaders._pdf_lines import Line

#: Pages with fewer characters than this have no text of their own.
FEW = 12
#: Pictures that together cover so much of a page are the page.
_MOST = 0.4
#: A picture this wide and large, as shares of the page, may be a table.
_WIDE, _LARGE = 0.45, 0.04
#: More characters than this share without a meaning make a page's text worthless.
_LOST = 0.2
#: What a Chinese page of so many characters has at least of Chinese ones, or of digits.
_MUCH, _CHINESE, _DIGITS = 60, 0.05, 0.6
#: Pixels per point that pages are drawn with, and the most pixels on a side.
_SCALE, _LONGEST = 200 / 72, 3400

Read = tuple[list[tuple[float, Grid]], list[Line]]
Box = tuple[float, float, float, float]


def is_scan(found: Characters, pictures: np.ndarray) -> bool:
    """Whether a page is a picture: no text of its own, or none that means anything."""
    if len(found) >= FEW:
        codes = found.text.view(np.uint32)
        return bool((codes == ord(UNKNOWN)).mean() > _LOST) or _is_gibberish(codes)
    return covers(found, pictures)


def _is_gibberish(codes: np.ndarray) -> bool:
    """Whether a page of much text has hardly a Chinese character and is no mere table of figures.

    Fonts cut down to a few characters may number them as they like and not say so.
    """
    if len(codes) < _MUCH:
        return False
    if ((codes >= 0x3400) & (codes <= 0x9FFF)).mean() >= _CHINESE:
        return False
    return bool(((codes >= ord("0")) & (codes <= ord("9"))).mean() < _DIGITS)


def covers(found: Characters, pictures: np.ndarray) -> bool:
    """Whether pictures (n × 4) fill the page; a scan may be cut into strips."""
    width, height = found.frame.size
    areas = (pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])
    return bool(areas.sum() > _MOST * width * height)


def may_be_table(box: Box, found: Characters) -> bool:
    """Whether a picture on a page of text is as wide as tables are."""
    width, height = found.frame.size
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide > _WIDE * width and wide * high > _LARGE * width * height


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
