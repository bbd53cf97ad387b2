"""How often suspects are right, over reports with known errors: what benchmark and tests share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from audit.localise import repairs
from audit.localise.choose import MOST
from audit.localise.closed import Repair
from audit.localise.network import Network, network_of
from audit.localise.slips import cost
from rules.dataset import Status
from tests.localise.sound import Wrong, audited, data, suspected

#: Costs no further apart than two neighbours exchanged and one figure moved (see `audit.localise.slips`).
_HARDLY = 0.05


@dataclass(frozen=True)
class Share:
    """Of `reports` whose equations are broken: shares of those with …

    `cells` and `values` (with the cells' true figures) right in the first set, the truth `among` the
    sets named, an only least set (`unique`), a set called most likely (`likely`), one that is not
    the truth (`false`).
    """

    reports: int
    cells: float
    values: float
    among: float
    unique: float
    likely: float
    false: float


@dataclass(frozen=True)
class Least:
    """Shares of reports, all least repairs being enumerated.

    `held`: the truth is one of them; `tied`: it isn't among those that are named, for these are as
    good a slip in another row or column, and nothing in the report tells them apart.
    """

    held: float
    tied: float


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
        _mean(r in likely for r in broken),
        _mean(r in likely and r not in right for r in broken),
    )


def least(wrong: Wrong, table: str = "applications") -> Least:
    """How the true corrections stand among all least repairs."""
    held, tied = [], []
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
                tied.append(true in named and _tied(part, values, found, named.index(true)))
    return Least(_mean(held), _mean(tied))


def _tied(part: Network, values: np.ndarray, found: Sequence[Repair], true: int) -> bool:
    """Whether the true repair is not named, though none is a likelier slip, or hardly so."""
    order = [(round(cost(part, values.tolist(), r)[0], 6), r.cells) for r in found]
    beyond = sorted(order).index(order[true]) >= MOST
    return beyond and order[true][0] - min(order)[0] <= _HARDLY


def _mean(flags: Iterable[bool]) -> float:
    flags = list(flags)
    return sum(flags) / len(flags) if flags else float("nan")
