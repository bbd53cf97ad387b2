"""Whole reports in every format and layout, from the file to cells, sections, unit and year."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.loaders.base import Tidy
from audit.reading.one_file import Reading, Task, Ways, read
from audit.report import Report
from rules.form import load_form
from tests.builder.build import encode, layouts
from tests.builder.flow import Piece, flow
from tests.builder.make_samples import SAMPLES, TRUTH
from tests.builder.random import valid_reports
from tests.builder.truth import ReportTruth, base_report
from tests.loaders.make_word import DATA, distinct
from tests.loaders.render import RENDERERS, workbook
from tests.loaders.variants import CHANGES, pieces

YEARS = {2021: 2023, 2019: 2020}
#: Formats that the builder writes by itself, each with its layouts.
WRITTEN = [(s, layout) for s in (".txt", ".html", ".docx", ".xlsx") for layout in layouts(s)]
quick = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def numbered(edition: int = 2021, unit: str = "青石镇", seed: int = 1) -> ReportTruth:
    """A report in which no two cells hold the same number."""
    addresses = load_form(edition).addresses
    cells = dict(zip(addresses, Random(seed).sample(range(10, 9999), len(addresses)), strict=True))
    return base_report(unit, YEARS[edition], edition, county="永安县", cells=cells)


def readings(folder: Path, data: bytes, name: str) -> list[Reading]:
    path = folder / "file"
    path.write_bytes(data)
    return read(Task(path, name), Ways())


def reports(folder: Path, data: bytes, name: str) -> list[Report]:
    found = readings(folder, data, name)
    assert [(r.outcome, r.reason, r.crash) for r in found] == [("audited", None, None)] * len(found)
    return [report for reading in found for report in reading.reports]


def wrong(report: Report, cells: Mapping[str, float | str]) -> dict[str, tuple[object, object]]:
    """Cells that were read otherwise than they are, or not at all: what is there, what was read."""
    found = {c.address: c.value for c in report.body.cells}
    assert len(found) == len(report.body.cells)
    return {a: (v, found.get(a)) for a, v in cells.items() if found.get(a) != float(v)}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def check(report: Report, truth: ReportTruth) -> None:
    """Every cell, unit, county, year, date, edition and all text are the truth's."""
    assert wrong(report, truth.shown()) == {}
    who = report.identity
    assert (who.unit, who.county, who.year) == (truth.unit, truth.county, truth.year)
    assert (report.body.edition, who.published) == (truth.edition, truth.published)
    texts = {s.key: squeezed(s.text) for s in report.body.sections}
    assert squeezed(truth.preamble) in texts["preamble"]
    assert {k: texts.get(k) for k in truth.sections} == {
        k: squeezed(t) for k, t in truth.sections.items()
    }


@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize(("suffix", "layout"), WRITTEN)
def test_every_format_and_layout(tmp_path: Path, suffix: str, layout: str, edition: int) -> None:
    truth = numbered(edition)
    (report,) = reports(tmp_path, encode(truth, suffix, layout), f"报告{suffix}")
    check(report, truth)


@pytest.mark.parametrize("suffix", RENDERERS)
@pytest.mark.parametrize("change", CHANGES)
def test_tables_as_clerks_keep_them(tmp_path: Path, suffix: str, change: str) -> None:
    truth = numbered()
    data = RENDERERS[suffix](pieces(truth, CHANGES[change]))
    (report,) = reports(tmp_path, data, f"报告{suffix}")
    assert wrong(report, truth.shown()) == {}
    assert (report.identity.unit, report.identity.year) == ("青石镇", 2023)
    found = {o.kind for o in report.body.observations} - {"block_edition", "fee_unit", "label"}
    assert found == set()


@pytest.mark.parametrize(
    "file",
    [p for p in sorted(DATA.iterdir()) if p.stem in ("merged", "blocks", "split", "numbered")],
)
def test_what_libreoffice_makes(file: Path) -> None:
    (reading,) = read(Task(file, file.name), Ways())
    (report,) = reading.reports
    truth = distinct()
    assert wrong(report, truth.shown()) == {}
    assert (report.identity.unit, report.identity.year) == (truth.unit, truth.year)


def _samples() -> Iterable[str]:
    with TRUTH.open(encoding="utf-8-sig") as lines:
        files = dict.fromkeys(row["file"] for row in csv.DictReader(lines))
    return [f for f in files if "扫描" not in f]


@pytest.fixture(scope="module")
def sample_truth() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    with TRUTH.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["file"], []).append(row)
    return found


@pytest.mark.parametrize("file", _samples())
def test_samples(sample_truth: dict[str, list[dict[str, str]]], file: str) -> None:
    archive, _, member = file.partition("!")
    path = SAMPLES / archive
    found = [
        report
        for reading in read(Task(path, archive), Ways(ocr=False))
        for report in reading.reports
        if reading.file.endswith(member)
    ]
    rows = sample_truth[file]
    (report,) = found
    assert (report.identity.unit, str(report.identity.year)) == (rows[0]["unit"], rows[0]["year"])
    told = {c.address: c for c in report.body.cells}
    for row in rows:
        cell = told[f"{row['table']}.{row['row']}.{row['column']}"]
        assert cell.raw == row["raw"].strip(), (cell, row)
        assert row["value"] in ("", None) or cell.value == float(row["value"])


# ---- random tables


@quick
@given(st.sampled_from([2021, 2019]).flatmap(valid_reports), st.sampled_from(WRITTEN))
def test_random_tables_read_back(
    tmp_path_factory: pytest.TempPathFactory, truth: ReportTruth, way: tuple[str, str]
) -> None:
    suffix, layout = way
    folder = tmp_path_factory.mktemp("random")
    (report,) = reports(folder, encode(truth, suffix, layout), f"报告{suffix}")
    assert wrong(report, truth.shown()) == {}


@quick
@given(
    st.sampled_from([2021, 2019]).flatmap(valid_reports),
    st.sampled_from(sorted(RENDERERS)),
    st.sampled_from(sorted(CHANGES)),
)
def test_random_tables_in_random_shapes(
    tmp_path_factory: pytest.TempPathFactory, truth: ReportTruth, suffix: str, change: str
) -> None:
    folder = tmp_path_factory.mktemp("random")
    data = RENDERERS[suffix](pieces(truth, CHANGES[change]))
    (report,) = reports(folder, data, f"报告{suffix}")
    assert wrong(report, truth.shown()) == {}


@quick
@given(st.sampled_from([2021, 2019]).flatmap(valid_reports), st.sampled_from([".csv", ".json"]))
def test_random_tables_as_tidy_data(
    tmp_path_factory: pytest.TempPathFactory, truth: ReportTruth, suffix: str
) -> None:
    folder = tmp_path_factory.mktemp("random")
    (reading,) = readings(folder, encode(truth, suffix), f"数据{suffix}")
    (tidy,) = reading.tidy
    assert isinstance(tidy, Tidy)
    frame = tidy.frame
    address = frame["table"] + "." + frame["row"] + "." + frame["column"]
    told = dict(zip(address, frame["value"], strict=True))
    assert told == {a: float(v) for a, v in truth.shown().items()}


# ---- several reports in one file

UNITS = ("青石镇", "桐溪镇", "白鹭镇")


def _tables(truth: ReportTruth) -> list[Piece | str]:
    return [p for p in flow(truth) if p.table is not None]


def _by_sheet(titled: bool) -> bytes:
    found = [numbered(unit=u, seed=n) for n, u in enumerate(UNITS)]
    return workbook([(t.unit, [*([t.title] if titled else []), *_tables(t)]) for t in found])


def _stacked() -> bytes:
    found = [numbered(unit=u, seed=n) for n, u in enumerate(UNITS)]
    return workbook([("汇总", [x for t in found for x in (t.title, *_tables(t))])])


def _sheet_a_table() -> bytes:
    found = [numbered(unit=u, seed=n) for n, u in enumerate(UNITS)]
    return workbook(
        [(f"{t.unit}{n}", [t.title, x]) for t in found for n, x in enumerate(_tables(t), start=1)]
    )


@pytest.mark.parametrize(
    "data",
    [_by_sheet(True), _by_sheet(False), _stacked(), _sheet_a_table()],
    ids=["a sheet a unit", "sheets without titles", "one below the other", "a sheet a table"],
)
def test_many_units_in_one_workbook(tmp_path: Path, data: bytes) -> None:
    found = reports(tmp_path, data, "永安县2023年年报.xlsx")
    assert [(r.identity.unit, r.identity.year) for r in found] == [(u, 2023) for u in UNITS]
    for number, report in enumerate(found):
        assert wrong(report, numbered(unit=UNITS[number], seed=number).shown()) == {}


_ROLL = ("新收申请", "上年结转", "予以公开", "其他处理", "总计", "结转下年度")


@pytest.mark.parametrize("head", ["单位", "乡镇（街道）", "报送单位名称"])
@pytest.mark.parametrize("labels", [_ROLL, ("一、本年新收政府信息公开申请数量", *_ROLL[1:])])
def test_a_list_of_units_is_no_report(tmp_path: Path, head: str, labels: tuple[str, ...]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["2023年政府信息公开年报数据汇总表"])
    sheet.append(["序号", head, *labels])
    for number, unit in enumerate(UNITS, start=1):
        sheet.append([number, unit, *range(number, number + len(labels))])
    stream = io.BytesIO()
    book.save(stream)
    (reading,) = readings(tmp_path, stream.getvalue(), "汇总.xlsx")
    assert (reading.outcome, reading.reason, reading.reports) == ("F002", "unit_list", ())


@pytest.mark.parametrize("across", [True, False])
def test_a_list_whose_header_is_no_figure_s_row_is_no_report(tmp_path: Path, across: bool) -> None:
    labels = ["一、本年新收政府信息公开申请数量-自然人", "规章-现行有效件数", "行政复议-结果维持"]
    rows = [["单位", *labels], *([unit, 1, 2, 3] for unit in UNITS)]
    book = openpyxl.Workbook()
    for row in zip(*rows, strict=True) if across else rows:
        book.worksheets[0].append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    (reading,) = readings(tmp_path, stream.getvalue(), "汇总.xlsx")
    assert (reading.outcome, reading.reason, reading.reports) == ("F002", "unit_list", ())


def test_an_article_twice_on_a_page_is_one_report(tmp_path: Path) -> None:
    truth, other = numbered(seed=1), numbered(seed=2)
    page = RENDERERS[".html"]
    (report,) = reports(tmp_path, page([*flow(truth), *flow(truth)]), "a.html")
    assert wrong(report, truth.shown()) == {}
    assert len(reports(tmp_path, page([*flow(truth), *flow(other)]), "a.html")) == 2


def test_archive_of_every_format(tmp_path: Path) -> None:
    truth = numbered()
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        for suffix in RENDERERS:
            archive.writestr(f"各镇/青石镇{suffix}", RENDERERS[suffix](flow(truth)))
    found = read(Task(tmp_path / "file", "年报.zip"), Ways())
    assert [r.file for r in found] == [f"年报.zip!各镇/青石镇{s}" for s in RENDERERS]
    for reading in found:
        (report,) = reading.reports
        assert wrong(report, truth.shown()) == {}
