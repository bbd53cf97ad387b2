"""V201: cells are left blank."""

from dataclasses import replace
from functools import cache

import numpy as np

from rules.cells import TABLE_OF, blank_throughout, by_table, together
from rules.dataset import Dataset, Status
from rules.form import all_addresses
from rules.measure import Measure
from rules.observed import listed
from rules.vocabulary import Rule, Severity, Text, patch

_ALL_BLANK = Text("整张表空白（见S104）", "the table is blank throughout (S104)")


def _check(data: Dataset) -> Measure:
    measure = by_table(_as_listed(data), _blank, together)
    hollow = blank_throughout(data).reshape(-1)
    assert measure.reason is not None  # by_table gives one to every statement
    return Measure(
        report=measure.report,
        residual=np.where(hollow, np.nan, measure.residual),
        tell=measure.tell,
        reason=np.where(hollow, len(measure.reasons), measure.reason),
        reasons=(*measure.reasons, _ALL_BLANK),
    )


def _as_listed(data: Dataset) -> Dataset:
    """The data, without the cells that a list of units has no column for."""
    where = listed(data)
    if not where.any():
        return data
    status = data.status.copy()
    status[where[:, TABLE_OF] & (status == Status.ABSENT)] = Status.OUTSIDE
    return replace(data, status=status)


def _blank(values: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Blank cells, and those that are lacking though their row and column are there."""
    blank = status == Status.BLANK
    lacking = status == Status.ABSENT
    some = np.flatnonzero(lacking.any(axis=1)) if lacking.any() else ()
    if len(some):
        present = (status[some] < Status.ABSENT).astype(np.float32)
        rows, columns = _lines(1), _lines(2)
        in_row = (present @ rows)[:, rows.argmax(axis=1)] > 0
        in_column = (present @ columns)[:, columns.argmax(axis=1)] > 0
        blank[some] |= lacking[some] & in_row & in_column
    return blank


@cache
def _lines(part: int) -> np.ndarray:
    """Which row (part 1) or column (part 2) of its table each address stands in: 226 × lines."""
    names = [tuple(a.split(".")[i] for i in (0, part)) for a in all_addresses()]
    order = {name: i for i, name in enumerate(dict.fromkeys(names))}
    found = np.zeros((len(names), len(order)), dtype=np.float32)
    found[np.arange(len(names)), [order[n] for n in names]] = 1
    return found


RULE = Rule(
    code="V201",
    severity=Severity.WARNING,
    title=Text("单元格空白", "Cells are left blank"),
    demand=Text("数字格都填有数字，没有发生的填0", "No number cell is blank; none is written 0"),
    message=Text(
        "{subject}有 {count} 格空白：{cells}", "{subject}: blank cells ({count}): {cells}"
    ),
    hint=Text(
        "没有发生的请填0；空白会被看作漏填，合计为空的勾稽关系无法核验",
        "Write 0 where there is nothing to count; equations whose total is blank can't be checked",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）；空白如何填写格式未作说明，按漏填提示",
        2021: "国办公开办函〔2021〕30号（年度报告格式；内容应准确、全面）；空白如何填写格式未作说明，按漏填提示",
    },
    check=_check,
    passes=patch(),
    fails=patch(cells={"disclosure.licensing.decisions": ""}),
)
