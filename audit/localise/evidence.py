"""What else is known of a cell's true value: the text, last year's report, the county's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from rules.dataset import COLUMN_OF, Dataset
from rules.vocabulary import Text

TEXT = Text("与正文所述一致", "the text says so")
LAST_YEAR = Text("与上年报告一致", "last year's report says so")
PARENT = Text("与县级汇总数一致", "the county's own table says so")

#: In the order of trust: what agrees with an earlier one is preferred.
WEIGHTS = {TEXT: 100.0, LAST_YEAR: 10.0, PARENT: 1.0}


@dataclass
class Evidence:
    """For each report: address → {value: where it comes from}."""

    known: dict[int, dict[str, dict[int, Text]]] = field(default_factory=dict)

    def add(self, report: int, cell: str, value: float, source: Text) -> None:
        """Note a value; whole numbers only, an earlier source stands."""
        if float(value).is_integer():
            self.known.setdefault(report, {}).setdefault(cell, {}).setdefault(int(value), source)

    def of(self, report: int) -> Mapping[str, Mapping[int, Text]]:
        """What is known of a report's cells."""
        return self.known.get(report, {})


def gather(data: Dataset, reports: set[int]) -> Evidence:
    """Everything known of these reports' cells beside the tables themselves."""
    found = Evidence()
    _from_text(found, data, reports)
    _from_last_year(found, data, reports)
    _from_parent(found, data, reports)
    return found


def _from_text(found: Evidence, data: Dataset, reports: set[int]) -> None:
    claims = data.claims
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
        if not np.isnan(value):
            found.add(int(report), cell, float(value), TEXT)


def unit_and_year(data: Dataset, report: int) -> tuple[str, int] | None:
    """Whose report it is and for which year; None where either is unknown."""
    unit, year = data.reports["unit"].iat[report], data.reports["year"].iat[report]
    return (
        (unit, int(year)) if isinstance(unit, str) and isinstance(year, int | np.integer) else None
    )


def _from_last_year(found: Evidence, data: Dataset, reports: set[int]) -> None:
    heads = data.reports[["unit", "year"]].dropna()
    number = pd.Series(heads.index, index=pd.MultiIndex.from_frame(heads))
    number = number[~number.index.duplicated()]
    columns = [a.rpartition(".")[2] for a in COLUMN_OF if a.startswith("applications.new.")]
    for report in reports:
        who = unit_and_year(data, report)
        if who is None:
            continue
        unit, year = who
        for step, mine, theirs in (
            (-1, "carried_in", "carried_out"),
            (1, "carried_out", "carried_in"),
        ):
            other = number.get((unit, year + step))
            if other is None:
                continue
            for column in columns:
                value = data.values[other, COLUMN_OF[f"applications.{theirs}.{column}"]]
                if not np.isnan(value):
                    found.add(report, f"applications.{mine}.{column}", value, LAST_YEAR)


def _from_parent(found: Evidence, data: Dataset, reports: set[int]) -> None:
    """What is left of the county's cell when all other units' are taken away."""
    heads = data.reports
    for parent in np.flatnonzero(heads["role"].eq("parent")):
        year = heads.at[parent, "year"]
        units = np.flatnonzero((heads["role"] == "report") & (heads["year"] == year))
        mine = [r for r in reports if r in set(units.tolist())]
        if not mine or data.roster is None or len(units) < len(data.roster):
            continue
        sums = data.values[units].sum(axis=0)
        for report in mine:
            left = data.values[parent] - (sums - data.values[report])
            for cell, column in COLUMN_OF.items():
                value = left[column]
                if value >= 0 and not cell.startswith("disclosure"):
                    found.add(report, cell, value, PARENT)
