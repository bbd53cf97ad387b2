"""The claims step: the sections' text → what it states, one row per figure or denial.

Patterns are data in `rules/claims/*.yaml` (see `rules.patterns`). Rows are made where a file is
read; pandas is only needed for frames of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.claims.extract import claims_of
from audit.claims.statements import Reader
from rules.columns import COLUMNS
from rules.patterns import Pattern, patterns

if TYPE_CHECKING:
    import pandas as pd

    from rules.dataset import Dataset

#: Sections that state nothing about the year's figures: the front matter, problems and plans.
_SILENT = {"preamble", "problems"}


def claims_of_report(
    sections: Iterable[tuple[str | None, str, str]],
    year: int | None,
    level: str | None,
    own: tuple[Pattern, ...] = (),
) -> list[dict[str, Any]]:
    """The claims of one report's sections (key, text, place), without `report`; groups from 0.

    `own` patterns take their figures before the built-in ones.
    """
    reader = Reader(year, level, (*own, *patterns()))
    found: list[dict[str, Any]] = []
    start = 0
    for key, text, place in sections:
        if key in _SILENT or not text:
            continue
        last = start
        for row in claims_of(key, text, (place,), reader):
            if row.get("group") is not None:
                row["group"] += start
                last = max(last, row["group"] + 1)
            found.append(row)
        start = last
    return found


def claims_frame(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The claims of all sections, typed as `rules.columns.COLUMNS["claims"]`; groups count on."""
    from rules.dataset import typed

    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS["claims"]}
    shown = sections.astype(object).where(sections.notna(), None)
    years, levels = (
        dict(
            zip(
                reports.index,
                reports[name].astype(object).where(reports[name].notna(), None),
                strict=True,
            )
        )
        for name in ("year", "level")
    )
    start = 0
    for report, own in shown.groupby("report", sort=True):
        told = zip(own["key"], own["text"], own["location"], strict=True)
        rows = claims_of_report(told, years[report], levels[report])
        groups = [row["group"] for row in rows if row.get("group") is not None]
        for row in rows:
            if row.get("group") is not None:
                row["group"] += start
            row["report"] = report
            for name, values in columns.items():
                values.append(row.get(name))
        start += max(groups, default=-1) + 1
    return typed("claims", columns)


def with_claims(data: Dataset) -> Dataset:
    """The dataset with its `claims` filled from its sections."""
    return replace(data, claims=claims_frame(data.sections, data.reports))
