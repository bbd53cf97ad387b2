"""S107: rows or columns beside the form's, or twice."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import COLUMN_OF, Dataset
from rules.form import Table, load_form
from rules.measure import Measure
from rules.observed import observed
from rules.sections import one_each
from rules.vocabulary import Rule, Severity, Text, patch

_KINDS = ("row_extra", "column_extra", "row_twice", "column_twice", "table_twice")
#: Words for a sum, and the labels of groups, which carry no figures of their own.
_SUBTOTAL = re.compile(r"小计|合计|总计|总数|汇总|(?:不予公开|无法提供|不予处理|其他处理)$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

_NUMERALS = {2: "二", 3: "三", 4: "四"}
_WHY = {
    "row_extra": Text("格式以外的行", "a row beside the form's"),
    "column_extra": Text("格式以外的列", "a column beside the form's"),
    "row_twice": Text("同一行出现两次", "a row that stands twice"),
    "column_twice": Text("同一列出现两次", "a column that stands twice"),
    "table_twice": Text(
        "整张表出现两次，两处数字不一致", "the whole table stands twice, with other figures"
    ),
}
_SUBTOTAL_COLUMN = Text("自行添加的小计列", "an inserted column of subtotals")
_SUBTOTAL_RIGHT = Text(
    "自行添加的小计行，数字等于所属各行之和", "an inserted subtotal, equal to its rows' sum"
)
_SUBTOTAL_WRONG = Text(
    "自行添加的小计行，数字不等于任何一组各行之和",
    "an inserted subtotal, no group of rows adds up to it",
)


def _check(data: Dataset) -> Measure:
    seen = observed(data, *_KINDS)
    nothing = np.full(len(data), -1)
    return one_each(data, _told(data, seen), reason=nothing, reasons=())


def _told(data: Dataset, seen: pd.DataFrame) -> Iterator[dict[str, Any]]:
    if not len(seen):
        return
    for row in seen.astype(object).where(seen.notna(), None).to_dict("records"):
        table, item = row["table"], row["item"] or ""
        yield {
            "report": row["report"],
            "statement": f"{table}:{item}" if table else item,
            "actual": item,
            "location": row["location"],
            "details": {"why": _why(data, row), "item": _label(table, item, row["kind"])},
        }


def _label(table: str | None, item: str, kind: str) -> str | Text:
    """A key of the form in its words; a label as printed stays."""
    if table is None or kind.endswith("_extra"):
        return item
    found = load_form(2021).tables[table]
    if kind == "table_twice":
        return Text(f"表{_NUMERALS[found.number]}", f"table {found.number}")
    labels = found.rows if kind == "row_twice" else [c for b in found.blocks for c in b.columns]
    return next((label.full for label in labels if label.key == item), item)


def _why(data: Dataset, row: Mapping[Any, Any]) -> Text:
    if not row["kind"].endswith("_extra") or not _SUBTOTAL.search(row["item"] or ""):
        return _WHY[row["kind"]]
    if row["kind"] == "column_extra":
        return _SUBTOTAL_COLUMN
    stated = [float(n) for n in _NUMBER.findall(row["text"] or "")]
    sums = _sums(data, int(row["report"]), row["table"])
    return _SUBTOTAL_RIGHT if stated in sums else _SUBTOTAL_WRONG


def _sums(data: Dataset, report: int, table: str | None) -> list[list[float]]:
    """What each group of rows of a table adds up to, column by column."""
    edition = int(data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)[report])
    if table is None or not edition:
        return []
    found = load_form(edition).tables[table]
    sums = []
    for rows in _groups(found):
        columns = [c.key for c in found.block_of(rows[0]).columns]
        at = [[COLUMN_OF[f"{table}.{r}.{c}"] for c in columns] for r in rows]
        sums.append(np.nansum(data.values[report][at], axis=0).tolist())
    return sums


def _groups(table: Table) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for row in table.rows:
        article = table.block_of(row.key).article
        groups.setdefault(row.group or article or "", []).append(row.key)
    outcomes = [r.key for r in table.rows if r.group and r.key != "total"]
    return [*groups.values(), *([outcomes] if outcomes else [])]


RULE = Rule(
    code="S107",
    severity=Severity.WARNING,
    title=Text("表格有多余的行或列", "Rows or columns beside the form's"),
    demand=Text(
        "表格只有格式规定的行和列，各出现一次",
        "The tables have the form's rows and columns and no others, each once",
    ),
    message=Text("“{item}”：{why}", "“{item}”: {why}"),
    hint=Text(
        "请删去格式以外的行列，保持规定格式；小计的数字没有计入核验",
        "Take out what the form does not have; subtotals were left out of the checks",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=_check,
    passes=patch(),
    fails=patch(rows={"小计": ("applications.denied_admin_query", (0,) * 7)}),
)
