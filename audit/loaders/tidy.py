"""Tidy cells as `nianbao extract` writes them (.csv, .json, .parquet); any other csv is a table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.document import Block, Document, Grid, Paragraph, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders._marks import PARQUET
from audit.loaders._sheet_blocks import blocks
from audit.loaders._sheet_model import Entry, Sheet, number_text
from audit.loaders._tidy_parts import cut, read_parquet
from audit.loaders._tidy_text import Columns, csv_columns, csv_head, csv_rows, json_columns
from audit.loaders.base import TIDY_COLUMNS, Loaded, Source, Tidy

if TYPE_CHECKING:
    import pandas as pd

#: Without these columns a file holds no tidy cells.
NEEDED = frozenset(("unit", "year", "table", "row", "column", "value"))
_WHOLE = ("year", "edition")
_SEPARATED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")

#: No year comes near it; more than that and it is no number of ours.
_MOST_WHOLE = 10**9


def load(source: Source) -> Iterator[Loaded]:
    """The cells of a tidy file; the document of a csv that is none.

    A tidy file has the columns unit, year, table, row, column and value. Where `raw` is lacking it
    is the value as it is written.

    Raises:
        UnreadableError: damaged, empty, over the limits, or JSON or parquet without these columns.
    """
    try:
        yield from _loaded(source)
    except MemoryError as error:
        raise UnreadableError("limit", "memory") from error


def _loaded(source: Source) -> Iterator[Loaded]:
    if source.data.startswith(PARQUET):
        for columns in _parquet(source.data):
            yield Tidy(source.name, framed(columns))
        return
    text = decode(source.data)
    if not text.strip():
        raise UnreadableError("empty")
    if text.lstrip()[:1] in ("[", "{") and source.suffix != ".csv":
        yield from (Tidy(source.name, part) for part in cut(framed(json_columns(text, NEEDED))))
        return
    head = csv_head(text)
    if set(head) >= NEEDED:
        yield from (Tidy(source.name, part) for part in cut(framed(csv_columns(text, head))))
    elif source.suffix in (".json", ".parquet"):
        raise UnreadableError("unknown_format", "no tidy cells")
    else:
        yield _document(source, text)


def _parquet(data: bytes) -> Iterator[Columns]:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        names = set(file.schema_arrow.names)
        if not names >= NEEDED:
            raise UnreadableError("unknown_format", "no tidy cells")
        wanted = [name for name in TIDY_COLUMNS if name in names]
        for table in read_parquet(file, wanted):
            yield Columns({name: table[name] for name in table.column_names}, None)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)) from error


def framed(columns: Columns) -> pd.DataFrame:
    """The columns typed as `Tidy` promises."""
    import pandas as pd
    import pyarrow

    given = {name: _arrow(columns.values[name]) for name in columns.values}
    size = len(given["value"])
    nothing = pyarrow.nulls(size, pyarrow.large_string())
    data: dict[str, Any] = {}
    for name in TIDY_COLUMNS:
        if name == "value":
            data[name] = _numbers(given[name], "Float64")
        elif name in _WHOLE:
            data[name] = _numbers(given.get(name, nothing), "Int64")
        else:
            whole = given.get(name, given["value"] if name == "raw" else nothing)
            data[name] = _texts(whole, blank=name == "raw")
    lines = columns.lines if columns.lines is not None else [None] * size
    data["line"] = pd.array(lines, dtype="Int64")
    frame = pd.DataFrame(data, copy=False)
    # Spreadsheets keep rows that were emptied, and write them out as blank records.
    blank = frame["unit"].isna() & frame["table"].isna() & frame["value"].isna()
    return frame[~blank].reset_index(drop=True) if blank.any() else frame


def _arrow(values: Any) -> Any:
    """Values as an arrow array: text as large_string, numbers as they are."""
    import pyarrow

    if not isinstance(values, (pyarrow.Array, pyarrow.ChunkedArray)):
        return pyarrow.array(values, type=pyarrow.large_string())
    if pyarrow.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    return values


def _texts(values: Any, *, blank: bool) -> Any:
    """A text column; empty text is missing unless it may be `blank`."""
    import pandas as pd
    import pyarrow
    import pyarrow.compute

    if pyarrow.types.is_floating(values.type):
        told = pyarrow.compute.dictionary_encode(values)
        told = told.combine_chunks() if isinstance(told, pyarrow.ChunkedArray) else told
        shown = pyarrow.array([number_text(v) for v in told.dictionary.to_pylist()])
        values = shown.take(told.indices)
    values = values.cast(pyarrow.large_string())
    if blank:
        values = pyarrow.compute.fill_null(values, "")
    else:
        empty = pyarrow.compute.equal(values, "")
        if pyarrow.compute.any(empty).as_py():
            values = pyarrow.compute.if_else(empty, None, values)
    return pd.array(values, dtype="str")


def _numbers(values: Any, kind: str) -> Any:
    """A number column; what is no finite number, or no whole one where it must be, is missing."""
    import numpy as np
    import pandas as pd
    import pyarrow

    if pyarrow.types.is_large_string(values.type) or pyarrow.types.is_string(values.type):
        given = values.to_numpy(zero_copy_only=False)
        numbers = _floats(given)
        odd = np.isnan(numbers)
        if odd.any():
            filled = pyarrow.compute.not_equal(values, "").fill_null(False)
            odd &= filled.to_numpy(zero_copy_only=False)
            numbers[odd] = _floats(np.array([_without_dress(t) for t in given[odd]], dtype=object))
    else:
        numbers = values.cast(pyarrow.float64()).to_numpy(zero_copy_only=False).copy()
    numbers[~np.isfinite(numbers)] = np.nan
    if kind == "Int64":
        numbers[(numbers != np.floor(numbers)) | (np.abs(numbers) > _MOST_WHOLE)] = np.nan
    missing = np.isnan(numbers)
    if kind == "Int64":
        whole = np.where(missing, 0, numbers).astype(np.int64)
        return pd.arrays.IntegerArray(whole, missing)
    return pd.arrays.FloatingArray(numbers, missing)


def _floats(texts: Any) -> Any:
    """Texts as numbers, NaN where one is none; an array of its own."""
    import numpy as np
    import pandas as pd

    return np.array(pd.to_numeric(texts, errors="coerce"), dtype=np.float64)


def _without_dress(text: str) -> str:
    """A number as a spreadsheet may have dressed it up: 2,211 for 2211, 2023年 for 2023."""
    text = text.strip().removesuffix("年")
    return text.replace(",", "") if _SEPARATED.fullmatch(text) else text


def _document(source: Source, text: str) -> Document:
    """A csv that is a table: like a sheet, but its places are lines of the file."""
    rows = csv_rows(text)
    sheet = Sheet("")
    for number, (_, row) in enumerate(rows):
        for column, field in enumerate(row):
            if field.strip():
                sheet.cells[number, column] = Entry(field)
    if len(sheet.cells) > source.limits.cells:
        raise UnreadableError("limit", "cells")
    lines = [line for line, _ in rows]
    found = [_placed(block, lines) for block in blocks(sheet, source.limits) if _is_shown(block)]
    if not found:
        raise UnreadableError("empty")
    return Document(source.name, "csv", tuple(found))


def _is_shown(block: Block) -> bool:
    """Whether a block is more than the sheet's name, which a csv has not."""
    return not (isinstance(block, Paragraph) and block.heading)


def _placed(block: Block, lines: list[int]) -> Block:
    if isinstance(block, Grid):
        cells = tuple(replace(c, place=_line(c.place, lines)) for c in block.cells)
        return Grid(cells, _line(block.place, lines))
    return replace(block, place=_line(block.place, lines))


def _line(place: Place, lines: list[int]) -> Place:
    line = lines[place.row - 1] if place.row is not None else None
    return Place(line=line, column=place.column)
