"""V207: numbers are not written plainly."""

from typing import Any

import numpy as np
import pandas as pd

from rules.cells import ADDRESSES, TABLE_OF, has_table
from rules.dataset import COLUMN_OF, Dataset, Status
from rules.form import TABLES
from rules.measure import NO_CELLS, Measure, expanded, facts
from rules.vocabulary import Rule, Severity, Text, patch


def _check(data: Dataset) -> Measure:
    """A statement for each report and table, from the few cells that the reading calls not plain."""
    odd = data.odd_cells
    odd = odd[~odd["plain"].to_numpy(dtype=bool)]
    # A negative count is V204's.
    odd = odd[odd["status"].eq(Status.NUMBER) & ~odd["value"].lt(0)]
    column = odd["cell"].map(COLUMN_OF).to_numpy(dtype=np.int64)
    odd = odd.assign(which=TABLE_OF[column], column=column)
    counts = np.zeros((len(data), len(TABLES)))
    np.add.at(counts, (odd["report"].to_numpy(dtype=np.int64), odd["which"].to_numpy()), 1)
    gone = ~has_table(data)
    counts[gone] = np.nan

    def tell(report: np.ndarray, which: np.ndarray) -> pd.DataFrame:
        rows: list[dict[str, Any]] = []
        for r, w in zip(report.tolist(), which.tolist(), strict=True):
            own = odd[odd["report"].eq(r) & odd["which"].eq(w)].sort_values("column")
            raw = tuple(own["raw"].fillna("").unique())
            rows.append(
                {
                    "report": r,
                    "statement": TABLES[w],
                    "cells": tuple(ADDRESSES[own["column"].to_numpy()]),
                    "actual": raw[0] if len(own) == 1 else None,
                    "details": {"count": len(own), "raw": raw[:5]},
                }
            )
        return facts(rows)

    return expanded(TABLES, counts, tell, reason=np.where(gone, 0, -1), reasons=(NO_CELLS,))


RULE = Rule(
    code="V207",
    severity=Severity.INFO,
    title=Text("数字写法不规范", "Numbers are not written plainly"),
    demand=Text(
        "数字用半角阿拉伯数字，不带分隔符和单位",
        "Numbers are plain: no full-width digits, separators or units",
    ),
    message=Text(
        "{subject}有 {count} 格写法不规范（“{raw}”）：{cells}",
        "{subject}: not written plainly ({count}, “{raw}”): {cells}",
    ),
    hint=Text(
        "请改用半角数字，去掉千分位、正号和单位",
        "Use half-width digits without separators, signs or units",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=_check,
    passes=patch(),
    fails=patch(cells={"disclosure.licensing.decisions": "１２"}),
)
