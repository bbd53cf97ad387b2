"""V205: a count is not whole."""

from functools import partial

import numpy as np

from rules.cells import by_table, of_kind, one_by_one
from rules.vocabulary import Rule, Severity, Text, patch

_COUNTS = ~of_kind("amount")


def _broken(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return (np.floor(values) < values) & _COUNTS


RULE = Rule(
    code="V205",
    severity=Severity.ERROR,
    title=Text("件数不是整数", "A count is not whole"),
    demand=Text("件数是整数，只有金额可以有小数", "Counts are whole; only amounts have decimals"),
    message=Text(
        "{cells} 实为 {actual}，应为整数", "{cells} is {actual}, should be a whole number"
    ),
    hint=Text(
        "请核对该数字，是否填错了行列", "Check the figure, and whether it stands in its place"
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=partial(by_table, test=_broken, tell=one_by_one),
    passes=patch(cells={"disclosure.fees.amount": 26.55}),
    fails=patch(cells={"disclosure.licensing.decisions": 1.5}),
)
