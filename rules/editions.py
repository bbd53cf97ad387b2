"""Which edition's labels a report bears, block by block, against the edition of its year."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.form import EDITIONS, edition_for
from rules.kept import kept
from rules.observed import observed, reports_with

_EDITION = re.compile("|".join(map(str, EDITIONS)))


@kept
def wanted(data: Dataset) -> np.ndarray:
    """The edition each report's year asks for; 0 where the year is unknown or before the forms."""
    years = data.reports["year"]
    known = {int(y): edition_for(int(y)) or 0 for y in years.dropna().unique()}
    return years.map(known).fillna(0).to_numpy(dtype=np.int64)


@kept
def foreign_blocks(data: Dataset) -> pd.DataFrame:
    """Blocks whose labels are of another edition than the report's year asks for.

    Columns report, table, item, edition, location. The single row （六）其他处理 in an otherwise
    current form does not make table three one of 2019: it lacks its rows (S105).
    """
    seen = observed(data, "block_edition")
    found = seen["text"].str.extract(f"({_EDITION.pattern})", expand=False)
    blocks = seen[["report", "table", "item", "location"]].assign(edition=found)
    blocks = blocks[blocks["edition"].notna()]
    blocks = blocks.assign(edition=blocks["edition"].astype("int64"))
    needed = wanted(data)[blocks["report"].to_numpy(dtype=np.int64)]
    blocks = blocks[(needed > 0) & (blocks["edition"].to_numpy() != needed)]
    if not len(blocks):
        return blocks
    elsewhere = blocks.loc[blocks["table"].ne("applications"), "report"]
    edition = data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)
    whole = np.flatnonzero((edition != wanted(data)) & (edition > 0))
    merged = reports_with(data, "row_merged")
    only_merged = (
        blocks["table"].eq("applications")
        & blocks["report"].isin(merged)
        & ~blocks["report"].isin(elsewhere)
        & ~blocks["report"].isin(whole)
    )
    return blocks[~only_merged].reset_index(drop=True)


def unfit(data: Dataset) -> np.ndarray:
    """Reports whose labels as a whole are of an edition that their year does not ask for: bool, n."""
    edition = data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)
    needed = wanted(data)
    return (edition != needed) & (edition > 0) & (needed > 0)
