"""Characters of a PDF page that are struck out, by a line drawn through them or by a comment."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from pypdfium2 import raw

from audit.loaders._pdf_chars import Characters
from audit.loaders._ruled import lines_from

#: A line that strikes out is no thicker than this, and no shorter (points).
_THICK, _SHORT = 1.6, 2.0
#: It goes through characters within this part of their height from the middle.
_MIDDLE = 0.28
#: What is lower than this (points) is a dash or a dot: no line goes through its middle by intent.
_LOW = 3.0
#: It covers this part of each character.
_COVERED = 0.5
#: By how much of the characters' height it may reach beyond them; a ruling reaches farther.
_BEYOND = 0.5
#: Pieces of one line are at most so far apart (points).
_GAP = 1.5


def struck(found: Characters, drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which characters (n, bool) are struck out, by which of the lines drawn (m × 4; m, bool)."""
    out, by = np.zeros(len(found), dtype=bool), np.zeros(len(drawn), dtype=bool)
    if not len(drawn) or not len(found):
        return out, by
    flat = drawn[:, 3] - drawn[:, 1] <= _THICK
    flat &= drawn[:, 2] - drawn[:, 0] >= _SHORT
    boxes = found.boxes
    height, middle = boxes[:, 3] - boxes[:, 1], (boxes[:, 1] + boxes[:, 3]) / 2
    lines = lines_from(drawn[flat], _THICK, _GAP).across
    order = middle.argsort()
    reach = _MIDDLE * float(height.max())
    firsts, ends = (np.searchsorted(middle[order], lines[:, 0] + d) for d in (-reach, reach))
    for n in np.flatnonzero(ends > firsts).tolist():
        y, left, right = lines[n].tolist()
        near = order[firsts[n] : ends[n]]
        hit = near[(height[near] > _LOW) & (np.abs(middle[near] - y) < _MIDDLE * height[near])]
        hit = hit[_covered(boxes[hit], left, right)]
        if not len(hit):
            continue
        room = _BEYOND * float(height[hit].max())
        start, top, _, _ = boxes[hit].min(axis=0).tolist()
        _, _, end, bottom = boxes[hit].max(axis=0).tolist()
        if left < start - room or right > end + room:
            continue
        out |= _covered(boxes, left, right) & (middle > top) & (middle < bottom + 1)
        level = np.abs(drawn[:, 1] + drawn[:, 3] - 2 * y) < _GAP
        by |= flat & level & (drawn[:, 0] >= left - 0.1) & (drawn[:, 2] <= right + 0.1)
    return out, by


def _covered(boxes: np.ndarray, left: float, right: float) -> np.ndarray:
    """Whether a line reaches over most of each character's width."""
    over = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
    covered: np.ndarray = over >= _COVERED * np.maximum(boxes[:, 2] - boxes[:, 0], 0.1)
    return covered


def comments(page: Any) -> np.ndarray:
    """Lines (n × 4, the page's own coordinates) as a page's strike-out comments draw them."""
    lines = []
    corners = raw.FS_QUADPOINTSF()
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        mark = raw.FPDFPage_GetAnnot(page, at)
        if raw.FPDFAnnot_GetSubtype(mark) == raw.FPDF_ANNOT_STRIKEOUT:
            for number in range(raw.FPDFAnnot_CountAttachmentPoints(mark)):
                raw.FPDFAnnot_GetAttachmentPoints(mark, number, ctypes.byref(corners))
                x = (corners.x1, corners.x2, corners.x3, corners.x4)
                y = (corners.y1 + corners.y2 + corners.y3 + corners.y4) / 4
                lines.append((min(x), y, max(x), y))
        raw.FPDFPage_CloseAnnot(mark)
    return np.array(lines, dtype=float).reshape(-1, 4)
