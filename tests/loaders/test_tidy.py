"""Tidy cells in the three formats, written by us and by hand, and csv files that are none."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from audit.document import Document, Grid, Paragraph
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders.base import TIDY_COLUMNS, Limits, Loaded, Source, Tidy
from audit.tidy import write_cells

HEAD = "unit,year,edition,table,row,column,value,raw,file,location"
LINE = "双枫镇,2023,2021,disclosure,fees,amount,{value},{raw},a.docx,表1 R2C3"


def load(tmp_path: Path, data: str | bytes, name: str, **limits: int) -> Loaded:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    source = Source(path, name, Limits(**limits))
    (loaded,) = loader_for(source).load(source)
    return loaded


def tidy(tmp_path: Path, data: str | bytes, name: str) -> pd.DataFrame:
    loaded = load(tmp_path, data, name)
    assert isinstance(loaded, Tidy)
    return loaded.frame


def plain(column: pd.Series) -> list[object]:
    """A column's values, None for what is missing."""
    return [None if pd.isna(v) else v for v in column.tolist()]


def cells() -> pd.DataFrame:
    """Cells as `extract` has them: a number, a decimal, a blank, a word, a formula, a line break."""
    size = 6
    return pd.DataFrame(
        {
            "unit": pd.array(["双枫镇"] * size, dtype="str"),
            "year": pd.array([2023] * size, dtype="Int64"),
            "edition": pd.array([2021] * size, dtype="Int64"),
            "table": pd.array(["disclosure"] * size, dtype="str"),
            "row": pd.array(["fees"] * size, dtype="str"),
            "column": pd.array(["amount"] * size, dtype="str"),
            "value": pd.array([3, 12.5, None, None, None, 0], dtype="Float64"),
            "raw": pd.array(["3", "12.50", "", "若干", "=1+1", "0\n,"], dtype="str"),
            "file": pd.array(["a.docx"] * size, dtype="str"),
            "location": pd.array(["表1 R2C3", None, "line 3", "Sheet1!C7", "", "x"], dtype="str"),
        }
    )


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_what_extract_writes_reads_back(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"cells.{form}"
    write_cells(cells(), form, path)
    frame = tidy(tmp_path, path.read_bytes(), path.name)
    assert list(frame.columns) == [*TIDY_COLUMNS, "line"]
    assert frame.dtypes.map(str).to_dict() == {
        **dict.fromkeys(TIDY_COLUMNS, "str"),
        "year": "Int64",
        "edition": "Int64",
        "value": "Float64",
        "line": "Int64",
    }
    assert plain(frame["raw"]) == ["3", "12.50", "", "若干", "=1+1", "0\n,"]
    assert plain(frame["value"]) == [3, 12.5, None, None, None, 0]
    assert plain(frame["location"]) == ["表1 R2C3", None, "line 3", "Sheet1!C7", None, "x"]
    assert plain(frame["year"]) == [2023] * 6


@pytest.mark.parametrize(("form", "mark"), [("csv", b"\xef\xbb\xbfunit,"), ("json", b'[\n{"unit"')])
def test_written_text_opens_in_excel_and_has_stable_lines(
    tmp_path: Path, form: str, mark: bytes
) -> None:
    path = tmp_path / "cells"
    write_cells(cells().iloc[:2], form, path)
    stream = io.StringIO()
    write_cells(cells().iloc[:2], form, stream)
    data = path.read_bytes()
    assert data.startswith(mark)
    assert data.decode() == stream.getvalue()
    assert tidy(tmp_path, data, f"a.{form}")["line"].tolist() == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = f"{HEAD}\r\n{LINE.format(value=1, raw=1)}\r\n"
    frame = tidy(tmp_path, text.encode(encoding), "a.csv")
    assert plain(frame["unit"]) == ["双枫镇"]


def test_lines_are_the_files_own(tmp_path: Path) -> None:
    lines = [HEAD, LINE.format(value=1, raw='"一\n二\n三"'), "", LINE.format(value=2, raw=2)]
    assert tidy(tmp_path, "\n".join(lines), "a.csv")["line"].tolist() == [2, 6]


def test_large_files_are_read_like_small_ones(tmp_path: Path) -> None:
    once = [
        LINE.format(value=1, raw='"一\n二"'),
        LINE.format(value="", raw=""),
        LINE.format(value=2.5, raw=2.50),
    ]
    frame = tidy(tmp_path, "\n".join([HEAD, *once * 4_000]), "a.csv")
    assert len(frame) == 12_000
    assert frame["line"].tolist() == [2 + 4 * n + k for n in range(4_000) for k in (0, 2, 3)]
    small = tidy(tmp_path, "\n".join([HEAD, *once]), "b.csv")
    pd.testing.assert_frame_equal(frame.iloc[:3], small)


def test_short_records_and_strange_columns(tmp_path: Path) -> None:
    text = "Unit ,YEAR,table,row,column,value,note\n双枫镇,2023,disclosure,fees,amount,7\n"
    frame = tidy(tmp_path, text, "a.csv")
    assert plain(frame["value"]) == [7]
    assert plain(frame["edition"]) == [None]


def test_what_excel_makes_of_it(tmp_path: Path) -> None:
    blank = "," * HEAD.count(",")
    text = "\n".join(
        [
            HEAD.replace("unit,year", "序号,Unit,Year"),
            "1," + LINE.format(value="3.0", raw="3"),
            "2," + LINE.format(value='"1,234"', raw='"1,234"').replace("2023,", "2023年,"),
            "," + blank,
            "," + blank,
        ]
    )
    frame = tidy(tmp_path, text.encode("gbk"), "a.csv")
    assert plain(frame["value"]) == [3, 1234]
    assert plain(frame["year"]) == [2023, 2023]
    assert plain(frame["line"]) == [2, 3]


@pytest.mark.parametrize("as_text", [True, False])
def test_kept_on_as_a_workbook(tmp_path: Path, as_text: bool) -> None:
    written = tmp_path / "cells.csv"
    write_cells(cells(), "csv", written)
    frame = pd.read_csv(written, dtype=str if as_text else None, keep_default_na=as_text)
    path = tmp_path / "cells.xlsx"
    frame.to_excel(path, index=False)
    found = tidy(tmp_path, path.read_bytes(), "a.xlsx")
    assert plain(found["value"]) == [3, 12.5, None, None, None, 0]
    assert plain(found["unit"]) == ["双枫镇"] * 6
    assert plain(found["line"]) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(tmp_path: Path, separator: str) -> None:
    text = f"{HEAD}\n{LINE.format(value=1, raw=1)}".replace(",", separator)
    assert plain(tidy(tmp_path, text, "a.csv")["value"]) == [1]


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
def test_raw_is_the_value_as_written_where_it_is_lacking(tmp_path: Path, name: str) -> None:
    head = ("unit", "year", "table", "row", "column", "value")
    line: Sequence[object] = ("双枫镇", 2023, "disclosure", "fees", "amount")
    if name == "a.csv":
        rows = [",".join(map(str, (*line, v))) for v in ("0", "12.50", "")]
        data: str | bytes = "\n".join([",".join(head), *rows])
    elif name == "a.json":
        template = json.dumps(dict(zip(head, (*line, "@"), strict=True)))
        records = [template.replace('"@"', v) for v in ("0", "12.50", "null")]
        data = f"[{','.join(records)}]"
    else:
        stream = io.BytesIO()
        values = [(*line, v) for v in (0.0, 12.5, None)]
        pd.DataFrame(values, columns=list(head)).to_parquet(stream)
        data = stream.getvalue()
    frame = tidy(tmp_path, data, name)
    assert plain(frame["raw"]) == ["0", "12.5" if name == "a.parquet" else "12.50", ""]
    assert plain(frame["value"]) == [0, 12.5, None]


def record(**changes: object) -> dict[str, object]:
    base = {"unit": "双枫镇", "year": 2023, "table": "disclosure", "row": "fees"}
    return {**base, "column": "amount", "value": 1, "raw": "1", **changes}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (json.dumps([record(), record()], indent=2), [2, 11]),
        (json.dumps({"cells": [record(), record()]}, indent=2), [3, 12]),
        (json.dumps([record(), record()]), [1, 1]),
        (f"[{json.dumps(record())}\n,{json.dumps(record())}]", [1, 2]),
        (f"[{json.dumps(record())}, {json.dumps(record())}\n]", [None, None]),
    ],
    ids=["pretty", "object", "one-line", "commas-first", "unclear"],
)
def test_lines_of_json_records(tmp_path: Path, text: str, lines: list[int | None]) -> None:
    assert plain(tidy(tmp_path, text, "a.json")["line"]) == lines


def test_numbers_that_are_none_are_missing(tmp_path: Path) -> None:
    odd = [
        record(value="若干"),
        record(value=float("inf")),
        record(year="2023.5"),
        record(value=True),
    ]
    frame = tidy(tmp_path, json.dumps(odd), "a.json")
    assert plain(frame["value"]) == [None, None, 1, None]
    assert plain(frame["year"]) == [2023, 2023, None, 2023]


def test_parquet_of_categories(tmp_path: Path) -> None:
    stream = io.BytesIO()
    cells().astype({"unit": "category", "row": "category"}).to_parquet(stream)
    assert plain(tidy(tmp_path, stream.getvalue(), "a.parquet")["unit"]) == ["双枫镇"] * 6


def test_table_in_a_csv_file(tmp_path: Path) -> None:
    text = '二、主动公开情况,,\n信息内容,制发,"废\n止"\n规章,0,\n'
    document = load(tmp_path, text, "a.csv")
    assert isinstance(document, Document)
    heading, grid = document.blocks
    assert isinstance(heading, Paragraph)
    assert (heading.text, heading.place.line) == ("二、主动公开情况", 1)
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.cells] == ["信息内容", "制发", "废\n止", "规章", "0", ""]
    assert (grid.cells[4].place.line, grid.cells[4].place.column) == (4, 2)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        ("[1, 2]", "a.json", "unknown_format"),
        ('{"units": []}', "a.json", "unknown_format"),
        (json.dumps([record(), {"unit": "x"}]), "a.json", "unknown_format"),
        (json.dumps([record(value=[1])]), "a.json", "unknown_format"),
        ('[{"unit": 1', "a.json", "corrupt"),
        ("年报", "a.json", "unknown_format"),
        ("PAR1 cut off", "a.parquet", "corrupt"),
        (",,\n,,\n", "a.csv", "empty"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, data: str, name: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load(tmp_path, data, name)
    assert caught.value.reason == reason


def test_parquet_of_something_else(tmp_path: Path) -> None:
    stream = io.BytesIO()
    cells().drop(columns="unit").to_parquet(stream)
    with pytest.raises(UnreadableError) as caught:
        load(tmp_path, stream.getvalue(), "a.parquet")
    assert caught.value.reason == "unknown_format"


def test_more_cells_than_a_table_may_have(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        load(tmp_path, "甲,1\n乙,2\n", "a.csv", cells=3)
    assert caught.value.reason == "limit"
