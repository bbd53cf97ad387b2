"""One file → what it holds, whatever happens: reports, tidy cells, or the reason there is neither."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import NoTextError, UnreadableError
from audit.loaders import loader_for
from audit.loaders.archive import is_archive, unpacked
from audit.loaders.base import Limits, Source, Tidy
from audit.report import Report

if TYPE_CHECKING:
    from audit.document import Document
    from audit.identity import RosterIndex
    from rules.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and in which role."""

    path: Path
    name: str
    role: str = "report"


@dataclass(frozen=True, slots=True)
class Ways:
    """How files are read: limits, helpers at hand, the names that the roster knows."""

    limits: Limits = field(default_factory=Limits)
    ocr: bool = True
    office: str | None = None
    roster: RosterIndex | None = None
    #: Patterns of claims beside the built-in ones.
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file (or of one member of an archive).

    `outcome` is `audited`, `skipped` or the code of a finding of family F; `reason` is a key of
    `audit.errors.REASONS`. A report whose unit or year is unknown is there and is F002 too.
    """

    file: str
    role: str
    outcome: str
    digest: str = ""
    reason: str | None = None
    detail: str = ""
    reports: tuple[Report, ...] = ()
    tidy: tuple[Tidy, ...] = ()
    #: Set where a loader failed in a way it does not own up to: ours, not the file's.
    crash: str | None = None


def read(task: Task, ways: Ways) -> list[Reading]:
    """Read a file; an archive gives a reading for each member. Raises nothing for bad input."""
    source = Source(task.path, task.name, ways.limits, ways.ocr, ways.office)
    try:
        if not is_archive(source):
            return [_read_one(source, task.role, ways)]
        with unpacked(source) as members:
            if not members:
                return [_failed(source, task.role, UnreadableError("empty"))]
            return [
                _failed(source, task.role, m.error, m.name)
                if m.error is not None
                else _read_one(
                    Source(m.path, m.name, ways.limits, ways.ocr, ways.office), task.role, ways
                )
                for m in members
            ]
    except UnreadableError as error:
        return [_failed(source, task.role, error)]


def _read_one(source: Source, role: str, ways: Ways) -> Reading:
    try:
        loaded = list(loader_for(source).load(source))
        documents = [d for d in loaded if not isinstance(d, Tidy)]
        tidy = tuple(d for d in loaded if isinstance(d, Tidy))
        reports = tuple(r for d in documents for r in _reports(d, ways))
    except UnreadableError as error:
        return _failed(source, role, error)
    except RecursionError:
        return _failed(source, role, UnreadableError("limit", "nesting"))
    except MemoryError:
        return _failed(source, role, UnreadableError("limit", "memory"))
    except Exception as error:  # one file of a kind we did not foresee must not cost the others
        told = f"{type(error).__name__}: {error}"
        return replace(_failed(source, role, UnreadableError("crashed", told)), crash=told)
    outcome, reason = _outcome(reports, tidy)
    return Reading(source.name, role, outcome, digest(source), reason, "", reports, tidy)


def _outcome(reports: tuple[Report, ...], tidy: tuple[Tidy, ...]) -> tuple[str, str | None]:
    if not reports and not tidy:
        return "F002", "not_report"
    for report in reports:
        who = report.identity
        if who.year is not None and who.year < 2019:
            return "skipped", "old_form"
        if who.unit is None or who.year is None:
            return "F002", "no_unit" if who.unit is None else "no_year"
    return "audited", None


def _reports(document: Document, ways: Ways) -> Iterator[Report]:
    from audit.identity import identify
    from audit.recognise import recognise

    for part in recognise(document):
        if not part.body.is_report:
            continue
        name = part.name or document.part
        who = identify(replace(document, part=name), part.body, ways.roster)
        yield Report(document.file, name, who, part.body)


def _failed(source: Source, role: str, error: UnreadableError, name: str | None = None) -> Reading:
    code = "F003" if isinstance(error, NoTextError) else "F001"
    return Reading(name or source.name, role, code, digest(source), error.reason, error.detail)


def digest(source: Source) -> str:
    """SHA-256 of the file's bytes; empty where it can't be read."""
    hashed = hashlib.sha256()
    try:
        with source.path.open("rb") as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                hashed.update(chunk)
    except OSError:
        return ""
    return hashed.hexdigest()
