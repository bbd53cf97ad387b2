"""One run over spoilt documents beside sound ones → what a run must never do, and did."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from audit.config import Config
from audit.findings import Result
from audit.reading.queue import Means
from audit.reporters import Look, reporters
from audit.run import Call, audit
from rules.dataset import Status
from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import BROKEN, SOUND
from tests.fuzz.cases import Case

#: Reports that lie beside the spoilt ones: what is found about them may not change.
_BESIDE = (("平安乡", SOUND, ".txt"), ("守望镇", BROKEN, ".docx"), ("靠山镇", BROKEN, ".html"))


@dataclass
class Tally:
    """What came of some documents; each of `faults` names the case and what was wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    cells_seen: int = 0
    cells_read: int = 0
    faults: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another tally's counts in."""
        self.tried += other.tried
        self.outcomes += other.outcomes
        self.cells_seen += other.cells_seen
        self.cells_read += other.cells_read
        self.faults += other.faults


def judged(cases: Sequence[Case], jobs: int = 1, formats: Sequence[str] = ("json",)) -> Tally:
    """Run the audit over the documents and three sound ones, and write some outputs."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name) / "in"
        for case in cases:
            _put(folder, case.name, case.data)
            tally.tried[Path(case.name).suffix or "none"] += 1
        for file, data in _beside():
            _put(folder, file, data)
        result = _run(folder, jobs)
        tally.faults += [("run", "crash", f"{c.what}: {c.message}") for c in result.crashes]
        _outcomes(result, cases, tally)
        _cells(result, cases, tally)
        if _about_beside(result) != _alone():
            tally.faults.append(("run", "others", "findings about sound reports changed"))
        _outputs(result, Path(name), formats, tally)
    return tally


def _run(folder: Path, jobs: int) -> Result:
    return audit(Call([folder], Config(), means=Means(jobs=jobs), today="2024-06-01"))


def _put(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


@cache
def _beside() -> tuple[tuple[str, bytes], ...]:
    return tuple(
        (f"{unit}{suffix}", encode(base_report(unit, 2022, cells=cells), suffix))
        for unit, cells, suffix in _BESIDE
    )


@cache
def _alone() -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        for file, data in _beside():
            _put(Path(name), file, data)
        return _about_beside(_run(Path(name), 1))


def _about_beside(result: Result) -> list[tuple[object, ...]]:
    units = {unit for unit, _, _ in _BESIDE}
    return [
        (f.rule, f.unit, f.year, f.statement, f.expected, f.actual, f.cells, f.suspects, f.location)
        for f in result.findings
        if f.unit in units
    ]


def _outcomes(result: Result, cases: Sequence[Case], tally: Tally) -> None:
    files = result.data.files
    met: dict[str, list[str]] = {}
    for file, outcome, reason in zip(files["file"], files["outcome"], files["reason"], strict=True):
        base = Path(file.split("!")[0]).name
        met.setdefault(base, []).append(
            f"{outcome} {reason}" if isinstance(reason, str) else outcome
        )
    for case in cases:
        for told in met.get(case.name, ["lost"]):
            tally.outcomes[told] += 1
            for bad in ("lost", "crashed", "timeout"):
                if bad in told:
                    tally.faults.append((case.name, bad, case.told))


def _cells(result: Result, cases: Sequence[Case], tally: Tally) -> None:
    """Every figure that was read is the one that a person sees there, or a finding names the cell."""
    reports = {Path(f).name: n for n, f in result.data.reports["file"].items()}
    named = {(f.report, c) for f in result.findings if f.rule[0] in "SV" for c in f.cells}
    by_report = dict(iter(result.data.cells.groupby("report")))
    for case in cases:
        if case.cells is None:
            continue
        tally.cells_seen += len(case.cells)
        number = reports.get(case.name)
        if number not in by_report:
            continue
        read = by_report[number]
        read = read[read["status"] == Status.NUMBER]
        for cell, value, where in zip(read["cell"], read["value"], read["location"], strict=True):
            if value in case.cells.get(cell, ()):
                tally.cells_read += 1
            elif (number, cell) not in named:
                told = f"{case.told}: {cell} = {value:g}, not {case.cells.get(cell)} ({where})"
                tally.faults.append((case.name, "wrong", told))


def _outputs(result: Result, folder: Path, formats: Sequence[str], tally: Tally) -> None:
    for name in formats:
        reporter = reporters()[name]
        target = folder / f"out-{name}"
        try:
            if reporter.folder:
                target.mkdir()
            reporter.write(result, target, Look())
            if name == "json":
                json.loads(target.read_text(encoding="utf-8"))
        except Exception as error:  # any failure of an output is what is looked for
            tally.faults.append(("run", "output", f"{name}: {type(error).__name__}: {error}"))
