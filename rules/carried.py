"""Applications carried over the year's end: what this year took in against what last year handed on."""

from __future__ import annotations

from typing import Any

import numpy as np

from rules.dataset import Dataset, Status
from rules.history import before, last_years, now, status_before, status_now, years_before
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure
from rules.sections import judged
from rules.vocabulary import Text

TOTALS_DIFFER = Text("总计已不一致（见Y501）", "the totals differ already (Y501)")


def carried(data: Dataset, columns: tuple[str, ...], *, within_total: bool = False) -> Measure:
    """A statement for each column: carried_in is last year's carried_out.

    With `within_total` columns are only assessed where the totals agree: else Y501 speaks.
    """
    mine = [f"applications.carried_in.{c}" for c in columns]
    theirs = [f"applications.carried_out.{c}" for c in columns]
    last = last_years(data)
    actual, expected = now(data, mine), before(data, theirs, last)
    why, years = years_before(data)
    reason = np.full(actual.shape, -1)
    first = len(years)
    if within_total:
        reason[_total_differs(data, last)] = first + 2
    status = np.maximum(status_now(data, mine), status_before(data, theirs, last))
    reason[(status == Status.BLANK) | (status == Status.PLACEHOLDER)] = first + 1
    reason[status >= Status.TEXT] = first
    reason = np.where((last < 0)[:, None], why[:, None], reason)
    broken = np.where(reason >= 0, np.nan, actual - expected)
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)

    def tell(report: int, which: int) -> dict[str, Any]:
        before_that = int(year[report]) - 1
        return {
            "statement": mine[which],
            "cells": (mine[which], f"{before_that}/{theirs[which]}"),
            "expected": float(expected[report, which]),
            "actual": float(actual[report, which]),
            "details": {"last": before_that},
        }

    reasons = (*years, CELLS_MISSING, TOTAL_BLANK, TOTALS_DIFFER)
    return judged(data, broken, tell, reason=reason, reasons=reasons)


def _total_differs(data: Dataset, last: np.ndarray) -> np.ndarray:
    mine = now(data, ["applications.carried_in.total"])[:, 0]
    theirs = before(data, ["applications.carried_out.total"], last)[:, 0]
    return np.asarray(~np.isnan(mine) & ~np.isnan(theirs) & (mine != theirs))
