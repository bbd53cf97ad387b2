"""Y504: a figure leaps beyond what its history and its peers make plausible."""

from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.history import before, last_years, now
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_CELLS = [
    "disclosure.normative_documents.in_force",
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.coercion.decisions",
    "disclosure.fees.amount",
    "applications.new.total",
    "applications.total.total",
    "disputes.review.total",
    "disputes.litigation_direct.total",
    "disputes.litigation_after_review.total",
]
#: Earlier years that make a history, the most that are looked at, and peers that make a crowd.
_LEAST_YEARS, _MOST_YEARS, _LEAST_PEERS = 3, 8, 8
#: Added before the logarithm, so that 1 after 0 is no leap; the least spread taken as usual.
_OFFSET, _LEAST_SPREAD = 5.0, 0.25
#: A median absolute deviation times this is a standard deviation, were the figures normal.
_MAD = 1.4826

_NO_HISTORY = Text("不足三个以往年度的年报", "fewer than three earlier years' reports")


def _check(data: Dataset) -> Measure:
    figures = np.log(np.maximum(now(data, _CELLS), 0) + _OFFSET)
    past = _past(data)
    known = ~np.isnan(past)
    enough = known.sum(axis=0) >= _LEAST_YEARS
    centre, spread = _usual(past, enough)
    far = np.abs(figures - centre) / spread
    odd = np.minimum(far, _against_peers(data, figures, past[0]))
    unread = np.isnan(figures)
    reason = np.where(~enough, 0, np.where(unread, 1, -1))
    leaps = (odd > data.settings.threshold("outlier")).astype(np.float64)
    broken = np.where(reason >= 0, np.nan, leaps)
    actual = now(data, _CELLS)

    def tell(report: int, which: int) -> dict[str, Any]:
        earlier = past[:, report, which]
        values = np.round(np.exp(earlier[~np.isnan(earlier)]) - _OFFSET, 6)
        return {
            "statement": _CELLS[which],
            "cells": (_CELLS[which],),
            "expected": None,
            "actual": float(actual[report, which]),
            "details": {"earlier": tuple(values[::-1].tolist())},
        }

    return judged(data, broken, tell, reason=reason, reasons=(_NO_HISTORY, CELLS_MISSING))


def _past(data: Dataset) -> np.ndarray:
    """The figures' logarithms one, two … years before: years × n × k, NaN where unknown."""
    last = last_years(data)
    at = last.copy()
    years = []
    for _ in range(_MOST_YEARS):
        years.append(np.log(np.maximum(before(data, _CELLS, at), 0) + _OFFSET))
        at = np.where(at >= 0, last[np.maximum(at, 0)], -1) if len(at) else at
    return np.stack(years)


def _usual(past: np.ndarray, enough: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and spread over the years, where there are enough; n × k each."""
    centre = np.full(enough.shape, np.nan)
    spread = np.full(enough.shape, np.nan)
    if enough.any():
        own = past[:, enough]
        centre[enough] = np.nanmedian(own, axis=0)
        deviation = np.nanmedian(np.abs(own - centre[enough]), axis=0)
        spread[enough] = np.maximum(_MAD * deviation, _LEAST_SPREAD)
    return centre, spread


def _against_peers(data: Dataset, figures: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How far a figure's change stands from those of its level's other units that year; n × k.

    Infinite where there are too few peers to tell: then the own history alone decides.
    """
    change = pd.DataFrame(figures - last)
    groups = [
        data.reports["level"].fillna("").to_numpy(),
        data.reports["year"].fillna(0).to_numpy(),
    ]
    peers = change.groupby(groups).transform("count").to_numpy()
    centre = change.groupby(groups).transform("median")
    deviation = (change - centre).abs().groupby(groups).transform("median")
    spread = np.maximum(_MAD * deviation.to_numpy(), _LEAST_SPREAD)
    far = np.abs((change - centre).to_numpy()) / spread
    return np.where(peers >= _LEAST_PEERS, far, np.inf)


def _years(last: float) -> Example:
    counts = {2020: 41.0, 2021: 38.0, 2022: 44.0, 2023: last}
    return Example(
        reports=tuple(
            Patch(
                year=year,
                role="report" if year == 2023 else "previous",
                cells={"disclosure.penalties.decisions": count},
            )
            for year, count in sorted(counts.items(), reverse=True)
        )
    )


RULE = Rule(
    code="Y504",
    severity=Severity.INFO,
    title=Text("数字与历年相差悬殊", "A figure leaps beyond its own history"),
    demand=Text(
        "数字的变化在本单位历年（至少三年）和同级单位当年变化的常见范围之内",
        "A figure's change is within what its own history (three years at least) and its peers' changes "
        "of that year make plausible",
    ),
    message=Text(
        "“{subject}”实为 {actual}，此前各年为 {earlier}，相差悬殊",
        "{subject} is {actual}, after {earlier} in the years before",
    ),
    hint=Text(
        "请核对是否多写或少写一位、错用单位；确有其事的（如承接下放的权力）可以说明",
        "See whether a digit or the unit is wrong; say so where it is right (as after a transfer of powers)",
    ),
    citations={0: "统计合理性提示，不是格式或法规的要求"},
    check=_check,
    passes=_years(52.0),
    fails=_years(4400.0),
)
