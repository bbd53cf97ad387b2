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

from audit.document import LOST
from audit.pdfium import plain

#: Stands for a character whose font does not say what it is.
UNKNOWN = LOST
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
_get_matrix = plain(pdfium.FPDFText_GetMatrix, ctypes.c_int)
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
    left, bottom, right, top = page.get_bbox()
    textpage = page.get_textpage()
    try:
        read = _read(textpage.raw, min(textpage.count_chars(), most))
        angles = read.angles
        quarters = np.rint(angles / _QUARTER)
        turns = int(np.bincount(quarters.astype(int) % 4).argmax()) if len(read.codes) else 0
        frame = Frame(left, bottom, right, top, turns)
        points = _points(textpage.raw, read, turns)
    finally:
        textpage.close()
    boxes, bases = frame.upright(read.boxes), frame.upright(points)[:, 1]
    width, height = frame.size
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    seen = (x > -2) & (y > -2) & (x < width + 2) & (y < height + 2)
    seen &= np.abs(angles - quarters * _QUARTER) < _ASLANT
    return Characters(
        _letters(read.codes[seen]), boxes[seen], bases[seen], read.spaced[seen], frame
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What pdfium says of n characters: their `numbers` and `codes`, whether a blank stands before,
    `boxes` (n × 4: left, bottom, right, top), `matrices` (n × 6) of what they are written by.
    """

    numbers: list[int]
    codes: np.ndarray
    spaced: np.ndarray
    boxes: np.ndarray
    matrices: np.ndarray

    @property
    def angles(self) -> np.ndarray:
        """By how much they are turned (n, radians, 0 to 2π)."""
        turned = np.arctan2(self.matrices[:, 2], self.matrices[:, 0])
        return np.where(turned < 0, turned + 2 * math.pi, turned)


def _read(textpage: Any, count: int) -> _Read:
    codes = _codes(textpage, count)
    lost = np.fromiter(map(_is_lost, repeat(textpage), range(count)), np.int32, count) == 1
    codes[lost] = _UNKNOWN
    told = np.minimum(codes, len(_CODES) - 1)
    kept = np.flatnonzero(~_SKIPPED[told])
    numbers = kept.tolist()
    boxes, matrices = np.empty((len(kept), 4)), np.empty((len(kept), 6))
    for start in range(0, len(numbers), _SLAB):
        part = slice(start, start + _SLAB)
        boxes[part], matrices[part] = _slab().read(textpage, numbers[part])
    spaced = _BLANKS[told[kept - 1]] & (kept > 0)
    return _Read(numbers, codes[kept], spaced, boxes, matrices)


def _points(textpage: Any, read: _Read, turns: int) -> np.ndarray:
    """The points that characters stand on (n × 4: x, y, x, y).

    Of level text the matrix tells how high they are; what hangs below its point may be set downwards.
    """
    a, b, c, d, _, y = read.matrices.T
    points = read.matrices[:, [4, 5, 4, 5]]
    level = (a > 0) & (b == 0) & (c == 0) & (d > 0)
    above = read.boxes[:, 1] + read.boxes[:, 3] > 2 * y
    own = np.flatnonzero(~(level & above) | (turns != 0))
    at = (ctypes.c_double * 2)()
    addresses = ctypes.byref(at), ctypes.byref(at, 8)
    for number in own.tolist():
        _get_origin(textpage, read.numbers[number], *addresses)
        points[number] = (*at, *at)
    return points


class _Slab:
    """Room for the boxes and matrices of `_SLAB` characters, and where in it pdfium is to write.

    Making the references anew takes longer than the calls they are for.
    """

    def __init__(self) -> None:
        boxes, matrices = (ctypes.c_double * (4 * _SLAB))(), (ctypes.c_float * (6 * _SLAB))()
        self._boxes = np.ctypeslib.as_array(boxes).reshape(_SLAB, 4)
        self._matrices = np.ctypeslib.as_array(matrices).reshape(_SLAB, 6)
        left, bottom, right, top = (
            [ctypes.byref(boxes, 8 * (4 * row + column)) for row in range(_SLAB)]
            for column in range(4)
        )
        self._box = (left, right, bottom, top)
        self._matrix = [ctypes.byref(matrices, 24 * row) for row in range(_SLAB)]

    def read(self, textpage: Any, numbers: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """Boxes (n × 4: left, bottom, right, top) and matrices (n × 6) of at most `_SLAB` characters."""
        self._boxes[:] = 0.0
        self._matrices[:] = 0.0
        page = repeat(textpage)
        # Loops in C.
        deque(map(_get_box, page, numbers, *self._box), maxlen=0)
        deque(map(_get_matrix, page, numbers, self._matrix), maxlen=0)
        return self._boxes[: len(numbers)], self._matrices[: len(numbers)]


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
    return np.where(private, np.uint32(_UNKNOWN), codes).view("<U1")
