"""What a rule's check returns: its statements over all reports, as residuals for pandera to judge.

A statement is one thing that must hold of one report. Its residual is 0 where it holds, missing
where it can't be assessed, and anything else where it is broken. Residuals of all reports and
statements of a rule stand in one series, so that one pandera check judges them at once and a
failure case is a statement, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from rules.vocabulary import Text

#: Columns of the frame of facts, one row per finding. `statement` names what is broken, stably;
#: `cells` is a tuple of addresses; `expected` and `actual` are numbers, texts or None; `location`
#: None stands for the place of `cells`; `details` holds further facts for the message.
#: `unit`, `year` and `file` are only set where the finding is about no report that was read.
FACTS = (
    "report",
    "statement",
    "cells",
    "expected",
    "actual",
    "location",
    "excerpt",
    "details",
    "unit",
    "year",
    "file",
)

#: The `report` of a finding that is about no report: a file, a unit on the roster.
NO_REPORT = -1

CELLS_MISSING = Text("有关单元格缺失或未读出", "cells missing or unread")
TOTAL_BLANK = Text("合计为空", "the total is blank")
NO_CELLS = Text("没有表格数据", "no table was read")
LISTED = Text("数字取自汇总表，表中没有列出全部单元格", "a list of units, without some cells")
NO_TEXT = Text("没有正文（数据文件）", "tidy data holds no text")


@dataclass(frozen=True)
class Measure:
    """The statements of one rule.

    `report` (int64) and `residual` (float64) have one entry per statement. `tell` turns positions of
    broken statements into facts (columns `FACTS`), one row or more for each. Where the residual is
    missing, `reason` indexes `reasons`; a statement that does not apply at all has reason -1 and
    is not counted.
    """

    report: np.ndarray
    residual: np.ndarray
    tell: Callable[[np.ndarray], pd.DataFrame]
    reason: np.ndarray | None = None
    reasons: tuple[Text, ...] = (CELLS_MISSING,)
    #: True for statements that count though their report is not itself audited (G901: the parent's).
    always: bool = False


def facts(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Facts from one mapping a finding; what a mapping leaves out is None, `cells` is empty."""
    if not rows:
        return _no_facts()
    columns = {name: [row.get(name) for row in rows] for name in FACTS}
    columns["cells"] = [tuple(row.get("cells", ())) for row in rows]
    columns["details"] = [dict(row.get("details") or {}) for row in rows]
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    )
    return frame.astype({"report": "int64"})


@cache
def _no_facts() -> pd.DataFrame:
    empty = {name: pd.Series([], dtype=object) for name in FACTS}
    return pd.DataFrame(empty).astype({"report": "int64"})


@dataclass(frozen=True)
class Statements:
    """Statements that every report has: `names` and `cells` have one entry for each (k)."""

    names: Sequence[str]
    cells: Sequence[tuple[str, ...]]
    _taken: dict[str, np.ndarray] = field(default_factory=dict, repr=False)

    def take(self, which: str, positions: np.ndarray) -> np.ndarray:
        """`names` or `cells` at these positions, as an object array that shares the entries."""
        if which not in self._taken:
            source = getattr(self, which)
            array = np.empty(len(source), dtype=object)
            array[:] = list(source)
            self._taken[which] = array
        return self._taken[which][positions]


def gridded(
    statements: Statements,
    residual: np.ndarray,
    *,
    sides: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]],
    details: Callable[[np.ndarray, np.ndarray], list[dict[str, Any]]],
    cells: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None,
    reason: np.ndarray | None = None,
    reasons: tuple[Text, ...] = (CELLS_MISSING,),
) -> Measure:
    """A measure of k statements on each of n reports: `residual` and `reason` are n × k.

    `sides` gives what is expected and what stands there, `details` further facts, of the reports
    and statements (positions) that are broken; `cells` their cells (tuples), where these are not
    the same in every report.
    """
    n, k = residual.shape

    def tell(positions: np.ndarray) -> pd.DataFrame:
        report, which = np.divmod(positions, max(k, 1))
        size = len(positions)
        nothing = np.full(size, None, dtype=object)
        columns: dict[str, Any] = dict.fromkeys(FACTS, nothing)
        columns["report"] = report.astype(np.int64)
        columns["statement"] = statements.take("names", which)
        columns["cells"] = cells(report, which) if cells else statements.take("cells", which)
        wanted, stands = sides(report, which)
        columns["expected"], columns["actual"] = wanted.astype(object), stands.astype(object)
        found = np.empty(size, dtype=object)
        found[:] = details(report, which)
        columns["details"] = found
        return pd.DataFrame(columns)

    return Measure(
        report=np.repeat(np.arange(n, dtype=np.int64), k),
        residual=residual.reshape(-1).astype(np.float64, copy=False),
        tell=tell,
        reason=None if reason is None else reason.reshape(-1),
        reasons=reasons,
    )


def listed(
    rows: Sequence[Mapping[str, Any]],
    *,
    held: Sequence[int] | np.ndarray = (),
    skipped: Sequence[tuple[int, int]] = (),
    reasons: tuple[Text, ...] = (CELLS_MISSING,),
) -> Measure:
    """A measure whose broken statements are listed as facts, one mapping each.

    `held` names the report of each statement that holds (a report as often as statements hold);
    `skipped` gives (report, index into `reasons`) of each that can't be assessed.
    """
    told = facts(rows)
    report = np.concatenate(
        [
            told["report"].to_numpy(dtype=np.int64),
            np.asarray(held, dtype=np.int64),
            np.asarray([r for r, _ in skipped], dtype=np.int64),
        ]
    )
    residual = np.concatenate(
        [np.ones(len(rows)), np.zeros(len(held)), np.full(len(skipped), np.nan)]
    )
    reason = np.full(len(report), -1, dtype=np.int16)
    if skipped:
        reason[-len(skipped) :] = [index for _, index in skipped]
    return Measure(
        report=report,
        residual=residual,
        tell=lambda positions: told.iloc[positions],
        reason=reason,
        reasons=reasons,
    )


def expanded(
    names: Sequence[str],
    counts: np.ndarray,
    tell: Callable[[np.ndarray, np.ndarray], pd.DataFrame],
    *,
    reason: np.ndarray | None = None,
    reasons: tuple[Text, ...] = (CELLS_MISSING,),
) -> Measure:
    """A measure of k statements on n reports, each counting offences (`counts`, n × k, NaN = unknown).

    `tell` gets the reports and statements (positions into `names`) that are broken and returns
    facts, a row for each offence.
    """
    n, k = counts.shape

    def told(positions: np.ndarray) -> pd.DataFrame:
        report, which = np.divmod(positions, max(k, 1))
        return tell(report, which)

    return Measure(
        report=np.repeat(np.arange(n, dtype=np.int64), k),
        residual=counts.reshape(-1).astype(np.float64, copy=False),
        tell=told,
        reason=None if reason is None else reason.reshape(-1),
        reasons=reasons,
    )
