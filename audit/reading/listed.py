"""A document that lists units, a row or a column for each → a report for each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from audit.document import Block, Document
from audit.identity import RosterIndex
from audit.identity.listed import head, listed, names
from audit.recognise.summary import Share, body, listing, placed, unit_tables, without
from audit.recognise.summary.columns import Placed
from audit.recognise.summary.grids import Table
from audit.recognise.summary.lines import gridded, without_lines
from audit.report import Identity, Report
from rules.form import edition_for

#: The form by which labels are told where no title names the year.
_LATEST = 2021


@dataclass(slots=True)
class _Unit:
    who: Identity
    shares: list[Share] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """The reports of a document's lists of units, and its blocks without these lists."""

    reports: tuple[Report, ...]
    rest: tuple[Block, ...]


def listed_reports(document: Document, roster: RosterIndex | None) -> Listed:
    """Every unit's report out of the lists; none where these are not certainly the form's tables.

    A unit's lines in several lists of one year are one report; several in one list are several.
    """
    blocks = gridded(document.blocks)
    tables = unit_tables(blocks)
    units: dict[tuple[object, ...], _Unit] = {}
    columns: dict[int | None, list[Placed]] = defaultdict(list)
    unread: list[Table] = []
    for table in tables:
        one = listing(table)
        told = head(document, one.titles if one is not None else ())
        own = placed(one, _edition(told.year)) if one is not None else None
        if one is None or own is None:
            unread.append(table)
            continue
        columns[told.year].append(own)
        lines = {id(line.name): line for line in one.lines}
        times: Counter[object] = Counter()
        for cell, name in names(told, [line.name for line in one.lines], roster):
            line = lines[id(cell)]
            if not line.is_filled and (name is None or name.level is None):
                continue  # the heading of a group of units
            written = name.unit if name is not None else None
            times[written] += 1
            key = (told.year, written, times[written])
            unit = units.setdefault(key, _Unit(listed(told, name, cell)))
            unit.shares.append(Share(one, own, line))
    places = [table.place for table in unread]
    reports = tuple(
        Report(
            document.file,
            unit.who.unit,
            unit.who,
            body(unit.shares, columns[unit.who.year], _edition(unit.who.year), places),
        )
        for unit in units.values()
    )
    kept = [table for table in unread if not table.is_pure]
    lists = [table for table in tables if table not in kept]
    return Listed(reports, tuple(without_lines(without(blocks, lists))))


def _edition(year: int | None) -> int:
    return (edition_for(year) if year is not None else None) or _LATEST
