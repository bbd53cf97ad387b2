"""V202: a placeholder stands for a number."""

from functools import partial

import numpy as np

from rules.cells import by_table, together
from rules.dataset import Status
from rules.vocabulary import Rule, Severity, Text, patch


def _placeholder(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return status == Status.PLACEHOLDER


RULE = Rule(
    code="V202",
    severity=Severity.WARNING,
    title=Text("用符号代替数字", "A placeholder stands for a number"),
    demand=Text("不用“/”“-”“—”“无”等代替数字", "No placeholder (/ - — 无) stands for a number"),
    message=Text(
        "{subject}有 {count} 格填的是“{raw}”而不是数字：{cells}",
        "{subject}: “{raw}” instead of a number ({count}): {cells}",
    ),
    hint=Text("没有发生的请填0", "Write 0 where there is nothing to count"),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式；内容应准确、全面）",
    },
    check=partial(by_table, test=_placeholder, tell=together),
    passes=patch(),
    fails=patch(cells={"disclosure.licensing.decisions": "/"}),
)
