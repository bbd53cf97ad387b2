"""Tidy data as `nianbao extract` writes it: csv, json, parquet; any other csv is a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from audit.document import Cell, Document, Grid, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders.base import TIDY_COLUMNS, Loaded, Loader, Source, Tidy

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = frozenset({"unit", "year", "table", "row", "column", "value"})
_TEXTS = ("unit", "table", "row", "column", "raw", "file", "location")


def _load(source: Source) -> Iterator[Loaded]:
    if source.data.startswith(b"PAR1"):
        yield Tidy(source.name, _parquet(source))
        return
    text = decode(source.data)
    if text.lstrip("\ufeff \n\t")[:1] in "[{" and source.suffix != ".csv":
        yield Tidy(source.name, _json(text))
        return
    rows = list(_lines(text))
    if not rows:
        raise UnreadableError("empty")
    head = [name.strip().lstrip("\ufeff") for name in rows[0][1]]
    if set(head) >= _NEEDED:
        yield Tidy(source.name, _records(head, rows[1:]))
    else:
        yield _table(source, rows)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; quoted fields may hold line breaks."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    start = 1
    try:
        for row in reader:
            if row:
                yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError("corrupt", str(error)) from error


def _records(head: list[str], rows: list[tuple[int, list[str]]]) -> pd.DataFrame:
    columns: dict[str, list[Any]] = {name: [] for name in TIDY_COLUMNS}
    position = {name: head.index(name) for name in TIDY_COLUMNS if name in head}
    for _, row in rows:
        for name, values in columns.items():
            at = position.get(name)
            values.append(row[at] if at is not None and at < len(row) else None)
    return _frame(columns, [line for line, _ in rows])


def _json(text: str) -> pd.DataFrame:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UnreadableError("corrupt", str(error)[:80]) from error
    records = data.get("cells") if isinstance(data, dict) else data
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        raise UnreadableError("unknown_format")
    if not records or not set(records[0]) >= _NEEDED:
        raise UnreadableError("unknown_format")
    columns = {name: [r.get(name) for r in records] for name in TIDY_COLUMNS}
    return _frame(columns, _starts(text, len(records)))


def _starts(text: str, count: int) -> list[int | None]:
    """The line each record starts on, where every record has a line that opens with its brace."""
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.lstrip(" [,").startswith("{")]
    return list(lines) if len(lines) == count else [None] * count


def _parquet(source: Source) -> pd.DataFrame:
    import pandas as pd
    import pyarrow

    try:
        frame = pd.read_parquet(io.BytesIO(source.data))
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)[:80]) from error
    if not set(frame.columns) >= _NEEDED:
        raise UnreadableError("unknown_format")
    return _frame({name: frame.get(name) for name in TIDY_COLUMNS}, None, len(frame))


def _frame(
    columns: dict[str, Any], lines: list[Any] | None, size: int | None = None
) -> pd.DataFrame:
    """The columns typed as `Tidy` promises; `raw` is the value as written where it is lacking."""
    import pandas as pd

    size = len(lines) if lines is not None else size or 0
    none = [None] * size
    data = {}
    for name in _TEXTS:
        given = columns[name] if columns[name] is not None else none
        series = pd.Series(given, dtype="str")
        data[name] = series if name == "raw" else series.replace("", None)
    for name in ("year", "edition"):
        given = columns[name] if columns[name] is not None else none
        data[name] = pd.to_numeric(pd.Series(given), errors="coerce").astype("Int64")
    value = pd.Series(columns["value"] if columns["value"] is not None else none)
    data["value"] = pd.to_numeric(value, errors="coerce").astype("Float64")
    if columns["raw"] is None or data["raw"].isna().all():
        data["raw"] = value.astype("str").where(value.notna(), "")
    data["line"] = pd.Series(lines if lines is not None else none, dtype="Int64")
    return pd.DataFrame(data)


def _table(source: Source, rows: list[tuple[int, list[str]]]) -> Document:
    if sum(len(row) for _, row in rows) > source.limits.cells:
        raise UnreadableError("limit", f"> {source.limits.cells}")
    cells = tuple(
        Cell(text, number, column, Place(line=line))
        for number, (line, row) in enumerate(rows)
        for column, text in enumerate(row)
    )
    return Document(source.name, "csv", (Grid(cells, Place(line=1)),))


LOADER = Loader(
    name="tidy",
    version=1,
    suffixes=(".csv", ".json", ".parquet"),
    sniff=lambda head: head.startswith(b"PAR1"),
    load=_load,
)
