"""What an audit comes to: findings as frozen facts, verdict counts, crashes; no sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rules.vocabulary import Rule, Severity, Text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from rules.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell most likely wrong, and the value that would mend it.

    Suspects of the same `group` belong together: all of them must change. `unique` is True where no
    other set of as few cells mends everything; `likely` where it is unique, or evidence beside the
    figures decides for it. `reason` says why it is preferred.
    """

    cell: str
    value: float | None
    suggestion: float | None
    unique: bool
    likely: bool
    group: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Cause:
    """What explains several findings at once; `key` is the same for all of them in a run.

    `kind` is `cell` or `cells` (one, or several likely wrong), `ambiguous` (several ways to mend it,
    none likely), `undetermined` (no way found), a pattern's (`shifted_row`, `swapped_rows`,
    `swapped_columns`, `unfilled`, `stale_column`, `stale_row`, `carried_on`), or `yuan` (元 for 万元).
    """

    key: str
    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken statement about one report, file or unit."""

    rule: str
    severity: Severity
    unit: str | None
    year: int | None
    file: str | None
    #: The report's number in the dataset; -1 where no report was read.
    report: int
    #: What is broken, stably named: `applications.*.business`, a section, a concept.
    statement: str
    expected: float | str | None = None
    actual: float | str | None = None
    cells: tuple[str, ...] = ()
    location: str | None = None
    excerpt: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    edition: int | None = None
    suspects: tuple[Suspect, ...] = ()
    #: The cause that explains this finding together with others.
    cause: Cause | None = None
    waived: str | None = None
    county: str | None = None
    #: The unit behind its county where another county's bears its name, else as it is.
    label: str | None = None
    #: Tells apart findings that would otherwise have the same fingerprint.
    ordinal: int = 0

    @property
    def who(self) -> str | None:
        """The unit as people are told of it."""
        return self.label or self.unit

    @property
    def fingerprint(self) -> str:
        """Stays the same while the same thing is wrong, however the file is named or moved."""
        who = self.who or str(self.details.get("digest") or self.file)
        parts = (self.rule, who, self.year, self.statement, self.ordinal)
        told = "\x1f".join(map(str, parts)).encode("utf-8", "backslashreplace")
        return hashlib.sha256(told).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule or loader of ours that failed; never a finding about the data."""

    what: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was met and not read, with the reason's key in `audit.errors.REASONS`."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class WaiverNote:
    """A waiver that did nothing: `unused`, or `expired`."""

    state: str
    rule: str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What `--changed-since` left out: reports that were not touched, and findings about them."""

    revision: str
    reports: int
    findings: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a baseline did: findings known from it, and its entries that are no findings now."""

    file: str
    known: int
    gone: int


@dataclass
class Result:
    """The outcome of a run, for reporters; they add nothing to it.

    `assessed` has a row for each (report, rule): report, rule, held, broken, not_assessed (int32).
    `not_assessed` counts statements by rule and reason.
    """

    data: Dataset
    rules: Mapping[str, Rule]
    findings: list[Finding]
    assessed: pd.DataFrame
    not_assessed: Mapping[str, Mapping[Text, int]]
    skipped: list[Skipped] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    waivers: list[WaiverNote] = field(default_factory=list)
    #: False where the run was interrupted: then it says nothing about what is not in it.
    complete: bool = True
    changes: Changes | None = None
    baseline: Baseline | None = None
    #: The roster, the configuration or the path asked for: where a finding about no file is put.
    home: Path | None = None
    #: Files that were read, and files whose readings the cache had.
    read: int = 0
    kept: int = 0

    @property
    def labels(self) -> np.ndarray:
        """Each report's unit as people are told of it; object, None where unknown."""
        from rules.units import unit_labels  # with pandas, which takes as long as reading

        return unit_labels(self.data)

    def count(self, severity: Severity) -> int:
        """Findings of a severity that no waiver covers."""
        return sum(f.severity is severity and f.waived is None for f in self.findings)

    @property
    def waived(self) -> int:
        """Findings covered by a waiver."""
        return sum(f.waived is not None for f in self.findings)
