"""N tidy reports as parquet: `python -m tests.benchmarks.generate N FILE [--wrong SHARE] [--files K]`.

Units report for five years each. Every equation holds and nothing else is wrong, unless a share of
the reports gets one wrong cell in table three.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit.frames import form_mask, merged_rows_outside
from rules.dataset import COLUMN_OF, Dataset, Status, typed
from rules.form import load_form
from tests.builder.balance import BALANCE, KINDS, RESULTS

YEARS = tuple(range(2021, 2026))
#: Reports made at once, each a row group of its own.
CHUNK = 5_000
_NAMES = "青石白水松岗柳荫龙潭东山西溪南桥北塘云岭"


def matrix(reports: int, wrong: float = 0.0, seed: int = 7, start: int = 0) -> np.ndarray:
    """Values of sound reports of the 2021 form: reports × 226, NaN outside the form."""
    rng = np.random.default_rng((seed, start))
    found = np.full((reports, len(COLUMN_OF)), np.nan)
    own = [COLUMN_OF[a] for a in load_form(2021).addresses]
    found[:, own] = 0
    _documents(found, rng, start)
    _applications(found, rng)
    _disputes(found, rng)
    rows = np.flatnonzero(rng.random(reports) < wrong)
    cells = [COLUMN_OF[a] for a in load_form(2021).addresses if a.startswith("applications.")]
    at = rng.choice(cells, len(rows))
    found[rows, at] += rng.integers(1, 10, len(rows))
    return found


def dataset(reports: int, wrong: float = 0.0, level: str = "township") -> Dataset:
    """The same as a dataset whose cells' texts are not kept: what the checks alone are given."""
    values = matrix(reports, wrong)
    status = np.full(values.shape, Status.OUTSIDE, dtype=np.int8)
    status[:, form_mask(2021)] = Status.NUMBER
    merged_rows_outside(values, status)
    unit, year = names(reports)
    heads = typed(
        "reports",
        {
            "unit": unit,
            "level": [level] * reports,
            "year": year,
            "edition": [2021] * reports,
            "role": ["report"] * reports,
            "file": ["generated.parquet"] * reports,
            "text": [False] * reports,
        },
    )
    return Dataset(
        reports=heads, cells=typed("cells", {"report": []}), values=values, status=status
    )


def names(reports: int, start: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit and year of each report: a unit's years stand together."""
    number = np.arange(start, start + reports)
    base = len(_NAMES)
    unit = [
        "".join(_NAMES[(n // base**i) % base] for i in range(4)) + "镇"
        for n in number // len(YEARS)
    ]
    return np.array(unit, dtype=object), np.array(YEARS)[number % len(YEARS)]


def table(reports: int, wrong: float, start: int) -> pa.Table:
    """Some reports as tidy cells, a row each, as `nianbao extract` writes them."""
    addresses = load_form(2021).addresses
    values = matrix(reports, wrong, start=start)[:, [COLUMN_OF[a] for a in addresses]].reshape(-1)
    unit, year = names(reports, start)
    size = len(addresses)
    parts = np.array([a.split(".") for a in addresses], dtype=object).T
    shown = pd.Series(values).map("{:g}".format)
    return pa.table(
        {
            "unit": np.repeat(unit, size),
            "year": np.repeat(year, size),
            "edition": np.full(len(values), 2021),
            "table": np.tile(parts[0], reports),
            "row": np.tile(parts[1], reports),
            "column": np.tile(parts[2], reports),
            "value": values,
            "raw": shown.to_numpy(dtype=object),
            "file": np.repeat(np.array([f"{u}.docx" for u in unit], dtype=object), size),
            "location": np.tile(
                np.array([f"表3 R{i}C2" for i in range(size)], dtype=object), reports
            ),
        }
    )


def write(reports: int, path: Path, wrong: float = 0.0, start: int = 0) -> Path:
    """One parquet file of tidy reports."""
    writer = None
    for first in range(0, reports, CHUNK):
        part = table(min(CHUNK, reports - first), wrong, start + first)
        writer = writer or pq.ParquetWriter(path, part.schema)
        writer.write_table(part)
    if writer is not None:
        writer.close()
    return path


def _documents(found: np.ndarray, rng: np.random.Generator, start: int) -> None:
    at = COLUMN_OF["disclosure.normative_documents.in_force"]
    found[:, at] = (start + np.arange(len(found))) // len(YEARS) % 7
    found[:, COLUMN_OF["disclosure.fees.amount"]] = 12.5
    found[:, COLUMN_OF["disclosure.licensing.decisions"]] = rng.integers(100, 150, len(found))


def _applications(found: np.ndarray, rng: np.random.Generator) -> None:
    rows = [r.key for r in load_form(2021).tables["applications"].rows]
    outcomes = [r for r in rows if r not in BALANCE]
    shape = (len(found), len(outcomes), len(KINDS))
    counts = rng.integers(1, 9, shape) * (rng.random(shape) < 0.1)
    for j, kind in enumerate(KINDS):
        for i, row in enumerate(outcomes):
            found[:, COLUMN_OF[f"applications.{row}.{kind}"]] = counts[:, i, j]
        for row in ("total", "new"):
            found[:, COLUMN_OF[f"applications.{row}.{kind}"]] = counts[:, :, j].sum(axis=1)
    for i, row in enumerate(outcomes):
        found[:, COLUMN_OF[f"applications.{row}.total"]] = counts[:, i].sum(axis=1)
    for row in ("total", "new"):
        found[:, COLUMN_OF[f"applications.{row}.total"]] = counts.sum(axis=(1, 2))


def _disputes(found: np.ndarray, rng: np.random.Generator) -> None:
    results = rng.integers(1, 4, (len(found), len(RESULTS))) * (
        rng.random((len(found), len(RESULTS))) < 0.2
    )
    for j, result in enumerate(RESULTS):
        found[:, COLUMN_OF[f"disputes.review.{result}"]] = results[:, j]
    found[:, COLUMN_OF["disputes.review.total"]] = results.sum(axis=1)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=int)
    parser.add_argument("path", type=Path, help="the file, or with --files the folder")
    parser.add_argument("--wrong", type=float, default=0.0, help="share of reports with an error")
    parser.add_argument("--files", type=int, default=0, help="this many files instead of one")
    call = parser.parse_args()
    if not call.files:
        write(call.reports, call.path, call.wrong)
        return
    call.path.mkdir(parents=True, exist_ok=True)
    each = -(-call.reports // call.files)
    for number in range(call.files):
        size = min(each, call.reports - number * each)
        write(size, call.path / f"{number:04}.parquet", call.wrong, number * each)


if __name__ == "__main__":
    main()
