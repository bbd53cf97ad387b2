"""The builder's documents hold what their truth says, read back by plain libraries."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from rules.form import load_form
from rules.vocabulary import Patch
from tests.builder import apply, base_report, encode, layouts
from tests.builder.random import valid_cells
from tests.builder.shapes import matrix

MARKS = {
    "applications.new.natural_person": 41,
    "applications.granted.business": 1082,
    "applications.carried_out.total": 57,
    "disclosure.normative_documents.in_force": 63,
    "disclosure.fees.amount": 26.55,
    "disputes.litigation_after_review.pending": 74,
}


@pytest.fixture(scope="module")
def marked():
    return apply(Patch(cells=MARKS))


def _words(cells: list[str]) -> str:
    return "\n".join(cells)


def _read(data: bytes, suffix: str, layout: str) -> str:
    if suffix == ".txt":
        return data.decode("gb18030" if layout == "gb18030" else "utf-8")
    if suffix == ".html":
        return html.fromstring(data).text_content()
    if suffix == ".docx":
        root = docx.Document(io.BytesIO(data)).element
        return _words([t.text or "" for t in root.iter() if t.tag.endswith("}t")])
    if suffix == ".xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return _words([str(c.value) for s in book for row in s.rows for c in row])
    with pypdfium2.PdfDocument(data) as document:
        return _words([page.get_textpage().get_text_range() for page in document])


@pytest.mark.parametrize(
    ("suffix", "layout"),
    [(s, x) for s in (".txt", ".html", ".docx", ".xlsx", ".pdf") for x in layouts(s)],
)
def test_every_layout_holds_title_sections_and_numbers(marked, suffix, layout):
    found = _read(encode(marked, suffix, layout), suffix, layout)
    bare = re.sub(r"\s", "", found)
    for value in ("41", "1082", "57", "63", "26.55", "74"):
        assert value in found
    for text in (marked.title, "主动公开政府信息情况", "行政事业性收费"):
        assert text in bare


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx", ".xlsx", ".pdf", ".csv", ".json"])
def test_writing_twice_gives_the_same_bytes(marked, suffix):
    assert encode(marked, suffix) == encode(marked, suffix)


@pytest.mark.parametrize("edition", [2019, 2021])
def test_a_matrix_covers_its_rectangle_once_and_shows_every_cell(edition):
    truth = base_report(edition=edition)
    shown = 0
    for table in ("disclosure", "applications", "disputes"):
        found = matrix(truth, table)
        positions = [
            (r, c)
            for b in found.boxes
            for r in range(b.row, b.row + b.row_span)
            for c in range(b.column, b.column + b.column_span)
        ]
        assert len(positions) == len(set(positions)) == found.height * found.width
        shown += sum(not b.header for b in found.boxes)
    assert shown == len(load_form(edition).addresses)


def _labels(truth, table):
    found = matrix(truth, table)
    return [] if found is None else [b.text for b in found.boxes if b.header]


def test_a_patch_drops_what_it_names():
    truth = apply(
        Patch(
            drop=("disputes", "sections.other", "applications.granted", "applications.*.research")
        )
    )
    assert matrix(truth, "disputes") is None
    labels = _labels(truth, "applications")
    assert "（一）予以公开" not in labels
    assert "科研机构" not in labels
    lines = encode(truth, ".txt").decode().split("\n")
    assert "五、存在的主要问题及改进情况" in lines
    assert "六、其他需要报告的事项" not in lines
    assert "applications.granted.total" not in truth.shown()
    assert "applications.partial.total" in truth.shown()


def test_a_patch_inserts_rows_relabels_and_replaces():
    truth = apply(
        Patch(
            rows={"小计": ("applications.denied_admin_query.total", (1, 0, 0, 0, 0, 0, 1))},
            labels={"行政规范性文件": "规范性文件"},
            titles={"problems": "五、存在问题"},
            sections={"problems": "无", "overview+": "附加一段。"},
        )
    )
    table = matrix(truth, "applications")
    row = next(b.row for b in table.boxes if b.text == "小计")
    assert [b.text for b in table.rows()[row] if not b.header] == list("1000001")
    lines = encode(truth, ".txt").decode().split("\n")
    assert "五、存在问题" in lines
    assert "　　无" in lines
    assert "　　附加一段。" in lines
    assert any(line.startswith("规范性文件 |") for line in lines)


def test_a_pattern_writes_a_whole_row_or_column():
    truth = apply(Patch(cells={"applications.granted.*": 2, "applications.*.research": "/"}))
    assert truth.cells["applications.granted.other"] == 2
    assert truth.cells["applications.new.research"] == "/"
    with pytest.raises(KeyError, match="no such cell"):
        apply(Patch(cells={"applications.nothing.total": 1}))


def test_the_text_left_alone_says_what_the_cells_say():
    truth = apply(Patch(cells={"applications.new.total": 3, "disputes.review.total": 2}))
    assert "新收政府信息公开申请3件" in truth.sections["overview"]
    assert "行政复议2件" in truth.sections["overview"]
    assert "未收到政府信息公开申请" in base_report().sections["overview"]


def test_one_row_for_other_results():
    truth = apply(Patch(cells={"applications.other_all.business": 4}))
    assert "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" not in _labels(
        truth, "applications"
    )
    assert truth.shown()["applications.other_all.business"] == "4"
    assert "applications.other_misc.total" not in truth.shown()


def test_years_and_units_are_worded_differently():
    texts = [
        base_report(unit, year).sections["overview"].replace(unit, "").replace(str(year), "")
        for unit in ("青石镇", "河西乡", "民政局")
        for year in (2022, 2023)
    ]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("edition", [2019, 2021])
def test_random_tables_fulfil_every_equation(edition):
    form = load_form(edition)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(valid_cells(edition))
    def holds(cells):
        assert list(cells) == list(form.addresses)
        for equation in form.equations:
            if all(a in cells for a in equation.terms):
                assert sum(cells[a] * n for a, n in equation.terms.items()) == 0, equation.subject

    holds()
