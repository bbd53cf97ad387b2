"""PDF pages of two columns, and sheets of two pages: each is read by itself, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from audit.document import Grid
from tests.builder.build import write
from tests.builder.flow import flow
from tests.builder.truth import ReportTruth
from tests.builder.writers import pdf
from tests.loaders.make_pdfs import distinct
from tests.loaders.pdf_reports import differences, reports, unsure
from tests.loaders.test_pdf import FONT, GRID, SIZE, cells, drawn, put
from tests.loaders.word_compare import lines, read

_MENU = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
)


def whole(truth: ReportTruth, path: Path) -> None:
    """The report at this path has every cell, every section in order, and its unit and year."""
    (report,) = reports(path)
    assert differences(report, truth.shown()) == {}
    assert not unsure(report)
    assert [s.key for s in report.body.sections if s.key in truth.titles] == [*truth.titles]
    for section in report.body.sections:
        told = truth.sections.get(section.key, "").replace("\n", "")
        assert told in section.text.replace("\n", "")
    assert (report.identity.unit, report.identity.year) == (truth.unit, truth.year)


def side_by_side(path: Path, into: Path) -> Path:
    """Two pages on each sheet."""
    with pypdfium2.PdfDocument(path) as document:
        raw = pdfium.FPDF_ImportNPagesToOne(document.raw, 842, 595, 2, 1)
        with pypdfium2.PdfDocument(raw) as sheets:
            sheets.save(into)
    return into


def in_columns(truth: ReportTruth, path: Path, size: tuple[float, float], gap: float) -> Path:
    margin = 40.0
    width = (size[0] - 2 * margin - gap) / 2
    frames = [
        Frame(margin + n * (width + gap), 50, width, size[1] - 100, 0, 0, 0, 0) for n in range(2)
    ]
    write(truth, path)  # so that the font is known
    document = BaseDocTemplate(str(path), pagesize=size, invariant=1)
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build([f for piece in flow(truth) for f in pdf._flowable(piece, "ruled", width)])
    return path


@pytest.mark.parametrize("layout", ["ruled", "thin", "paged"])
def test_two_pages_on_a_sheet(tmp_path: Path, layout: str):
    truth = distinct()
    whole(truth, side_by_side(write(truth, tmp_path / "a.pdf", layout), tmp_path / "b.pdf"))


def test_places_on_the_right_side_are_the_sheets(tmp_path: Path):
    path = side_by_side(write(distinct(), tmp_path / "a.pdf"), tmp_path / "b.pdf")
    boxes = [c.place.box for c in cells(read(path)) if c.place.page == 1 and c.place.box]
    assert min(b[0] for b in boxes) < 421 < max(b[2] for b in boxes) < 842
    with pypdfium2.PdfDocument(path) as document:
        assert {c.place.page for c in cells(read(path))} <= {*range(1, len(document) + 1)}


@pytest.mark.parametrize("size", [landscape(A4), (1190, 842)], ids=["A4", "A3"])
@pytest.mark.parametrize("gap", [14.0, 30.0])
def test_columns(tmp_path: Path, size: tuple[float, float], gap: float):
    truth = distinct()
    whole(truth, in_columns(truth, tmp_path / "a.pdf", size, gap))


def test_a_menu_beside_the_text(tmp_path: Path):
    text = [f"第{n}行写的是本年度政府信息公开工作的情况和做法" for n in "一二三四五六七八"]

    def draw(canvas: Canvas) -> None:
        for n, entry in enumerate(_MENU):
            canvas.drawString(40, 700 - 21 * n, entry)
        for n, line in enumerate(text):
            canvas.drawString(170, 704 - 18 * n, line)

    found = lines(read(drawn(tmp_path, draw)))
    assert "".join(found) == "".join((*_MENU, *text))


@pytest.mark.parametrize("ruled", [False, True], ids=["gap", "line"])
def test_columns_above_and_below_a_table_as_wide_as_the_page(tmp_path: Path, ruled: bool):
    texts = [f"第{n}行写的是本年度政府信息公开工作的情况和做法等" for n in "一二三四五六七八"]
    rows = [["第二十条第（一）项", "", ""], ["行政许可", "3", "12"], ["行政处罚", "0", "7"]] * 3

    def draw(canvas: Canvas) -> None:
        canvas.drawString(200, 800, "青石镇2023年政府信息公开工作年度报告")
        for top, own in ((770, texts[:4]), (500, texts[4:])):
            for left, part in ((50, own), (312, [f"又{t}" for t in own])):
                for n, text in enumerate(part):
                    canvas.drawString(left, top - 18 * n, text)
            if ruled:
                canvas.line(301, top + 10, 301, top - 60)
        spans = [("SPAN", (0, n), (-1, n)) for n in range(0, 9, 3)]
        put(canvas, rows, [170, 170, 170], 140, GRID, *spans)

    found = read(drawn(tmp_path, draw))
    (grid,) = (b for b in found.blocks if isinstance(b, Grid))
    assert (grid.height, grid.width) == (9, 3)
    own = "".join(lines(found))
    order = [own.index(t) for t in (texts[0], f"又{texts[0]}", texts[4], f"又{texts[4]}")]
    assert order == sorted(order)
    assert f"{texts[0]}{texts[1]}{texts[2]}{texts[3]}又" in own


def test_a_last_sheet_with_little_on_it(tmp_path: Path):
    """Two short lines on either side would not tell of two pages by themselves."""
    texts = [f"第{n}行写的是本年度政府信息公开工作情况" for n in "一二三四五六"]

    def draw(canvas: Canvas) -> None:
        for left in (30, 320):
            for n, text in enumerate(texts):
                canvas.drawString(left, 700 - 18 * n, text)
        canvas.showPage()
        canvas.setFont(FONT, 10)
        for left, text in ((30, "六、其他需要报告的事项"), (320, "无其他事项。")):
            canvas.drawString(left, 700, text)

    assert lines(read(drawn(tmp_path, draw)))[-2:] == ["六、其他需要报告的事项", "无其他事项。"]


def _labels(canvas: Canvas) -> None:
    """A table without rulings, its labels long and its figures few."""
    for n in range(10):
        canvas.drawString(
            60, 700 - 18 * n, f"本年新收政府信息公开申请数量之{'甲乙丙丁戊己庚辛壬癸'[n]}"
        )
        for column in range(3):
            canvas.drawString(330 + 70 * column, 700 - 18 * n, f"{n}{column}")


def _rows(canvas: Canvas) -> None:
    """A ruled table of two columns of text."""
    text = "公开内容更新不够及时的问题还不同程度地存在"
    put(canvas, [[text, text]] * 12, [240, 240], 100, GRID)


def _headings(canvas: Canvas) -> None:
    """Headings that stand beside their text."""
    for n, heading in enumerate(("一、概述", "二、主动公开", "三、依申请公开", "四、问题")):
        canvas.drawString(50, 680 - 60 * n, heading)
        for row in range(3):
            canvas.drawString(170, 690 - 60 * n - 16 * row, "这一部分写的是本年度工作的情况和做法")


@pytest.mark.parametrize("draw", [_labels, _rows, _headings])
def test_what_is_no_gutter(tmp_path: Path, draw: Callable[[Canvas], None]):
    """Rows stay rows."""
    found = read(drawn(tmp_path, draw))
    grids = [b for b in found.blocks if isinstance(b, Grid)]
    if draw is _headings:
        at = [lines(found).index(t) for t in lines(found) if "、" in t]
        assert len(at) == 4
        assert all(b - a > 1 for a, b in pairwise(at))
    else:
        (grid,) = grids
        assert grid.width == (4 if draw is _labels else 2)
        assert all(c.place.box and c.place.box[2] < SIZE[0] for c in grid.cells)
