"""Findings as notes at places of a document, and the document's own text at those places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.document import Cell, Document, Grid, Paragraph, Place
from rules.vocabulary import Text

_BLANKS = re.compile(r"\s+")
#: Who the notes are from.
AUTHOR = "nianbao"


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in words, and where it is: the written form of a `Place`, None for nowhere.

    `cells` are the addresses that stand there; they and the words it is about tell apart
    places that are written alike.
    """

    text: str
    location: str | None
    cells: tuple[str, ...] = ()
    excerpt: str | None = None


@dataclass(frozen=True)
class Spot:
    """What the loader found at a place: a cell with its row, or a paragraph.

    `text` is without blanks. `before` is the text of the first cell of the row, by which the row is
    known again; `nth` tells apart paragraphs of the same text, from 0.
    """

    place: Place
    text: str
    cell: Cell | None = None
    before: str = ""
    nth: int = 0


class NotAnnotatableError(Exception):
    """This copy can't be made; `reason` says why, for the clerk."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.zh)
        self.reason = reason


def bare(text: str | None) -> str:
    """Text without blanks, for comparing."""
    return _BLANKS.sub("", text or "")


def spots(documents: Iterable[Document]) -> dict[str, Spot]:
    """Every place of the documents by its written form, numbered where several are written alike."""
    found: dict[str, Spot] = {}
    alike: Counter[str] = Counter()
    for spot in _spots(documents):
        name = str(spot.place)
        alike[name] += 1
        found[name if alike[name] == 1 else f"{name}#{alike[name]}"] = spot
    return found


def _spots(documents: Iterable[Document]) -> Iterator[Spot]:
    seen: Counter[str] = Counter()
    for block in (b for d in documents for b in d.blocks):
        if isinstance(block, Grid):
            first: dict[int, str] = {}
            for cell in block.cells:
                label = first.setdefault(cell.row, bare(cell.text))
                yield Spot(cell.place, bare(cell.text), cell, label)
        elif isinstance(block, Paragraph):
            text = bare(block.text)
            yield Spot(block.place, text, nth=seen[text])
            seen[text] += 1


def placed(
    notes: Iterable[Note], at: Mapping[str, Spot], cells: Mapping[str, Sequence[Place]]
) -> dict[str | None, str]:
    """Notes by the key of their spot; those at the same one as one text, a note on a line.

    `cells` holds the places of each address. A note whose place can't be told from others that are
    written alike has no spot: a mark at a wrong place is worse than none.
    """
    alike: dict[str, list[str]] = {}
    for name, spot in at.items():
        alike.setdefault(str(spot.place), []).append(name)
    found: dict[str | None, list[str]] = {}
    for note in notes:
        key = _key(note, alike, at, cells)
        texts = found.setdefault(key, [])
        if note.text not in texts:
            texts.append(note.text)
    return {key: "\n".join(texts) for key, texts in found.items()}


def _key(
    note: Note,
    alike: Mapping[str, Sequence[str]],
    at: Mapping[str, Spot],
    cells: Mapping[str, Sequence[Place]],
) -> str | None:
    keys = alike.get(note.location or "", [])
    quoting = _quoting(note.excerpt, at)
    here = [k for k in quoting if k in keys]
    if here or len(quoting) == 1:
        return (here or quoting)[0]
    if len(keys) < 2:
        return note.location
    if all(at[k].cell is None for k in keys) and note.location and note.location[:4] == "line":
        return keys[0]  # lines of one paragraph
    places = {p for a in note.cells for p in cells.get(a, ()) if str(p) == note.location}
    fitting = [k for k in keys if at[k].place in places]
    return fitting[0] if len(fitting) == 1 else None


def _quoting(excerpt: str | None, at: Mapping[str, Spot]) -> list[str]:
    """The paragraphs that hold these words: a finding's own place may be its section's heading."""
    words = bare(excerpt)
    return [k for k, s in at.items() if words and s.cell is None and words in s.text]
