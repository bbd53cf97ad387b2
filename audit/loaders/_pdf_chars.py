"""The characters of a PDF page with their boxes, turned so that text runs from left to right."""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from audit.pdfium import plain

#: Stands for a character whose font does not say what it is.
UNKNOWN = "\ufffd"
_UNKNOWN = ord(UNKNOWN)
_QUARTER = math.pi / 2
#: Text farther from level or upright than this (radians) is set aslant.
_ASLANT = 0.06
#: By code; all beyond the last are letters as the last is.
_CODES = np.arange(0x10001)
_SKIPPED = (_CODES < 33) | np.isin(
    _CODES, [0x7F, 0xA0, 0x3000, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD]
)
_BLANKS = np.isin(_CODES, [0x20, 0xA0, 0x3000])
#: So many characters are measured at a time.
_SLAB = 512

#: Called for every character, with arguments that need no conversion (see `_Slab`).
_get_unicode = plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_is_lost = plain(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_get_box = plain(pdfium.FPDFText_GetCharBox, ctypes.c_int)
_get_origin = plain(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_get_angle = plain(pdfium.FPDFText_GetCharAngle, ctypes.c_float)
_get_text = plain(
    pdfium.FPDFText_GetText, ctypes.c_int, ctypes.c_void_p, *[ctypes.c_int] * 2, ctypes.c_void_p
)


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
        if not len(boxes):
            return boxes
        x0, x1 = boxes[:, 0] - self.left, boxes[:, 2] - self.left
        y0, y1 = boxes[:, 1] - self.bottom, boxes[:, 3] - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        turned = np.empty_like(boxes)
        if self.turns == 0:
            sides = (x0, height - y1, x1, height - y0)
        elif self.turns == 1:
            sides = (height - y1, width - x1, height - y0, width - x0)
        elif self.turns == 2:
            sides = (width - x1, y0, width - x0, y1)
        else:
            sides = (y0, x0, y1, x1)
        for number, side in enumerate(sides):
            turned[:, number] = side
        return turned


@dataclass(frozen=True, slots=True)
class Characters:
    """`text` (n), `boxes` (n × 4: left, top, right, bottom) and `bases` (n), the lines they stand on.

    Points from the upright page's upper left corner. Blanks are left out: `spaced` (n, bool) says
    before which characters the file has one. `UNKNOWN` stands for what a font does not tell.
    """

    text: np.ndarray
    boxes: np.ndarray
    bases: np.ndarray
    spaced: np.ndarray
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
        codes, rows, angles, spaced = _read(textpage.raw, min(textpage.count_chars(), most))
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
    return Characters(_letters(codes[seen]), boxes[seen], bases[seen], spaced[seen], frame)


def _read(textpage: Any, count: int) -> tuple[np.ndarray, ...]:
    """Codes (n), left, bottom, right, top, base point's x and y (n × 6), angles (n, radians), and
    whether a blank stands before (n).
    """
    page = repeat(textpage)
    codes = _codes(textpage, count)
    lost = np.fromiter(map(_is_lost, page, range(count)), dtype=np.int32, count=count) == 1
    codes[lost] = _UNKNOWN
    told = np.minimum(codes, len(_CODES) - 1)
    kept = np.flatnonzero(~_SKIPPED[told])
    own = kept.tolist()
    rows = np.empty((len(own), 6))
    slab = _slab()
    for start in range(0, len(own), _SLAB):
        part = own[start : start + _SLAB]
        rows[start : start + _SLAB] = slab.read(textpage, part)
    angles = np.fromiter(map(_get_angle, page, own), dtype=float, count=len(own))
    spaced = _BLANKS[told[kept - 1]] & (kept > 0)
    return codes[kept], rows, angles, spaced


class _Slab:
    """Room for the boxes and base points of `_SLAB` characters, and where in it pdfium is to write.

    Making the references anew takes longer than the calls they are for.
    """

    def __init__(self) -> None:
        room = (ctypes.c_double * (6 * _SLAB))()
        self._rows = np.ctypeslib.as_array(room).reshape(_SLAB, 6)
        left, bottom, right, top, *base = (
            [ctypes.byref(room, 8 * (6 * row + column)) for row in range(_SLAB)]
            for column in range(6)
        )
        self._box, self._base = (left, right, bottom, top), base

    def read(self, textpage: Any, characters: list[int]) -> np.ndarray:
        """Left, bottom, right, top, base point's x and y (n × 6) of at most `_SLAB` characters."""
        self._rows[:] = 0.0
        page = repeat(textpage)
        # Loops in C.
        deque(map(_get_box, page, characters, *self._box), maxlen=0)
        deque(map(_get_origin, page, characters, *self._base), maxlen=0)
        return self._rows[: len(characters)]


@cache
def _slab() -> _Slab:
    return _Slab()


def _codes(page: Any, count: int) -> np.ndarray:
    """The first characters' codes (`count`, uint32): all at once where the text has one unit each."""
    units = np.zeros(count + 1, dtype=np.uint16)
    written = _get_text(page, 0, count, units.ctypes.data) - 1
    units = units[:count]
    if written == count and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units.astype(np.uint32)
    told = map(_get_unicode, repeat(page), range(count))
    return np.fromiter(told, dtype=np.uint32, count=count)


def _letters(codes: np.ndarray) -> np.ndarray:
    """The characters; those for private use mean something in one font only."""
    private = ((codes >= 0xD800) & (codes < 0xF900)) | (codes >= 0xF0000)
    return np.where(private, np.uint32(_UNKNOWN), codes).astype(np.uint32).view("<U1")
