"""V203: a number cell holds no number."""

from functools import partial

import numpy as np

from rules.cells import by_table, one_by_one
from rules.dataset import Status
from rules.vocabulary import Rule, Severity, Text, patch


def _text(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    return status == Status.TEXT


RULE = Rule(
    code="V203",
    severity=Severity.ERROR,
    title=Text("数字格填的不是数字", "A number cell holds no number"),
    demand=Text("数字格填写数字", "A number cell holds a number"),
    message=Text("{cells} 实为“{raw}”，应为数字", "{cells} is “{raw}”, should be a number"),
    hint=Text("请改填数字，需要说明的写在正文里", "Write a number; explanations go into the text"),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式；内容应准确、全面）",
    },
    check=partial(by_table, test=_text, tell=one_by_one),
    passes=patch(),
    fails=patch(cells={"disclosure.licensing.decisions": "若干"}),
)
