"""Whose reports a parent's own report is the sum of."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.units import plain_name, roster_keys, unit_keys
from rules.vocabulary import Text

_RANK = {"township": 0, "department": 0, "county": 1, "city": 2, "province": 3, "ministry": 3}

_TWICE = Text("有单位报送了多份年报", "a unit has several reports")
_NONE = Text("没有下级单位同年度的年报", "no report of a unit below for that year")


def units_below(data: Dataset, parent: int) -> tuple[np.ndarray, Text | None]:
    """The reports (positions) that a parent's is the sum of, and why they don't suffice if so."""
    keys = unit_keys(data)
    reports = data.reports
    years = reports["year"].to_numpy(dtype=np.float64, na_value=np.nan)
    year = years == years[parent]
    ranks = reports["level"].map(_RANK).astype("float64").fillna(0).to_numpy()
    level = reports["level"].iat[parent]
    rank = _RANK[level] if isinstance(level, str) else 1
    mine = reports["role"].eq("report").to_numpy(dtype=bool) & year
    mine &= (ranks < rank) & (keys != keys[parent])
    if data.roster is not None:
        due = _due(data.roster, str(keys[parent]))
        mine &= pd.Series(keys).isin(due).to_numpy(dtype=bool)
        lacking = due - set(keys[mine])
        if lacking:
            count = len(lacking)
            return np.flatnonzero(mine), Text(
                f"名单上有 {count} 个单位没有年报", f"{count} units on the roster have no report"
            )
    elif level == "county":
        mine &= ~_elsewhere(reports, str(keys[parent]), mine)
    units = np.flatnonzero(mine)
    if not len(units):
        return units, _NONE
    if len(set(keys[units])) < len(units):
        return units, _TWICE
    return units, None


def _elsewhere(reports: pd.DataFrame, parent: str, mine: np.ndarray) -> np.ndarray:
    """Which units lie in another county, where any is known to lie in this one."""
    above = reports["county"].map(plain_name, na_action="ignore")
    here = above.eq(parent).fillna(False).to_numpy(dtype=bool)
    others = above.notna().to_numpy(dtype=bool) & ~here
    return others if (here & mine).any() else np.zeros(len(reports), dtype=bool)


def _due(roster: pd.DataFrame, parent: str) -> set[str]:
    """The units of the roster that report to this parent; all of them where none names it."""
    names = pd.Series(roster_keys(roster), index=roster.index, dtype="str")
    above = roster["parent"].map(plain_name, na_action="ignore")
    mine = names[above.eq(parent)] if above.eq(parent).any() else names
    return set(mine) - {parent, ""}
