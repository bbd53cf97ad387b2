"""Each report's counterpart of the year before, over all roles, and figures of the two side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.kept import kept
from rules.units import unit_keys
from rules.vocabulary import Text

#: Of several reports for one unit and year, the one in the foremost of these roles counts.
_ROLES: Mapping[str, int] = {"report": 0, "previous": 1, "parent": 2}


@kept
def last_years(data: Dataset) -> np.ndarray:
    """The position of each report's counterpart of the year before, -1 where there is none; int64, n.

    Units are the same by name (aliases of the roster included) and county; where one side does not
    tell its county, the name alone decides as long as it is one unit's.
    """
    found = np.full(len(data), -1, dtype=np.int64)
    unit = unit_keys(data)
    year = data.reports["year"].astype("float64").to_numpy()
    if not np.isin(year, year + 1).any():
        return found  # the run holds a single year, or none that follow each other
    county = data.reports["county"].fillna("").to_numpy(dtype=object)
    role = data.reports["role"].map(_ROLES).fillna(len(_ROLES)).to_numpy(dtype=np.float64)
    own = pd.DataFrame(
        {"unit": unit, "county": county, "year": year, "role": role, "at": np.arange(len(data))}
    )
    own = own[own["unit"].ne("") & own["year"].notna()]
    earlier = own.assign(year=own["year"] + 1).sort_values(["role", "at"], kind="stable")
    _match(found, own, earlier, ["unit", "county", "year"])
    rest = own[found[own["at"].to_numpy(dtype=np.int64)] < 0]
    if len(rest):
        counties = earlier.groupby(["unit", "year"])["county"].transform("nunique")
        nameless = earlier[counties.eq(1) & earlier["county"].eq("")]
        single = earlier[counties.eq(1)]
        _match(found, rest[rest["county"].eq("")], single, ["unit", "year"])
        _match(found, rest[rest["county"].ne("")], nameless, ["unit", "year"])
    return found


def _match(found: np.ndarray, own: pd.DataFrame, earlier: pd.DataFrame, keys: list[str]) -> None:
    """Write into `found` the first of `earlier` that agrees with each of `own` in `keys`."""
    best = earlier[[*keys, "at"]].drop_duplicates(keys)
    pairs = own[[*keys, "at"]].merge(best, on=keys, suffixes=("", "_before"))
    found[pairs["at"].to_numpy(dtype=np.int64)] = pairs["at_before"].to_numpy(dtype=np.int64)


def before(data: Dataset, addresses: list[str], last: np.ndarray) -> np.ndarray:
    """Last year's figures of these cells, n × k; NaN where there was no report or no number."""
    return _of(data.values, addresses, last, np.nan)


def status_before(data: Dataset, addresses: list[str], last: np.ndarray) -> np.ndarray:
    """How last year's cells were read, n × k; OUTSIDE where there was no report."""
    return _of(data.status, addresses, last, Status.OUTSIDE)


def now(data: Dataset, addresses: list[str]) -> np.ndarray:
    """This year's figures of these cells, n × k."""
    return data.values[:, [COLUMN_OF[a] for a in addresses]]


def status_now(data: Dataset, addresses: list[str]) -> np.ndarray:
    """How this year's cells were read, n × k."""
    return data.status[:, [COLUMN_OF[a] for a in addresses]]


def _of(matrix: np.ndarray, addresses: list[str], last: np.ndarray, missing: float) -> np.ndarray:
    columns = [COLUMN_OF[a] for a in addresses]
    if not len(matrix):
        return np.empty((0, len(columns)), dtype=matrix.dtype)
    found = matrix[np.ix_(np.maximum(last, 0), columns)]
    found[last < 0] = missing
    return found


@cache
def no_report(year: int | None) -> Text:
    """The reason why what needs the report of a year is not assessed."""
    if year is None:
        return Text("年度不明", "the year is unknown")
    return Text(f"没有{year}年的年报", f"no report for {year}")


def years_before(data: Dataset) -> tuple[np.ndarray, tuple[Text, ...]]:
    """For each report the index of its reason "no report for" last year, and the reasons."""
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)
    years, index = np.unique(year, return_inverse=True)
    reasons = tuple(no_report(int(y) - 1 if y else None) for y in years)
    return index.astype(np.int64), reasons
