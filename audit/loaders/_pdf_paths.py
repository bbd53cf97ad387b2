"""The lines and filled areas that a PDF page draws, as boxes: what rulings may be made of."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from audit.pdfium import plain

#: A shape narrower than this (points) is a line, whether stroked or filled.
THIN = 3.0
#: Shapes with more corners are drawings or letters as outlines; pages with more shapes are maps.
_CORNERS = 20_000
_SHAPES = 60_000
_DEPTH = 4
_STRAIGHT = 0.75
#: Numbers of segments that a filled rectangle is drawn with.
_RECTANGLE = (4, 5)

_ADDRESS = ctypes.c_void_p
_object_of_page = plain(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, ctypes.c_int)
_object_of_form = plain(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
_type = plain(pdfium.FPDFPageObj_GetType, ctypes.c_int, _ADDRESS)
_bounds = plain(pdfium.FPDFPageObj_GetBounds, ctypes.c_int, *[_ADDRESS] * 5)
_draw_mode = plain(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, *[_ADDRESS] * 3)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """All boxes are left, bottom, right, top in the page's own coordinates (upwards), in points.

    `lines` (n × 4) are strokes and thin fillings; `areas` (m × 4) are filled rectangles, which may
    be cells drawn by their background; `pictures` (k × 4) are images.
    """

    lines: np.ndarray
    areas: np.ndarray
    pictures: np.ndarray


def drawn(page: Any) -> Drawn:
    """What a page draws beside text; forms within it are followed, to a depth."""
    walk = _Walk()
    walk.page(page.raw)
    return Drawn(_array(walk.lines), _array(walk.areas), _array(walk.pictures))


class _Walk:
    def __init__(self) -> None:
        self.lines: list[Box] = []
        self.areas: list[Box] = []
        self.pictures: list[Box] = []
        self.left = _SHAPES
        self._edges = (ctypes.c_float * 4)()
        self._edge_addresses = [ctypes.addressof(self._edges) + 4 * n for n in range(4)]
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._point = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._modes = [ctypes.addressof(mode) for mode in (self._fill, self._stroke)]

    def page(self, page: Any) -> None:
        count = min(pdfium.FPDFPage_CountObjects(page), self.left)
        address = ctypes.cast(page, _ADDRESS).value
        self._all(map(_object_of_page, repeat(address), range(count)), _IDENTITY, 0)

    def _all(self, items: Iterator[int], matrix: Matrix, depth: int) -> None:
        held = list(items)
        for item, kind in zip(held, map(_type, held), strict=True):
            if kind != pdfium.FPDF_PAGEOBJ_TEXT and self.left > 0:
                self.left -= 1
                self._object(item, kind, matrix, depth)

    def _object(self, item: int, kind: int, matrix: Matrix, depth: int) -> None:
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(_moved(self._bounds(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = _times(_matrix(item), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(_handle(item)), self.left)
            self._all(map(_object_of_form, repeat(item), range(count)), inner, depth + 1)

    def _bounds(self, item: int) -> Box:
        if not _bounds(item, *self._edge_addresses):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self._edges
        return (left, bottom, right, top)

    def _path(self, item: int, matrix: Matrix) -> None:
        _draw_mode(item, *self._modes)
        filled, stroked = bool(self._fill.value), bool(self._stroke.value)
        if not (filled or stroked):
            return
        bounds = self._bounds(item)
        if bounds[2] - bounds[0] <= THIN or bounds[3] - bounds[1] <= THIN:
            self.lines.append(_moved(bounds, matrix))
            return
        corners = pdfium.FPDFPath_CountSegments(_handle(item))
        if corners > _CORNERS:
            return
        if not stroked and corners in _RECTANGLE:
            self.areas.append(_moved(bounds, matrix))
            return
        whole = _times(_matrix(item), matrix)
        for points in self._figures(_handle(item), corners):
            self._figure([_at(x, y, whole) for x, y in points], stroked)

    def _figures(self, item: Any, corners: int) -> Iterator[list[tuple[float, float]]]:
        """The closed or open figures of a path; those with curves are left out."""
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(corners):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                if not curved:
                    yield points
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            pdfium.FPDFPathSegment_GetPoint(segment, *self._point)
            points.append((self._x.value, self._y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points and not curved:
            yield points

    def _figure(self, points: list[tuple[float, float]], stroked: bool) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            self.lines.append(box)
            return
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                if abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT:
                    self.lines.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        elif (
            len(points) <= 6
            and len({round(x) for x in xs}) <= 2
            and len({round(y) for y in ys}) <= 2
        ):
            self.areas.append(box)


def _handle(item: int) -> Any:
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _matrix(item: int) -> Matrix:
    told = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(_handle(item), ctypes.byref(told)):
        return _IDENTITY
    return (told.a, told.b, told.c, told.d, told.e, told.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _at(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == _IDENTITY:
        return box
    (x0, y0), (x1, y1) = _at(box[0], box[1], matrix), _at(box[2], box[3], matrix)
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _array(boxes: list[Box]) -> np.ndarray:
    return np.array(boxes, dtype=float).reshape(-1, 4)
