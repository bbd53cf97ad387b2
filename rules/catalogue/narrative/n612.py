"""N612: the tables are another unit's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from rules.catalogue.narrative.n609 import owners
from rules.dataset import COLUMN_OF, Dataset
from rules.measure import NO_CELLS, Measure, listed
from rules.units import unit_labels
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

#: Small figures agree by chance: two units that got one request each have the same table. Figures
#: must carry this many bits, and two more for each doubling of the reports compared.
BITS = 8.0

_FEW = Text("数据过少，相同不足为奇", "too few figures for likeness to mean anything")


def check(data: Dataset) -> Measure:
    """No report's figures, where they are not all but zero, are those of another unit."""
    values = np.where(np.isnan(data.values), 0.0, data.values)
    bits = _bits(values)
    enough = bits >= BITS
    twins = dict(_twins(data, values, enough, bits))
    rows = [_told(data, report, other) for report, other in sorted(twins.items())]
    held = [int(i) for i in np.flatnonzero(enough) if i not in twins]
    read = ~np.isnan(data.values).all(axis=1)
    skipped = [(int(i), int(read[i])) for i in np.flatnonzero(~enough)]
    return listed(rows, held=held, skipped=skipped, reasons=(NO_CELLS, _FEW))


def _bits(values: np.ndarray) -> np.ndarray:
    """How much the figures tell: totals repeat what stands elsewhere, and count for nothing."""
    told = [
        i
        for a, i in COLUMN_OF.items()
        if not a.endswith(".total")
        and not a.startswith(("applications.total.", "applications.new."))
    ]
    return np.asarray(np.log2(1 + np.abs(values[:, told])).sum(axis=1))


def _twins(
    data: Dataset, values: np.ndarray, enough: np.ndarray, bits: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Each report whose figures another owner's report has too, with the first such."""
    rows = np.flatnonzero(enough)
    if len(rows) < 2:
        return
    owner = owners(data)
    needed = BITS + 2 * np.log2(len(rows))
    factors = np.random.default_rng(0).random(values.shape[1])
    order = rows[np.argsort(values[rows] @ factors, kind="stable")]
    same = (values[order[1:]] == values[order[:-1]]).all(axis=1)
    for run in np.split(order, np.flatnonzero(~same) + 1):
        for report in run.tolist() if len(run) > 1 and bits[run[0]] >= needed else ():
            other = next((int(r) for r in run if owner[r] != owner[report]), None)
            if other is not None:
                yield report, other


def _told(data: Dataset, report: int, other: int) -> dict[str, Any]:
    filled = np.nan_to_num(data.values[report]) != 0
    cells = tuple(a for a, i in COLUMN_OF.items() if filled[i])
    return {
        "report": report,
        "statement": str(unit_labels(data)[other]),
        "cells": cells,
        "details": {
            "other": unit_labels(data)[other],
            "other_year": data.reports["year"].iat[other],
            "count": len(cells),
        },
    }


_CELLS = {
    "disclosure.licensing.decisions": 137,
    "disclosure.penalties.decisions": 46,
    "disclosure.fees.amount": 12.35,
}

RULE = Rule(
    code="N612",
    severity=Severity.WARNING,
    scope=Scope.RUN,
    title=Text("表格数据与其他单位相同", "The tables are another unit's"),
    demand=Text(
        "表格数据不为零的，不与其他单位的完全相同",
        "Tables that are not all zero are not the same as another unit's",
    ),
    message=Text(
        "三张表的全部数据（非零 {count} 格）与{other}的年报（{other_year} 年）完全相同",
        "All figures ({count} cells not 0) are those of {other}'s report for {other_year}",
    ),
    hint=Text(
        "请核实是否误用其他单位的表格", "See whether another unit's tables were taken by mistake"
    ),
    citations={0: "国办公开办函〔2021〕30号"},
    check=check,
    passes=Example(
        reports=(
            Patch(cells=_CELLS),
            Patch(unit="石桥镇", cells={**_CELLS, "disclosure.penalties.decisions": 64}),
        )
    ),
    fails=Example(reports=(Patch(cells=_CELLS), Patch(unit="石桥镇", cells=_CELLS))),
)
