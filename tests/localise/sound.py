"""Sound reports by the thousand, straight as values: every equation of tables three and four holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from audit.config import Config
from audit.findings import Finding
from audit.outcome import chosen, settle
from audit.run import Loaded
from rules.dataset import COLUMN_OF, Dataset, Status, typed
from rules.form import load_form

KINDS = tuple(c.key for c in load_form(2021).tables["applications"].blocks[0].columns)
ROWS = tuple(r.key for r in load_form(2021).tables["applications"].rows)
CHANNELS = tuple(r.key for r in load_form(2021).tables["disputes"].rows)
RESULTS = tuple(c.key for c in load_form(2021).tables["disputes"].blocks[0].columns)
#: Positions in `Dataset.values`: rows × 7 of table three, channels × 5 of table four.
APPLICATIONS = np.array([[COLUMN_OF[f"applications.{r}.{k}"] for k in KINDS] for r in ROWS])
DISPUTES = np.array([[COLUMN_OF[f"disputes.{c}.{r}"] for r in RESULTS] for c in CHANNELS])
ADDRESSES = tuple(COLUMN_OF)

#: Size → requests a year (least, most), and cases of a channel of table four.
SIZES = {"zeros": (1, 7, 0.4), "tens": (20, 90, 3.0), "hundreds": (200, 1500, 20.0)}
_KIND_SHARE = np.array([0.8, 0.1, 0.01, 0.02, 0.03, 0.04])


def values(rng: np.random.Generator, size: str, count: int) -> np.ndarray:
    """Sound reports of the 2021 form: count × addresses, NaN outside the form."""
    least, most, cases = SIZES[size]
    made = np.full((count, len(COLUMN_OF)), np.nan)
    made[:, [COLUMN_OF[a] for a in load_form(2021).addresses]] = 0
    outcome = 1.0 / np.arange(1, len(ROWS) - 3) ** 1.3
    for report in made:
        board = np.zeros((len(ROWS), len(KINDS)))
        kinds = rng.multinomial(rng.integers(least, most), _KIND_SHARE)
        share = rng.permutation(outcome) if rng.random() < 0.5 else outcome
        for kind, number in enumerate(kinds):
            out, into = rng.binomial(number, 0.08), rng.binomial(number, 0.08)
            board[0, kind], board[1, kind] = number - into, into
            board[2:-2, kind] = rng.multinomial(number - out, share / share.sum())
            board[-2, kind], board[-1, kind] = number - out, out
        board[:, 6] = board[:, :6].sum(axis=1)
        report[APPLICATIONS] = board
        results = rng.poisson(cases / 4, size=(len(CHANNELS), 4))
        report[DISPUTES] = np.column_stack([results, results.sum(axis=1)])
    return made


@dataclass(frozen=True)
class Wrong:
    """Reports with errors: `values` as they are written, `truth` as they should be."""

    values: np.ndarray
    truth: np.ndarray

    def cells(self, report: int) -> dict[str, int]:
        """Address → true value of each cell that is wrong."""
        apart = np.flatnonzero(np.nan_to_num(self.values[report] - self.truth[report]))
        return {ADDRESSES[c]: int(self.truth[report, c]) for c in apart}


def data(written: np.ndarray, *, year: int = 2023, role: str = "report") -> Dataset:
    """A dataset of these values: every cell of the form read as a number."""
    count = len(written)
    names = [f"第{n}镇" for n in range(count)]
    reports = typed(
        "reports",
        {
            "unit": names,
            "level": ["township"] * count,
            "year": [year] * count,
            "edition": [2021] * count,
            "role": [role] * count,
            "file": [f"{name}.csv" for name in names],
            "text": [False] * count,
        },
    )
    status = np.where(np.isnan(written), Status.OUTSIDE, Status.NUMBER).astype(np.int8)
    cells = typed("cells", {name: [] for name in ("report", "cell")})
    return Dataset(reports=reports, cells=cells, values=written, status=status)


def both(*parts: Dataset) -> Dataset:
    """One dataset of several, in this order."""
    return Dataset(
        reports=pd.concat([p.reports for p in parts], ignore_index=True),
        cells=parts[0].cells,
        values=np.concatenate([p.values for p in parts]),
        status=np.concatenate([p.status for p in parts]),
    )


def audited(found: Dataset, select: tuple[str, ...] = ("A30",)) -> list[Finding]:
    """All findings, suspects named, of the rules selected."""
    config = Config(select=select)
    result = settle(Loaded(found, [], []), chosen(config), config, lambda *_: None)
    assert not result.crashes, result.crashes
    return result.findings


def suspected(findings: list[Finding]) -> dict[int, dict[int, dict[str, int]]]:
    """Report → set → address → suggestion, over all its findings of table three or four."""
    told: dict[int, dict[int, dict[str, int]]] = {}
    for finding in findings:
        for suspect in finding.suspects:
            assert suspect.suggestion is not None
            sets = told.setdefault(finding.report, {})
            sets.setdefault(suspect.group, {})[suspect.cell] = int(suspect.suggestion)
    return told
