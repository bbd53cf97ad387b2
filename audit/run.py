"""A whole run, room after room: files, reading, frames, claims, checks, localisation, result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audit import pool, roster
from audit.config import Config
from audit.files import Found, find
from audit.findings import Crash, Result, Skipped
from audit.read import Reading, Task, Ways

if TYPE_CHECKING:
    import pandas as pd

    from rules.dataset import Dataset

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
    jobs: int | None = None
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


def load(call: Call) -> Loaded:
    """Read every file of a call into one dataset."""
    names = roster.load(call.roster) if call.roster else None
    tasks, skipped = _tasks(call)
    readings, complete = _read(tasks, _ways(call.config, names), call)
    skipped += [
        Skipped(r.file, r.reason or "not_format") for r in readings if r.outcome == "skipped"
    ]
    crashes = [Crash(r.file, r.crash) for r in readings if r.crash]
    return Loaded(_dataset(readings, names, call), skipped, crashes, complete)


def audit(call: Call) -> Result:
    """Read and check; the findings in a fixed order: by unit, year, rule."""
    from audit.outcome import settle

    loaded = load(call)
    return settle(loaded, call.config, call.progress)


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
        tasks += [Task(f.path, f.name, role) for f in found if f.skipped is None]
        skipped += [Skipped(f.name, f.skipped) for f in found if f.skipped is not None]
    return tasks, skipped


def _ways(config: Config, names: pd.DataFrame | None) -> Ways:
    from audit.identity import RosterIndex

    index = RosterIndex(names) if names is not None else None
    return Ways(limits=config.limits, office=config.office, roster=index)


def _read(tasks: Sequence[Task], ways: Ways, call: Call) -> tuple[list[Reading], bool]:
    readings: list[Reading] = []
    try:
        for number, (task, found) in enumerate(
            zip(tasks, pool.read_all(tasks, ways, call.jobs), strict=True), start=1
        ):
            readings += found
            call.progress("reading", number, len(tasks), task.name)
    except KeyboardInterrupt:
        return readings, False
    return readings, True


def _dataset(readings: Sequence[Reading], names: pd.DataFrame | None, call: Call) -> Dataset:
    from audit.claims import with_claims
    from audit.frames import from_reports, gather
    from audit.tidy_frames import from_tidy
    from rules.dataset import Settings, typed

    blocks = []
    for reading in readings:
        if reading.outcome == "skipped":
            continue
        if reading.reports:
            blocks.append(from_reports(reading.reports, reading.role))
        blocks += [from_tidy(tidy, reading.role) for tidy in reading.tidy]
    columns = {
        "file": [r.file for r in readings],
        "digest": [r.digest for r in readings],
        "outcome": [r.outcome for r in readings],
        "reason": [r.reason for r in readings],
        "detail": [r.detail for r in readings],
    }
    settings = Settings(
        thresholds=call.config.thresholds,
        deadlines=call.config.deadlines,
        rule_makers=call.config.rule_makers,
        today=call.today,
    )
    return with_claims(gather(blocks, typed("files", columns), roster=names, settings=settings))
