"""Tables side by side in one sheet: each is read as its labels tell, or none of them at all."""

from __future__ import annotations

from random import Random

import pytest

from audit.document import Cell, Document, Grid, Place
from audit.recognise import recognise
from audit.report import Body
from rules.status import Status
from tests.builder.matrix import Box, Matrix
from tests.builder.shapes import matrix
from tests.recognise.damage import SPOILS
from tests.recognise.test_dumps import wrong
from tests.recognise.test_layouts import numbered

ORDERS = [
    ("applications", "disputes"),
    ("disputes", "applications"),
    ("disclosure", "applications"),
    ("disclosure", "applications", "disputes"),
]
HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
}
#: Figures that moved under other labels are those labels' where a sheet shows where each stands.
MOVED = {"lose_value", "stray_value"}


def _sheet(tables: list[Matrix], gap: int, *more: Box) -> Document:
    """The tables from left to right, `gap` columns between them, their headings in the first row."""
    boxes, column = [*more], 0
    for table in tables:
        boxes.append(Box(HEADINGS[table.key], 0, column))
        boxes += [
            Box(b.text, b.row + 1, b.column + column, b.row_span, b.column_span)
            for b in table.boxes
        ]
        column += table.width + gap
    cells = tuple(
        Cell(
            b.text,
            b.row,
            b.column,
            Place(sheet="年报", row=b.row + 1, column=b.column + 1),
            b.row_span,
            b.column_span,
        )
        for b in sorted(boxes, key=lambda b: (b.row, b.column))
    )
    return Document("a.xlsx", "xlsx", (Grid(cells, cells[0].place),))


def _body(found: Document) -> Body:
    (part,) = recognise(found)
    return part.body


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize("order", ORDERS)
def test_each_table_is_read(order: tuple[str, ...], edition: int, gap: int) -> None:
    truth = numbered(edition)
    tables = [m for m in (matrix(truth, name) for name in order) if m is not None]
    found = _body(_sheet(tables, gap))
    read = {c.address: c.value for c in found.cells if c.value is not None}
    assert read == {a: v for a, v in truth.cells.items() if a.split(".")[0] in order}
    assert {s.key for s in found.sections if s.key != "preamble"} == set(order)


@pytest.mark.parametrize("spoil", [s for s in SPOILS if s not in MOVED])
@pytest.mark.parametrize("order", ORDERS)
def test_spoilt_tables_give_no_wrong_figure(order: tuple[str, ...], spoil: str) -> None:
    for seed in range(3):
        random = Random(f"{spoil} {seed}")
        truth = numbered(2021, seed)
        tables = [m for m in (matrix(truth, name) for name in order) if m is not None]
        found = _body(_sheet([SPOILS[spoil](m, random) for m in tables], seed))
        assert wrong(found, truth) == {}


def test_tables_that_a_cell_ties_together_are_unread() -> None:
    truth = numbered(2021)
    tables = [m for m in (matrix(truth, n) for n in ("applications", "disputes")) if m is not None]
    tie = Box("合并", 8, tables[0].width, 1, 2)
    found = _body(_sheet(tables, 1, tie))
    assert {c.value for c in found.cells} == {None}
    met = {(o.kind, o.table) for o in found.observations}
    assert met == {("table_unread", "disputes"), ("table_absent", "disclosure")}
    read = [c for c in found.cells if not c.address.startswith("disclosure.")]
    assert {c.status for c in read} == {Status.UNSURE}
