"""The characters of a PDF page with their boxes, turned so that text runs from left to right."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

#: Stands for a character whose font does not say what it is.
UNKNOWN = "\ufffd"
_SKIPPED = frozenset({0x7F, 0xA0, 0x3000, 0xFFFE, 0xFFFF, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xAD})


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
    """A page's characters that show ink; at most `most` of them are looked at."""
    textpage = page.get_textpage()
    try:
        text, rows, turns = _read(textpage.raw, min(textpage.count_chars(), most))
    finally:
        textpage.close()
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, turns)
    array = np.array(rows, dtype=float).reshape(-1, 6)
    boxes = frame.upright(array[:, :4])
    bases = frame.upright(array[:, [4, 5, 4, 5]])[:, 1]
    width, height = frame.size
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    seen = (x > -2) & (y > -2) & (x < width + 2) & (y < height + 2)
    return Characters(np.array(text, dtype=str)[seen], boxes[seen], bases[seen], frame)


def _read(textpage: Any, count: int) -> tuple[list[str], list[tuple[float, ...]], int]:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    edges = [ctypes.byref(v) for v in (left, right, bottom, top)]
    origin = [ctypes.byref(v) for v in (x, y)]
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharBox
    get_origin, is_lost = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_HasUnicodeMapError
    text: list[str] = []
    rows: list[tuple[float, ...]] = []
    angles: Counter[int] = Counter()
    for index in range(count):
        code = get_unicode(textpage, index)
        lost = is_lost(textpage, index) == 1
        if not lost and (code < 33 or code in _SKIPPED):
            continue
        get_box(textpage, index, *edges)
        get_origin(textpage, index, *origin)
        if index % 7 == 0:
            angle = pdfium.FPDFText_GetCharAngle(textpage, index)
            angles[round(angle / (math.pi / 2)) % 4] += 1
        text.append(UNKNOWN if lost else _character(code))
        rows.append((left.value, bottom.value, right.value, top.value, x.value, y.value))
    return text, rows, angles.most_common(1)[0][0] if angles else 0


def _character(code: int) -> str:
    """The character; those for private use mean something in one font only."""
    surrogate, private = 0xD800 <= code < 0xE000, 0xE000 <= code < 0xF900 or code >= 0xF0000
    return UNKNOWN if surrogate or private else chr(code)
