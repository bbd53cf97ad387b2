"""R801: a unit on the roster has no report."""

import re
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import NO_REPORT, Measure, listed
from rules.units import plain_name, roster_keys, roster_names, unit_keys
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

_NO_ROSTER = Text("没有提供单位名单", "no roster was given")
_NO_YEAR = Text("没有可确定年度的年报", "no report whose year is known")
_SELECTED = Text(
    "只核验了个别文件，名单来自配置（核验整个文件夹，或加 --roster，才查报送是否齐全）",
    "single files were checked and the roster is the configuration's "
    "(give the folder, or --roster, to see who has not reported)",
)
_UNREAD = Text(
    "该单位有文件，但未能读取（见 F001、F003）",
    "the unit's file was met, but not read (F001, F003)",
)
_REASONS = (_NO_ROSTER, _NO_YEAR, _SELECTED, _UNREAD)


_FAILED = ("F001", "F002", "F003")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")


def _check(data: Dataset) -> Measure:
    """A statement for each unit of the roster and each year that is due."""
    if data.roster is None:
        return listed([], skipped=[(NO_REPORT, 0)] if len(data) else [], reasons=_REASONS)
    named = zip(roster_keys(data.roster), data.roster["unit"], strict=True)
    # A name that several bear says nothing without the parent that its key has before it.
    units = {key: unit if key == plain_name(unit) else key for key, unit in named if key}
    met = pd.DataFrame({"unit": unit_keys(data), "year": data.reports["year"]}).dropna()
    due = _years(data, met, set(units))
    if not due and units:
        why = _REASONS.index(_SELECTED if data.settings.selected and len(met) else _NO_YEAR)
        return listed([], skipped=[(NO_REPORT, why)], reasons=_REASONS)
    there = set(zip(met["unit"], met["year"].astype(int), strict=True))
    gone = [(u, y) for y in due for u in units if (u, y) not in there]
    unread = _unread(data, gone)
    rows = [_told(data, units[u], y) for u, y in gone if (u, y) not in unread]
    held = [NO_REPORT] * (len(units) * len(due) - len(gone))
    skipped = [(NO_REPORT, _REASONS.index(_UNREAD))] * len(unread)
    return listed(rows, held=held, skipped=skipped, reasons=_REASONS)


def _years(data: Dataset, met: pd.DataFrame, roster: set[str]) -> list[int]:
    """The year that most reports under check are of, and others that half the roster reported for.

    A selection makes only the latter due.
    """
    own = met[data.reports["role"].eq("report").reindex(met.index)]
    counts = own["year"].value_counts()
    if counts.empty:
        return []
    most = int(counts[counts.eq(counts.max())].index.max())
    known = own[own["unit"].isin(roster)].drop_duplicates()
    many = known["year"].value_counts()
    others = many[many * 2 >= len(roster)].index
    return sorted({*([] if data.settings.selected else [most]), *(int(y) for y in others)})


def _unread(data: Dataset, gone: list[tuple[str, int]]) -> set[tuple[str, int]]:
    """Units without a report whose name, and no other year, an unread file bears."""
    files = data.files["file"][data.files["outcome"].isin(_FAILED)].dropna().tolist()
    known: dict[str, list[str]] = {}
    for name, unit in roster_names(data.roster).items():
        known.setdefault(unit, []).append(name)
    found = set()
    for unit, year in gone if files else ():
        for file in files:
            years = _YEAR.findall(file.rpartition("/")[2]) or _YEAR.findall(file)
            if any(n in file for n in known[unit]) and str(year) in (years or [str(year)]):
                found.add((unit, year))
    return found


def _told(data: Dataset, unit: str, year: int) -> dict[str, Any]:
    unread = int(data.files["outcome"].isin(_FAILED).sum())
    note = Text(
        f"（另有 {unread} 个文件未能读取，其中可能有该单位的年报）",
        f" (files not read: {unread}; its report may be among them)",
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
