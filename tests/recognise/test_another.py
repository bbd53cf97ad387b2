"""Tables beside the form's three, of channels or of single applications: none of their rows is the form's."""

from __future__ import annotations

import pytest

from audit.document import Cell, Document, Grid, Place
from audit.recognise import recognise
from tests.builder.flow import flow
from tests.builder.matrix import Box, Matrix
from tests.builder.shapes import matrix
from tests.recognise.layouts import grid
from tests.recognise.test_dumps import wrong
from tests.recognise.test_layouts import numbered

CHANNELS = (("公开渠道", "数量（条）", "占比"), ("门户网站", "120", "40%"), ("合计", "300", "100%"))
REGISTER = (
    ("序号", "申请人", "类别", "答复结果", "日期"),
    ("1", "张某", "自然人", "予以公开", "2023-03-04"),
    ("2", "某公司", "商业企业", "部分公开", "2023-05-04"),
)
FIGURES = (("指标", "数量"), ("主动公开政府信息数", "321"), ("行政许可", "100"))


def _grid(rows: tuple[tuple[str, ...], ...], number: int) -> Grid:
    cells = tuple(
        Cell(text, r, c, Place(table=number, row=r + 1, column=c + 1))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(cells, Place(table=number))


@pytest.mark.parametrize(
    ("rows", "first"), [(CHANNELS, True), (CHANNELS, False), (REGISTER, False), (FIGURES, False)]
)
def test_another_table_adds_no_rows(rows: tuple[tuple[str, ...], ...], first: bool) -> None:
    truth = numbered(2021)
    made = [matrix(truth, name) for name in ("disclosure", "applications", "disputes")]
    blocks = [grid(m, n) for n, m in enumerate(made, start=2) if m is not None]
    other = _grid(rows, 1)
    blocks = [other, *blocks] if first else [*blocks, other]
    (part,) = recognise(Document("a.docx", "docx", tuple(blocks)))
    assert wrong(part.body, truth) == {}
    assert all(c.value is not None for c in part.body.cells)
    assert {o.kind for o in part.body.observations} <= {"block_edition", "fee_unit"}


def test_a_table_whose_header_is_spoilt_is_not_another() -> None:
    truth = numbered(2021)
    made = matrix(truth, "disputes")
    assert made is not None
    block = grid(made)
    spoilt = tuple(
        Cell(c.text.replace("结果", "绪果"), c.row, c.column, c.place, c.row_span, c.column_span)
        if c.row < 3
        else c
        for c in block.cells
    )
    (part,) = recognise(Document("a.docx", "docx", (Grid(spoilt, block.place),)))
    kinds = {o.kind for o in part.body.observations if o.table == "disputes"}
    assert "table_absent" not in kinds


def test_a_sum_in_table_two_is_no_row_of_table_three() -> None:
    rows = (
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "0", "0"),
        ("行政规范性文件", "2", "1", "7"),
        ("合计", "2", "1", "7"),
    )
    (part,) = recognise(Document("a.docx", "docx", (_grid(rows, 1),)))
    extra = [(o.table, o.item, o.text) for o in part.body.observations if o.kind == "row_extra"]
    assert extra == [("disclosure", "合计", "2 1 7")]


@pytest.mark.parametrize(("note", "told"), [("填报人：张三", []), ("备注", ["备注"])])
def test_a_note_beside_a_table_is_no_column(note: str, told: list[str]) -> None:
    truth = numbered(2021)
    tables = []
    for number, piece in enumerate(p for p in flow(truth) if p.table is not None):
        table = piece.table
        if table is not None and table.key == "applications":
            texts = ("", note, "", "审核人：李四", *[""] * (table.height - 4))
            beside = (Box(text, n, table.width) for n, text in enumerate(texts))
            boxes = sorted((*table.boxes, *beside), key=lambda b: (b.row, b.column))
            table = Matrix(table.key, tuple(boxes))
        tables.append(grid(table, number))
    (part,) = recognise(Document("a.docx", "docx", tuple(tables)))
    assert {c.address: c.value for c in part.body.cells} == dict(truth.cells)
    assert [o.item for o in part.body.observations if o.kind == "column_extra"] == told
