"""Tables on a cleaned page: the white areas between rulings as slots with rows, columns and spans."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from audit.loaders._ruled import Slot
from audit.ocr.clean import dark

#: Pixels at 200 dpi: sides nearer than this are one line; smaller areas are no cells.
_CLOSE = 12.0
_LEAST_WIDTH, _LEAST_HEIGHT = 18, 16
#: Lines shorter than this are strokes of characters.
_ACROSS, _DOWN = 48, 40
#: How long the rulings of a single row are, at least and at most, and how thick, in pixels.
_LOW, _HIGH, _THICK = 22, 52, 6
_AROUND = np.ones((5, 5), np.uint8)


def slots(grey: np.ndarray) -> list[tuple[Slot, ...]]:
    """The cells of every table, from top to bottom of the page; boxes in pixels."""
    rulings = _rulings(dark(cv2.GaussianBlur(grey, (0, 0), 0.7), 33, 8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rulings, connectivity=8)
    found = []
    for number in range(1, count):
        left, top, width, height = (int(v) for v in stats[number][:4])
        if width < 0.25 * grey.shape[1] or height < 45:
            continue
        own = (labels[top : top + height, left : left + width] == number).astype(np.uint8) * 255
        cv2.rectangle(own, (0, 0), (width - 1, height - 1), 255, 5)
        boxes = np.array(list(_areas(own)), dtype=float).reshape(-1, 4)
        if len(boxes) >= 2:
            found.append(_placed(boxes + np.array([left, top, left, top])))
    tables = [t for t in found if len({s.column for s in t}) > 1]
    return sorted(tables, key=lambda table: table[0].box[1])


def _rulings(mask: np.ndarray) -> np.ndarray:
    across, down = _lines(mask, across=True), _lines(mask, across=False)
    return across | down | _short(mask, across, down)


def _short(mask: np.ndarray, across: np.ndarray, down: np.ndarray) -> np.ndarray:
    """Upright strokes as short as a row is high, where they reach from one level ruling to the next.

    Strokes of characters as long as these leave room above and below.
    """
    found = np.zeros_like(mask)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (1, _LOW))
    strokes = cv2.subtract(
        cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), cv2.dilate(down, _AROUND)
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    for number, (left, top, width, height, _) in enumerate(stats.tolist()):
        across_ends = [
            across[max(row - 2, 0) : row + 3, left : left + width].any()
            for row in (top, top + height - 1)
        ]
        if number and width <= _THICK and height <= _HIGH and all(across_ends):
            found[labels == number] = 255
    return found


def _lines(mask: np.ndarray, *, across: bool) -> np.ndarray:
    """Long thin strokes in one direction, gaps of a broken print closed."""

    def kernel(along: int, beside: int) -> np.ndarray:
        size = (along, beside) if across else (beside, along)
        return cv2.getStructuringElement(cv2.MORPH_RECT, size)

    wide = cv2.dilate(mask, kernel(1, 3))  # a line that is not quite level goes on
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, kernel(3, 1))
    lines = cv2.morphologyEx(wide, cv2.MORPH_OPEN, kernel(_ACROSS if across else _DOWN, 1))
    square = cv2.getStructuringElement(cv2.MORPH_RECT, (13, 13))
    thick = cv2.morphologyEx(lines, cv2.MORPH_OPEN, square)
    lines = cv2.subtract(lines, cv2.dilate(thick, np.ones((3, 3), np.uint8)))
    return cv2.dilate(lines, kernel(9, 1))


def _areas(lines: np.ndarray) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of the areas that lines enclose, if they are about rectangles."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.bitwise_not(lines), connectivity=4)
    for left, top, width, height, area in stats[1:count].tolist():
        if width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and area >= 0.6 * width * height:
            yield left, top, left + width, top + height


def _placed(boxes: np.ndarray) -> tuple[Slot, ...]:
    columns, rows = _edges(boxes[:, [0, 2]]), _edges(boxes[:, [1, 3]])
    taken: set[tuple[int, int]] = set()
    found = []
    for box in sorted(boxes.tolist(), key=lambda b: (b[2] - b[0]) * (b[3] - b[1])):
        left, right = _nearest(columns, box[0]), _nearest(columns, box[2])
        top, bottom = _nearest(rows, box[1]), _nearest(rows, box[3])
        area = {(r, c) for r in range(top, bottom) for c in range(left, right)}
        if area and not area & taken:
            taken |= area
            found.append(Slot(top, left, bottom - top, right - left, tuple(box)))
    found += _uncovered(columns, rows, taken)
    return tuple(sorted(found, key=lambda slot: (slot.row, slot.column)))


def _uncovered(
    columns: np.ndarray, rows: np.ndarray, taken: set[tuple[int, int]]
) -> Iterator[Slot]:
    """A slot for each position whose rulings are broken, by a stamp for one; large enough to be read."""
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            left, right = float(columns[column]), float(columns[column + 1])
            top, bottom = float(rows[row]), float(rows[row + 1])
            large = right - left >= _LEAST_WIDTH and bottom - top >= _LEAST_HEIGHT
            if (row, column) not in taken and large:
                yield Slot(row, column, 1, 1, (left, top, right, bottom), whole=False)


def _edges(values: np.ndarray) -> np.ndarray:
    ordered = np.sort(values.reshape(-1))
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > _CLOSE) + 1)
    return np.array([group.mean() for group in groups])


def _nearest(edges: np.ndarray, value: float) -> int:
    return int(np.abs(edges - value).argmin())
