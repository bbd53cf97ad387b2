"""The claims step: the sections' text → a frame of what it states, one row per figure or denial.

Patterns are data in `rules/claims/*.yaml` (see `rules.patterns`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from audit.claims.extract import claims_of
from audit.claims.statements import Reader
from rules.dataset import COLUMNS, Dataset, typed

#: Sections that state nothing about the year's figures: the front matter, problems and plans.
_SILENT = {"preamble", "problems"}


def claims_frame(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The claims of all sections, typed as `rules.dataset.COLUMNS["claims"]`; groups count on."""
    levels = reports["level"].astype(object).where(reports["level"].notna(), None)
    years = reports["year"].astype(object).where(reports["year"].notna(), None)
    readers = dict(zip(reports.index, map(Reader, years, levels), strict=True))
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS["claims"]}
    spoken = sections[~sections["key"].isin(_SILENT)]
    keys = spoken["key"].astype(object).where(spoken["key"].notna(), None)
    start = 0
    for report, key, text, place in zip(
        spoken["report"], keys, spoken["text"], spoken["location"], strict=True
    ):
        if not isinstance(text, str) or not text:
            continue
        last = start
        for row in claims_of(key, text, (place,), readers[report]):
            if row.get("group") is not None:
                row["group"] += start
                last = max(last, row["group"] + 1)
            row["report"] = report
            for name, values in columns.items():
                values.append(row.get(name))
        start = last
    return typed("claims", columns)


def with_claims(data: Dataset) -> Dataset:
    """The dataset with its `claims` filled from its sections."""
    return replace(data, claims=claims_frame(data.sections, data.reports))
