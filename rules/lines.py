"""Rows and columns that a report lacks, as the reading of its tables observed them (S105, S106)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from rules.cells import has_table
from rules.dataset import Dataset
from rules.editions import foreign_blocks, unfit
from rules.form import TABLES, Form, load_form
from rules.measure import LISTED, NO_CELLS, Measure, expanded, facts
from rules.observed import listed, observed
from rules.sections import TEXT_REASONS, UNREAD, unjudged

_UNREAD = TEXT_REASONS.index(UNREAD)


def missing_lines(data: Dataset, kind: str) -> Measure:
    """A statement for each report and table: no `row` or `column` of the form is lacking.

    A table that is absent altogether is S104's, a block of another edition S108's.
    """
    seen = _lacking(data, kind)
    edition = data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)
    counts = np.zeros((len(data), len(TABLES)))
    at = seen["report"].to_numpy(dtype=np.int64), seen["which"].to_numpy(dtype=np.int64)
    np.add.at(counts, at, 1)
    reason = np.where(has_table(data), -1, 0)
    reason[(reason < 0) & _unread(data)] = 1
    reason[(reason < 0) & (unjudged(data) == _UNREAD)[:, None]] = 1
    reason[(reason < 0) & listed(data)] = 2
    counts[reason >= 0] = np.nan

    def tell(report: np.ndarray, which: np.ndarray) -> pd.DataFrame:
        rows = []
        for r, w in zip(report.tolist(), which.tolist(), strict=True):
            own = seen[seen["report"].eq(r) & seen["which"].eq(w)]
            form = load_form(int(edition[r]))
            rows.append({"report": r, **_fact(form, TABLES[w], kind, own)})
        return facts(rows)

    return expanded(TABLES, counts, tell, reason=reason, reasons=(NO_CELLS, UNREAD, LISTED))


def _unread(data: Dataset) -> np.ndarray:
    """Which tables were read in part only: bool, n × tables."""
    seen = observed(data, "table_unread")
    seen = seen[seen["table"].isin(TABLES)]
    found = np.zeros((len(data), len(TABLES)), dtype=bool)
    which = seen["table"].map(TABLES.index).to_numpy(dtype=np.int64)
    found[seen["report"].to_numpy(dtype=np.int64), which] = True
    return found


def _lacking(data: Dataset, kind: str) -> pd.DataFrame:
    kinds = [f"{kind}_absent", *(["row_merged"] if kind == "row" else [])]
    seen = observed(data, *kinds)
    if not len(seen):
        return seen.assign(which=np.empty(0, dtype=np.int64))
    seen = seen[seen["table"].isin(TABLES)]
    report = seen["report"].to_numpy(dtype=np.int64)
    edition = data.reports["edition"].fillna(0).to_numpy(dtype=np.int64)[report]
    merged = seen["kind"].eq("row_merged").to_numpy(dtype=bool)
    seen = seen[(edition > 0) & ~(merged & (edition != 2021)) & ~unfit(data)[report]]
    other = foreign_blocks(data)[["report", "table"]].drop_duplicates()
    joined = seen.merge(other.assign(foreign=True), on=["report", "table"], how="left")
    kept = joined[joined["foreign"].isna()]
    return kept.assign(which=kept["table"].map(TABLES.index).astype("int64"))


def _fact(form: Form, table: str, kind: str, seen: pd.DataFrame) -> dict[str, Any]:
    cells: dict[str, None] = {}
    labels: dict[str, None] = {}
    for item, met in zip(seen["item"].fillna(""), seen["kind"], strict=True):
        for label, addresses in _lines(form, table, kind, item, met == "row_merged"):
            labels[label] = None
            cells.update(dict.fromkeys(addresses))
    places = seen["location"].dropna().tolist()
    return {
        "statement": table,
        "cells": tuple(cells),
        "location": places[0] if places else None,
        "details": {"lacking": tuple(labels), "count": len(labels)},
    }


def _lines(
    form: Form, table: str, kind: str, item: str, merged: bool
) -> Iterator[tuple[str, list[str]]]:
    """The label and cells of each line that an observation says is lacking."""
    found = form.tables[table]
    if merged and found.merged is not None:
        for key in found.merged.stands_for:
            label = form.row(table, key)
            yield label.full, [f"{table}.{key}.{c.key}" for c in found.block_of(key).columns]
        return
    addresses = found.addresses()
    if kind == "row":
        own = [a for a in addresses if a.split(".")[1] == item]
        yield next((r.full for r in found.rows if r.key == item), item), own
        return
    row, _, column = item.rpartition(".")
    own = [a for a in addresses if a.split(".")[2] == column and row in ("", a.split(".")[1])]
    name = form.column(table, own[0].split(".")[1], column).label if own else item
    yield name, own
