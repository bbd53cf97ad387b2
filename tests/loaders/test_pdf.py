"""The PDF loader: tables however they are drawn, text around them, and bad files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.colors import white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from audit.document import Cell, Document, Grid, Paragraph, Picture
from audit.errors import NoTextError, UnreadableError
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.loaders.make_pdfs import DATA, KEPT, distinct
from tests.loaders.pdf_compare import expected_rows, number_rows
from tests.loaders.word_compare import expected_grids, grids, lines, read

FONT = "STSong-Light"
UNRULED = ("across", "none")
RULED = (*sorted(set(KEPT) - set(UNRULED)), "embedded", "office_merged")
SIZE = (595.0, 842.0)


def drawn(tmp_path: Path, draw: Callable[[Canvas], None], **options: object) -> Path:
    """A PDF drawn by a function, in a font that is not embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=SIZE, **options)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.save()
    return path


def put(canvas: Canvas, rows: list[list[str]], widths: list[float], top: float, *style: tuple):
    """A table with its upper left corner 50 points from the left; 20 points a row."""
    table = Table(rows, widths, [20.0] * len(rows))
    table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 9), *style])
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 50, SIZE[1] - top - 20 * len(rows))


GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
ROWS = [["行政许可", "3", "12"], ["行政处罚", "0", "7"]]


def cells(document: Document) -> list[Cell]:
    return [c for b in document.blocks if isinstance(b, Grid) for c in b.cells]


def texts(document: Document) -> list[list[list[str]]]:
    return [
        [[c.text for c in b.cells if c.row == row] for row in range(b.height)]
        for b in document.blocks
        if isinstance(b, Grid)
    ]


@pytest.mark.parametrize("name", RULED)
def test_every_row_of_a_report(name: str):
    truth = distinct()
    found = read(DATA / f"{name}.pdf")
    assert number_rows(found) == expected_rows(truth)
    assert not [c for c in cells(found) if c.doubt]
    assert [t for t in lines(found) if t in truth.titles.values()] == [*truth.titles.values()]


@pytest.mark.parametrize("name", UNRULED)
def test_tables_without_upright_lines(name: str):
    truth = distinct()
    found = read(DATA / f"{name}.pdf")
    assert number_rows(found) == expected_rows(truth)
    assert not [c for c in cells(found) if c.doubt]
    assert [t for t in lines(found) if t in truth.titles.values()] == [*truth.titles.values()]


@pytest.mark.parametrize("layout", ["ruled", "thin"])
def test_cells_and_spans(tmp_path: Path, layout: str):
    path = tmp_path / "a.pdf"
    path.write_bytes(encode(distinct(), ".pdf", layout))
    assert grids(read(path)) == expected_grids(distinct(), layout)


def test_paragraphs_as_they_were_before_wrapping():
    truth = distinct()
    found = read(DATA / "embedded.pdf")
    wanted = [p for s in truth.sections.values() for p in s.split("\n") if p]
    assert set(wanted) <= set(lines(found))
    assert truth.preamble in lines(found)


def test_places(tmp_path: Path):
    path = drawn(tmp_path, lambda c: put(c, ROWS, [100, 60, 60], 100, GRID))
    found = read(path)
    last = cells(found)[-1]
    assert str(last.place) == "page 1 R2C3"
    assert last.place.box == pytest.approx((210, 120, 270, 140), abs=2)
    assert found.blocks[0].place.page == 1


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_pages(tmp_path: Path, turns: int):
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{1: (SIZE[0], 0), 2: SIZE, 3: (0, SIZE[1])}[turns])
        canvas.rotate(90 * turns)
        put(canvas, ROWS, [100, 60, 60], 400, GRID)
        canvas.setFont(FONT, 10)
        canvas.drawString(60, 500, "二、主动公开政府信息情况")

    found = read(drawn(tmp_path, draw))
    assert texts(found) == [ROWS]
    assert lines(found) == ["二、主动公开政府信息情况"]
    path = tmp_path / "rotated.pdf"
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        document[0].set_rotation(90 * turns)
        document.save(path)
    assert texts(read(path)) == [ROWS]


def test_figures_broken_by_narrow_cells(tmp_path: Path):
    rows = [["（七）总计", "1082\n5", "3\n4"], ["其他", "0", "1"]]

    def draw(canvas: Canvas) -> None:
        table = Table(rows, [90, 28, 90], [30, 20])
        table.setStyle([("FONT", (0, 0), (-1, -1), FONT, 9), GRID])
        table.wrapOn(canvas, 500, 500)
        table.drawOn(canvas, 50, 500)

    found = {c.text: c for c in cells(read(drawn(tmp_path, draw)))}
    assert found["10825"].doubt == ""
    assert found["3 4"].doubt and found["3 4"].confidence < 1


def test_letters_set_apart_are_one_word(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [["", "1", "2"], ["x", "3", "4"]], [100, 60, 60], 100, GRID)
        for place, letter in enumerate("规章"):
            canvas.drawString(60 + 18 * place, SIZE[1] - 114, letter)

    assert cells(read(drawn(tmp_path, draw)))[0].text == "规章"


def test_digits_set_apart_leave_the_table_a_table(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [[""] * 4] * 3, [80, 60, 60, 60], 100, GRID)
        for row, figures in enumerate((("0", "1286", "5"), ("3", "0", "4507"), ("8", "306", "9"))):
            canvas.drawString(60, SIZE[1] - 115 - 20 * row, "行政许可")
            for n, figure in enumerate(figures):
                canvas.drawString(140 + 60 * n, SIZE[1] - 115 - 20 * row, figure, charSpace=7)

    (table,) = texts(read(drawn(tmp_path, draw)))
    assert table == [
        ["行政许可", "0", "1 2 8 6", "5"],
        ["行政许可", "3", "0", "4 5 0 7"],
        ["行政许可", "8", "3 0 6", "9"],
    ]


def test_rows_of_figures_in_one_cell_each_are_rows(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [[""] * 2] * 3, [80, 180], 100, GRID)
        for row, (label, figures) in enumerate((("规章", "012"), ("文件", "345"), ("许可", "678"))):
            # The label lies a hair lower than its figures do.
            canvas.drawString(60, SIZE[1] - 115.3 - 20 * row, label)
            for n, figure in enumerate(figures):
                canvas.drawString(150 + 50 * n, SIZE[1] - 115 - 20 * row, figure)

    (table,) = texts(read(drawn(tmp_path, draw)))
    assert table == [["规章", "0", "1", "2"], ["文件", "3", "4", "5"], ["许可", "6", "7", "8"]]


@pytest.mark.parametrize("looks", [True, False])
def test_figures_typed_into_fields(tmp_path: Path, looks: bool):
    def draw(canvas: Canvas) -> None:
        put(canvas, [["行政许可", "", ""], ["行政处罚", "", ""]], [80, 60, 60], 100, GRID)
        for n, figure in enumerate(("3", "1286", "0", "7")):
            at = {"x": 132 + 60 * (n % 2), "y": SIZE[1] - 118 - 20 * (n // 2)}
            canvas.acroForm.textfield(
                name=f"f{n}", value=figure, width=56, height=16, fontSize=9, borderWidth=0, **at
            )
        canvas.textAnnotation("应为5", Rect=[194, 702, 240, 718], relative=0)

    path = drawn(tmp_path, draw)
    if not looks:
        path.write_bytes(path.read_bytes().replace(b"/AP", b"/XP"))
    assert texts(read(path)) == [[["行政许可", "3", "1286"], ["行政处罚", "0", "7"]]]


@pytest.mark.parametrize(("lower", "told"), [(0, True), (90, False)])
def test_columns_printed_on_a_later_page_are_told(tmp_path: Path, lower: int, told: bool):
    """As sheets are printed whose columns don't fit on a page; elsewhere a table is its own."""

    def draw(canvas: Canvas) -> None:
        put(canvas, [["信息内容", "制发", "废止"], *ROWS], [80, 40, 40], 100, GRID)
        canvas.showPage()
        put(canvas, [["有效", "合计"], ["8", "9"], ["6", "5"]], [60, 50], 100 + lower, GRID)

    document = read(drawn(tmp_path, draw))
    assert [c.text for c in cells(document) if c.doubt] == (["信息内容"] if told else [])
    assert ("8" in {c.text for c in cells(document)}) is not told


@pytest.mark.parametrize("wide", [60, 24])
def test_raised_figures_are_no_part_of_a_number(tmp_path: Path, wide: int):
    def draw(canvas: Canvas) -> None:
        put(
            canvas,
            [["行政许可", *[""] * 5], ["行政处罚", *"78901"]],
            [80, *[wide] * 5],
            100,
            GRID,
        )
        for n, (up, size, figure) in enumerate(marks):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(134 + wide * n, SIZE[1] - 115, "5")
            canvas.setFont("Helvetica", size)
            canvas.drawString(139 + wide * n, SIZE[1] - 115 + up, figure)

    marks = ((2, 7, "1"), (4.5, 6, "12"), (0, 9, "3"), (-1.5, 6, "1"), (0, 6, "1"))
    first, high, level, lowered, small = [
        c for c in cells(read(drawn(tmp_path, draw))) if c.row == 0
    ][1:]
    assert (first.text, level.text, lowered.text, small.text) == ("5¹", "53", "5¹", "51")
    assert high.text in ("5¹²", "12 5") and (high.text == "5¹²" or high.doubt)


def crossed(canvas: Canvas, x: float, y: float, text: str, struck: str, at: float = 0.4) -> None:
    """A figure whose first digits have a line through them, at this part of their height."""
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x, y, struck + text)
    canvas.setLineWidth(0.5)
    wide = canvas.stringWidth(struck, "Helvetica", 9)
    canvas.line(x, y + at * 6.5, x + wide, y + at * 6.5)


@pytest.mark.parametrize("wide", [60, 24])
def test_figures_struck_out_are_doubted(tmp_path: Path, wide: int):
    def draw(canvas: Canvas) -> None:
        rows = [["行政许可", "", "", ""], ["行政处罚", "7", "8", "9"]]
        put(canvas, rows, [80, *[wide] * 3], 100, GRID)
        for n, (text, struck) in enumerate((("3", "7"), ("", "12"), ("5", "1.5"))):
            crossed(canvas, 133 + wide * n, SIZE[1] - 115, text, struck)
        canvas.setFont(FONT, 10)
        canvas.drawString(50, 500, "收到12件")
        canvas.line(70, 503.5, 80, 503.5)

    document = read(drawn(tmp_path, draw))
    assert texts(document)[0] == [["行政许可", "3", "", "5"], ["行政处罚", "7", "8", "9"]]
    assert [c.text for c in cells(document) if c.doubt] == ["3", "", "5"]
    assert "收到件" in lines(document)


def test_figures_over_one_another_or_over_a_side_of_a_cell_are_doubted(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [["行政许可", *[""] * 4], ["行政处罚", *"7890"]], [80, *[60] * 4], 100, GRID)
        canvas.setFont("Helvetica", 9)
        for x, figure in ((134, "3"), (134.5, "8"), (194, "3"), (194.3, "3"), (304, "12345")):
            canvas.drawString(x, SIZE[1] - 115, figure)

    over, bold, *split = [c for c in cells(read(drawn(tmp_path, draw))) if c.row == 0][1:]
    assert (over.text, bold.text, bold.doubt) == ("3 8", "3", "")
    assert [(c.text, bool(c.doubt)) for c in split] == [("1", True), ("2345", True)]


def test_lines_that_strike_nothing_out(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [["行政许可", "", ""], ["行政处罚", "8", "9"]], [80, 24, 24], 100)
        # Each cell's sides are drawn by themselves; a figure as wide as its cell stands on one.
        for row in range(2):
            for x, wide in ((50, 80), (130, 24), (154, 24)):
                canvas.rect(x, SIZE[1] - 120 - 20 * row, wide, 20)
        crossed(canvas, 133, SIZE[1] - 114, "", "12", -0.2)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(155, SIZE[1] - 122.5, "34567")

    found = cells(read(drawn(tmp_path, draw)))
    assert [c.text for c in found if c.text != "34567"][1] == "12"
    assert "34567" in "".join(c.text for c in found)
    assert not [c for c in found if c.doubt]


@pytest.mark.parametrize(("kind", "text"), [("StrikeOut", "3"), ("Underline", "73")])
def test_comments_that_strike_out(tmp_path: Path, kind: str, text: str):
    def draw(canvas: Canvas) -> None:
        put(canvas, [["行政许可", ""], ["行政处罚", "8"]], [80, 60], 100, GRID)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(134, SIZE[1] - 115, "73")
        left, low, right, high = 134, SIZE[1] - 117, 139, SIZE[1] - 107
        quads = [left, high, right, high, left, low, right, low]
        canvas.highlightAnnotation("", (left, low, right, high), QuadPoints=quads)

    path = drawn(tmp_path, draw)
    path.write_bytes(path.read_bytes().replace(b"/Highlight", f"/{kind}".encode()))
    found = cells(read(path))[1]
    assert (found.text, bool(found.doubt)) == (text, kind == "StrikeOut")


def test_tables_within_and_beside_one_another(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        canvas.rect(30, 560, 530, 250)
        put(canvas, ROWS, [80, 40, 40], 100, GRID)
        canvas.translate(260, 0)
        put(canvas, [["甲", "5"], ["乙", "6"]], [80, 40], 100, GRID)

    assert sorted(texts(read(drawn(tmp_path, draw)))) == sorted([ROWS, [["甲", "5"], ["乙", "6"]]])


def test_open_and_missing_lines(tmp_path: Path):
    """A table open at its sides is closed; a cell whose line is half there is doubted."""

    def draw(canvas: Canvas) -> None:
        style = (("INNERGRID", (0, 0), (-1, -1), 0.5, "black"),)
        put(canvas, [*ROWS, ["合计", "3", "19"]], [100, 60, 60], 100, *style)

    assert texts(read(drawn(tmp_path, draw))) == [[*ROWS, ["合计", "3", "19"]]]


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        for number in range(1, 4):
            canvas.setFont(FONT, 10)
            canvas.drawString(200, SIZE[1] - 30, "青石镇人民政府文件")
            canvas.drawString(60, 600 - 20 * number, f"{'甲乙丙'[number - 1]}段说的是另一件事。")
            canvas.drawString(290, 25, f"- {number} -" if number < 3 else f"第 {number} 页 共 3 页")
            canvas.showPage()

    assert lines(read(drawn(tmp_path, draw))) == [f"{c}段说的是另一件事。" for c in "甲乙丙"]


def test_figures_at_the_rim_are_no_page_numbers(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 400, "全年受理申请的件数见页末。")
        canvas.drawString(290, 25, "2023年共受理17件")
        put(canvas, ROWS, [100, 60, 60], 770, GRID)

    found = read(drawn(tmp_path, draw))
    assert texts(found) == [ROWS]
    assert lines(found)[-1] == "2023年共受理17件"


def test_a_row_cut_by_a_page_break(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, [*ROWS, ["申请人逾期未按收费", "4", "5"]], [100, 60, 60], 760, GRID)
        canvas.showPage()
        put(canvas, [["通知要求缴纳费用", "", ""], ["其他", "8", "9"]], [100, 60, 60], 50, GRID)

    found = read(drawn(tmp_path, draw))
    assert texts(found) == [
        [*ROWS, ["申请人逾期未按收费通知要求缴纳费用", "4", "5"], ["其他", "8", "9"]]
    ]


def test_figures_cut_by_a_page_break(tmp_path: Path):
    """What stands below a full cell is its rest; below one with room for more, that is doubted."""
    widths = [100, 24, 24, 60]

    def draw(canvas: Canvas) -> None:
        put(
            canvas, [["行政许可", "1", "2", "3"], ["行政处罚", "10", "203", "7"]], widths, 760, GRID
        )
        canvas.showPage()
        put(canvas, [["", "82", "", ""], ["其他", "8", "9", "9"]], widths, 50, GRID)
        canvas.drawString(60, 500, "两张表之间的一段话。")
        put(
            canvas, [["行政许可", "1", "2", "3"], ["行政处罚", "10", "203", "7"]], widths, 760, GRID
        )
        canvas.showPage()
        put(canvas, [["", "", "", "4"], ["其他", "8", "9", "9"]], widths, 50, GRID)

    found = read(drawn(tmp_path, draw))
    rows = [row for grid in texts(found) for row in grid]
    assert rows[1] == ["行政处罚", "1082", "203", "7"]
    assert rows[4] == ["行政处罚", "10", "203", "7 4"]
    assert [c.text for c in cells(found) if c.doubt] == ["7 4"]


def test_a_table_over_three_pages_is_one(tmp_path: Path):
    """Labels go on where their cells do; a page's first rows may have other columns."""
    head = [["申请人情况", "", ""], ["自然人", "法人", ""]]
    spans = (("SPAN", (0, 0), (2, 0)), ("SPAN", (1, 1), (2, 1)))

    def draw(canvas: Canvas) -> None:
        put(canvas, head, [100, 60, 60], 780, GRID, *spans)
        canvas.drawString(290, 25, "- 1 -")
        canvas.showPage()
        put(canvas, [["", "企业", "机构"], *ROWS], [100, 60, 60], 50, GRID)
        canvas.drawString(290, 25, "- 2 -")
        canvas.showPage()
        put(canvas, [["合计", "3", "19"]], [100, 60, 60], 50, GRID)

    (found,) = grids(read(drawn(tmp_path, draw)))
    assert (1, 0, 2, 1, "自然人") in found
    assert {(1, 1, 1, 2, "法人"), (2, 1, 1, 1, "企业"), (5, 2, 1, 1, "19")} <= set(found)


@pytest.mark.parametrize("label", ["（六）其他处理", "3.其他"])
def test_a_blank_row_after_a_page_break_stays(tmp_path: Path, label: str):
    def draw(canvas: Canvas) -> None:
        put(canvas, ROWS, [100, 60, 60], 780, GRID)
        canvas.showPage()
        put(canvas, [[label, "", ""], ["其他", "8", "9"]], [100, 60, 60], 50, GRID)

    assert texts(read(drawn(tmp_path, draw))) == [[*ROWS, [label, "", ""], ["其他", "8", "9"]]]


def test_blanks_of_a_table_without_lines(tmp_path: Path):
    """Where other rows show the columns, a blank is a blank; a single row is told as unsure."""
    rows = [["甲项", "1", "2", "3"], ["乙项", "4", "5", "6"], ["丙项", "7", "8", "9"]]

    def draw(canvas: Canvas) -> None:
        put(canvas, [*rows, ["丁项", "0", "", "5"]], [120, 60, 60, 60], 100)
        canvas.drawString(60, 600, "一段话把两张表分开。")
        put(canvas, [["戊项", "4", "0", "5"]], [120, 60, 60, 60], 400)

    found = read(drawn(tmp_path, draw))
    assert texts(found)[0] == [*rows, ["丁项", "0", "", "5"]]
    single = [c for c in cells(found) if c.text in ("4", "0", "5")][-3:]
    assert all(c.doubt and c.confidence < 1 for c in single)


def test_labels_of_a_table_without_lines(tmp_path: Path):
    """Labels close together, wrapped, and over figures set to the right are those of their columns."""
    rows = [
        ["", "结果维\n持", "其他结\n果", "总计"],
        ["甲项", "1", "2", "3"],
        ["乙项", "4", "", "6"],
    ]

    def draw(canvas: Canvas) -> None:
        put(canvas, rows[:1], [60, 30, 30, 30], 100, ("LEADING", (0, 0), (-1, -1), 10))
        put(canvas, rows[1:], [60, 30, 30, 30], 124)
        canvas.drawString(60, 600, "一段话把两张表分开。")
        right = ("ALIGN", (1, 1), (-1, -1), "RIGHT")
        put(canvas, [["信息内容", "本年数量"], ["行政许可", "43"]], [120, 200], 300, right)

    found = read(drawn(tmp_path, draw))
    columns = {(c, t) for _, c, _, _, t in grids(found)[0]}
    assert {(1, "结果维持"), (2, "其他结果"), (3, "总计"), (3, "6"), (2, "")} <= columns
    assert texts(found)[1] == [["本年数量"], ["行政许可", "43"]]
    assert not [c for c in cells(found) if c.doubt]


def test_text_set_aslant_or_larger_than_its_cell_is_no_cells(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        put(canvas, ROWS, [100, 60, 60], 100, GRID)
        canvas.translate(80, 690)
        canvas.setFont(FONT, 40)
        canvas.drawString(0, 20, "仅供7")
        canvas.rotate(30)
        canvas.drawString(0, 0, "内部2023")

    assert texts(read(drawn(tmp_path, draw))) == [ROWS]


def test_fonts_that_do_not_say_their_characters(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes((DATA / "embedded.pdf").read_bytes().replace(b"/ToUnicode", b"/ToUnicorn"))
    source = Source(path, "a.pdf", ocr=False)
    with pytest.raises(NoTextError):
        list(loader_for(source).load(source))


def test_metadata_that_is_no_text_is_left_out(tmp_path: Path):
    cut = rb"\376\377\330\000\000A"  # half of a surrogate pair
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), invariant=1, pageCompression=0)
    canvas.setTitle("X" * len(cut))
    canvas.drawString(100, 700, "text enough for a page that is no scan " * 2)
    canvas.save()
    data = path.read_bytes()
    assert b"(" + b"X" * len(cut) + b")" in data
    path.write_bytes(data.replace(b"X" * len(cut), cut))
    found = read(path)
    assert found.blocks and "title" not in found.metadata


def test_metadata():
    truth = distinct()
    found = read(DATA / "embedded.pdf").metadata
    assert found["title"] == truth.title
    assert found["creator"] == truth.unit
    assert re.match(r"\d{4}-\d\d-\d\d$", found["created"])


def picture(canvas: Canvas, *box: float) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    stream = io.BytesIO()
    Image.new("L", (200, 300), 240).save(stream, "PNG")
    stream.seek(0)
    canvas.drawImage(ImageReader(stream), *box)


def test_a_page_that_is_a_picture(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "本页有可读取的文字，下一页是扫描图。")
        picture(canvas, 400, 100, 40, 40)
        canvas.showPage()
        picture(canvas, 0, 0, *SIZE)

    path = drawn(tmp_path, draw)
    source = Source(path, "a.pdf", ocr=False)
    (found,) = loader_for(source).load(source)
    assert isinstance(found, Document)
    assert [type(b) for b in found.blocks] == [Paragraph, Picture]
    last = found.blocks[-1]
    assert isinstance(last, Picture)
    assert last.size == SIZE and last.place.page == 2


@pytest.mark.parametrize("draw", [lambda c: picture(c, 0, 0, *SIZE), lambda c: c.showPage()])
def test_no_text_at_all(tmp_path: Path, draw: Callable[[Canvas], None]):
    source = Source(drawn(tmp_path, draw), "a.pdf", ocr=False)
    with pytest.raises(NoTextError) as caught:
        list(loader_for(source).load(source))
    assert caught.value.reason == "no_text"


def fails(data: bytes, tmp_path: Path, **limits: float) -> str:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    source = Source(path, "bad.pdf", Limits(**limits), ocr=False)  # type: ignore[arg-type]
    with pytest.raises(UnreadableError) as caught:
        list(loader_for(source).load(source))
    return caught.value.reason


def test_bad_files(tmp_path: Path):
    whole = (DATA / "embedded.pdf").read_bytes()
    assert fails(b"%PDF-1.7\n" + bytes(range(256)) * 40, tmp_path) == "corrupt"
    assert fails(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF", tmp_path) == "corrupt"
    for share in (0.1, 0.5, 0.95):
        assert fails(whole[: int(share * len(whole))], tmp_path) == "corrupt"


def test_encrypted(tmp_path: Path):
    path = drawn(tmp_path, lambda c: c.drawString(60, 700, "秘密"), encrypt="geheim")
    assert fails(path.read_bytes(), tmp_path) == "encrypted"


@pytest.mark.parametrize("limits", [{"pages": 1}, {"cells": 50}, {"characters": 500}])
def test_limits(tmp_path: Path, limits: dict[str, int]):
    data = (DATA / "office_merged.pdf").read_bytes()
    assert fails(data, tmp_path, **limits) == "limit"


def test_text_out_of_sight_is_not_read(tmp_path: Path):
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "看得见的一行文字，有十几个字。")
        canvas.drawString(900, 700, "页外的文字")

    assert lines(read(drawn(tmp_path, draw))) == ["看得见的一行文字，有十几个字。"]


def test_white_lines_are_lines(tmp_path: Path):
    style = ("GRID", (0, 0), (-1, -1), 0.5, white)
    path = drawn(tmp_path, lambda c: put(c, ROWS, [100, 60, 60], 100, style))
    assert texts(read(path)) == [ROWS]


def test_the_base_report_has_no_doubts(tmp_path: Path):
    for layout in ("paged", "landscape"):
        path = tmp_path / f"{layout}.pdf"
        path.write_bytes(encode(base_report(), ".pdf", layout))
        found = read(path)
        assert number_rows(found) == expected_rows(base_report())
        assert not [c for c in cells(found) if c.doubt]


def test_figures_in_the_lower_part_of_a_row_that_a_page_break_cuts(tmp_path: Path):
    """They stand in the middle of the row's height; the label began on the page before."""

    def draw(canvas: Canvas) -> None:
        put(canvas, [["行政许可", "3"], ["其他对外管理服务", ""]], [76, 60], 700, GRID)
        canvas.showPage()
        put(canvas, [["事项", "12"], ["行政处罚", "7"]], [76, 60], 60, GRID)

    assert texts(read(drawn(tmp_path, draw))) == [
        [["行政许可", "3"], ["其他对外管理服务事项", "12"], ["行政处罚", "7"]]
    ]
