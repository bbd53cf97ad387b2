"""S112: the statistics period is not the report's year."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import one_each
from rules.vocabulary import Rule, Severity, Text, patch

_NOT_STATED = Text(
    "没有写明统计期限，或期限没有完整读出", "no statistics period stated, or not whole"
)


def _check(data: Dataset) -> Measure:
    reports = data.reports
    year = reports["year"].astype("string")
    right = {"period_from": year + "-01-01", "period_to": year + "-12-31"}
    odd = np.zeros(len(data), dtype=bool)
    unknown = reports["year"].isna().to_numpy(dtype=bool)
    for column, day in right.items():
        stated = reports[column].notna().to_numpy(dtype=bool)
        differs = reports[column].astype("string").ne(day).fillna(False).to_numpy(dtype=bool)
        odd = odd | (stated & differs)
        unknown = unknown | ~stated
    odd = odd & reports["year"].notna().to_numpy(dtype=bool)
    reason = np.where(unknown & ~odd, 0, -1)
    return one_each(data, _told(data, odd), reason=reason, reasons=(_NOT_STATED,))


def _told(data: Dataset, odd: np.ndarray) -> Iterator[dict[str, Any]]:
    pieces = data.evidence[data.evidence["about"].eq("period")]
    for report in np.flatnonzero(odd).tolist():
        row = data.reports.iloc[report]
        own = pieces[pieces["report"].eq(report)]
        days = [d if isinstance(d, str) else "…" for d in (row["period_from"], row["period_to"])]
        yield {
            "report": report,
            "statement": "period",
            "expected": f"{row['year']}-01-01/{row['year']}-12-31",
            "actual": "/".join(days),
            "location": _first(own["location"]),
            "excerpt": _first(own["text"]),
            "details": {"start": days[0], "end": days[1]},
        }


def _first(column: pd.Series) -> str | None:
    found = column.dropna()
    return str(found.iloc[0]) if len(found) else None


RULE = Rule(
    code="S112",
    severity=Severity.WARNING,
    title=Text("统计期限有误", "The statistics period is not the report's year"),
    demand=Text(
        "写明的统计期限为报告年度的1月1日至12月31日",
        "A stated statistics period is 1 January to 31 December of the report's year",
    ),
    message=Text(
        "统计期限实为 {start} 至 {end}，应为{year}年1月1日至12月31日",
        "The period is {start} to {end}, should be 1 January to 31 December {year}",
    ),
    hint=Text(
        "请更正统计期限，并确认表格数据确为这一年的",
        "Correct the period, and make sure that the tables are of that year",
    ),
    citations={
        0: "《政府信息公开条例》第四十九条（上一年度年度报告）；参见DB51/T 2660—2019第2.1条（1月1日至12月31日）"
    },
    check=_check,
    passes=patch(),
    fails=patch(
        preamble="本报告依据《中华人民共和国政府信息公开条例》编制，"
        "所列数据的统计期限自2023年1月1日起至2023年12月30日止。"
    ),
)
