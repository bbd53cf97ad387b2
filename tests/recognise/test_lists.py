"""Lists of units, a row or a column for each: every unit a report, each figure under its own labels."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File

import openpyxl
import pandas as pd
import pytest

from audit.identity import RosterIndex
from audit.reading.one_file import Reading, Task, Ways, read
from audit.report import ReadCell, Report
from rules.status import Status
from tests.builder.build import encode, layouts
from tests.builder.flow import Piece, flow
from tests.builder.matrix import Matrix
from tests.builder.truth import ReportTruth
from tests.loaders.render import RENDERERS, workbook
from tests.loaders.test_reports import numbered, wrong
from tests.recognise.lists import (
    TITLE,
    UNITS,
    Path,
    addresses,
    distinct,
    listing,
    path,
    pieces,
    sums,
    totals,
    turned,
)

FIGURES = distinct()
TABLES = ("disclosure", "applications", "disputes")


def reading(folder: File, data: bytes, name: str) -> Reading:
    (folder / "file").write_bytes(data)
    (found,) = read(Task(folder / "file", name), Ways())
    assert found.crash is None
    return found


def units(folder: File, data: bytes, name: str) -> dict[str, Report]:
    found = reading(folder, data, name)
    assert (found.outcome, found.reason) == ("audited", None)
    told = {str(r.identity.unit): r for r in found.reports}
    assert len(told) == len(found.reports)
    return told


def numbers(report: Report) -> dict[str, float]:
    return {c.address: c.value for c in report.body.cells if c.value is not None}


def unsure(report: Report) -> set[str]:
    return {c.address for c in report.body.cells if c.status is Status.UNSURE}


def whole(table: str) -> dict[str, Path]:
    return {a: path(a) for a in addresses(table)}


def expect(found: Mapping[str, Report], names: Sequence[str], cells: Sequence[str]) -> None:
    """Every unit has these cells with its own figures, no other, and none in doubt."""
    assert list(found) == list(names)
    for unit in names:
        assert numbers(found[unit]) == {a: FIGURES[unit][a] for a in cells}
        assert unsure(found[unit]) == set()
        assert (found[unit].identity.year, found[unit].identity.county) == (2023, "永安县")


LAYOUTS = {
    "applications": whole("applications"),
    "disclosure": whole("disclosure"),
    "disputes": whole("disputes"),
    "totals": {a: path(a) for a in sums()},
    "bare totals": {a: totals(a) for a in sums()},
    "two tables": whole("disclosure") | whole("disputes"),
}


@pytest.mark.parametrize("suffix", RENDERERS)
@pytest.mark.parametrize("across", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_figure_under_its_own_labels(
    tmp_path: File, layout: str, across: bool, suffix: str
) -> None:
    table = listing(LAYOUTS[layout], FIGURES)
    data = RENDERERS[suffix](pieces(turned(table) if across else table))
    expect(units(tmp_path, data, f"汇总{suffix}"), UNITS, list(LAYOUTS[layout]))


@pytest.mark.parametrize("suffix", [*RENDERERS, ".csv"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_labels_drawn_as_a_cell_and_blanks_beside_it(
    tmp_path: File, layout: str, suffix: str
) -> None:
    table = listing(LAYOUTS[layout], FIGURES, merged=False)
    data = comma(table) if suffix == ".csv" else RENDERERS[suffix](pieces(table))
    expect(units(tmp_path, data, f"汇总{suffix}"), UNITS, list(LAYOUTS[layout]))


def comma(table: Matrix) -> bytes:
    grid = [["" for _ in range(table.width)] for _ in range(table.height)]
    for box in table.boxes:
        grid[box.row][box.column] = box.text
    stream = io.StringIO()
    csv.writer(stream).writerows([[TITLE], *grid])
    return stream.getvalue().encode()


@pytest.mark.parametrize("between", ["/", "-", "—", "\n"])
def test_all_labels_in_one_cell(tmp_path: File, between: str) -> None:
    columns: dict[str, Path] = {a: (between.join(filter(None, p)),) for a, p in _tables().items()}
    expect(
        units(tmp_path, RENDERERS[".xlsx"](pieces(listing(columns, FIGURES))), "a.xlsx"),
        UNITS,
        list(columns),
    )


def _tables() -> dict[str, Path]:
    return whole("disclosure") | whole("disputes")


def test_the_form_of_2019(tmp_path: File) -> None:
    columns = {a: path(a, 2019) for t in TABLES[:2] for a in addresses(t, 2019)}
    title = "永安县2020年政府信息公开年报汇总表"
    data = RENDERERS[".xlsx"](pieces(listing(columns, FIGURES), title=title))
    found = units(tmp_path, data, "a.xlsx")
    for unit in UNITS:
        assert numbers(found[unit]) == {a: FIGURES[unit][a] for a in columns}
        assert found[unit].identity.year == 2020


def test_each_table_on_a_sheet_of_its_own(tmp_path: File) -> None:
    some = {u: FIGURES[u] for u in UNITS[:4]}
    book = workbook(
        [
            ("表一汇总", pieces(listing(whole("disclosure"), FIGURES))),
            ("表二汇总", pieces(turned(listing(whole("applications"), FIGURES)))),
            ("表三汇总", pieces(listing(whole("disputes"), some, head="单位"))),
        ]
    )
    found = units(tmp_path, book, "a.xlsx")
    everything = [a for t in TABLES for a in addresses(t)]
    expect({u: found[u] for u in UNITS[:4]}, UNITS[:4], everything)
    assert list(found) == list(UNITS)
    last = found[UNITS[4]]
    assert len(numbers(last)) == 185 and not unsure(last)
    # The list has the table, so the unit lacks it; nothing else is said to be left out.
    assert not [o for o in last.body.observations if o.kind == "listed"]
    assert str(cell(found["青石镇"], "disputes.review.upheld").place) == "表三汇总!C5"
    assert str(cell(found["青石镇"], "applications.carried_in.total").place) == "表二汇总!F17"


def cell(report: Report, address: str) -> ReadCell:
    return next(c for c in report.body.cells if c.address == address)


ROWS = [totals(a) for a in sums()]
HEADER = [next(x for x in reversed(labels) if x) for labels in ROWS]


def sheet(*rows: Sequence[object], name: str = "表三") -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = name
    for row in rows:
        book.worksheets[0].append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def own(unit: str) -> list[int]:
    return [FIGURES[unit][a] for a in sums()]


def test_what_offices_put_around_the_units(tmp_path: File) -> None:
    both = [sum(FIGURES[u][a] for u in UNITS) for a in sums()]
    lines = [[n, u, *own(u)] for n, u in enumerate(UNITS, start=1)]
    lines[1].append("该镇部分数据已与去年核对一致，" * 8)  # longer than any label
    data = sheet(
        [TITLE],
        ["填报单位：永安县人民政府办公室", None, None, "填报日期：2024年1月15日", "单位：件"],
        ["序号", "单位名称", *HEADER, "备注"],
        ["栏次", None, *range(1, 26)],
        [None, "一、乡镇"],
        *lines[:3],
        [],
        [None, "小  计", *both],
        [None, "二、县直部门"],
        *lines[3:],
        [None, "合  计", *both],
        ["填表人：张三", None, None, "联系电话：13800000000"],
    )
    expect(units(tmp_path, data, "a.xlsx"), UNITS, sums())


def test_the_county_s_own_line_is_a_sum(tmp_path: File) -> None:
    data = sheet(
        [TITLE],
        ["单位", *HEADER],
        ["永安县", *range(1, 26)],
        *([u, *own(u)] for u in UNITS),
        ["全县合计", *range(25)],
    )
    expect(units(tmp_path, data, "a.xlsx"), UNITS, sums())


def test_columns_beside_the_form_s_are_no_cells(tmp_path: File) -> None:
    more = ["网站访问量（次）", "联系电话", "（三）不予公开小计"]
    data = sheet(
        [TITLE],
        ["单位", *more[:1], *HEADER, *more[1:]],
        *([u, 77, *own(u), 13800000000, 5] for u in UNITS),
    )
    expect(units(tmp_path, data, "a.xlsx"), UNITS, sums())


def test_a_title_over_a_whole_table(tmp_path: File) -> None:
    columns = {a: ("依申请公开情况（件）", *totals(a)) for a in sums()}
    columns |= {a: ("复议诉讼情况", *path(a)) for a in addresses("disputes")}
    data = RENDERERS[".docx"](pieces(listing(columns, FIGURES)))
    expect(units(tmp_path, data, "a.docx"), UNITS, list(columns))
    part = {
        a: ("其中：网上申请", *p[1:]) if n < 9 else p for n, (a, p) in enumerate(columns.items())
    }
    found = reading(tmp_path, RENDERERS[".docx"](pieces(listing(part, FIGURES))), "a.docx")
    assert (found.outcome, found.reason) == ("F002", "unit_list")


def test_groups_alone_are_subtotals(tmp_path: File) -> None:
    labels = ["本年新收", "上年结转", "予以公开", "部分公开", "不予公开", "无法提供", "不予处理"]
    labels += ["其他处理", "总计", "结转下年度继续办理"]
    rows = ["new", "carried_in", "granted", "partial", "", "", "", "other_all", "total"]
    cells = [f"applications.{r}.total" if r else "" for r in [*rows, "carried_out"]]
    data = sheet(
        [TITLE], ["单位", *labels], *([u, *(FIGURES[u].get(c, 9) for c in cells)] for u in UNITS)
    )
    expect(units(tmp_path, data, "a.xlsx"), UNITS, [c for c in cells if c])


def test_names_as_offices_shorten_them(tmp_path: File) -> None:
    written = ["1.青石", "桐溪镇人民政府", "永安县白鹭镇", "县教育局", "永安县水利局"]
    data = sheet(
        [TITLE], ["单位", *HEADER], *([w, *own(u)] for w, u in zip(written, UNITS, strict=True))
    )
    roster = pd.DataFrame(
        {"unit": list(UNITS), "level": None, "parent": "永安县", "aliases": ["青石", *[None] * 4]}
    )
    (tmp_path / "file").write_bytes(data)
    (found,) = read(Task(tmp_path / "file", "a.xlsx"), Ways(roster=RosterIndex(roster)))
    assert [r.identity.unit for r in found.reports] == list(UNITS)
    assert {r.identity.county for r in found.reports} == {"永安县"}


@pytest.mark.parametrize(
    ("name", "title", "tab", "year"),
    [
        ("汇总.xlsx", "永安县2023年依申请公开情况统计表", "表三", 2023),
        ("汇总.xlsx", "依申请公开情况统计表", "2023年", 2023),
        ("2023年汇总表.xlsx", "依申请公开情况统计表", "表三", 2023),
        ("2022年汇总表.xlsx", "2023年度依申请公开情况统计表", "表三", 2023),
        ("2023.xlsx", "2022—2023年依申请公开情况统计表", "表三", None),
        ("汇总.xlsx", "依申请公开情况统计表（填报日期：2024年1月）", "表三", None),
    ],
)
def test_the_year_of_a_list(
    tmp_path: File, name: str, title: str, tab: str, year: int | None
) -> None:
    data = sheet([title], ["单位", *HEADER], *([u, *own(u)] for u in UNITS), name=tab)
    found = reading(tmp_path, data, name)
    assert {r.identity.year for r in found.reports} == {year}
    assert (found.outcome, found.reason) == (
        ("audited", None) if year is not None else ("F002", "no_year")
    )


def test_a_line_without_name_is_nobody_s(tmp_path: File) -> None:
    data = sheet([TITLE], ["单位", *HEADER], *([u, *own(u)] for u in UNITS), [None, *own(UNITS[0])])
    found = reading(tmp_path, data, "a.xlsx")
    assert (found.outcome, found.reason) == ("F002", "no_unit")
    assert [r.identity.unit for r in found.reports] == [*UNITS, None]


def test_units_side_by_side_are_no_kinds_of_applicants(tmp_path: File) -> None:
    """Seven units, as many as the form has columns, over labels of which few are the form's."""
    names = [*UNITS, "财政局", "民政局"]
    labels = ["一、本年新收政府信息公开申请数量", "（一）予以公开", "其中：网上办理", "满意率"]
    data = sheet([TITLE], ["项目", *names], *([label, *range(10, 17)] for label in labels))
    found = reading(tmp_path, data, "a.xlsx")
    assert (found.outcome, found.reason, found.reports) == ("F002", "unit_list", ())


def test_units_own_sheets_come_before_the_list_of_them(tmp_path: File) -> None:
    reports = [numbered(unit=u, seed=n) for n, u in enumerate(UNITS)]
    sheets: list[tuple[str, list[Piece]]] = [("汇总", pieces(listing(LAYOUTS["totals"], FIGURES)))]
    sheets += [(t.unit, list(flow(t))) for t in reports]
    found = units(tmp_path, workbook(sheets), "a.xlsx")
    assert list(found) == list(UNITS)
    assert all(wrong(found[t.unit], t.shown()) == {} for t in reports)


def test_a_list_with_its_units_in_several_rows_is_not_read(tmp_path: File) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([TITLE])
    page.append(["单位", "年度", *HEADER])
    for n, unit in enumerate(UNITS):
        page.append([unit, "上年", *own(unit)])
        page.append([None, "本年", *own(unit)])
        page.merge_cells(start_row=3 + 2 * n, end_row=4 + 2 * n, start_column=1, end_column=1)
    stream = io.BytesIO()
    book.save(stream)
    found = reading(tmp_path, stream.getvalue(), "a.xlsx")
    assert (found.outcome, found.reason, found.reports) == ("F002", "unit_list", ())


def test_a_further_list_that_can_t_be_read_is_told(tmp_path: File) -> None:
    strange = listing(
        [("a", ("甲类",)), ("b", ("乙类",)), ("c", ("丙类",))], {u: {} for u in UNITS}
    )
    strange = Matrix("x", tuple(replace(b, text="4") if not b.header else b for b in strange.boxes))
    data = workbook(
        [("表二", pieces(listing(whole("applications"), FIGURES))), ("表三", pieces(strange))]
    )
    found = units(tmp_path, data, "a.xlsx")
    assert unsure(found["青石镇"]) == {*addresses("disclosure"), *addresses("disputes")}
    assert len(numbers(found["青石镇"])) == 175


def lines(table: Matrix, between: str, edge: str = "") -> bytes:
    grid = [["" for _ in range(table.width)] for _ in range(table.height)]
    for box in table.boxes:
        grid[box.row][box.column] = box.text
    rows = [edge + between.join(row) + edge for row in grid]
    return "\n".join([TITLE, "", *rows]).encode()


@pytest.mark.parametrize("across", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize(("between", "edge"), [("|", ""), (" | ", "|"), ("\t", "")])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_lists_in_lines_of_text(
    tmp_path: File, layout: str, between: str, edge: str, across: bool
) -> None:
    table = listing(LAYOUTS[layout], FIGURES, merged=False)
    data = lines(turned(table) if across else table, between, edge)
    expect(units(tmp_path, data, "汇总.txt"), UNITS, list(LAYOUTS[layout]))


def test_a_line_of_text_with_a_cell_too_few_is_unread(tmp_path: File) -> None:
    told = lines(listing(LAYOUTS["totals"], FIGURES, merged=False), "|").decode().splitlines()
    at = next(n for n, line in enumerate(told) if "|桐溪镇|" in line)
    cells = told[at].split("|")
    told[at] = "|".join(cells[:9] + cells[10:])
    found = units(tmp_path, "\n".join(told).encode(), "汇总.txt")
    assert unsure(found["桐溪镇"]) == set(sums())
    assert len(numbers(found["青石镇"])) == 25


def test_units_over_columns_of_plain_text_are_no_kinds_of_applicants(tmp_path: File) -> None:
    names = [*UNITS, "财政局", "民政局"]
    rows = [
        f"{label} {' '.join(str(10 * n + k) for k in range(7))}" for n, label in enumerate(HEADER)
    ]
    data = "\n".join([TITLE, "", f"项目 {' '.join(names)}", *rows]).encode()
    found = reading(tmp_path, data, "汇总.txt")
    assert (found.outcome, found.reason, found.reports) == ("F002", "unit_list", ())


def test_names_of_townships_in_a_site_s_menu_are_no_list(tmp_path: File) -> None:
    truth = numbered()
    menu = "青石镇 | 桐溪镇 | 白鹭镇 | 教育局 | 水利局"
    page = RENDERERS[".html"]([Piece("paragraph", menu), *flow(truth), Piece("paragraph", menu)])
    found = units(tmp_path, page, "a.html")
    assert list(found) == ["青石镇"] and wrong(found["青石镇"], truth.shown()) == {}
    text = "\n".join([menu, menu.replace(" | ", " "), truth.title, *_printed(truth)])
    found = units(tmp_path, text.encode(), "a.txt")
    assert list(found) == ["青石镇"] and wrong(found["青石镇"], truth.shown()) == {}


def _printed(truth: ReportTruth) -> list[str]:
    told = encode(truth, ".txt", layouts(".txt")[0]).decode("utf-8-sig")
    return told.splitlines()
