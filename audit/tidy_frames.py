"""Tidy cells → a block of frames, without a Python loop over cells: a nation's worth fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from audit.frames import Block, form_mask, merged_rows_outside
from audit.loaders.base import Tidy
from audit.values import TOO_LARGE, parse
from rules.dataset import COLUMN_OF, Status, empty, typed
from rules.form import EDITIONS, TABLES, Table, edition_for, load_form

if TYPE_CHECKING:
    from audit.identity.names import Name

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
ADDRESSES = np.array(list(COLUMN_OF), dtype=object)
#: What tidy data leaves out of the dataset's frames: it holds no text.
_WITHOUT = ("sections", "evidence", "claims")


def from_tidy(tidy: Tidy, role: str, named: Callable[[str], Name]) -> Block:
    """Frames and matrices of the reports in one tidy file; a report is a unit's year (and file).

    `named` makes of a unit's name, as it is written, what is known of the unit.
    A cell that has no row in the file is absent from the report. A row with a number in `raw` and
    none in `value` was not read with certainty, and stays so.
    """
    frame = tidy.frame
    keys = [frame["unit"], frame["year"], frame["file"]]
    number, first = _numbered(keys)
    heads = frame.iloc[first]
    edition = _editions(heads)
    column = _columns(frame)
    known = column >= 0
    at = column[known]
    rows = number[known]
    whole = frame if known.all() else frame[known]
    value, code, plain = _judged(whole, at)
    values = np.full((len(first), len(COLUMN_OF)), np.nan)
    status = _blank_status(edition)
    values[rows, at] = value
    status[rows, at] = code
    merged_rows_outside(values, status)
    units = heads["unit"].tolist()
    known_as = {unit: named(unit) for unit in dict.fromkeys(units) if isinstance(unit, str)}
    who = [known_as.get(unit) for unit in units]
    reports = typed(
        "reports",
        {
            "unit": [None if name is None else name.unit for name in who],
            "county": [None if name is None else name.county for name in who],
            "level": [None if name is None else name.level for name in who],
            "year": heads["year"].tolist(),
            "edition": edition.tolist(),
            "role": [role] * len(first),
            "file": [tidy.file] * len(first),
            "part": [None] * len(first),
            "text": [False] * len(first),
        },
    )
    cells = pd.DataFrame(
        {
            "report": rows,
            "cell": pd.array(ADDRESSES[at], dtype="str"),
            "value": value,
            "raw": whole["raw"].array,
            "status": code,
            "plain": plain,
            "doubt": pd.array(np.full(len(rows), None, dtype=object), dtype="str"),
            "location": _places(whole).array,
        }
    )
    frames = {name: empty(name) for name in _WITHOUT}
    frames |= {
        "reports": reports,
        "cells": cells,
        "observations": _observations(status, edition, frame[~known], number[~known]),
    }
    return Block(frames, values, status)


def _places(frame: pd.DataFrame) -> pd.Series:
    """Where each cell stands: its line where the file has lines, else what the file says."""
    counted = frame["line"].notna()
    if not counted.any():
        return frame["location"]
    return ("line " + frame["line"].astype("str")).where(counted, frame["location"])


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


def is_small(block: object, most: int) -> bool:
    """Whether a block is at hand, and its cells are few enough to go as plain columns."""
    return isinstance(block, Block) and len(block.frames["cells"]) <= most


def unframed(block: Block) -> tuple[dict[str, list[list[Any]]], list[str]]:
    """A block as `audit.reading.packed.Packed` holds reports: plain columns, and status by report."""
    columns = {
        name: [
            column.astype(object).where(column.notna(), None).tolist() for _, column in f.items()
        ]
        for name, f in block.frames.items()
    }
    return columns, [row.tobytes().hex() for row in block.status]


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


def _editions(heads: pd.DataFrame) -> pd.Series:
    by_year = heads["year"].map(lambda y: edition_for(int(y)), na_action="ignore").astype("Int64")
    given = heads["edition"].astype("Int64")
    # A form that does not exist is nobody's: nothing else in the file is doubted for it.
    return given.where(given.isin(EDITIONS)).fillna(by_year).reset_index(drop=True)


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


def _blank_status(edition: pd.Series) -> np.ndarray:
    """Nothing read yet: absent where the edition has the cell, outside where it has not."""
    status = np.full((len(edition), len(COLUMN_OF)), Status.OUTSIDE, dtype=np.int8)
    for each in EDITIONS:
        status[np.ix_(edition.eq(each).fillna(False).to_numpy(dtype=bool), form_mask(each))] = (
            Status.ABSENT
        )
    return status


def _observations(
    status: np.ndarray, edition: pd.Series, strange: pd.DataFrame, reports: np.ndarray
) -> pd.DataFrame:
    rows: list[tuple[int, str, str, str, str]] = []
    whole = load_form(2021).tables["applications"].merged
    for each in EDITIONS:
        chosen = np.flatnonzero(edition.eq(each).fillna(False).to_numpy(dtype=bool))
        form = load_form(each)
        for table in TABLES:
            for kind, item, cells in _lines(form.tables[table]):
                own = status[np.ix_(chosen, np.array([COLUMN_OF[c] for c in cells]))]
                gone = (own >= Status.ABSENT).all(axis=1) & (own == Status.ABSENT).any(axis=1)
                rows += [(int(r), kind, table, item, "") for r in chosen[gone]]
    absent = {(r, t) for r, k, t, _, _ in rows if k == "table_absent"}
    rows = [row for row in rows if row[1] == "table_absent" or (row[0], row[2]) not in absent]
    if whole is not None:
        at = [i for a, i in COLUMN_OF.items() if a.startswith(f"applications.{whole.row.key}.")]
        has = (status[:, at] < Status.ABSENT).any(axis=1) & edition.eq(2021).fillna(False).to_numpy(
            dtype=bool
        )
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
    return typed("observations", {n: list(c) for n, c in zip(names, columns, strict=True)})


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
