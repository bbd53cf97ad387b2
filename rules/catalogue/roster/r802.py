"""R802: several reports for one unit and year."""

from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import one_each
from rules.units import unit_keys
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text


def _check(data: Dataset) -> Measure:
    reports = data.reports
    county = reports["county"].fillna("").to_numpy(dtype=object)
    own = pd.DataFrame({"unit": unit_keys(data), "county": county, "year": reports["year"]})
    known = own["unit"].ne("") & own["year"].notna() & reports["role"].eq("report")
    own = own[known]
    offences = (_told(data, group) for group in _groups(own))
    nothing = np.full(len(data), -1)
    applies = known.to_numpy(dtype=bool)
    return one_each(data, offences, reason=nothing, reasons=(), applies=applies)


def _groups(own: pd.DataFrame) -> list[list[int]]:
    """Reports of one unit and year, where there are several."""
    own = own[own.duplicated(["unit", "year"], keep=False)]
    if not len(own):
        return []
    # Which does not tell its county is of the one that the others tell, where that is one.
    known = own["county"].where(own["county"].ne("")).groupby([own["unit"], own["year"]])
    own = own.assign(county=own["county"].where(known.transform("nunique") > 1, ""))
    keys = ["unit", "county", "year"]
    again = own[own.duplicated(keys, keep=False)]
    return [g.index.tolist() for _, g in again.groupby(keys, sort=False)]


def _told(data: Dataset, group: list[int]) -> dict[str, Any]:
    """One finding for all of them, told of the last."""
    rows = data.reports.iloc[group]
    names = [
        " ".join(n for n in pair if isinstance(n, str))
        for pair in zip(rows["file"], rows["part"], strict=True)
    ]
    return {
        "report": group[-1],
        "statement": "report",
        "expected": 1,
        "actual": len(group),
        "details": {"files": tuple(names)},
    }


RULE = Rule(
    code="R802",
    severity=Severity.ERROR,
    scope=Scope.RUN,
    title=Text("同一单位同一年度有多份年报", "Several reports for one unit and year"),
    demand=Text("每个单位每年度一份年报", "One report for each unit and year"),
    message=Text(
        "{unit}{year}年度的年报有 {actual} 份，应为一份：{files}",
        "{unit} has {actual} reports for {year}, should be one: {files}",
    ),
    hint=Text(
        "请确认以哪一份为准，移走其余的；更正后的版本应替换原件",
        "Decide which counts and take the others away; a corrected version replaces the former",
    ),
    citations={0: "《政府信息公开条例》第四十九条"},
    check=_check,
    passes=Example(reports=(Patch(), Patch(unit="白水乡"))),
    fails=Example(reports=(Patch(file="青石镇2023.docx"), Patch(file="青石镇2023改.docx"))),
)
