"""The characters of a PDF page with their boxes, turned so that text runs from left to right."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
#: Stands for a character whose font does not say what it is.
UNKNOWN = "\ufffd"
_SKIPPED = frozenset({0xA0, 0x3000, 0xFFFE, 0x200B, 0xFEFF, 0xAD})


@dataclass(frozen=True, slots=True)
class Characters:
    """`text` (n) and `boxes` (n × 4: left, top, right, bottom, points, from the upper left).

    `turns` is the number of quarter turns that the page's text is rotated by; boxes are turned back.
    """

    text: tuple[str, ...]
    boxes: np.ndarray
    turns: int
    size: tuple[float, float]


def characters(page: Any, most: int) -> Characters:
    """A page's characters that show ink; at most `most` of them are looked at."""
    textpage = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pointers = [ctypes.byref(v) for v in (left, right, bottom, top)]
    text: list[str] = []
    boxes: list[Box] = []
    angles: Counter[int] = Counter()
    for index in range(min(textpage.count_chars(), most)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code < 33 or code in _SKIPPED:
            continue
        pdfium.FPDFText_GetCharBox(textpage, index, *pointers)
        if index % 7 == 0:
            angle = pdfium.FPDFText_GetCharAngle(textpage, index)
            angles[round(angle / (math.pi / 2)) % 4] += 1
        lies = pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
        text.append(UNKNOWN if lies else _character(code))
        boxes.append((left.value, bottom.value, right.value, top.value))
    textpage.close()
    turns = angles.most_common(1)[0][0] if angles else 0
    array = np.array(boxes, dtype=float).reshape(-1, 4)
    width, height = _unrotated(page)
    return Characters(
        tuple(text), turned(array, turns, width, height), turns, _size(turns, width, height)
    )


def turned(boxes: np.ndarray, turns: int, width: float, height: float) -> np.ndarray:
    """Boxes in PDF coordinates (upwards) as boxes of the upright page (downwards)."""
    x0, y0, x1, y1 = boxes.T
    if turns == 0:
        columns = (x0, height - y1, x1, height - y0)
    elif turns == 3:
        columns = (y0, x0, y1, x1)
    elif turns == 2:
        columns = (width - x1, y0, width - x0, y1)
    else:
        columns = (height - y1, width - x1, height - y0, width - x0)
    return np.stack(columns, axis=1)


def _size(turns: int, width: float, height: float) -> tuple[float, float]:
    return (width, height) if turns % 2 == 0 else (height, width)


def _unrotated(page: Any) -> tuple[float, float]:
    width, height = page.get_size()
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN
