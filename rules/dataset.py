"""What the rules are checked over: all reports of a run in a few typed frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from rules.columns import COLUMNS as COLUMNS
from rules.form import all_addresses, positions
from rules.status import Status as Status

#: What `observations.kind` may be → what `item` and `text` are then.
OBSERVATIONS: Mapping[str, str] = {
    "table_absent": "the table is not in the document",
    "table_picture": "a picture stands where the table belongs",
    "row_absent": "item: the row's key",
    "column_absent": "item: the column's key, or row.column where one block of several lacks it",
    "row_merged": "item: other_all, kept as one row where the form has three",
    "row_extra": "item: the label as printed; text: the row's values, parted by blanks",
    "row_twice": "item: the row's key",
    "table_twice": "item: the table's key; its copies differ",
    "row_order": "item: the row's key, standing out of the form's order",
    "column_extra": "item: the label as printed",
    "column_twice": "item: the column's key",
    "label": "item: row or column key; text: the label as printed, where it is not the form's",
    "fee_unit": "item: 元 or 万元 as the header of 行政事业性收费 says; text: the header",
    "block_edition": "item: the article or table; text: the edition its labels are of",
    "table_unread": "text: why a part of the table could not be read, and may hold what is lacking",
    "listed": "the figures are a unit's line in a list of units, which has not all the table's cells",
    "page_scanned": "text: that this page is a picture whose text was recognised",
    "page_unread": "text: why a part of the document has no text (a scanned page, a picture)",
}


def empty(name: str) -> pd.DataFrame:
    """A frame of this name without rows, typed."""
    return typed(name, {column: [] for column in COLUMNS[name]})


def typed(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A frame of this name from columns, with the dtypes of `COLUMNS`; lacking ones are missing."""
    size = len(next(iter(columns.values()))) if columns else 0
    data = {}
    for column, dtype in COLUMNS[name].items():
        values = columns.get(column, [None] * size)
        data[column] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(data)


@dataclass(frozen=True)
class Settings:
    """What a configuration may change of the rules' workings; see `audit.config`."""

    #: Thresholds by name, as `[thresholds]` of the configuration sets them.
    thresholds: Mapping[str, float] = field(default_factory=dict)
    #: Deadlines for publication, level or unit → `MM-DD` of the year after the report's.
    deadlines: Mapping[str, str] = field(default_factory=dict)
    #: Units beside those of the law that may make 规章, by short name.
    rule_makers: frozenset[str] = frozenset()
    #: Whether single files are checked against a roster that merely lies at hand: then a unit
    #: without a report among them is not missing (R801).
    selected: bool = False
    today: str | None = None

    def threshold(self, name: str) -> float:
        """A threshold: the configured one, else the default."""
        return float(self.thresholds.get(name, THRESHOLDS[name]))


THRESHOLDS: Mapping[str, float] = {
    # The fee, in 万元, above which a unit of this level has most likely written 元 (V206).
    "fee_township": 2_000,
    "fee_department": 200_000,
    "fee_county": 1_000_000,
    "fee_city": 20_000_000,
    "fee_province": 200_000_000,
    # How alike two texts are, 0 to 1, before one is called a copy (Y503, N609).
    "similarity": 0.9,
    # How far, in times the usual spread, a figure may stand from its history and peers (Y504).
    "outlier": 8.0,
    # Printed percentages may differ by this many points (N610).
    "percent": 0.1,
    # Share of the year's intake carried out (P701), requests from which it counts.
    "carried_out_share": 0.5,
    "carried_out_least": 10,
    # Requests below which refusals as excessive are surprising (P702).
    "few_requests": 5,
}


@dataclass(frozen=True)
class Dataset:
    """All reports of a run. The frames' columns and dtypes are those of `COLUMNS`.

    `values` (n reports × 226 addresses, float64) holds the numbers, NaN where there is none;
    `status` (same shape, int8) says how each cell was read. Both are in the order of `reports` and
    of `addresses`.
    """

    reports: pd.DataFrame
    cells: pd.DataFrame
    values: np.ndarray
    status: np.ndarray
    sections: pd.DataFrame = field(default_factory=lambda: empty("sections"))
    observations: pd.DataFrame = field(default_factory=lambda: empty("observations"))
    evidence: pd.DataFrame = field(default_factory=lambda: empty("evidence"))
    claims: pd.DataFrame = field(default_factory=lambda: empty("claims"))
    files: pd.DataFrame = field(default_factory=lambda: empty("files"))
    roster: pd.DataFrame | None = None
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of `values` and `status`, column by column."""
        return all_addresses()

    def __len__(self) -> int:
        """Number of reports."""
        return len(self.reports)

    @property
    def odd_cells(self) -> pd.DataFrame:
        """The cells that are no plain numbers (see `is_odd`): few, and all that most rules need."""
        return self.cells[is_odd(self.cells)]

    def cell_chunks(
        self, wanted: np.ndarray | None = None
    ) -> Iterator[tuple[int, int, pd.DataFrame]]:
        """The cells in parts, as memory allows: first report, the one after the last, cells.

        With `wanted` (numbers of reports) parts that hold none of these may be left out.
        """
        yield from self._chunk(self.cells)

    def _chunk(self, cells: pd.DataFrame) -> Iterator[tuple[int, int, pd.DataFrame]]:
        if len(cells):
            number = cells["report"]
            yield int(number.min()), int(number.max()) + 1, cells

    def texts_at(
        self, report: np.ndarray, column: np.ndarray, names: Sequence[str]
    ) -> dict[str, np.ndarray]:
        """What the cells' frame holds of cells given by report and column, in that order.

        An object array for each name; None where there is no such cell or nothing in it.
        """
        found = {name: np.full(len(report), None, dtype=object) for name in names}
        width = len(COLUMN_OF)
        for start, stop, cells in self.cell_chunks(report):
            mine = np.flatnonzero((report >= start) & (report < stop))
            if not len(mine):
                continue
            place = np.full((stop - start) * width, -1, dtype=np.int64)
            number = cells["report"].to_numpy(dtype=np.int64) - start
            key = number * width + cells["cell"].map(COLUMN_OF).to_numpy(dtype=np.int64)
            place[key[::-1]] = np.arange(len(key))[::-1]  # of two for one address the first counts
            at = place[(report[mine] - start) * width + column[mine]]
            mine, at = mine[at >= 0], at[at >= 0]
            for name, values in found.items():
                told = cells[name].iloc[at]
                values[mine] = told.astype(object).where(told.notna(), None)
        return found

    def column(self, address: str) -> np.ndarray:
        """One cell over all reports: float64 of length n, NaN where there is no number."""
        return self.values[:, COLUMN_OF[address]]

    def wide(self, table: str) -> pd.DataFrame:
        """One table over all reports: a row per report, a column per address, Float64."""
        chosen = [i for i, a in enumerate(self.addresses) if a.startswith(f"{table}.")]
        return pd.DataFrame(
            self.values[:, chosen],
            index=self.reports.index,
            columns=[self.addresses[i] for i in chosen],
        ).astype("Float64")


def is_odd(cells: pd.DataFrame) -> np.ndarray:
    """Which cells are no plain numbers, or were not read with certainty: bool, one for each."""
    odd = ~cells["plain"].to_numpy(dtype=bool) | (cells["status"].to_numpy() != Status.NUMBER)
    return np.asarray(odd | cells["doubt"].notna().to_numpy(dtype=bool))


#: Address → its column in `values` and `status`.
COLUMN_OF: Mapping[str, int] = positions()
