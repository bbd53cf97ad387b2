"""Whole PDF reports, file → cells, sections, unit and year: a real one and those of `sample_data/`."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from tests.builder import base_report, write
from tests.builder.flow import Piece, flow
from tests.builder.make_samples import SAMPLES, TRUTH
from tests.builder.matrix import Box, Matrix
from tests.builder.writers import pdf
from tests.loaders.make_font import BOXES, boxes_font
from tests.loaders.make_pdfs import distinct
from tests.loaders.pdf_reports import differences, reports, unsure
from tests.loaders.test_pdf import drawn, lines
from tests.loaders.word_compare import read

SAMPLED = sorted(str(p.relative_to(SAMPLES)) for p in SAMPLES.rglob("*.pdf"))
HONGZE = Path(__file__).parents[3] / "shared" / "reports" / "hongze-2023.pdf"
SCANNED = "（扫描件）"


def truth_of(text: str) -> dict[str, dict[str, str]]:
    """Files' cells (address → text as written) of a tidy table."""
    told: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        address = ".".join((row["table"], row["row"], row["column"]))
        told.setdefault(row.get("file", ""), {})[address] = row.get("raw", row["value"])
    return told


@pytest.mark.parametrize("name", SAMPLED)
def test_every_cell_of_the_samples(name: str):
    truth = truth_of(TRUTH.read_text(encoding="utf-8-sig"))[name]
    (report,) = reports(SAMPLES / name)
    assert differences(report, truth) == {}
    assert SCANNED in name or not unsure(report)
    assert len(unsure(report)) < 0.2 * len(truth)


@pytest.mark.parametrize("layout", ["ruled", "borderless"])
def test_digits_with_a_blank_between_are_not_one_figure(layout: str, tmp_path: Path):
    spaced = {"disclosure.licensing.decisions": "1 2", "applications.new.business": "10 2"}
    path = write(base_report(cells=spaced), tmp_path / "a.pdf", layout)
    (report,) = reports(path)
    figures = {c.address: c.value for c in report.body.cells if c.address in spaced}
    assert figures == dict.fromkeys(spaced)


def test_text_in_ruled_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """As a workbook is printed with all its rulings: title, headings and sentences are rows, too."""
    truth = base_report()
    pieces: list[Piece] = []
    texts: list[str] = []
    for piece in (*flow(truth), Piece("end", table=Matrix("", ()))):
        if piece.table is None:
            texts.append(piece.text)
            continue
        width = max(piece.table.width, 2)
        boxes = [Box(text, n, 0, column_span=width) for n, text in enumerate(texts)]
        boxes += [replace(b, row=b.row + len(texts)) for b in piece.table.boxes]
        pieces.append(Piece("table", "", Matrix(piece.table.key, tuple(boxes))))
        texts = []
    monkeypatch.setattr(pdf, "flow", lambda _: pieces)
    (report,) = reports(write(truth, tmp_path / "a.pdf", "ruled"))
    assert (report.identity.unit, report.identity.year) == (truth.unit, truth.year)
    assert {s.key for s in report.body.sections} >= set(truth.titles)
    assert differences(report, truth.shown()) == {}


@pytest.mark.parametrize("layout", ["ruled", "borderless"])
@pytest.mark.parametrize("upright", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("width", [14, 18])
def test_a_figure_broken_in_a_narrow_cell_is_no_other_figure(
    layout: str, upright: str, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Rulings show that 109 and 7 below it are 1097; without them nothing does for certain."""
    narrow = {f"applications.{row}.natural_person": "1097" for row in ("new", "carried_in")}
    narrow |= {"applications.total.other": "34", "applications.refused_reissue.business": "341"}
    truth = base_report(cells=narrow)
    drawn_as = pdf._table

    def narrowed(table: Matrix, layout: str, room: float) -> Table:
        done = drawn_as(table, layout, room)
        if table.key == "applications":
            done._argW[-7:] = [width] * 7
        done.setStyle([("VALIGN", (0, 0), (-1, -1), upright)])
        return done

    monkeypatch.setattr(pdf, "_table", narrowed)
    (report,) = reports(write(truth, tmp_path / "a.pdf", layout))
    told = {c.address: c.value for c in report.body.cells}
    wanted = {address: float(value) for address, value in truth.cells.items()}
    wrong = {a: v for a, v in told.items() if v is not None and v != wanted[a]}
    assert wrong == {}
    assert layout == "borderless" or None not in told.values()


@pytest.mark.parametrize("key", ["disclosure", "applications"])
def test_a_figure_over_several_columns_belongs_to_none_of_them(key: str, tmp_path: Path):
    """Without rulings it stands in the middle of those that its cell reaches over."""

    def merged(table: Matrix) -> Matrix:
        if table.key != key:
            return table
        first = min(b.row for b in table.boxes if not b.header)
        cells = [b for b in table.boxes if b.row == first and not b.header][:3]
        wide = replace(cells[0], text="431", column_span=len(cells))
        return replace(table, boxes=(*(b for b in table.boxes if b not in cells), wide))

    truth = replace(base_report(), spoil=merged)
    (report,) = reports(write(truth, tmp_path / "a.pdf", "borderless"))
    told = {c.address: c.value for c in report.body.cells}
    assert 431 not in told.values()


@pytest.mark.skipif(not HONGZE.exists(), reason="the shared reports are not at hand")
def test_a_real_report():
    text = HONGZE.with_suffix(".truth.csv").read_text(encoding="utf-8-sig")
    (report,) = reports(HONGZE)
    who = report.identity
    assert (who.unit, who.year, who.level, report.body.edition) == ("洪泽区", 2023, "county", 2021)
    assert differences(report, truth_of(text)[""]) == {}
    assert not unsure(report)
    sections = {s.key: s for s in report.body.sections}
    overview = [p.text for p in sections["overview"].paragraphs]
    assert [text[:9] for text in overview] == [
        "2023年，洪泽区",
        "（一）主动公开情况",
        "（二）依申请公开情",
        "（三）政府信息管理",
        "加强区政府门户网站",
        "（四）政府信息公开",
        "（五）政府信息公开",
    ]
    assert all(text[-1] == "。" for text in overview)
    assert [len(sections[key].paragraphs) for key in ("problems", "other")] == [1, 1]
    assert sections["other"].text.endswith("全年收取政府信息公开信息处理费0元。")


def test_fonts_left_out_measure_the_same_on_every_machine(tmp_path: Path):
    """A machine without Chinese fonts would lose the character that stands alone."""

    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(("其他结", "果", "和其他十几个字在同一页上。")):
            canvas.drawString(100, 700 - 20 * place, text)

    found = read(drawn(tmp_path, draw))
    assert lines(found) == ["其他结", "果", "和其他十几个字在同一页上。"]
    assert found.blocks[1].place.box == pytest.approx((100.5, 154, 109.5, 163), abs=0.3)
    assert BOXES.read_bytes() == boxes_font()


@pytest.mark.parametrize(("size", "lines_before"), [(9, 3), (10, 2), (11, 11), (12, 5)])
def test_rows_that_a_page_break_cuts_are_no_rows_beside_the_forms(
    size: int, lines_before: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    truth = distinct()
    truth = replace(truth, preamble=truth.preamble + "\n甲" * lines_before)
    plain = pdf._table

    def cut(table: Matrix, layout: str, width: float) -> Table:
        made = plain(table, layout, width)
        made.splitInRow = 1
        return made

    monkeypatch.setattr(pdf, "_table", cut)
    monkeypatch.setattr(pdf._CELL, "fontSize", size)
    monkeypatch.setattr(pdf._CELL, "leading", 1.25 * size)
    (report,) = reports(write(truth, tmp_path / "a.pdf", "ruled"))
    assert differences(report, truth.shown()) == {}
    assert not {o.kind for o in report.body.observations} & {"row_extra", "row_twice"}
    assert len(unsure(report)) < 30
