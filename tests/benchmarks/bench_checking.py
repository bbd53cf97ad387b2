"""Checking families V, A and L against a matrix product, and against the same written in pandas."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from audit.check import check
from rules.catalogue import catalogue
from rules.cells import of_kind
from rules.dataset import COLUMN_OF, Dataset
from rules.form import load_form
from tests.benchmarks.generate import dataset
from tests.benchmarks.versus import Versus, peak_mb

RULES = {code: rule for code, rule in catalogue().items() if code[0] in "VAL"}
EQUATIONS = load_form(2021).equations


@cache
def _data(reports: int, wrong: float = 0.05) -> Dataset:
    return dataset(reports, wrong)


def _ours(data: Dataset) -> None:
    fresh = replace(data)  # what one run works out once and keeps is not with it
    assert not check(fresh, RULES).crashes


def _floor(data: Dataset) -> None:
    """The equations alone, as one product of matrices."""
    matrix = np.zeros((len(COLUMN_OF), len(EQUATIONS)))
    for j, equation in enumerate(EQUATIONS):
        for address, factor in equation.terms.items():
            matrix[COLUMN_OF[address], j] = factor
    np.nonzero(np.nan_to_num(data.values) @ matrix)


def _pandas(frame: pd.DataFrame, kinds: tuple[np.ndarray, np.ndarray]) -> None:
    """The same statements on a wide frame, an operation for each equation and kind of offence."""
    for equation in EQUATIONS:
        residual = 0
        for address, factor in equation.terms.items():
            residual = residual + factor * frame[address]
        np.flatnonzero(residual.ne(0) & residual.notna())
    counts, unsigned = kinds
    blank = frame.isna().any(axis=1)
    negative = frame.loc[:, unsigned].lt(0).any(axis=1)
    broken = frame.loc[:, counts].mod(1).gt(0).any(axis=1)
    regulations = frame.filter(like="disclosure.regulations.").gt(0).any(axis=1)
    at = "disclosure.normative_documents."
    documents = frame[f"{at}in_force"] < frame[f"{at}issued"] - frame[f"{at}repealed"]
    large = frame["disclosure.fees.amount"] > 2_000
    for mask in (blank, negative, broken, regulations, documents, large):
        np.flatnonzero(mask)


@pytest.mark.parametrize("reports", [20_000, 200_000])
def test_checking(versus: Versus, reports: int) -> None:
    data = _data(reports)
    frame = pd.DataFrame(np.asfortranarray(data.values), columns=list(COLUMN_OF))
    kinds = (~of_kind("amount"), ~of_kind("signed"))
    row = versus(
        f"V, A, L over {reports} reports",
        lambda: _ours(data),
        {"pandas": lambda: _pandas(frame, kinds), "matrix product": lambda: _floor(data)},
        most={"pandas": 3} if reports == 200_000 else {},
    )
    start = time.process_time()
    _ours(data)
    row.note(per_core=f"{reports / (time.process_time() - start):,.0f} reports/s")
    if sys.platform == "linux":
        row.note(
            frame=f"{data.values.nbytes / 2**20:.0f} MB",
            peak=f"{peak_mb(lambda: _ours(data)):.0f} MB",
            pandas_peak=f"{peak_mb(lambda: _pandas(frame, kinds)):.0f} MB",
        )


@pytest.mark.parametrize("reports", [1_000, 10_000, 100_000])
def test_growth(versus: Versus, reports: int) -> None:
    data = _data(reports)
    row = versus(f"growth: {reports} reports", lambda: _ours(data))
    row.note(each=f"{row.ours / reports * 1e6:.2f} µs a report")


def test_every_report_wrong(versus: Versus) -> None:
    none, every = _data(100_000, 0.0), _data(100_000, 1.0)
    versus(
        "100000 reports, every one wrong",
        lambda: _ours(every),
        {"none wrong": lambda: _ours(none)},
        most={"none wrong": 3},
    )
