"""What is said of units that a list shows: their figures are checked, what it leaves out is not."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rules.form import load_form
from tests.builder.matrix import Matrix
from tests.commands.county import SOUND, nianbao, report
from tests.loaders.render import RENDERERS, workbook
from tests.recognise.lists import addresses, listing, path, pieces, sums, totals

TITLE = "云岭县2023年政府信息公开年报数据汇总表"
ROSTER = "单位,级别,上级\n青石镇,乡镇,云岭县\n白水乡,乡镇,云岭县\n教育局,部门,云岭县\n"
ZERO = dict.fromkeys(load_form(2021).addresses, 0)
#: 白水乡's total is wrong.
FIGURES = {
    "青石镇": ZERO | SOUND,
    "白水乡": ZERO | SOUND | {"applications.total.total": 3},
    "教育局": dict(ZERO),
}


def checked(*words: str | Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(nianbao("check", *words, "-f", "json", "-q").stdout)
    assert told["crashes"] == []
    return told


def wrote(folder: Path, columns: Sequence[str], name: str = "汇总.xlsx") -> Path:
    table = listing({a: path(a) for a in columns}, FIGURES)
    (folder / name).write_bytes(RENDERERS[Path(name).suffix](pieces(table, title=TITLE)))
    return folder / name


def codes(told: dict[str, Any]) -> set[tuple[str, str]]:
    return {(f["unit"], f["rule"]) for f in told["findings"]}


def test_only_the_wrong_unit_is_named(tmp_path: Path) -> None:
    told = checked(wrote(tmp_path, sums()))
    assert codes(told) == {("白水乡", "A301"), ("白水乡", "A302")}
    assert {f["location"] for f in told["findings"]} == {"年报!Z8"}
    assert [(r["unit"], r["cells_read"]) for r in told["reports"]] == [(u, 25) for u in FIGURES]
    assert told["not_assessed"]["S104"] == {"数字取自汇总表，表中没有列出全部单元格": 6}


def test_what_a_list_leaves_out_is_neither_blank_nor_lacking(tmp_path: Path) -> None:
    """One row with all its columns, the others with their total alone."""
    columns = [a for a in addresses("applications") if ".new." in a or a.endswith(".total")]
    told = checked(wrote(tmp_path, columns))
    assert codes(told) == {("白水乡", "A301"), ("白水乡", "A302")}
    assert "S105" in told["not_assessed"] and "S106" in told["not_assessed"]


def test_a_blank_under_a_label_is_one(tmp_path: Path) -> None:
    table = listing({a: path(a) for a in sums()}, FIGURES)
    last = max(b.row for b in table.boxes)
    boxes = [replace(b, text="") if (b.row, b.column) == (last, 5) else b for b in table.boxes]
    data = RENDERERS[".docx"](pieces(Matrix("list", tuple(boxes)), title=TITLE))
    (tmp_path / "汇总.docx").write_bytes(data)
    (found,) = [f for f in checked(tmp_path)["findings"] if f["unit"] == "教育局"]
    assert (found["rule"], found["cells"]) == ("V201", ["applications.partial.total"])


def test_every_table_of_every_unit(tmp_path: Path) -> None:
    sheets = [
        (f"表{n}", pieces(listing({a: path(a) for a in addresses(t)}, FIGURES), title=TITLE))
        for n, t in enumerate(("disclosure", "applications", "disputes"), start=1)
    ]
    (tmp_path / "汇总.xlsx").write_bytes(workbook(sheets))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    told = checked(tmp_path, "--roster", tmp_path / "roster.csv")
    assert codes(told) == {("白水乡", c) for c in ("A301", "A302", "A303")}
    assert {r["cells_read"] for r in told["reports"]} == {200}
    assert not {"S104", "S105", "S106"} & told["not_assessed"].keys()


def test_units_with_reports_of_their_own_do_not_count_twice(tmp_path: Path) -> None:
    wrote(tmp_path, sums())
    report(tmp_path, "白水乡", SOUND)
    told = checked(tmp_path)
    assert codes(told) == set()
    kept = {r["unit"]: r["cells_read"] for r in told["reports"]}
    assert kept == {"白水乡": 200, "青石镇": 25, "教育局": 25}
    for unit in ("青石镇", "教育局"):
        report(tmp_path, unit, SOUND)
    told = checked(tmp_path)
    assert codes(told) == set() and len(told["reports"]) == 3
    (skipped,) = told["skipped"]
    assert skipped["file"].endswith("汇总.xlsx") and "以年报为准" in skipped["reason"]
    assert told["summary"]["files"] == 4


def test_a_unit_of_the_same_name_elsewhere_is_another(tmp_path: Path) -> None:
    wrote(tmp_path, sums())
    name = report(tmp_path, "白水乡", SOUND)
    text = name.read_text(encoding="utf-8").replace("云岭县", "永安县")
    name.write_text(text, encoding="utf-8")
    counties = {r["county"] for r in checked(tmp_path)["reports"] if r["unit"] == "白水乡"}
    assert counties == {"云岭县", "永安县"}


def test_last_year_s_list_is_compared_with(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    columns = {a: totals(a) for a in sums()}
    last = {u: {**ZERO, "applications.carried_out.total": 4} for u in FIGURES}
    title = TITLE.replace("2023", "2022")
    data = RENDERERS[".xlsx"](pieces(listing(columns, last), title=title))
    (tmp_path / "2022" / "汇总.xlsx").write_bytes(data)
    name = report(tmp_path, "青石镇", SOUND)
    told = checked(name, "--previous", tmp_path / "2022", "--select", "Y501")
    assert [(f["expected"], f["actual"]) for f in told["findings"]] == [(4, 0)]


def test_cells_of_a_list_are_extracted_and_summed(tmp_path: Path) -> None:
    done = nianbao("extract", wrote(tmp_path, sums()))
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) == 75
    first = next(r for r in rows if r["unit"] == "青石镇" and r["row"] == "granted")
    assert (first["column"], first["value"], first["location"]) == ("total", "2", "年报!E7")
    done = nianbao("aggregate", tmp_path / "汇总.xlsx", "-f", "csv", "-q")
    summed = {
        r["row"]: r
        for r in csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")))
        if r["column"] == "total" and r["table"] == "applications"
    }
    assert summed["granted"]["value"] == "4"
