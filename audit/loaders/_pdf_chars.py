"""The characters of a PDF page with their boxes, turned so that text runs from left to right."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

#: Stands for a character whose font does not say what it is.
UNKNOWN = "\ufffd"
_UNKNOWN = ord(UNKNOWN)
_QUARTER = math.pi / 2
#: Text farther from level or upright than this (radians) is set aslant.
_ASLANT = 0.06
_SKIPPED = frozenset({0x7F, 0xA0, 0x3000, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD})


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function, given addresses as plain numbers: it is called for every character."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)(address)


_get_unicode = _fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_is_lost = _fast(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_get_box = _fast(pdfium.FPDFText_GetCharBox, ctypes.c_int, *[ctypes.c_void_p] * 4)
_get_origin = _fast(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, *[ctypes.c_void_p] * 2)
_get_angle = _fast(pdfium.FPDFText_GetCharAngle, ctypes.c_float)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page lies: its box in its own coordinates, and by how many quarters its text is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page, points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.turns % 2 == 0 else (height, width)

    def upright(self, boxes: np.ndarray) -> np.ndarray:
        """Boxes of the page's own coordinates (upwards) as boxes of the upright page (downwards)."""
        x0, x1 = boxes[:, 0] - self.left, boxes[:, 2] - self.left
        y0, y1 = boxes[:, 1] - self.bottom, boxes[:, 3] - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        columns = (
            (x0, height - y1, x1, height - y0),
            (height - y1, width - x1, height - y0, width - x0),
            (width - x1, y0, width - x0, y1),
            (y0, x0, y1, x1),
        )[self.turns]
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True)
class Characters:
    """`text` (n), `boxes` (n × 4: left, top, right, bottom) and `bases` (n), the lines they stand on.

    Points from the upright page's upper left corner. Blanks are left out; `UNKNOWN` stands for what
    a font does not tell.
    """

    text: np.ndarray
    boxes: np.ndarray
    bases: np.ndarray
    frame: Frame

    @property
    def centres(self) -> np.ndarray:
        """The boxes' middles (n × 2)."""
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2

    def __len__(self) -> int:
        return len(self.text)


def characters(page: Any, most: int) -> Characters:
    """A page's characters that show ink; at most `most` of them are looked at.

    Those set aslant are left out: watermarks and stamps.
    """
    textpage = page.get_textpage()
    try:
        codes, rows, angles = _read(textpage.raw, min(textpage.count_chars(), most))
    finally:
        textpage.close()
    quarters = np.rint(angles / _QUARTER)
    turns = int(np.bincount(quarters.astype(int) % 4).argmax()) if len(angles) else 0
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, turns)
    boxes, bases = frame.upright(rows[:, :4]), frame.upright(rows[:, [4, 5, 4, 5]])[:, 1]
    width, height = frame.size
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    seen = (x > -2) & (y > -2) & (x < width + 2) & (y < height + 2)
    seen &= np.abs(angles - quarters * _QUARTER) < _ASLANT
    return Characters(_letters(codes[seen]), boxes[seen], bases[seen], frame)


def _read(textpage: Any, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Codes (n), left, bottom, right, top, base point's x and y (n × 6), and angles (n, radians)."""
    page = ctypes.cast(textpage, ctypes.c_void_p).value
    told = [_get_unicode(page, index) for index in range(count)]
    is_lost = _is_lost
    for index, code in enumerate(told):
        if is_lost(page, index) == 1:
            told[index] = _UNKNOWN
        elif code < 33 or code in _SKIPPED:
            told[index] = 0
    kept = [index for index, code in enumerate(told) if code]
    rows = np.zeros((len(kept), 6))
    start = rows.ctypes.data
    angles = []
    for at, index in zip(range(start, start + 48 * len(kept), 48), kept, strict=True):
        _get_box(page, index, at, at + 16, at + 8, at + 24)
        _get_origin(page, index, at + 32, at + 40)
        angles.append(_get_angle(page, index))
    return np.array([told[i] for i in kept], dtype=np.uint32), rows, np.array(angles, dtype=float)


def _letters(codes: np.ndarray) -> np.ndarray:
    """The characters; those for private use mean something in one font only."""
    private = ((codes >= 0xD800) & (codes < 0xF900)) | (codes >= 0xF0000)
    return np.where(private, np.uint32(_UNKNOWN), codes).astype(np.uint32).view("<U1")
