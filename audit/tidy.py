"""Tidy cells → csv, json or parquet, as `nianbao extract` writes them and `check` reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from audit.loaders.base import TIDY_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


def write_cells(frame: pd.DataFrame, form: str, target: Path | TextIO) -> None:
    """Write cells (the contract's columns); `raw` stands as it was read, so that it reads back.

    csv has a byte-order mark, for Excel; json is an array with a record on each line, so that a
    record has a line of its own; parquet needs a path.
    """
    if form == "parquet":
        assert isinstance(target, Path)
        frame.to_parquet(target, index=False)
        return
    text = _csv(frame) if form == "csv" else _json(frame)
    if isinstance(target, Path):
        target.write_text(text, encoding="utf-8", newline="\n")
    else:
        target.write(text)


def write_parts(parts: Iterable[pd.DataFrame], path: Path) -> None:
    """Write cells as parquet part by part, so that no more than one is in memory."""
    import pyarrow
    import pyarrow.parquet

    kinds = {"year": pyarrow.int64(), "edition": pyarrow.int64(), "value": pyarrow.float64()}
    schema = pyarrow.schema([(n, kinds.get(n, pyarrow.large_string())) for n in TIDY_COLUMNS])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for frame in parts:
            writer.write_table(pyarrow.Table.from_pandas(frame, schema, preserve_index=False))


def _csv(frame: pd.DataFrame) -> str:
    shown = frame.assign(value=frame["value"].map(_number, na_action="ignore"))
    return "\ufeff" + str(shown.to_csv(index=False, lineterminator="\n"))


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


def _json(frame: pd.DataFrame) -> str:
    plain = frame.astype(object).where(frame.notna(), None)
    records = plain.to_dict("records")
    for record in records:
        record["value"] = _whole(record["value"])
    # Other programs refuse NaN: a value that lacks is null.
    lines = (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
