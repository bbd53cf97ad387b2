"""One file → what it holds, whatever happens: reports, tidy cells, or the reason there is neither."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import NoTextError, UnreadableError
from audit.loaders import loader_for
from audit.loaders.archive import is_archive, unpacked
from audit.loaders.base import Limits, Source, Tidy
from audit.pages import together
from audit.report import Report

if TYPE_CHECKING:
    from audit.document import Document
    from audit.identity import RosterIndex
    from rules.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and in which role; `refused` is why it must not be (see `REASONS`).

    An archive whose reading ended early is taken up again: `done` members have their readings, and
    the next one is `lost` for that reason and detail.
    """

    path: Path
    name: str
    role: str = "report"
    refused: str | None = None
    done: int = 0
    lost: tuple[str, str] | None = None
    #: The pictures of the same report's other pages.
    pages: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files that are read."""
        return (self.path, *self.pages)


@dataclass(frozen=True, slots=True)
class Ways:
    """How files are read: limits, helpers at hand, the names that the roster knows."""

    limits: Limits = field(default_factory=Limits)
    ocr: bool = True
    office: str | None = None
    #: Where files lie that were converted beforehand (see `audit.reading.together`).
    converted: Path | None = None
    roster: RosterIndex | None = None
    #: Patterns of claims beside the built-in ones.
    patterns: tuple[Pattern, ...] = ()
    #: Where parts of large tidy files are put away; without it they come whole.
    folder: Path | None = None
    #: Digest of the roster and the own patterns, by which the cache tells runs apart.
    mark: str = ""


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
    #: `Tidy`, or what the call's `take` makes of it.
    tidy: tuple[Any, ...] = ()
    #: Set where a loader failed in a way it does not own up to: ours, not the file's.
    crash: str | None = None


def _as_it_is(tidy: Tidy) -> Any:
    return tidy


def read(task: Task, ways: Ways) -> list[Reading]:
    """Read a file; an archive gives a reading for each member. Raises nothing, whatever comes."""
    return [reading for reading in stepwise(task, ways) if reading is not None]


def stepwise(
    task: Task, ways: Ways, take: Callable[[Tidy], Any] = _as_it_is
) -> Iterator[Reading | None]:
    """The same one by one; None says that this is an archive, whose members follow.

    Large tidy files come in parts, each of which `take` may put away before the next is read.
    """
    source = _source(task.path, task.name, task.pages, ways)
    try:
        if task.refused is not None:
            raise UnreadableError(task.refused)
        _look(source)
        if not is_archive(source):
            yield _read_one(source, task.role, ways, take)
            return
        with unpacked(source) as members:
            if not members:
                raise UnreadableError("empty")
            yield None
            bound = together(["" if m.error else m.name for m in members])
            rest = {page for pages in bound.values() for page in pages}
            for number, member in enumerate(members[task.done :], start=task.done):
                error = member.error
                if number == task.done and task.lost is not None:
                    error = UnreadableError(*task.lost)
                pages = tuple(members[page].path for page in bound.get(number, ()))
                one = _source(member.path, member.name, pages, ways)
                if number in rest:
                    yield Reading(one.name, task.role, "skipped", digest(one), "page")
                elif error is not None:
                    yield _failed(one, task.role, error)
                else:
                    yield _read_one(one, task.role, ways, take)
    except Exception as error:
        yield _unread(source, task.role, error)


def _source(path: Path, name: str, pages: tuple[Path, ...], ways: Ways) -> Source:
    return Source(path, name, ways.limits, ways.ocr, ways.office, pages, ways.converted)


def _look(source: Source) -> None:
    """See that it is a file, and none too large, before anything opens it: pipes never end.

    Raises:
        UnreadableError: it is not.
    """
    try:
        seen = source.path.stat()
    except (OSError, ValueError) as error:
        raise UnreadableError("missing", getattr(error, "strerror", None) or "") from error
    if stat.S_ISDIR(seen.st_mode):
        raise UnreadableError("folder")
    if not stat.S_ISREG(seen.st_mode):
        raise UnreadableError("special")
    if seen.st_size > source.limits.file_mb * 2**20:
        size = f"{seen.st_size / 2**20:.0f} MB > {source.limits.file_mb} MB"
        raise UnreadableError("limit", size)


def _read_one(source: Source, role: str, ways: Ways, take: Callable[[Tidy], Any]) -> Reading:
    try:
        documents, tidy = [], []
        for found in loader_for(source).load(source):
            if not isinstance(found, Tidy):
                documents.append(found)
            elif len(found.frame):
                tidy.append(take(found))
        if not documents and not tidy:
            raise UnreadableError("empty")
        reports = tuple(r for d in documents for r in _reports(d, ways))
        lists = not reports and any(_is_list(d) for d in documents)
    except Exception as error:
        return _unread(source, role, error)
    outcome, reason = ("F002", "unit_list") if lists else _outcome(reports, tuple(tidy))
    return Reading(source.name, role, outcome, digest(source), reason, "", reports, tuple(tidy))


def _unread(source: Source, role: str, error: Exception) -> Reading:
    """Why a file could not be read; what no loader owns up to is a fault of ours as well."""
    if isinstance(error, RecursionError):
        error = UnreadableError("limit", "nesting")
    elif isinstance(error, MemoryError) or "bad_alloc" in str(error):  # C++ has its own name for it
        error = UnreadableError("limit", "memory")
    if isinstance(error, UnreadableError):
        return _failed(source, role, error)
    told = f"{type(error).__name__}: {error}"
    return replace(_failed(source, role, UnreadableError("crashed", told)), crash=told)


def _outcome(reports: tuple[Report, ...], tidy: tuple[Any, ...]) -> tuple[str, str | None]:
    if not reports and not tidy:
        return "F002", "not_report"
    known = [(r.identity.unit, r.identity.year) for r in reports]
    if known and all(year is not None and year < 2019 for _, year in known):
        return "skipped", "old_form"
    if any(unit is None for unit, _ in known):
        return "F002", "no_unit"
    if any(year is None for _, year in known):
        return "F002", "no_year"
    return "audited", None


def _reports(document: Document, ways: Ways) -> Iterator[Report]:
    """The reports in a document, or else those of the units that it lists."""
    from audit.recognise.roll import may_list

    if not may_list(document.blocks):
        yield from _printed(document, ways)
        return
    from audit.reading.listed import listed_reports

    listed = listed_reports(document, ways.roster)
    own = list(_printed(replace(document, blocks=listed.rest), ways))
    yield from own if any(map(_says_something, own)) else listed.reports or own


def _says_something(report: Report) -> bool:
    """Whether a report is more than an empty form beside a list."""
    headed = any(s.key not in (None, "preamble") for s in report.body.sections)
    return headed or any(c.value is not None for c in report.body.cells)


def _printed(document: Document, ways: Ways) -> Iterator[Report]:
    from audit.identity import identify, is_companion
    from audit.recognise import recognise

    seen: set[tuple[Any, ...]] = set()
    for part in recognise(document):
        unread = all(cell.value is None for cell in part.body.cells)
        if not part.body.is_report or (unread and _is_list(document)):
            continue
        name = part.name or document.part
        who = identify(replace(document, part=name), part.body, ways.roster)
        if who.title and is_companion(who.title) and not part.body.has_cells:
            continue  # it explains a report, and is none
        told = (who.unit, who.year, *((c.address, c.value) for c in part.body.cells))
        if None not in told[:2] and not unread and told in seen:
            continue  # a page that holds its article twice, for large screens and for small
        seen.add(told)
        yield Report(document.file, name, who, part.body)


def _is_list(document: Document) -> bool:
    from audit.recognise.roll import lists_units, may_list

    if lists_units(document.blocks):
        return True
    if not may_list(document.blocks):
        return False
    from audit.recognise.summary import lists

    return lists(document.blocks)


def _failed(source: Source, role: str, error: UnreadableError) -> Reading:
    code = "F003" if isinstance(error, NoTextError) else "F001"
    return Reading(source.name, role, code, digest(source), error.reason, error.detail)


def digest(source: Source) -> str:
    """SHA-256 of the file's bytes; empty where it can't be read, or is too large to be.

    Of pages in several files that of their digests.
    """
    if source.pages:
        paths = (source.path, *source.pages)
        own = [digest(replace(source, path=path, pages=())) for path in paths]
        return hashlib.sha256("\n".join(own).encode()).hexdigest() if all(own) else ""
    if "data" in vars(source):  # its loader has read it
        return hashlib.sha256(source.data).hexdigest()
    hashed = hashlib.sha256()
    try:
        seen = source.path.stat()
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > source.limits.file_mb * 2**20:
            return ""
        with source.path.open("rb") as stream:
            for chunk in iter(lambda: stream.read(1 << 20), b""):
                hashed.update(chunk)
    except (OSError, ValueError):
        return ""
    return hashed.hexdigest()
