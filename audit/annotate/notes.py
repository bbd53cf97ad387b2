"""Findings as notes at places of a document, and the document's own text at those places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audit.document import Cell, Document, Grid, Paragraph

_BLANKS = re.compile(r"\s+")
#: Who the notes are from.
AUTHOR = "nianbao"


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in words, and where it is: the written form of a `Place`, None for nowhere."""

    text: str
    location: str | None
    severity: str


@dataclass(frozen=True)
class Spot:
    """What the loader found at a place: a cell with its row, or a paragraph.

    `text` is without blanks. `before` is the text of the first cell of the row, by which the row is
    known again; `nth` tells apart paragraphs of the same text, from 0.
    """

    kind: str
    text: str
    cell: Cell | None = None
    before: str = ""
    nth: int = 0
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class NotAnnotatableError(Exception):
    """This copy can't be made; the message is the reason, for the clerk."""


def bare(text: str | None) -> str:
    """Text without blanks, for comparing."""
    return _BLANKS.sub("", text or "")


def spots(documents: Iterable[Document]) -> Mapping[str, Spot]:
    """Every place of the documents by its written form; of several the first."""
    found: dict[str, Spot] = {}
    seen: dict[str, int] = {}
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Grid):
                _grid(block, found)
            elif isinstance(block, Paragraph):
                text = bare(block.text)
                nth = seen.get(text, 0)
                seen[text] = nth + 1
                place = block.place
                spot = Spot("paragraph", text, nth=nth, page=place.page, box=place.box)
                found.setdefault(str(place), spot)
    return found


def _grid(grid: Grid, found: dict[str, Spot]) -> None:
    first: dict[int, str] = {}
    for cell in grid.cells:
        first.setdefault(cell.row, bare(cell.text))
        place = cell.place
        spot = Spot("cell", bare(cell.text), cell, first[cell.row], page=place.page, box=place.box)
        found.setdefault(str(place), spot)


def by_place(notes: Sequence[Note]) -> dict[str | None, str]:
    """Notes at the same place as one text, one a line; the gravest come first as they are given."""
    found: dict[str | None, list[str]] = {}
    for note in notes:
        texts = found.setdefault(note.location, [])
        if note.text not in texts:
            texts.append(note.text)
    return {place: "\n".join(texts) for place, texts in found.items()}
