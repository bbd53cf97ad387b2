"""P702: few requests, yet refused as excessive; or all refused as repeats."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_NEW, _DONE = "applications.new.total", "applications.total.total"
_EXCESSIVE = "applications.refused_excessive.total"
_REPEAT = "applications.refused_repeat.total"

_FEW = Text(
    "申请很少，却有按“无正当理由大量反复申请”不予处理的", "few requests, yet refused as excessive"
)
_ALL = Text("全部申请都按“重复申请”不予处理", "all requests are refused as repeats")


def _check(data: Dataset) -> Measure:
    new, done, excessive, repeat = (data.column(a) for a in (_NEW, _DONE, _EXCESSIVE, _REPEAT))
    few = data.settings.threshold("few_requests")
    unknown = np.stack(
        [np.isnan(new) | np.isnan(excessive), np.isnan(done) | np.isnan(repeat)], axis=1
    )
    found = np.stack([(excessive > 0) & (new < few), (repeat > 0) & (repeat == done)], axis=1)
    broken = np.where(unknown, np.nan, found)

    def tell(report: int, which: int) -> dict[str, Any]:
        base, cell = ((_NEW, _EXCESSIVE), (_DONE, _REPEAT))[which]
        return {
            "statement": cell,
            "cells": (base, cell),
            "actual": float(data.column(cell)[report]),
            "details": {
                "why": (_FEW, _ALL)[which],
                "count": float(data.column(base)[report]),
            },
        }

    reason = np.where(unknown, 0, -1)
    return judged(data, broken, tell, reason=reason, reasons=(CELLS_MISSING,))


def _cells(new: int, row: str, count: int) -> dict[str, float | str]:
    counts = {"new": new, "granted": new - count, row: count, "total": new}
    return {
        f"applications.{name}.{column}": value
        for name, value in counts.items()
        for column in ("natural_person", "total")
    }


RULE = Rule(
    code="P702",
    severity=Severity.INFO,
    title=Text("不予处理的理由与申请数量不合", "Refusals that do not fit the number of requests"),
    demand=Text(
        "申请很少的，一般没有“大量反复申请”；不会全部是“重复申请”",
        "Few requests are hardly excessive; not all of them can be repeats",
    ),
    message=Text("{why}：{actual} 件，申请共 {count} 件", "{why}: {actual} of {count}"),
    hint=Text(
        "请核对是否填错了行；以往年度反复申请的，可以说明",
        "See whether the figure stands in the wrong row; say so where earlier years explain it",
    ),
    citations={0: "《政府信息公开条例》第三十五条、第三十六条第六项"},
    check=_check,
    passes=patch(cells=_cells(8, "refused_excessive", 3)),
    fails=patch(cells=_cells(2, "refused_excessive", 1)),
)
