"""Y506: a table is last year's again."""

from typing import Any

import numpy as np

from rules.cells import ADDRESSES, SPANS
from rules.dataset import Dataset
from rules.form import TABLES
from rules.history import last_years, years_before
from rules.measure import NO_CELLS, Measure
from rules.sections import judged
from rules.vocabulary import Example, Patch, Rule, Severity, Text

#: Stocks stay the same from year to year without anything being copied.
_FLOW = np.array(
    [not a.endswith((".in_force", ".total_public", ".items_last_year")) for a in ADDRESSES]
)
#: Different figures in one table that two years do not share by chance.
_TELLING = 3
_OTHER_FORM = Text("上年年报用的是另一版格式", "last year's report used another form")


def _check(data: Dataset) -> Measure:
    last = last_years(data)
    pairs = np.flatnonzero(last >= 0)
    why, years = years_before(data)
    reason = np.repeat(np.where(last < 0, why, -1)[:, None], len(TABLES), axis=1)
    copied = np.where(reason >= 0, np.nan, 0.0)
    same, some, telling, read = _compared(data, pairs, last)
    whole = same.all(axis=1, keepdims=True)
    copied[pairs] = np.where(read, same & some & (telling | whole), np.nan)
    reason[pairs] = np.where(read, -1, len(years))
    edition = data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)
    other = pairs[edition[pairs] != edition[last[pairs]]]
    copied[other, 0], reason[other, 0] = np.nan, len(years) + 1
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)

    def tell(report: int, which: int) -> dict[str, Any]:
        span = SPANS[which]
        filled = np.flatnonzero(np.nan_to_num(data.values[report, span]) != 0)
        cells = tuple(ADDRESSES[span][filled])
        return {
            "statement": TABLES[which],
            "cells": cells,
            "details": {"last": int(year[report]) - 1, "count": len(cells)},
        }

    return judged(data, copied, tell, reason=reason, reasons=(*years, NO_CELLS, _OTHER_FORM))


def _compared(
    data: Dataset, pairs: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each pair and table: the same, any flow at all, telling by itself, read in both years."""
    found = [np.zeros((len(pairs), len(TABLES)), dtype=bool) for _ in range(4)]
    for t, span in enumerate(SPANS):
        mine, theirs = data.values[pairs, span], data.values[last[pairs], span]
        known = ~np.isnan(mine).all(axis=1) & ~np.isnan(theirs).all(axis=1)
        mine, theirs = np.nan_to_num(mine), np.nan_to_num(theirs)
        same = known & (mine == theirs).all(axis=1)
        flows = mine[:, _FLOW[span]]
        found[0][:, t] = same
        found[1][:, t] = (flows != 0).any(axis=1)
        rows = np.flatnonzero(same & found[1][:, t])
        found[2][rows, t] = [len(np.unique(f[f != 0])) >= _TELLING for f in flows[rows]]
        found[3][:, t] = known
    return found[0], found[1], found[2], found[3]


_CELLS: dict[str, float | str] = {
    "disclosure.licensing.decisions": 137,
    "disclosure.penalties.decisions": 46,
    "disclosure.fees.amount": 12.35,
}

RULE = Rule(
    code="Y506",
    severity=Severity.WARNING,
    title=Text("表格数据与上年相同", "A table is last year's again"),
    demand=Text(
        "表格数据不为零的，不与上年完全相同",
        "Tables that are not all zero are not last year's again",
    ),
    message=Text(
        "{subject}的全部数据（非零 {count} 格）与{last}年年报完全相同",
        "All figures of {subject} ({count} cells not 0) are those of the report for {last}",
    ),
    hint=Text(
        "请核实是否误用上年的表格；确实相同的可以说明",
        "See whether last year's table was taken by mistake; say so where it is right",
    ),
    citations={
        2019: "《政府信息公开条例》第四十七条、第五十条",
        2021: "国办公开办函〔2021〕30号第（四）项（内容不准确、雷同）",
    },
    check=_check,
    passes=Example(
        reports=(
            Patch(cells={**_CELLS, "disclosure.penalties.decisions": 64}),
            Patch(year=2022, role="previous", cells=_CELLS),
        )
    ),
    fails=Example(reports=(Patch(cells=_CELLS), Patch(year=2022, role="previous", cells=_CELLS))),
)
