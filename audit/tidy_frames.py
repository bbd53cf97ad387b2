"""Tidy cells → columns and frames of reports, without a Python loop over cells: a nation's worth fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow
from pyarrow import compute

from audit.frames import Block, form_mask, merged_rows_outside
from audit.loaders.base import Tidy
from audit.reading.packed import FRAMES
from audit.values import TOO_LARGE, parse
from rules.dataset import COLUMN_OF, COLUMNS, Status, empty, typed
from rules.form import EDITIONS, TABLES, Table, edition_for, load_form

if TYPE_CHECKING:
    from audit.identity.names import Name

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ADDRESSES = np.array(list(COLUMN_OF), dtype=object)
#: What tidy data leaves out of the dataset's frames: it holds no text.
_WITHOUT = ("sections", "evidence", "claims")


@dataclass(frozen=True, slots=True)
class Found:
    """The reports in one tidy file: columns by the dataset's frames, those of `cells` as arrays."""

    reports: dict[str, list[Any]]
    cells: dict[str, Any]
    observations: dict[str, list[Any]]
    values: np.ndarray
    status: np.ndarray

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.cells["report"])

    def block(self) -> Block:
        """The same as frames."""
        cells = self.cells | {
            "cell": pd.array(self.cells["cell"], dtype="str"),
            "doubt": pd.array(np.full(self.size, None, dtype=object), dtype="str"),
        }
        frames = {name: empty(name) for name in _WITHOUT}
        frames |= {
            "reports": typed("reports", self.reports),
            "cells": pd.DataFrame({name: cells[name] for name in COLUMNS["cells"]}),
            "observations": typed("observations", self.observations),
        }
        return Block(frames, self.values, self.status)

    def plain(self) -> tuple[dict[str, list[list[Any]]], list[str]]:
        """The same as `audit.reading.packed.Packed` holds reports.

        Straight from the columns: to make frames takes longer than to read a single report.
        """
        frames = {"reports": self.reports, "cells": self.cells, "observations": self.observations}
        columns = {}
        for name in FRAMES:
            given = frames.get(name, {})
            nothing = [None] * len(next(iter(given.values()), ()))
            columns[name] = [_plain(given.get(column, nothing)) for column in COLUMNS[name]]
        return columns, [row.tobytes().hex() for row in self.status]


def _plain(values: Any) -> list[Any]:
    """A column's values as Python has them, None where one is missing; a list of its own."""
    if isinstance(values, list):
        return list(values)
    if isinstance(values, np.ndarray):
        told: list[Any] = values.tolist()
        return [None if v != v else v for v in told] if values.dtype.kind == "f" else told
    found: list[Any] = values.to_numpy(dtype=object, na_value=None).tolist()
    return found


def from_tidy(tidy: Tidy, role: str, named: Callable[[str], Name]) -> Found:
    """Columns and matrices of the reports in one tidy file; a report is a unit's year (and file).

    `named` makes of a unit's name, as it is written, what is known of the unit.
    A cell that has no row in the file is absent from the report. A row with a number in `raw` and
    none in `value` was not read with certainty, and stays so.
    """
    frame = tidy.frame
    keys = [frame["unit"], frame["year"], frame["file"]]
    number, first = _numbered(keys)
    units, years, editions = (
        _plain(frame[name].array.take(first)) for name in ("unit", "year", "edition")
    )
    edition = [_edition(*of) for of in zip(editions, years, strict=True)]
    form = np.array([each or 0 for each in edition], dtype=np.int64)
    column = _columns(frame)
    known = column >= 0
    at = column[known]
    rows = number[known]
    whole = frame if known.all() else frame[known]
    value, code, plain = _judged(whole, at)
    values = np.full((len(first), len(COLUMN_OF)), np.nan)
    status = _blank_status(form)
    values[rows, at] = value
    status[rows, at] = code
    merged_rows_outside(values, status)
    known_as = {unit: named(unit) for unit in dict.fromkeys(units) if unit is not None}
    who = [known_as.get(unit) for unit in units]
    reports = {
        "unit": [None if name is None else name.unit for name in who],
        "county": [None if name is None else name.county for name in who],
        "level": [None if name is None else name.level for name in who],
        "year": years,
        "edition": edition,
        "role": [role] * len(first),
        "file": [tidy.file] * len(first),
        "text": [False] * len(first),
    }
    cells = {
        "report": rows,
        "cell": ADDRESSES[at],
        "value": value,
        "raw": whole["raw"].array,
        "status": code,
        "plain": plain,
        "location": _places(whole),
    }
    observations = _observations(status, form, frame[~known], number[~known])
    return Found(reports, cells, observations, values, status)


def _places(frame: pd.DataFrame) -> Any:
    """Where each cell stands: its line where the file has lines, else what the file says."""
    location = frame["location"].array
    lines = frame["line"].array
    if lines.isna().all():
        return location
    text = pyarrow.large_string()
    word, blank = pyarrow.scalar("line", text), pyarrow.scalar(" ", text)
    told = compute.binary_join_element_wise(word, pyarrow.array(lines).cast(text), blank)
    return pd.array(compute.coalesce(told, pyarrow.array(location, text)), dtype="str")


def _columns(frame: pd.DataFrame) -> np.ndarray:
    """Each row's address as its column in the matrices; -1 where it is none of the forms'."""
    whole = np.zeros(len(frame), dtype=np.int64)
    names: list[list[str]] = []
    for part in ("table", "row", "column"):
        codes, values = pd.factorize(frame[part], use_na_sentinel=False)
        whole = whole * len(values) + codes
        names.append([v if isinstance(v, str) else "" for v in values])
    codes, met = pd.factorize(whole)
    found = []
    for number in met.tolist():
        number, column = divmod(number, len(names[2]))
        table, row = divmod(number, len(names[1]))
        address = f"{names[0][table]}.{names[1][row]}.{names[2][column]}"
        found.append(COLUMN_OF.get(address, -1))
    return np.array(found, dtype=np.int64)[codes] if len(codes) else codes


def _numbered(keys: list[pd.Series]) -> tuple[np.ndarray, np.ndarray]:
    """Each row's report, counted by first appearance, and the first row of each report."""
    codes = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        part, uniques = pd.factorize(key)
        codes = codes * (len(uniques) + 1) + (part + 1)
    number, _ = pd.factorize(codes)
    size = int(number.max()) + 1 if len(number) else 0
    first = np.full(size, len(number), dtype=np.int64)
    np.minimum.at(first, number, np.arange(len(number)))
    return number, first


def _edition(given: int | None, year: int | None) -> int | None:
    """The form of a report: a form that does not exist is nobody's, then the year tells."""
    if given in EDITIONS:
        return given
    return None if year is None else edition_for(year)


def _judged(frame: pd.DataFrame, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each cell's value, status and plainness; only what is no plain number is looked at singly."""
    value = frame["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    code = np.full(len(frame), Status.NUMBER, dtype=np.int8)
    plain = np.ones(len(frame), dtype=bool)
    which, texts = pd.factorize(frame["raw"].fillna(""))
    sane = np.abs(value) < TOO_LARGE
    is_plain = np.array([_PLAIN.fullmatch(t) is not None for t in texts], dtype=bool)
    is_blank = np.array([t == "" for t in texts], dtype=bool)
    odd = ~(sane & (is_plain[which] | is_blank[which])) if len(texts) else np.zeros(0, dtype=bool)
    kinds = _kinds()
    for i in np.flatnonzero(odd).tolist():
        parsed = parse(texts[which[i]], kinds.get(ADDRESSES[at[i]], "count"))
        code[i], plain[i] = parsed.status, parsed.plain
        if parsed.status is Status.NUMBER and not abs(value[i]) < TOO_LARGE:
            code[i], value[i] = Status.UNSURE, np.nan
        elif parsed.status is not Status.NUMBER:
            value[i] = np.nan
    return value, code, plain


@cache
def _kinds() -> dict[str, str]:
    kinds = {}
    for edition in EDITIONS:
        for table in load_form(edition).tables.values():
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        kinds[f"{table.key}.{row.key}.{column.key}"] = column.kind
    return kinds


def _blank_status(form: np.ndarray) -> np.ndarray:
    """Nothing read yet: absent where the edition has the cell, outside where it has not."""
    status = np.full((len(form), len(COLUMN_OF)), Status.OUTSIDE, dtype=np.int8)
    for each in EDITIONS:
        status[np.ix_(form == each, form_mask(each))] = Status.ABSENT
    return status


def _observations(
    status: np.ndarray, form: np.ndarray, strange: pd.DataFrame, reports: np.ndarray
) -> dict[str, list[Any]]:
    rows: list[tuple[int, str, str, str, str]] = []
    whole = load_form(2021).tables["applications"].merged
    lacks = (status == Status.ABSENT).any(axis=1)
    for each in EDITIONS:
        chosen = np.flatnonzero((form == each) & lacks)
        if not len(chosen):
            continue
        for table in TABLES:
            for kind, item, cells in _lines(load_form(each).tables[table]):
                own = status[np.ix_(chosen, np.array([COLUMN_OF[c] for c in cells]))]
                gone = (own >= Status.ABSENT).all(axis=1) & (own == Status.ABSENT).any(axis=1)
                rows += [(int(r), kind, table, item, "") for r in chosen[gone]]
    absent = {(r, t) for r, k, t, _, _ in rows if k == "table_absent"}
    rows = [row for row in rows if row[1] == "table_absent" or (row[0], row[2]) not in absent]
    if whole is not None:
        at = [i for a, i in COLUMN_OF.items() if a.startswith(f"applications.{whole.row.key}.")]
        has = (status[:, at] < Status.ABSENT).any(axis=1) & (form == 2021)
        rows += [
            (int(r), "row_merged", "applications", whole.row.key, "") for r in np.flatnonzero(has)
        ]
    rows += [
        (int(r), "row_extra", str(t), f"{row}.{column}", str(raw))
        for r, t, row, column, raw in zip(
            reports,
            strange["table"],
            strange["row"],
            strange["column"],
            strange["raw"],
            strict=True,
        )
    ]
    columns = list(zip(*rows, strict=True)) or [()] * 5
    names = ("report", "kind", "table", "item", "text")
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def _lines(table: Table) -> list[tuple[str, str, list[str]]]:
    """The table whole, its rows and its columns: kind of observation, item, cells."""
    found = [("table_absent", table.key, list(table.addresses()))]
    for block in table.blocks:
        for row in block.rows:
            found.append(
                ("row_absent", row.key, [f"{table.key}.{row.key}.{c.key}" for c in block.columns])
            )
        if len(table.blocks) == 1:
            for column in block.columns:
                cells = [f"{table.key}.{r.key}.{column.key}" for r in block.rows]
                found.append(("column_absent", column.key, cells))
    return found
