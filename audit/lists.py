"""Lists of units beside these units' own reports: the reports count, the lists' lines do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.reading.packed import Packed
from rules.columns import COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_AT = {name: number for number, name in enumerate(COLUMNS["reports"])}
_KEY = ("role", "unit", "year", "county")


def is_list(reading: Packed) -> bool:
    """Whether a reading's reports are lines of a list of units: parts of a file, without text."""
    columns = reading.columns.get("reports")
    if not columns or not columns[0]:
        return False
    return not any(columns[_AT["text"]]) and all(columns[_AT["part"]])


#: Role, unit and year of reports → the counties they say they lie in.
Known = Mapping[tuple[str, str, int], set[str | None]]


def own_reports(frames: Iterable[pd.DataFrame]) -> Known:
    """The reports in these frames, none of which is a list's line."""
    known: dict[tuple[str, str, int], set[str | None]] = {}
    for frame in frames:
        for key, county in _keys([frame[name].tolist() for name in _KEY]):
            if key[1]:
                known.setdefault(key, set()).add(county)
    return known


def without(reading: Packed, known: Known) -> Packed:
    """A list without the lines whose units have reports of their own; skipped if none is left."""
    columns = reading.columns["reports"]
    lines = list(_keys([columns[_AT[name]] for name in _KEY]))
    kept = [n for n, (key, county) in enumerate(lines) if not _is_one(county, known.get(key))]
    if len(kept) == len(lines):
        return reading
    if not kept:
        return Packed(reading.file, reading.role, "skipped", reading.digest, "list_known")
    return replace(
        reading,
        columns={name: _kept(name, own, kept) for name, own in reading.columns.items()},
        status=tuple(reading.status[n] for n in kept),
    )


def _keys(columns: Sequence[Sequence[Any]]) -> Iterator[tuple[tuple[str, str, int], str | None]]:
    from rules.units import plain_name

    for role, unit, year, county in zip(*columns, strict=True):
        named = isinstance(unit, str) and isinstance(year, int)
        key = (role, plain_name(unit), year) if named else (role, "", 0)
        yield key, county if isinstance(county, str) else None


def _is_one(county: str | None, counties: set[str | None] | None) -> bool:
    """Whether a unit of this county is one of the same name in these."""
    return counties is not None and (county is None or bool({None, county} & counties))


def _kept(name: str, columns: list[list[Any]], kept: Sequence[int]) -> list[list[Any]]:
    """A frame's columns with the rows of these reports, which are numbered anew."""
    if name == "reports":
        return [[column[n] for n in kept] for column in columns]
    numbers = {old: new for new, old in enumerate(kept)}
    rows = [n for n, report in enumerate(columns[0]) if report in numbers]
    chosen = [[column[n] for n in rows] for column in columns]
    return [[numbers[report] for report in chosen[0]], *chosen[1:]]
