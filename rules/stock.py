"""Documents in force: this year's stock against last year's, what was issued and what repealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from rules.dataset import Dataset, Status
from rules.history import before, last_years, now, status_before, status_now, years_before
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure
from rules.sections import judged

ROWS = ("regulations", "normative_documents")
#: The form of 2019 knows no documents in force: stocks can be compared since the report for 2022.
FIRST_YEAR = 2022


def stock(data: Dataset, offends: Callable[[np.ndarray], np.ndarray]) -> Measure:
    """A statement for each row of documents; `offends` judges in force less what it should be."""
    at = [f"disclosure.{row}" for row in ROWS]
    stocks = [f"{a}.in_force" for a in at]
    flows = [f"{a}.{c}" for c in ("issued", "repealed") for a in at]
    last = last_years(data)
    issued, repealed = np.split(np.nan_to_num(now(data, flows)), 2, axis=1)
    actual, earlier = now(data, stocks), before(data, stocks, last)
    expected = earlier + issued - repealed
    why, years = years_before(data)
    reason, applies = _reasons(data, stocks, flows, last, len(years))
    reason = np.where((last < 0)[:, None], why[:, None], reason)
    reason = np.where(applies[:, None], reason, -1)
    unknown = (reason >= 0) | ~applies[:, None]
    broken = np.where(unknown, np.nan, offends(np.where(unknown, 0.0, actual - expected)))
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)
    blanks = np.isin(status_now(data, flows), (Status.BLANK, Status.PLACEHOLDER))

    def tell(report: int, which: int) -> dict[str, Any]:
        last_year = int(year[report]) - 1
        mine = [flows[which], flows[which + len(ROWS)]]
        empty = [a for a, b in zip(flows, blanks[report], strict=True) if b and a in mine]
        figures = {
            "last": last_year,
            "before": float(earlier[report, which]),
            "issued": float(issued[report, which]),
            "repealed": float(repealed[report, which]),
        }
        return {
            "statement": stocks[which],
            "cells": (f"{last_year}/{stocks[which]}", *mine, stocks[which]),
            "expected": float(expected[report, which]),
            "actual": float(actual[report, which]),
            "details": {**figures, **({"blank": tuple(empty)} if empty else {})},
        }

    reasons = (*years, CELLS_MISSING, TOTAL_BLANK)
    return judged(data, broken, tell, reason=reason, reasons=reasons)


def _reasons(
    data: Dataset, stocks: list[str], flows: list[str], last: np.ndarray, first: int
) -> tuple[np.ndarray, np.ndarray]:
    """Why a row is not assessed (reasons from `first`), and to which reports the rule applies."""
    ends = np.maximum(status_now(data, stocks), status_before(data, stocks, last))
    issued, repealed = np.split(status_now(data, flows), 2, axis=1)
    worst = np.maximum(ends, np.maximum(issued, repealed))
    reason = np.where(np.isin(ends, (Status.BLANK, Status.PLACEHOLDER)), first + 1, -1)
    reason = np.where(worst >= Status.TEXT, first, reason)
    applies = data.reports["year"].ge(FIRST_YEAR).fillna(False).to_numpy(dtype=bool)
    return reason, applies
