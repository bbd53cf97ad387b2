"""Reading a file and packing what it holds: the work that is given to processes and machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import index
from typing import TYPE_CHECKING, Any

from audit.claims import claims_of_report
from audit.reading.one_file import Reading, Task, Ways, stepwise
from audit.reading.packed import FRAMES, SMALL, Columns, Packed
from audit.report import Report
from rules.columns import COLUMNS
from rules.form import all_addresses, edition_for
from rules.patterns import Pattern
from rules.status import Status

if TYPE_CHECKING:
    from audit.frames import Block
    from audit.loaders.base import Tidy
    from audit.spill import Stored
    from audit.tidy_frames import Found


def packed_stepwise(task: Task, ways: Ways) -> Iterator[Packed | None]:
    """Read a file and pack what it holds, one by one as `audit.reading.one_file.stepwise`; raises nothing."""
    for reading in stepwise(task, ways, partial(_taken, task.role, ways)):
        try:
            yield None if reading is None else pack(reading, ways.patterns)
        except MemoryError:
            yield _unpacked(reading, "limit", "memory")
        except Exception as error:  # a fault of ours in one report must not cost the others
            told = f"{type(error).__name__}: {error}"
            yield replace(_unpacked(reading, "crashed", told), crash=told)


def _taken(role: str, ways: Ways, tidy: Tidy) -> Found | Block | Stored:
    """A part of a tidy file; a large one as frames, in files where there is a place for them."""
    from audit.identity import named
    from audit.tidy_frames import from_tidy

    found = from_tidy(tidy, role, partial(named, roster=ways.roster))
    if found.size <= SMALL:
        return found
    if ways.folder is None:
        return found.block()
    from audit.spill import store

    return store(found.block(), ways.folder)


def _unpacked(reading: Reading | None, reason: str, detail: str) -> Packed:
    assert reading is not None  # nothing fails in packing nothing
    return Packed(reading.file, reading.role, "F001", reading.digest, reason, detail)


def pack(reading: Reading, own: tuple[Pattern, ...] = ()) -> Packed:
    """A reading in plain columns; of one that was skipped only why. `own` are patterns of claims."""
    blocks: tuple[Block | Stored, ...] = ()
    columns: Columns = {}
    status: list[str] = []
    if reading.outcome != "skipped":
        if reading.reports:
            columns, status = _of_reports(reading.reports, reading.role, own)
        if reading.tidy:
            from audit.tidy_frames import Found

            if len(reading.tidy) == 1 and isinstance(reading.tidy[0], Found):
                columns, status = reading.tidy[0].plain()
            else:
                blocks = tuple(t.block() if isinstance(t, Found) else t for t in reading.tidy)
    return Packed(
        file=reading.file,
        role=reading.role,
        outcome=reading.outcome,
        digest=reading.digest,
        reason=reading.reason,
        detail=reading.detail,
        crash=reading.crash,
        columns=columns,
        status=tuple(status),
        blocks=blocks,
    )


def _of_reports(
    reports: Sequence[Report], role: str, own: tuple[Pattern, ...]
) -> tuple[Columns, list[str]]:
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in FRAMES}
    status = []
    groups = 0
    for number, report in enumerate(reports):
        rows["reports"].append(_head(report, role))
        status.append(_add_cells(rows["cells"], number, report))
        groups = _add_text(rows, number, report, groups, own)
    columns = {
        name: [list(column) for column in zip(*found, strict=True)]
        if found
        else [[] for _ in COLUMNS[name]]
        for name, found in rows.items()
    }
    return columns, status


def _head(report: Report, role: str) -> tuple[Any, ...]:
    who = report.identity
    edition = report.body.edition or (edition_for(who.year) if who.year else None)
    return (
        who.unit,
        who.county,
        who.level,
        who.year,
        edition,
        role,
        report.file,
        report.part,
        who.title,
        who.issuer,
        who.published,
        who.period_from,
        who.period_to,
        report.body.text,
    )


def _add_text(
    rows: Mapping[str, list[tuple[Any, ...]]],
    number: int,
    report: Report,
    groups: int,
    own: tuple[Pattern, ...],
) -> int:
    """Sections, observations, evidence and claims; the number of claims' groups so far."""
    who, body = report.identity, report.body
    sections = []
    for order, section in enumerate(body.sections):
        place, text = str(section.place), section.text
        rows["sections"].append(
            (number, order, section.key, section.number, section.title, text, place)
        )
        sections.append((section.key, text, place))
    rows["observations"].extend(
        (number, o.kind, o.table, o.item, o.text, str(o.place)) for o in body.observations
    )
    rows["evidence"].extend(
        (number, e.about, e.source, e.value, e.text, str(e.place)) for e in who.evidence
    )
    last = groups
    for claim in claims_of_report(sections, who.year, who.level, own):
        if claim.get("group") is not None:
            claim["group"] += groups
            last = max(last, claim["group"] + 1)
        claim["report"] = number
        rows["claims"].append(tuple(claim.get(name) for name in COLUMNS["claims"]))
    return last


def _add_cells(rows: list[tuple[Any, ...]], number: int, report: Report) -> str:
    known = dict.fromkeys(all_addresses(), int(Status.OUTSIDE))
    absent = (int(Status.ABSENT), int(Status.OUTSIDE))
    for cell in report.body.cells:
        status = known[cell.address] = index(cell.status)  # int() takes five times as long
        if status not in absent:
            rows.append(
                (
                    number,
                    cell.address,
                    cell.value,
                    cell.raw,
                    status,
                    cell.plain,
                    cell.doubt or None,
                    str(cell.place),
                )
            )
    return bytes(known.values()).hex()
