"""What else is known of a cell's true value: the text, the years beside it, the county's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from rules.below import units_below
from rules.dataset import COLUMN_OF, Dataset
from rules.form import load_form
from rules.history import last_years
from rules.vocabulary import Text

TEXT = Text("与正文所述一致", "the text says so")
LAST_YEAR = Text("与上年年报的结转一致", "last year's report carried so many out")
NEXT_YEAR = Text("与下年年报的结转一致", "next year's report carried so many in")
PARENT = Text("与县级汇总数一致", "the county's own table says so")

#: In the order of trust: what agrees with an earlier one is preferred.
SOURCES = (TEXT, LAST_YEAR, NEXT_YEAR, PARENT)

_KINDS = tuple(c.key for c in load_form(2021).tables["applications"].blocks[0].columns)
_IN = np.array([COLUMN_OF[f"applications.carried_in.{k}"] for k in _KINDS])
_OUT = np.array([COLUMN_OF[f"applications.carried_out.{k}"] for k in _KINDS])


@dataclass
class Evidence:
    """For each report: address → {value: where it comes from}."""

    known: dict[int, dict[str, dict[int, Text]]] = field(default_factory=dict)

    def add(self, report: int, cell: str, value: float, source: Text) -> None:
        """Note a value; whole counts only, an earlier source stands."""
        if value >= 0 and float(value).is_integer():
            self.known.setdefault(report, {}).setdefault(cell, {}).setdefault(int(value), source)

    def of(self, report: int) -> Mapping[str, Mapping[int, Text]]:
        """What is known of a report's cells."""
        return self.known.get(report, {})


def gather(data: Dataset, reports: set[int]) -> Evidence:
    """Everything known of these reports' cells beside the tables themselves."""
    found = Evidence()
    _from_text(found, data, reports)
    _from_other_years(found, data, reports)
    _from_parent(found, data, reports)
    return found


def _from_text(found: Evidence, data: Dataset, reports: set[int]) -> None:
    claims = data.claims
    if not len(claims):
        return
    year = data.reports["year"].reindex(claims["report"]).set_axis(claims.index)
    chosen = claims[
        claims["report"].isin(reports)
        & claims["exact"]
        & claims["concept"].isin(set(COLUMN_OF))
        & claims["kind"].isin(["count", "none"])
        & (claims["year"].isna() | claims["year"].eq(year).fillna(False))
    ]
    for report, cell, value in zip(
        chosen["report"], chosen["concept"], chosen["value"], strict=True
    ):
        found.add(int(report), cell, float(value), TEXT)


def _from_other_years(found: Evidence, data: Dataset, reports: set[int]) -> None:
    """Applications carried over stand in two reports."""
    last = last_years(data)
    for later in np.flatnonzero(last >= 0).tolist():
        earlier = int(last[later])
        if later in reports:
            for cell, value in zip(_IN, data.values[earlier, _OUT].tolist(), strict=True):
                found.add(later, data.addresses[cell], value, LAST_YEAR)
        if earlier in reports:
            for cell, value in zip(_OUT, data.values[later, _IN].tolist(), strict=True):
                found.add(earlier, data.addresses[cell], value, NEXT_YEAR)


def _from_parent(found: Evidence, data: Dataset, reports: set[int]) -> None:
    """What is left of the county's cell when all other units' are taken away."""
    for parent in np.flatnonzero(data.reports["role"].eq("parent").to_numpy(dtype=bool)).tolist():
        units, lacking = units_below(data, parent)
        if lacking is not None:
            continue
        sums = np.nan_to_num(data.values[units]).sum(axis=0)
        for report in sorted(reports.intersection(units.tolist())):
            left = data.values[parent] - (sums - np.nan_to_num(data.values[report]))
            for cell in np.flatnonzero(left >= 0).tolist():
                if not data.addresses[cell].startswith("disclosure"):
                    found.add(report, data.addresses[cell], float(left[cell]), PARENT)
