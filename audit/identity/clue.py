"""A piece of evidence and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from audit.document import Place
from audit.identity.names import Name, split
from audit.report import Evidence


class Trust(IntEnum):
    """How much a source is trusted, best first; of equals the first met counts."""

    TITLE = 0
    PAGE_TITLE = 1
    LETTERHEAD = 2
    PERIOD = 3
    SPOKEN = 4
    SIGNATURE = 5
    ISSUER = 6
    PUBLISHER = 7
    CONTACT = 8
    TEXT = 9
    PUBLISHED = 10
    TRAIL = 11
    FILE_TITLE = 12
    PART = 13
    FILE = 14
    FOLDER = 15


class Clue(NamedTuple):
    """A piece of evidence with what it is worth; `name` is set for clues about the unit."""

    trust: Trust
    evidence: Evidence
    name: Name | None = None


def unit_clue(trust: Trust, source: str, raw: str, text: str, place: Place) -> Iterator[Clue]:
    """A clue about the unit, if the words name one."""
    name = split(raw)
    if name is not None:
        yield Clue(trust, Evidence("unit", source, name.unit, text, place), name)


def year_clue(trust: Trust, source: str, year: int, text: str, place: Place) -> Clue:
    """A clue about the year."""
    return Clue(trust, Evidence("year", source, str(year), text, place))
