"""Cells drawn on a PDF page and the characters in them → grids with rows, columns and spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tablers import find_all_cells_bboxes, find_tables_from_cells

from audit.document import Cell, Grid, Place
from audit.loaders._pdf_chars import UNKNOWN, Characters, turned
from audit.loaders._pdf_lines import lines_of, text_of

#: Edges closer than this (points) are one edge.
_CLOSE = 2.5
_LOST = "字体缺少编码信息，文字无法确认"
_DIGITS = frozenset("0123456789")


def cell_boxes(page: Any) -> list[tuple[float, float, float, float]]:
    """The boxes of all cells that rulings draw, downwards from the upper left as tablers has them."""
    found = find_all_cells_bboxes(
        page,
        vertical_strategy="lines",
        horizontal_strategy="lines",
        exclude_background_colored_edges=False,
    )
    return [tuple(box) for box in found]


def grids(
    boxes: Sequence[tuple[float, float, float, float]],
    found: Characters,
    page: int,
    size: tuple[float, float],
) -> tuple[list[tuple[float, Grid]], np.ndarray]:
    """Each table with its top, and which characters (bool) stand in one.

    Boxes drawn around running text (one column, or several figures in a cell) are no table.
    """
    inside = np.zeros(len(found.text), dtype=bool)
    if len(boxes) < 4 or not len(found.text):
        return [], inside
    width, height = size
    upright = np.array(boxes, dtype=float)
    upwards = np.stack(
        [upright[:, 0], height - upright[:, 3], upright[:, 2], height - upright[:, 1]], axis=1
    )
    cells = turned(upwards, found.turns, width, height)
    shift = np.minimum(cells.min(axis=0)[[0, 1, 0, 1]], 0)
    tables = find_tables_from_cells(
        [tuple(c) for c in (cells - shift).tolist()], extract_text=False
    )
    result = []
    for table in tables:
        own = np.array([c.bbox for c in table.cells]) + shift
        grid, members = _grid(own, found, page)
        if grid is not None:
            result.append((float(own[:, 1].min()), grid))
            inside[members] = True
    return result, inside


def _grid(boxes: np.ndarray, found: Characters, page: int) -> tuple[Grid | None, np.ndarray]:
    columns, rows = _edges(boxes[:, [0, 2]]), _edges(boxes[:, [1, 3]])
    members = np.flatnonzero(
        _within(found.boxes, boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0))
    )
    if len(columns) < 3 or len(rows) < 2:
        return None, members
    home = _home(found.boxes[members], boxes)
    cells = []
    for number, box in enumerate(boxes):
        left, right = _at(columns, box[0]), _at(columns, box[2])
        top, bottom = _at(rows, box[1]), _at(rows, box[3])
        if right <= left or bottom <= top:
            continue
        own = members[home == number]
        lines = lines_of([found.text[i] for i in own], found.boxes[own])
        text = text_of(lines)
        cells.append(
            Cell(
                text=text,
                row=top,
                column=left,
                place=Place(page=page, row=top + 1, column=left + 1, box=tuple(map(float, box))),
                row_span=bottom - top,
                column_span=right - left,
                confidence=0.0 if UNKNOWN in text else 1.0,
                doubt=_LOST if UNKNOWN in text else "",
            )
        )
    if _runs_of_text(cells):
        return None, members
    table = _apart(cells)
    rim = _boxed_text(table, len(columns) - 1)
    text = {tuple(map(float, c.place.box or ())) for c in rim}
    keep = np.array(
        [home_of < 0 or tuple(map(float, boxes[home_of])) not in text for home_of in home]
    )
    kept = tuple(c for c in table if c not in rim)
    return (Grid(kept, Place(page=page)) if kept else None), members[keep]


def _boxed_text(cells: list[Cell], width: int) -> list[Cell]:
    """Full-width cells above and below the table proper: running text in a box drawn around it."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    found: list[Cell] = []
    for order in (sorted(rows), sorted(rows, reverse=True)):
        for row in order:
            if len(rows[row]) != 1 or rows[row][0].column_span != width:
                break
            found += rows[row]
    return found


def _apart(cells: list[Cell]) -> list[Cell]:
    """Cells that do not overlap: of two drawn over one another the smaller stays."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for cell in sorted(cells, key=lambda c: c.row_span * c.column_span):
        area = {
            (r, c)
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        }
        if not area & taken:
            taken |= area
            kept.append(cell)
    return sorted(kept, key=lambda c: (c.row, c.column))


def _runs_of_text(cells: list[Cell]) -> bool:
    """Whether rows are not divided into cells: several figures, parted by blanks, in one."""
    crowded = sum(len([w for w in c.text.split() if set(w) <= _DIGITS]) >= 3 for c in cells)
    return crowded >= 2 or (crowded == 1 and len(cells) <= 3)


def _edges(values: np.ndarray) -> np.ndarray:
    """Distinct edges, those close to one another as one (their mean), ascending."""
    ordered = np.sort(values.reshape(-1))
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > _CLOSE) + 1)
    return np.array([group.mean() for group in groups])


def _at(edges: np.ndarray, value: float) -> int:
    return int(np.abs(edges - value).argmin())


def _within(boxes: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    return ((centre >= low) & (centre <= high)).all(axis=1)


def _home(boxes: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """For each character the smallest cell that holds its centre; -1 for none."""
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    area = (cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1])
    holds = (
        (centre[:, None, 0] >= cells[None, :, 0])
        & (centre[:, None, 0] < cells[None, :, 2])
        & (centre[:, None, 1] >= cells[None, :, 1])
        & (centre[:, None, 1] < cells[None, :, 3])
    )
    size = np.where(holds, area[None, :], np.inf)
    best = size.argmin(axis=1)
    return np.where(holds.any(axis=1), best, -1)
