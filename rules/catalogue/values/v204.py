"""V204: a count or amount is negative."""

from functools import partial

import numpy as np

from rules.cells import by_table, of_kind, one_by_one
from rules.vocabulary import Rule, Severity, Text, patch

_UNSIGNED = ~of_kind("signed")


def _negative(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return (values < 0) & _UNSIGNED


RULE = Rule(
    code="V204",
    severity=Severity.ERROR,
    title=Text("数字为负", "A count or amount is negative"),
    demand=Text(
        "件数、金额不为负（2019年格式的“本年增/减”可以为负）",
        "No count or amount is negative (本年增/减 of the 2019 form may be)",
    ),
    message=Text("{cells} 实为 {actual}，不应为负", "{cells} is {actual}, must not be negative"),
    hint=Text(
        "请核对该数字；多写了负号的请删去",
        "Check the figure; take out the sign if it is one too many",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=partial(by_table, test=_negative, tell=one_by_one),
    passes=patch(
        year=2020,
        cells={"disclosure.licensing.items_last_year": 5, "disclosure.licensing.change": -2},
    ),
    fails=patch(cells={"disclosure.licensing.decisions": -1}),
)
