"""V206: the fee is not in 万元."""

import re
from typing import Any

import numpy as np

from rules.cells import texts_at
from rules.dataset import COLUMN_OF, Dataset, Status
from rules.history import before, last_years
from rules.measure import CELLS_MISSING, Measure
from rules.observed import observed
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_CELL = "disclosure.fees.amount"
_LEVELS = ("township", "department", "county", "city", "province")
#: 元 instead of 万元 makes the amount 10 000 times as large; a year's own growth beside it.
_JUMP = (2_000.0, 50_000.0)
#: A unit other than 万元 at the end of the cell.
_UNIT = re.compile(r"(?<!万)元\s*$|[亿百千]万?元?\s*$")

_HEADER = Text("表头的单位写成了“元”", "the header says 元")
_WRITTEN = Text("格内写了万元以外的单位", "a unit other than 万元 is written in the cell")
_LARGE = Text("金额超出该级别单位的合理范围", "the amount is implausible for a unit of this level")
_JUMPED = Text("金额约为上年的一万倍", "the amount is about 10 000 times last year's")
_WHYS = (_HEADER, _WRITTEN, _LARGE, _JUMPED)


def _check(data: Dataset) -> Measure:
    amount = data.column(_CELL)
    status = data.status[:, COLUMN_OF[_CELL]]
    signs = np.stack([_header(data), _written(data), _large(data, amount), _jumped(data, amount)])
    outside = status == Status.OUTSIDE
    unknown = np.isnan(amount) & ~signs.any(axis=0)
    broken = np.where(unknown | outside, np.nan, signs.any(axis=0))
    reason = np.where(unknown & ~outside, 0, -1)

    def tell(report: int, which: int) -> dict[str, Any]:
        whys = tuple(w for w, sign in zip(_WHYS, signs[:, report], strict=True) if sign)
        value = None if np.isnan(amount[report]) else float(amount[report])
        shown = texts_at(data, np.array([report]), np.array([COLUMN_OF[_CELL]]))["raw"].iat[0]
        return {
            "statement": _CELL,
            "cells": (_CELL,),
            "expected": None if value is None or whys == (_HEADER,) else round(value / 10_000, 8),
            "actual": value,
            "details": {"why": whys, "raw": shown or value},
        }

    return judged(data, broken[:, None], tell, reason=reason[:, None], reasons=(CELLS_MISSING,))


def _header(data: Dataset) -> np.ndarray:
    seen = observed(data, "fee_unit")
    rows = seen.loc[seen["item"].eq("元"), "report"]
    found = np.zeros(len(data), dtype=bool)
    found[rows.to_numpy(dtype=np.int64)] = True
    return found


def _written(data: Dataset) -> np.ndarray:
    cells = data.odd_cells
    odd = cells[~cells["plain"].to_numpy(dtype=bool)]
    odd = odd[odd["cell"].eq(_CELL)]
    odd = odd[odd["raw"].fillna("").str.contains(_UNIT)]
    found = np.zeros(len(data), dtype=bool)
    found[odd["report"].to_numpy(dtype=np.int64)] = True
    return found


def _large(data: Dataset, amount: np.ndarray) -> np.ndarray:
    most = {level: data.settings.threshold(f"fee_{level}") for level in _LEVELS}
    limit = data.reports["level"].map(most).astype("float64").to_numpy()
    return np.asarray(amount > limit)


def _jumped(data: Dataset, amount: np.ndarray) -> np.ndarray:
    last = before(data, [_CELL], last_years(data))[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        times = amount / last
    return np.asarray((times >= _JUMP[0]) & (times <= _JUMP[1]))


RULE = Rule(
    code="V206",
    severity=Severity.WARNING,
    title=Text("收费金额的单位有误", "The fee is not in 万元"),
    demand=Text("行政事业性收费金额以万元为单位填写", "The fee amount is in 万元"),
    message=Text(
        "收费金额实为“{raw}”，单位应为万元：{why}", "The fee is “{raw}”, should be in 万元: {why}"
    ),
    hint=Text(
        "请核对单位：以元计的除以10000后填写，表头保持“单位：万元”",
        "Check the unit: divide by 10 000 what is in 元, and keep the header's 单位：万元",
    ),
    citations={0: "国办公开办函〔2021〕30号（年度报告格式：本年收费金额，单位：万元）"},
    check=_check,
    passes=patch(cells={"disclosure.fees.amount": 113.96}),
    fails=patch(
        cells={"disclosure.fees.amount": 380},
        labels={"本年收费金额（单位：万元）": "本年收费金额（单位：元）"},
    ),
)
