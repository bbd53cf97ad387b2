"""Pages of two columns, and sheets of two pages, in parts that are read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.document import Block, Grid, Place
from audit.loaders._pdf_chars import Characters, Frame
from audit.loaders._pdf_gutters import Gutter

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its characters, lines, filled areas and pictures (each n × 4).

    They stand `shift` points farther left than on the page.
    """

    found: Characters
    lines: np.ndarray
    areas: np.ndarray
    pictures: np.ndarray
    shift: float = 0.0


def parts(page: Part, told: Sequence[Gutter]) -> list[Part]:
    """A page's parts in reading order, as these gutters part it; without any, itself."""
    return [p for p in _parted(page, told) if len(p.found) or len(p.pictures)] if told else [page]


def _parted(page: Part, told: Sequence[Gutter]) -> Iterator[Part]:
    width, height = page.found.frame.size
    top = 0.0
    for g in told:
        yield _part(page, (0.0, top, width, g.top))
        yield _part(page, (0.0, g.top, (g.left + g.right) / 2, g.bottom))
        yield _part(page, ((g.left + g.right) / 2, g.top, width, g.bottom), g.shift)
        top = g.bottom
    yield _part(page, (0.0, top, width, height))


def _part(page: Part, box: _Box, shift: float = 0.0) -> Part:
    """What has its middle in a box; what reaches over the page's rim belongs there, too."""
    found = page.found
    width, height = found.frame.size
    own = _within(found.boxes, box, (width, height))
    moved = np.array([shift, 0.0, shift, 0.0])
    frame = Frame(0.0, 0.0, box[2] - shift, height)
    inside = (
        boxes[_within(boxes, box, (width, height))] - moved
        for boxes in (page.lines, page.areas, page.pictures)
    )
    kept = (found.text[own], found.boxes[own] - moved, found.bases[own], found.spaced[own])
    lines, areas, pictures = inside
    return Part(Characters(*kept, frame), lines, areas, pictures, shift)


def _within(boxes: np.ndarray, box: _Box, size: tuple[float, float]) -> np.ndarray:
    middle = np.clip((boxes[:, :2] + boxes[:, 2:]) / 2, 0.0, np.array(size) - 0.01)
    return ((middle >= box[:2]) & (middle < box[2:])).all(axis=1)


def put_back(blocks: Sequence[Block], origins: Sequence[tuple[int, float]]) -> list[Block]:
    """Blocks whose places name parts (from 1) as pages, with the pages' own numbers and boxes.

    `origins` holds each part's page and how far it was moved.
    """
    if all(part == (number, 0.0) for number, part in enumerate(origins, start=1)):
        return list(blocks)

    def back(place: Place) -> Place:
        if place.page is None:
            return place
        page, shift = origins[place.page - 1]
        box = place.box and (place.box[0] + shift, place.box[1], place.box[2] + shift, place.box[3])
        return replace(place, page=page, box=box)

    return [
        replace(
            b, place=back(b.place), cells=tuple(replace(c, place=back(c.place)) for c in b.cells)
        )
        if isinstance(b, Grid)
        else replace(b, place=back(b.place))
        for b in blocks
    ]
