"""How often suspects are right, over reports with known errors: what benchmark and tests share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from audit.localise import repairs
from audit.localise.network import network_of
from rules.dataset import Status
from tests.localise.sound import Wrong, audited, data, suspected


@dataclass(frozen=True)
class Share:
    """Of `reports` whose equations are broken: shares of those with …

    `cells` and `values` (with the cells' true figures) right in the first set, `among` the sets
    named, the only least set (`unique`), and `false`: a set called most likely that is not true.
    """

    reports: int
    cells: float
    values: float
    among: float
    unique: float
    false: float

    def __str__(self) -> str:
        parts = (self.cells, self.values, self.among, self.unique, self.false)
        return f"{self.reports:7}" + "".join(f"{part:9.1%}" for part in parts)


def share(wrong: Wrong) -> Share:
    """The suspects of a whole run over these reports, held against the truth."""
    findings = audited(data(wrong.values))
    told = suspected(findings)
    broken = sorted({f.report for f in findings})
    unique = {f.report for f in findings for s in f.suspects if s.unique}
    likely = {f.report for f in findings for s in f.suspects if s.likely}
    truth = {report: wrong.cells(report) for report in broken}
    first = {report: told.get(report, {}).get(1, {}) for report in broken}
    right = {report for report in broken if first[report] == truth[report]}
    return Share(
        len(broken),
        _mean(first[r].keys() == truth[r].keys() for r in broken),
        _mean(r in right for r in broken),
        _mean(truth[r] in told.get(r, {}).values() for r in broken),
        _mean(r in unique for r in broken),
        _mean(r in likely and r not in right for r in broken),
    )


def least(wrong: Wrong, table: str = "applications") -> float:
    """Share of reports whose true correction is one of the least repairs, all enumerated."""
    held = []
    for report, written in enumerate(wrong.values):
        status = np.where(np.isnan(written), Status.OUTSIDE, Status.NUMBER).astype(np.int8)
        true = wrong.cells(report)
        for part in network_of(table, status).parts:
            values = written[part.columns].astype(np.int64)
            if (values @ part.matrix).any():
                found = repairs(part, values[None])[0]
                named = [
                    {part.cells[c]: v for c, v in zip(r.cells, r.values, strict=True)}
                    for r in found
                ]
                held.append(true in named)
    return _mean(held)


def _mean(flags: Iterable[bool]) -> float:
    flags = list(flags)
    return sum(flags) / len(flags) if flags else float("nan")
