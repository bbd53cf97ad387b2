"""F004: a cell was not read with certainty."""

from functools import partial

import numpy as np

from rules.cells import by_table, one_by_one
from rules.dataset import Status
from rules.vocabulary import Rule, Severity, Text, patch


def _unsure(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return status == Status.UNSURE


RULE = Rule(
    code="F004",
    severity=Severity.WARNING,
    title=Text("数字未能确定读出", "A figure was not read with certainty"),
    demand=Text("每一格的数字都确定无疑地读出", "Every cell was read with certainty"),
    message=Text(
        "有 {count} 格未能确定读出，没有参加核验：{cells}（读到“{raw}”）{doubt}",
        "{count} cells not read with certainty and left unchecked: {cells} (read “{raw}”) {doubt}",
    ),
    hint=Text(
        "请对照原件核实该格数字，或让报送单位提供可编辑的电子版（docx、xlsx）",
        "Look the figure up in the original, or ask for the editable file (docx, xlsx)",
    ),
    citations={0: "读取程序的自我说明，不涉及报告内容"},
    check=partial(by_table, test=_unsure, tell=one_by_one),
    passes=patch(),
    fails=patch(cells={"disclosure.licensing.decisions": "1 2 0"}),
)
