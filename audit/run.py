"""A whole run, room after room: files, reading, frames, claims, checks, localisation, result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from audit import roster
from audit.config import Config
from audit.files import Found, find
from audit.findings import Crash, Result, Skipped
from audit.lists import is_list, own_reports, without
from audit.reading import queue
from audit.reading.one_file import Task, Ways
from audit.reading.packed import Packed
from audit.reading.queue import Means

if TYPE_CHECKING:
    import pandas as pd

    from audit.frames import Block
    from audit.identity import RosterIndex
    from audit.spill import Stored
    from rules.dataset import Dataset
    from rules.patterns import Pattern
    from rules.vocabulary import Rule

#: Files whose reports become frames at once.
BATCH = 256

#: Columns of the frame of files.
_FILES = ("file", "digest", "outcome", "reason", "detail")

#: Told of progress: what is done, how many of how many, and on which name.
Progress = Callable[[str, int, int, str], None]


def silent(step: str, done: int, of: int, name: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Call:
    """What a run is asked for; paths as the user gave them."""

    paths: Sequence[Path]
    config: Config = field(default_factory=Config)
    previous: Sequence[Path] = ()
    parent: Path | None = None
    roster: Path | None = None
    #: Whether the paths are a selection, of which nobody expects that it holds the whole roster.
    selected: bool = False
    means: Means = field(default_factory=Means)
    today: str | None = None
    #: Files under the paths that are none to read: baselines, outputs of this very run.
    apart: Sequence[Path] = ()
    progress: Progress = silent


@dataclass
class Loaded:
    """All that was read: the dataset, and what was met but not read."""

    data: Dataset
    skipped: list[Skipped]
    crashes: list[Crash]
    complete: bool = True
    #: Files that were read, and files whose readings the cache had.
    read: int = 0
    kept: int = 0
    #: The files that were to be read, as outputs call them.
    names: tuple[str, ...] = ()


def load(call: Call, meanwhile: Callable[[], object] = lambda: None) -> Loaded:
    """Read every file of a call into one dataset; `meanwhile` may be called while files are read."""
    names = roster.load(call.roster) if call.roster else None
    tasks, skipped = _tasks(call)
    met = _Met(skipped=skipped)
    ways = replace(_ways(call.config, names), folder=Path(met.folder.name))
    complete = _read(tasks, ways, call, met, meanwhile)
    data = _dataset(met, names, call)
    asked = tuple(task.name for task in tasks)
    return Loaded(data, met.skipped, met.crashes, complete, met.read, met.kept, asked)


def audit(call: Call) -> Result:
    """Read and check; the findings in a fixed order: by unit, year, rule."""

    @cache
    def rules() -> Mapping[str, Rule]:
        from audit.outcome import chosen  # pandas and pandera load while processes read

        return chosen(call.config)

    loaded = load(call, meanwhile=rules)
    from audit.outcome import settle

    result = settle(loaded, rules(), call.config, call.progress)
    homes = (call.roster, call.config.source, *call.paths)
    result.home = next((p for p in homes if p is not None), None)
    return result


def _tasks(call: Call) -> tuple[list[Task], list[Skipped]]:
    """Files in the roles they are named in; one named in two keeps parent, then previous."""
    parent = [call.parent] if call.parent else []
    others = [p for p in (call.roster, call.config.source, *call.apart) if p]
    tasks: list[Task] = []
    skipped: list[Skipped] = []
    taken: list[Path] = []
    for role, paths in (("parent", parent), ("previous", call.previous), ("report", call.paths)):
        found: list[Found] = find(paths, call.config.exclude, others, taken)
        taken += [f.path for f in found]
        tasks += [
            Task(f.path, f.name, role, f.refused, pages=f.pages) for f in found if f.skipped is None
        ]
        skipped += [Skipped(f.name, f.skipped) for f in found if f.skipped is not None]
    return tasks, skipped


def _own_patterns(config: Config) -> tuple[Pattern, ...]:
    if not config.patterns:
        return ()
    from audit.claims.own import own_patterns

    return own_patterns(config.patterns)


def _ways(config: Config, names: pd.DataFrame | None) -> Ways:
    return Ways(
        limits=config.limits,
        office=config.office,
        roster=None if names is None else _index(names),
        patterns=_own_patterns(config),
        mark=_mark(config, names),
    )


def _index(names: pd.DataFrame) -> RosterIndex:
    from audit.identity import RosterIndex

    return RosterIndex(names)


def _mark(config: Config, names: pd.DataFrame | None) -> str:
    hashed = hashlib.sha256(b"" if names is None else names.to_csv().encode())
    for path in config.patterns:
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()


def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True)


@dataclass
class _Met:
    """What was met so far: frames of the reports by batches, and a line for each file."""

    skipped: list[Skipped]
    crashes: list[Crash] = field(default_factory=list)
    blocks: list[Block | Stored] = field(default_factory=list)
    #: Where what is too much for memory is put away; it goes when the dataset goes.
    folder: TemporaryDirectory[str] = field(default_factory=_folder)
    cells: int = 0
    files: dict[str, list[str | None]] = field(default_factory=lambda: {n: [] for n in _FILES})
    read: int = 0
    kept: int = 0
    _waiting: list[Packed] = field(default_factory=list)
    #: Lists of units wait until all else is read: units' own reports come before their lines.
    _lists: list[Packed] = field(default_factory=list)

    def add(self, found: Sequence[Packed]) -> None:
        """Take the readings of a file in; reports become frames a batch at a time."""
        self._lists += filter(is_list, found)
        self._add([reading for reading in found if not is_list(reading)])

    def finish(self) -> None:
        """Take in what has waited for the end."""
        self.settle()
        if self._lists:
            known = own_reports(block.frames["reports"] for block in self.blocks)
            self._add([without(reading, known) for reading in self._lists])
            self._lists.clear()
            self.settle()

    def _add(self, found: Sequence[Packed]) -> None:
        for reading in found:
            for name, values in self.files.items():
                values.append(getattr(reading, name))
            if reading.crash:
                self.crashes.append(Crash(reading.file, reading.crash))
            if reading.outcome == "skipped":
                self.skipped.append(Skipped(reading.file, reading.reason or "not_format"))
            if reading.columns:
                self._waiting.append(reading)
            if reading.blocks or len(self._waiting) >= BATCH:
                self.settle()
                for block in reading.blocks:
                    self._hold(block)

    def settle(self) -> None:
        """Make frames of what still waits."""
        from audit.frames import from_packed

        if self._waiting:
            self._hold(from_packed(self._waiting))
            self._waiting.clear()

    def _hold(self, block: Block | Stored) -> None:
        """Keep a block, in files where the run has many cells already."""
        from audit.spill import MOST_CELLS, Stored, store

        if not isinstance(block, Stored):
            self.cells += len(block.frames["cells"])
            if self.cells > MOST_CELLS:
                block = store(block, Path(self.folder.name))
        self.blocks.append(block)


def _read(
    tasks: Sequence[Task], ways: Ways, call: Call, met: _Met, meanwhile: Callable[[], object]
) -> bool:
    """Read all tasks; False where the user gave up before the end."""
    try:
        every = queue.read_all(tasks, ways, call.means, meanwhile)
        for number, found in enumerate(every, start=1):
            met.add(found.readings)
            met.kept += found.kept
            met.read += not found.kept
            call.progress("reading", number, len(tasks), found.task.name)
    except KeyboardInterrupt:
        return False
    finally:
        met.finish()
    return True


def _dataset(met: _Met, names: pd.DataFrame | None, call: Call) -> Dataset:
    from audit.frames import gather
    from audit.spill import gathered, unstored
    from rules.dataset import Settings, typed

    settings = Settings(
        thresholds=call.config.thresholds,
        deadlines=call.config.deadlines,
        rule_makers=call.config.rule_makers,
        selected=call.selected,
        today=call.today,
    )
    data = gather(unstored(met.blocks), typed("files", met.files), roster=names, settings=settings)
    return gathered(data, met.blocks, met.folder)
