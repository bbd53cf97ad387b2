"""The county's own table: right sums, and every reason why a sum may not be whole is told."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.commands.county import BROKEN, COUNTY, ROSTER, SOUND, nianbao, report

RULES = "disclosure.regulations.issued"
FEES = "disclosure.fees.amount"


def summed(text: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return {f"{r['table']}.{r['row']}.{r['column']}": r for r in rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "2023"
    report(reports, "青石镇", {**SOUND, FEES: 1.25})
    report(reports, "白水乡", {**SOUND, FEES: 0.5, RULES: 0})
    report(reports, "松岗镇", {FEES: 3})
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return reports


def roster(folder: Path) -> tuple[str, Path]:
    return "--roster", folder.parent / "roster.csv"


def test_each_cell_is_the_sum_over_the_units(folder: Path) -> None:
    done = nianbao("aggregate", folder, *roster(folder), "-f", "csv", "-q")
    assert (done.exit_code, done.stderr) == (0, "")
    cells = summed(done.stdout)
    assert len(cells) == 200
    assert {r["unit"] for r in cells.values()} == {COUNTY}
    assert cells["applications.granted.natural_person"]["value"] == "4"
    assert cells[FEES]["value"] == "4.75"
    assert cells["disputes.review.total"]["value"] == "0"


def test_the_csv_is_the_countys_report_to_check_against(folder: Path, tmp_path: Path) -> None:
    parent = tmp_path / "county.csv"
    assert nianbao("aggregate", folder, *roster(folder), "-o", parent).exit_code == 0
    told = nianbao("check", folder, *roster(folder), "--parent", parent, "--select", "G")
    assert told.exit_code == 0
    changed = parent.read_text(encoding="utf-8").replace("amount,4.75,4.75", "amount,5,5")
    parent.write_text(changed, encoding="utf-8")
    told = nianbao("check", folder, *roster(folder), "--parent", parent, "--select", "G")
    assert told.exit_code == 1
    assert "G901" in told.stdout


def test_the_countys_own_report_is_not_added(folder: Path) -> None:
    report(folder, COUNTY, {FEES: 100})
    for extra in ((), roster(folder)):
        done = nianbao("aggregate", folder, *extra, "-f", "csv")
        assert summed(done.stdout)[FEES]["value"] == "4.75"
        assert f"{COUNTY}：是上级自己的年报，未计入" in done.stderr
        assert done.exit_code == 0


def test_units_missing_from_the_roster_are_named(folder: Path) -> None:
    (folder / "松岗镇2023年报.txt").unlink()
    done = nianbao("aggregate", folder, *roster(folder), "-f", "csv")
    assert done.exit_code == 1
    assert "松岗镇：在名单上，没有该年度的年报" in done.stderr


def test_units_not_on_the_roster_are_not_added_and_named(folder: Path) -> None:
    report(folder, "远山镇", {FEES: 50})
    done = nianbao("aggregate", folder, *roster(folder), "-f", "csv")
    assert done.exit_code == 1
    assert "远山镇：不在名单上，未计入" in done.stderr
    assert summed(done.stdout)[FEES]["value"] == "4.75"


def test_units_with_errors_are_named(folder: Path) -> None:
    report(folder, "白水乡", BROKEN)
    done = nianbao("aggregate", folder, "-f", "csv")
    assert done.exit_code == 1
    assert "白水乡：有未更正的问题：A302、A303" in done.stderr
    assert "青石镇：有" not in done.stderr


def test_a_unit_that_reported_twice_counts_once(folder: Path) -> None:
    report(folder, "青石镇", {**SOUND, FEES: 2}, ".docx")
    done = nianbao("aggregate", folder, "-f", "csv")
    assert done.exit_code == 1
    assert "青石镇：有 2 份同年度年报" in done.stderr
    cells = summed(done.stdout)
    assert cells["applications.granted.natural_person"]["value"] == "4"
    assert (cells[FEES]["value"], cells[FEES]["raw"]) == ("", "3.5*")


def test_cells_that_are_no_numbers_are_starred_and_named(folder: Path) -> None:
    report(folder, "松岗镇", {FEES: "三元左右"})
    done = nianbao("aggregate", folder, "-f", "csv")
    assert done.exit_code == 1
    assert (summed(done.stdout)[FEES]["value"], summed(done.stdout)[FEES]["raw"]) == ("", "1.75*")
    (line,) = [x for x in done.stderr.splitlines() if "未读到" in x]
    assert line.startswith("松岗镇：") and "行政事业性收费" in line


def test_files_that_cannot_be_read_are_named(folder: Path) -> None:
    (folder / "坏文件.docx").write_bytes(b"PK\x03\x04 broken")
    done = nianbao("aggregate", folder, "-f", "csv")
    assert done.exit_code == 1
    assert "坏文件.docx：没有读出可以汇总的年报" in done.stderr


def test_the_year_is_that_of_most_reports_unless_asked_for(folder: Path) -> None:
    report(folder, "青石镇", {FEES: 7}, year=2022)
    done = nianbao("aggregate", folder, "-f", "csv")
    assert {r["year"] for r in summed(done.stdout).values()} == {"2023"}
    assert "另有 1 份其他年度" in done.stderr
    asked = nianbao("aggregate", folder, "-f", "csv", "--year", "2022")
    assert summed(asked.stdout)[FEES]["value"] == "7"
    assert nianbao("aggregate", folder, "--year", "2021").exit_code == 2


def test_workbook_and_document_hold_the_form_and_the_remarks(folder: Path, tmp_path: Path) -> None:
    report(folder, "白水乡", BROKEN)
    for name in ("sum.xlsx", "sum.docx"):
        assert nianbao("aggregate", folder, "-o", tmp_path / name, "-q").exit_code == 1
    book = openpyxl.load_workbook(tmp_path / "sum.xlsx")
    table, remarks = book.worksheets
    values = [c.value for row in table.iter_rows() for c in row]
    assert "二、上年结转政府信息公开申请数量" in values and 4.25 in values
    assert any("未更正" in str(c.value) for row in remarks.iter_rows() for c in row)
    document = Document(str(tmp_path / "sum.docx"))
    assert len(document.tables) == 3
    assert document.tables[0].cell(0, 0).text == "第二十条第（一）项"
    assert document.tables[1].rows[3].cells[-1].text == "4"
    assert any("白水乡：有未更正的问题" in p.text for p in document.paragraphs)


def test_the_sum_as_a_document_reads_back_as_the_same_cells(folder: Path, tmp_path: Path) -> None:
    assert nianbao("aggregate", folder, "-f", "csv", "-o", tmp_path / "a.csv").exit_code == 0
    assert nianbao("aggregate", folder, "-o", tmp_path / "b" / "sum.docx").exit_code == 0
    assert nianbao("extract", tmp_path / "b", "-o", tmp_path / "c.csv", "-q").exit_code == 0
    first = summed((tmp_path / "a.csv").read_text(encoding="utf-8"))
    second = summed((tmp_path / "c.csv").read_text(encoding="utf-8"))
    assert {a: r["value"] for a, r in first.items()} == {a: r["value"] for a, r in second.items()}


def test_the_screen_shows_every_row(folder: Path) -> None:
    done = nianbao("aggregate", folder)
    assert done.exit_code == 0
    assert "3 个单位合计" in done.stdout and "四、结转下年度继续办理" in done.stdout
    assert nianbao("aggregate", folder, "-f", "xlsx").exit_code == 2
