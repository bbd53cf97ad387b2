"""Whose figures the lines of a list of units are, and of which year: its title, its sheet, its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.document import Cell, Document, Paragraph
from audit.identity.filename import file_clues, path_of
from audit.identity.names import GOVERNMENTS, HAN, Name, split
from audit.identity.roster import RosterIndex
from audit.identity.title import YEAR, arabic
from audit.recognise.normalise import squeezed
from audit.report import Evidence, Identity

_YEAR = re.compile(YEAR)
_COUNTY = re.compile(rf"[{HAN}]{{2,12}}?(?:自治县|[县区市旗])")
#: The longest title.
_TITLE = 60


class Head(NamedTuple):
    """What stands above a list: its year, the county whose units these are, and where it says so."""

    year: int | None
    county: str | None
    evidence: tuple[Evidence, ...]


def head(document: Document, titles: Sequence[Paragraph]) -> Head:
    """Year and county of a list; the nearest title that names one year, else the file's name."""
    year, evidence = _year(document, titles)
    lines = [squeezed(p.text) for p in titles] + [squeezed(path_of(document).stem)]
    county = next((c for line in lines if (c := _county(line)) is not None), None)
    return Head(year, county, evidence)


def _year(
    document: Document, titles: Sequence[Paragraph]
) -> tuple[int | None, tuple[Evidence, ...]]:
    for line in reversed(titles):
        if years := _years(line):
            return _only(years, line)
    told = [b for b in document.blocks if isinstance(b, Paragraph) and _years(b)]
    if told:
        return _only({year for line in told for year in _years(line)}, told[0])
    clues = [c.evidence for c in file_clues(document) if c.evidence.about == "year"]
    return (int(clues[0].value), (clues[0],)) if clues else (None, ())


def _years(line: Paragraph) -> set[int | None]:
    """The years that a title names; a longer text names any."""
    plain = squeezed(line.text) if len(line.text) <= _TITLE else ""
    return {arabic(m[0]) for m in _YEAR.finditer(plain)}


def _only(years: set[int | None], line: Paragraph) -> tuple[int | None, tuple[Evidence, ...]]:
    """The year, if it is one alone."""
    year = years.pop()
    if years or year is None:
        return None, ()
    return year, (Evidence("year", "title", str(year), squeezed(line.text), line.place),)


def _county(line: str) -> str | None:
    bare = _YEAR.sub("", line).lstrip("年度")
    found = _COUNTY.match(bare)
    name = split(found[0]) if found is not None else None
    return name.unit if name is not None and name.level in ("county", "city") else None


def names(
    told: Head, cells: Sequence[Cell], roster: RosterIndex | None
) -> Iterator[tuple[Cell, Name | None]]:
    """The unit of each line; None for one without name. A government's among its own units' is a sum."""
    found = [(cell, _name(told, cell.text, roster)) for cell in cells]
    below = sum(n is not None and n.level not in GOVERNMENTS for _, n in found)
    for cell, name in found:
        if name is None or name.level not in GOVERNMENTS or 2 * below < len(found):
            yield cell, name


def _name(told: Head, written: str, roster: RosterIndex | None) -> Name | None:
    text = squeezed(written)
    if not text:
        return None
    name = split(text) or Name(text)
    listed = roster.find(name.unit, name.county or told.county) if roster is not None else None
    if listed is None:
        return name._replace(county=name.county or _above(told, name))
    county = name.county or listed.county or told.county
    return Name(listed.unit, county, listed.level or name.level)


def _above(told: Head, name: Name) -> str | None:
    return told.county if name.level not in GOVERNMENTS else None


def listed(told: Head, name: Name | None, cell: Cell) -> Identity:
    """The identity of one line's report."""
    if name is None:
        return Identity(year=told.year, evidence=told.evidence)
    own = Evidence("unit", "title", name.unit, squeezed(cell.text), cell.place)
    return Identity(
        unit=name.unit,
        county=name.county if name.level not in GOVERNMENTS else None,
        level=name.level,
        year=told.year,
        evidence=(own, *told.evidence),
    )
