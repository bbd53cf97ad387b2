"""R801: a unit on the roster has no report."""

from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import NO_REPORT, Measure, listed
from rules.units import plain_name, unit_keys
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

_NO_ROSTER = Text("没有提供单位名单", "no roster was given")
_NO_YEAR = Text("没有可确定年度的年报", "no report whose year is known")


def _check(data: Dataset) -> Measure:
    """A statement for each unit of the roster and each year that is due."""
    reasons = (_NO_ROSTER, _NO_YEAR)
    if data.roster is None:
        return listed([], skipped=[(NO_REPORT, 0)] if len(data) else [], reasons=reasons)
    units = [u for u in dict.fromkeys(data.roster["unit"].tolist()) if isinstance(u, str)]
    met = pd.DataFrame({"unit": unit_keys(data), "year": data.reports["year"]}).dropna()
    due = _years(data, met, {plain_name(u) for u in units})
    if not due and units:
        return listed([], skipped=[(NO_REPORT, 1)], reasons=reasons)
    there = set(zip(met["unit"], met["year"].astype(int), strict=True))
    rows = [
        _told(data, unit, year)
        for year in due
        for unit in units
        if (plain_name(unit), year) not in there
    ]
    held = [NO_REPORT] * (len(units) * len(due) - len(rows))
    return listed(rows, held=held, reasons=reasons)


def _years(data: Dataset, met: pd.DataFrame, roster: set[str]) -> list[int]:
    """The year that most reports under check are of, and others that half the roster reported for."""
    own = met[data.reports["role"].eq("report").reindex(met.index)]
    counts = own["year"].value_counts()
    if counts.empty:
        return []
    most = int(counts[counts.eq(counts.max())].index.max())
    known = own[own["unit"].isin(roster)].drop_duplicates()
    many = known["year"].value_counts()
    others = many[many * 2 >= len(roster)].index
    return sorted({most, *(int(y) for y in others)})


def _told(data: Dataset, unit: str, year: int) -> dict[str, Any]:
    unread = int(data.files["outcome"].isin(["F001", "F002", "F003"]).sum())
    note = Text(
        f"（另有 {unread} 个文件未能读取，其中可能有该单位的年报）",
        f" ({unread} files were not read; its report may be among them)",
    )
    return {
        "report": NO_REPORT,
        "statement": "report",
        "unit": unit,
        "year": year,
        "details": {"note": note if unread else ""},
    }


_ROSTER = ({"unit": "青石镇", "level": "township"}, {"unit": "白水乡", "level": "township"})

RULE = Rule(
    code="R801",
    severity=Severity.ERROR,
    scope=Scope.RUN,
    title=Text("未报送年报", "A unit on the roster has no report"),
    demand=Text(
        "名单上的每个单位都报送了该年度的年报", "Every unit on the roster has a report for the year"
    ),
    message=Text("{unit}没有{year}年度的年报{note}", "{unit} has no report for {year}{note}"),
    hint=Text(
        "请催报；单位改名或合并的，请在名单的别名一栏写上旧名",
        "Ask for it; where a unit was renamed or merged, put the old name among its aliases",
    ),
    citations={0: "《政府信息公开条例》第四条、第四十九条"},
    check=_check,
    passes=Example(reports=(Patch(), Patch(unit="白水乡")), roster=_ROSTER),
    fails=Example(reports=(Patch(),), roster=_ROSTER),
)
