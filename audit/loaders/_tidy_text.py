"""CSV and JSON → columns of text, with the line of the file on which each record begins."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from audit.errors import UnreadableError
from audit.loaders._sheet_model import number_text

#: Text from this length on is worth the arrow reader's start-up time.
_LARGE = 1 << 19
_RECORD = re.compile(r"^[\s\[,]*\{", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Columns:
    """A file's columns by name (lists, or arrow arrays), and each record's line, None if unknown."""

    values: dict[str, Any]
    lines: Sequence[int] | np.ndarray | None


def csv_rows(text: str) -> list[tuple[int, list[str]]]:
    """Each record and the line it begins on; blank lines are none. The separator is told by use.

    Raises:
        UnreadableError: quotes that never close, or fields beyond any size.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows = []
    start = 1
    try:
        for row in reader:
            if row:
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError("corrupt", str(error)) from error
    return rows


def csv_head(text: str) -> list[str]:
    """The names in the first record."""
    for row in csv.reader(io.StringIO(text[:4096], newline=""), delimiter=_separator(text)):
        if row:
            return [name.strip().lower() for name in row]
    return []


def csv_columns(text: str, head: Sequence[str]) -> Columns:
    """The columns under the names of the first record; short records are filled up with nothing."""
    if len(text) >= _LARGE:
        found = _csv_by_arrow(text, head)
        if found is not None:
            return found
    rows = csv_rows(text)[1:]
    width = len(head)
    filled = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for _, row in rows]
    columns = list(zip(*filled, strict=False)) or [()] * width
    return Columns(dict(zip(head, columns, strict=False)), [line for line, _ in rows])


def _csv_by_arrow(text: str, head: Sequence[str]) -> Columns | None:
    """The same for large files; None for what needs the patient reader: blank or uneven lines."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.csv

    if "\n\n" in text or text.startswith("\n") or len(set(head)) < len(head):
        return None
    try:
        table = pyarrow.csv.read_csv(
            pyarrow.BufferReader(text.encode()),
            pyarrow.csv.ReadOptions(column_names=list(head), skip_rows=1),
            pyarrow.csv.ParseOptions(delimiter=_separator(text), newlines_in_values=True),
            pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(head, pyarrow.large_string())),
        )
    except pyarrow.ArrowInvalid:
        return None
    breaks = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns if '"' in text else ():
        breaks += pyarrow.compute.count_substring(column, "\n").to_numpy()
    lines = np.arange(2, 2 + table.num_rows, dtype=np.int64)
    lines[1:] += np.cumsum(breaks)[:-1]
    return Columns(dict(zip(head, table.columns, strict=True)), lines)


def _separator(text: str) -> str:
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",\t;", key=first.count)


def json_columns(text: str, needed: frozenset[str]) -> Columns:
    """The columns of an array of records, or of the array `cells` of an object.

    Raises:
        UnreadableError: no JSON, or no records with the needed names.
    """
    records = _records(text, needed, exact=False)
    if not any("raw" in record for record in records):
        records = _records(text, needed, exact=True)
    names = dict.fromkeys(name for record in records for name in record)
    values = {name: [_plain(record.get(name)) for record in records] for name in names}
    return Columns(values, _starts(text, len(records)))


def _records(text: str, needed: frozenset[str], *, exact: bool) -> list[dict[str, Any]]:
    """The records; `exact` keeps numbers as they are written (12.50)."""
    try:
        data = json.loads(text, parse_float=Decimal if exact else None)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("corrupt", str(error)) from error
    records = data.get("cells") if isinstance(data, dict) else data
    if not isinstance(records, list) or not records:
        raise UnreadableError("unknown_format", "no records")
    if not all(isinstance(record, dict) and record.keys() >= needed for record in records):
        raise UnreadableError("unknown_format", "no tidy cells")
    return records


def _plain(value: Any) -> str | None:
    """A JSON value as the text of a cell."""
    if value is None or isinstance(value, (str, Decimal, int)):
        return None if value is None or isinstance(value, bool) else str(value)
    if isinstance(value, float):
        return number_text(value) or None
    raise UnreadableError("unknown_format", "nested values")


def _starts(text: str, count: int) -> list[int] | None:
    """Where each record begins; unknown where lines and records do not go together."""
    if "\n" not in text.strip():
        return [1] * count
    found = [m.end() - 1 for m in _RECORD.finditer(text)]
    if text.lstrip().startswith("{"):
        found = found[1:]
    if len(found) != count:
        return None
    lines, last, line = [], 0, 1
    for at in found:
        line += text.count("\n", last, at)
        last = at
        lines.append(line)
    return lines
