"""The ink within a cell → crops of its lines, tight enough to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from audit.ocr.clean import dark

#: Pixels left out along a cell's sides, where rulings were; white left around the ink: with more of
#: it the recogniser is less sure of figures that stand alone.
_SIDE, _WHITE = 4, 3
#: By how much a crop is higher than its ink.
_RIM = 2 * _WHITE + 4
#: Ink smaller than this (pixels) is dust.
_DUST = 14
#: Strokes no wider than this and longer than that (pixels) are rulings or a figure 1; figures'
#: heights differ by no more than this share.
_THIN, _LONG, _ALIKE = 4, 12, 0.25
#: Share of a cell's width over which no stroke of a figure goes.
_WHOLE = 0.9
#: A gap of so many rows without ink parts two lines.
_GAP = 2


@dataclass(frozen=True, slots=True)
class Inked:
    """A cell's lines from top to bottom, each a grey crop, and how much ink there is in pixels.

    `cut`: what was taken for a ruling at its side may be a figure 1.
    """

    lines: tuple[np.ndarray, ...]
    ink: int
    cut: bool = False


def inked(grey: np.ndarray, box: Sequence[float]) -> Inked:
    """What a cell holds; its box (left, top, right, bottom) is that of its rulings, in pixels."""
    left, top, right, bottom = (max(round(v), 0) for v in box)
    area = grey[top + _SIDE : bottom - _SIDE, left + _SIDE : right - _SIDE]
    if area.size == 0:
        return Inked((), 0)
    mask, cut = _without_dust(dark(area, 41, 14))
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return Inked((), 0, cut)
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > _GAP) + 1)
    spans = _whole([(int(p[0]), int(p[-1]) + 1) for p in parts])
    lines = []
    for first, last in spans:
        columns = np.flatnonzero(mask[first:last].any(axis=0))
        crop = area[
            max(first - _WHITE, 0) : last + _WHITE,
            max(int(columns[0]) - _WHITE, 0) : int(columns[-1]) + 1 + _WHITE,
        ]
        lines.append(cv2.copyMakeBorder(crop, 2, 2, 4, 4, cv2.BORDER_REPLICATE))
    return Inked(tuple(lines), int(np.count_nonzero(mask)), cut)


def parted(line: np.ndarray, height: float) -> list[np.ndarray]:
    """The lines of a crop in which they are set so close that no row is without ink.

    They are cut where there is the least of it; `height` is that of one line's crop, in pixels.
    """
    count = round((len(line) - _RIM) / (height - _RIM))
    ink = np.count_nonzero(dark(line, 41, 14), axis=1)
    cuts = [0]
    for number in range(1, count):
        middle, about = number * len(line) / count, 0.25 * height
        first = round(middle - about)
        cuts.append(first + int(np.argmin(ink[first : round(middle + about)])))
    return [line[a:b] for a, b in pairwise([*cuts, len(line)])]


def _whole(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of rows as lines: parts of characters (二, 三) are joined to what they stand beside."""
    tallest = max(last - first for first, last in spans)
    lines = [spans[0]]
    for first, last in spans[1:]:
        above = lines[-1]
        if last - above[0] <= 1.25 * tallest or (
            min(last - first, above[1] - above[0]) < 0.4 * tallest
            and first - above[1] < 0.3 * tallest
        ):
            lines[-1] = (above[0], last)
        else:
            lines.append((first, last))
    return lines


def _without_dust(mask: np.ndarray) -> tuple[np.ndarray, bool]:
    """The mask without specks and without what is left of rulings along the sides.

    And whether something left out at a side may have been a figure 1.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count == 1:
        return mask, False
    height, width = mask.shape
    left, top, wide, high, area = stats.T
    beside = (left == 0) | (left + wide == width)
    across = (top == 0) | (top + high == height)
    upright = beside & (wide <= _THIN) & (high > _LONG)
    # A cell with a border of its own has a line within that of the table.
    level = (high <= _THIN) & (wide > _LONG) & (across | (wide >= _WHOLE * width))
    rulings = upright | level
    ink = ~rulings & (area >= _DUST)
    ink[0] = False
    usual = float(np.median(high[ink])) if ink.any() else 0.0
    # A ruling goes on along all of the side, a figure is as high as the others.
    figure = upright & (np.abs(high - usual) <= _ALIKE * usual if usual else high < 0.9 * height)
    kept = figure & (usual > 0) & (height > (1 + _ALIKE) * usual)
    drop = (area < _DUST) | (rulings & ~kept) | ((beside | across) & (area < 2 * _DUST))
    drop[0] = True
    clean = np.where(drop[labels], 0, mask).astype(np.uint8)
    return clean, bool((figure & ~kept)[1:].any())
