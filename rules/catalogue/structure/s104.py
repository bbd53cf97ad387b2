"""S104: a table is missing or blank throughout."""

from typing import Any

import numpy as np

from rules.cells import blank_throughout, has_table
from rules.dataset import Dataset
from rules.form import TABLES
from rules.measure import LISTED, Measure
from rules.observed import listed, observed, reports_with
from rules.sections import judged, place_of
from rules.vocabulary import Rule, Severity, Text, patch

_PICTURE = Text("表格是图片，没有读出", "the table is a picture and was not read")
_PAGE = Text("部分内容未能读出，表格可能在其中", "a part was not read; the table may stand there")
_MISSING = Text("没有找到这张表", "the table is not in the document")
_BLANK = Text("整张表没有填写任何数字", "not one figure is filled in")


def _check(data: Dataset) -> Measure:
    there = has_table(data)
    blank = blank_throughout(data)
    reason = np.full(there.shape, -1)
    broken = np.where(there, blank, True).astype(np.float64)
    unread = reports_with(data, "page_unread")
    reason[unread] = np.where(there[unread], -1, 1)
    pictures = observed(data, "table_picture")
    pictures = pictures[pictures["table"].isin(TABLES)]
    at = pictures["report"].to_numpy(np.int64), pictures["table"].map(TABLES.index).to_numpy(int)
    reason[at] = np.where(there[at], -1, 0)
    reason[~there & listed(data)] = 2
    broken[reason >= 0] = np.nan

    def tell(report: int, which: int) -> dict[str, Any]:
        why = _BLANK if there[report, which] else _MISSING
        return {
            "statement": TABLES[which],
            "location": place_of(data, report, TABLES[which]),
            "details": {"why": why},
        }

    return judged(data, broken, tell, reason=reason, reasons=(_PICTURE, _PAGE, LISTED))


RULE = Rule(
    code="S104",
    severity=Severity.ERROR,
    title=Text("缺少表格或整表空白", "A table is missing or blank throughout"),
    demand=Text(
        "三张表格齐全，且不是整表空白",
        "Each of the three tables is present and not blank throughout",
    ),
    message=Text("{subject}：{why}", "{subject}: {why}"),
    hint=Text(
        "请按格式补上表格；没有发生的数据填0，不要留空或删去整张表",
        "Add the table as the form has it; write 0 where there is nothing to count",
    ),
    citations={
        2019: "《政府信息公开条例》第五十条；国办公开办函〔2019〕60号（年度报告格式）",
        2021: "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=_check,
    passes=patch(),
    fails=patch(drop=("disputes",)),
)
