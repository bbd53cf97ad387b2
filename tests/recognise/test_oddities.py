"""What published reports do to the form's tables, one oddity a test."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.document import Cell, Document, Grid, Paragraph, Picture, Place
from audit.recognise import recognise
from rules.form import load_form
from rules.status import Status
from tests.builder.flow import flow
from tests.builder.matrix import Box, Matrix
from tests.builder.truth import base_report
from tests.recognise.layouts import BARRED, document, grid
from tests.recognise.test_layouts import numbered

HEADER = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
TEXTS = ["pipe", "values", "dump", "row"]


def body(found: Document):
    (part,) = recognise(found)
    return part.body


def kinds(found) -> set[str]:
    return {o.kind for o in found.observations}


def relabelled(table: Matrix, old: str, new: str) -> Matrix:
    assert any(b.text == old for b in table.boxes)
    return Matrix(
        table.key, tuple(replace(b, text=new) if b.text == old else b for b in table.boxes)
    )


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("disclosure", "现行有效件数", "现行有效件"),
        ("disclosure", "本年制发件数", "本年(2023)制发件数"),
        ("disclosure", "本年制发件数", "本年发件"),
        ("disclosure", "行政规范性文件", "规范性文件"),
        ("disclosure", "行政规范性文件", "行政规 范性文件"),
        ("disclosure", "第二十条第（六）项", "第二十条第"),
        ("disclosure", "本年收费金额（单位：万元）", "本年收费金额单位:万元"),
        ("applications", "总计", "总 计"),
        ("applications", "其他", "其它"),
        ("applications", "社会公益组织", "社会公益组"),
        ("applications", "3.危及“三安全一稳定”", "3.危及三安全一稳定"),
        ("applications", "8.属于行政查询事项", "8属于行政查询事項"),
        ("applications", "3.其他", "3.其它"),
        ("applications", "2.重复申请", "重复申请"),
        ("applications", "（七）总计", "(七)总计"),
        ("applications", "四、结转下年度继续办理", "四、结转下年度继续办"),
        ("disputes", "未经复议直接起诉", "未经复议直接起訴"),
    ],
)
@pytest.mark.parametrize("layout", ["grid", *TEXTS])
def test_labels_otherwise_printed(layout, table, old, new):
    truth = numbered(2021)
    found = body(
        document(truth, layout, lambda m: relabelled(m, old, new) if m.key == table else m)
    )
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)


def test_label_that_is_not_the_forms_is_told():
    truth = numbered(2021)
    found = body(
        document(
            truth,
            "grid",
            lambda m: relabelled(m, "行政规范性文件", "规范性文件") if m.key == "disclosure" else m,
        )
    )
    told = [(o.item, o.text) for o in found.observations if o.kind == "label"]
    assert told == [("normative_documents", "规范性文件")]


@pytest.mark.parametrize("layout", ["grid", "pipe"])
def test_regulations_without_a_label(layout):
    truth = numbered(2021)
    found = body(
        document(truth, layout, lambda m: relabelled(m, "规章", "") if m.key == "disclosure" else m)
    )
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)


@pytest.mark.parametrize("layout", ["grid", *TEXTS])
def test_unit_of_the_fee(layout):
    truth = numbered(2021)
    label = "本年收费金额（单位：元）"

    def damage(m):
        return relabelled(m, "本年收费金额（单位：万元）", label) if m.key == "disclosure" else m

    found = body(document(truth, layout, damage))
    (told,) = [o for o in found.observations if o.kind == "fee_unit"]
    assert told.item == "元" and "单位" in told.text


@pytest.mark.parametrize("layout", ["grid", *TEXTS])
def test_header_row_lost(layout):
    truth = numbered(2021)

    def damage(m):
        return m.part(1, m.height) if m.key == "applications" else m

    found = body(document(truth, layout, damage))
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)


@pytest.mark.parametrize("layout", TEXTS)
def test_sentence_before_and_after_the_table_stays_text(layout):
    truth = numbered(2021)
    before = "2023年，本镇共主动公开信息 120 条，其中网站 100 条、公众号 20 条。"
    after = "本年度受理申请 12 件，予以公开 7 件，部分公开 5 件，按期办结率 100 %。"
    pieces = []
    for piece in flow(truth):
        note = piece.table is not None
        pieces += [replace(piece, kind="paragraph", text=before, table=None)] if note else []
        pieces.append(piece)
        pieces += [replace(piece, kind="paragraph", text=after, table=None)] if note else []
    found = body(document(truth, layout, pieces=pieces))
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)
    for section in found.sections:
        if section.key in ("disclosure", "applications", "disputes"):
            assert section.text == f"{before}\n{after}"


def test_absent_table_is_said_once():
    truth = numbered(2021)
    pieces = [p for p in flow(truth) if p.text != "applications" or p.table is None]
    found = body(document(truth, "values", pieces=pieces))
    own = [c for c in found.cells if c.address.startswith("applications.")]
    assert len(own) == 175 and {c.status for c in own} == {Status.ABSENT}
    told = [o.kind for o in found.observations if o.table == "applications"]
    assert told == ["table_absent"]


def test_picture_of_a_table():
    truth = numbered(2021)
    blocks = []
    for n, piece in enumerate(flow(truth)):
        if piece.table is None:
            blocks.append(Paragraph(piece.text, Place(line=n)))
        elif piece.text == "disputes":
            blocks.append(Picture(Place(line=n), (420.0, 130.0)))
        else:
            blocks.append(grid(piece.table, n))
    found = body(Document("a.docx", "docx", tuple(blocks)))
    assert "table_picture" in kinds(found) and "table_absent" not in kinds(found)


def test_repeated_lines_removed_leaves_nothing_to_read():
    truth = numbered(2021)
    lines = [
        b.text
        for b in document(replace(truth, cells=dict.fromkeys(truth.cells, 0)), "values").blocks
    ]
    once = dict.fromkeys(lines)
    blocks = tuple(Paragraph(t, Place(line=n)) for n, t in enumerate(once, 1))
    found = body(Document("a.txt", "text", blocks))
    read = [c for c in found.cells if c.status is Status.NUMBER]
    assert len(read) <= 1  # the one 0 that is left stands somewhere


@pytest.mark.parametrize("layout", ["grid", *BARRED])
def test_blank_cells_keep_their_position(layout):
    truth = numbered(2021)
    gone = {"applications.new.business", "applications.granted.total", "disputes.review.other"}
    found = body(document(replace(truth, cells={**truth.cells, **dict.fromkeys(gone, "")}), layout))
    assert {c.address for c in found.cells if c.status is Status.BLANK} == gone
    read = {c.address: c.value for c in found.cells if c.address not in gone}
    assert read == {a: v for a, v in truth.cells.items() if a not in gone}


def test_places_are_the_cells_own():
    truth = numbered(2021)
    found = body(document(truth, "grid"))
    place = next(c.place for c in found.cells if c.address == "applications.granted.business")
    assert (place.row, place.column) == (6, 5)
    lines = document(truth, "values").blocks
    cell = next(
        c for c in body(document(truth, "values")).cells if c.address == "disputes.review.total"
    )
    printed = next(b for b in lines if b.place == cell.place)
    assert isinstance(printed, Paragraph) and float(printed.text) == cell.value


def test_doubtful_reading_is_unsure_and_kept_raw():
    cells = (
        Cell("信息内容", 0, 0, Place()),
        Cell("本年处理决定数量", 0, 1, Place()),
        Cell("行政许可", 1, 0, Place()),
        Cell("86", 1, 1, Place(page=2), confidence=0.7),
    )
    found = body(Document("a.pdf", "pdf", (Grid(cells, Place()),)))
    cell = next(c for c in found.cells if c.address == "disclosure.licensing.decisions")
    assert (cell.status, cell.raw, cell.value) == (Status.UNSURE, "86", None) and cell.doubt


def test_several_reports_in_one_file():
    truths = [numbered(2021, seed) for seed in (1, 2, 3)]
    for layout in ("grid", "pipe"):
        blocks = tuple(
            b
            for n, truth in enumerate(truths)
            for b in document(
                replace(truth, title=f"青石镇{2021 + n}年政府信息公开工作年度报告"), layout
            ).blocks
        )
        parts = recognise(Document("a.docx", "docx", blocks))
        assert [dict(t.cells) for t in truths] == [
            {c.address: c.value for c in part.body.cells} for part in parts
        ]
        assert len({part.name for part in parts}) == 3


def test_columns_that_do_not_line_up_with_their_labels():
    """Word draws each row's borders on its own: a cell may begin a little beside its label."""
    heads = ["上一年项目数量", "本年增/减", "处理决定数量"]
    boxes = [Box("信息内容", 0, 0), Box("行政许可", 1, 0)]
    boxes += [Box(t, 0, 1 + 3 * n, column_span=3) for n, t in enumerate(heads)]
    edges = [1, 5, 8, 10]
    for n in range(3):
        boxes.append(
            Box(str(11 + n), 1, edges[n], column_span=edges[n + 1] - edges[n], header=False)
        )
    made = grid(Matrix("disclosure", tuple(sorted(boxes, key=lambda b: (b.row, b.column)))))
    found = body(Document("a.docx", "docx", (made,)))
    read = [c.value for c in found.cells if c.address.startswith("disclosure.licensing.")]
    assert read == [11, 12, 13]


@pytest.mark.parametrize("sound", [True, False], ids=["filled in so", "only labelled so"])
def test_labels_in_another_order_count_if_the_totals_bear_them_out(sound):
    """Total before the last kind: read as labelled where rows add up, else not at all."""
    columns = [c.key for c in load_form(2021).tables["applications"].blocks[0].columns]
    cells = {f"applications.{r}.{c}": n for r in ("new", "granted") for n, c in enumerate(columns)}
    cells |= {f"applications.{r}.total": sum(range(6)) for r in ("new", "granted")}
    truth = base_report("青石镇", 2023, cells=cells)
    changed = []
    for piece in flow(truth):
        if piece.text != "applications" or piece.table is None:
            changed.append(piece)
            continue
        swap = {"其他": "总计", "总计": "其他"}
        boxes = []
        for b in piece.table.boxes:
            if b.header and b.column > 6 and b.text in swap:
                boxes.append(replace(b, text=swap[b.text]))
            elif sound and not b.header and b.column > 7:
                boxes.append(replace(b, column=17 - b.column))
            else:
                boxes.append(b)
        boxes.sort(key=lambda b: (b.row, b.column))
        changed.append(replace(piece, table=Matrix("applications", tuple(boxes))))
    found = {c.address: c for c in body(document(truth, "grid", pieces=changed)).cells}
    for row in ("new", "granted"):
        for column in ("other", "total"):
            cell = found[f"applications.{row}.{column}"]
            assert (cell.value, cell.doubt == "") == (
                (cells[f"applications.{row}.{column}"], True) if sound else (None, False)
            )
        assert found[f"applications.{row}.business"].value == 1


@pytest.mark.parametrize("layout", TEXTS)
def test_tables_without_any_heading(layout):
    truth = numbered(2021)
    pieces = [p for p in flow(truth) if p.kind != "heading"]
    found = body(document(truth, layout, pieces=pieces))
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)


def rows_of_lines(header: str, last: str = "0") -> Document:
    """Table three as a page without rulings has it, a line a row; `last` ends its first row."""
    labels = [row.label for row in load_form(2021).tables["applications"].blocks[0].rows]
    rows = [f"{label} 1 0 0 0 0 0 {last if n == 0 else 0}" for n, label in enumerate(labels)]
    lines = ["三、收到和处理政府信息公开申请情况", "申请人情况", header, *rows]
    place = Place(page=1)
    return Document("a.pdf", "pdf", tuple(Paragraph(text, place) for text in lines), {})


@pytest.mark.parametrize("glued", [" ".join(HEADER), " ".join(HEADER).replace("业 科", "业科")])
def test_column_labels_that_run_together(glued: str):
    cells = {c.address: c for c in body(rows_of_lines(glued)).cells}
    assert cells["applications.new.natural_person"].value == 1
    assert cells["applications.carried_out.total"].value == 0


def test_a_figure_with_the_words_of_a_label_behind_it_is_not_read():
    found = body(rows_of_lines(" ".join(HEADER), "4948办理结果"))
    row = [c for c in found.cells if c.address.startswith("applications.new.")]
    assert {c.status for c in row} == {Status.UNSURE}
    assert {c.value for c in found.cells if ".carried_in.nat" in c.address} == {1}


@pytest.mark.parametrize("swapped", [False, True])
def test_figures_on_a_page_whose_header_stands_in_lines_on_the_page_before(swapped: bool):
    middle = ["科研机构", "社会公益 法律服务", "商业企业 其他", "组织 机构"]
    if swapped:
        middle = ["科研机构", "法律服务 社会公益", "商业企业 其他", "机构 组织"]
    texts = ["三、收到和处理政府信息公开申请情况", "申请人情况", "法人或其他组织", "自然人 总计"]
    labels = [row.label for row in load_form(2021).tables["applications"].blocks[0].rows]
    cells = [
        Cell(text, row, column, Place(page=2, row=row + 1, column=column + 1))
        for row, label in enumerate(labels)
        for column, text in enumerate([label, *map(str, range(1, 7)), "21"])
    ]
    blocks = [Paragraph(text, Place(page=1)) for text in (*texts, *middle)]
    found = body(Document("a.pdf", "pdf", (*blocks, Grid(tuple(cells), Place(page=2))), {}))
    own = [c for c in found.cells if c.address.startswith("applications.new.")]
    assert {c.status for c in own} == {Status.UNSURE if swapped else Status.NUMBER}
    assert "column_absent" not in kinds(found)
