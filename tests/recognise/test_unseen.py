"""Tables read in part off a page: what seems lacking there is unread, and where nothing is in doubt, lacking."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from audit.document import Block, Cell, Document, Grid, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.form import load_form
from rules.status import Status

TABLE = load_form(2021).tables["applications"]
COLUMNS = TABLE.blocks[0].columns
HEADING = Paragraph("三、收到和处理政府信息公开申请情况", Place(page=2))
OTHER = Paragraph("四、政府信息公开行政复议、行政诉讼情况", Place(page=2))
DROPPED = "granted"


def cell(text: str, row: int, column: int, page: int | None) -> Cell:
    return Cell(text, row, column, Place(page=page, table=1, row=row + 1, column=column + 1))


def table(page: int | None = 2) -> Grid:
    """Table three without one row."""
    lines = [["", *(c.label for c in COLUMNS)]]
    lines += [[r.full, *"0000000"] for r in TABLE.rows if r.key != DROPPED]
    cells = [cell(t, r, c, page) for r, line in enumerate(lines) for c, t in enumerate(line)]
    return Grid(tuple(cells), Place(page=page, table=1))


def spoilt(grid: Grid, row: int, column: int, text: str | None = None) -> Grid:
    """The grid with one cell in doubt."""
    return Grid(
        tuple(
            replace(c, text=c.text if text is None else text, confidence=0.5, doubt="表格线断裂")
            if (c.row, c.column) == (row, column)
            else c
            for c in grid.cells
        ),
        grid.place,
    )


def read(*blocks: Block) -> Body:
    (part,) = recognise(Document("a.pdf", "pdf", (HEADING, *blocks, OTHER)))
    return part.body


def statuses(body: Body, row: str) -> Counter[Status]:
    return Counter(c.status for c in body.cells if c.address.startswith(f"applications.{row}."))


def kinds(body: Body) -> set[tuple[str, str]]:
    return {(o.kind, o.item) for o in body.observations if o.table == "applications"}


@pytest.mark.parametrize(
    "grid", [table(), spoilt(table(page=None), 3, 2)], ids=["no doubt", "a file that tells of rows"]
)
def test_a_row_is_lacking_where_the_rows_there_are_sure(grid: Grid):
    body = read(grid)
    assert ("row_absent", DROPPED) in kinds(body)
    assert statuses(body, DROPPED) == {Status.ABSENT: len(COLUMNS)}


@pytest.mark.parametrize(("row", "column"), [(3, 2), (3, 0), (0, 3)], ids=["cell", "label", "head"])
def test_a_row_is_unread_where_a_cell_is_in_doubt(row: int, column: int):
    body = read(spoilt(table(), row, column))
    assert not {k for k, _ in kinds(body)} & {"row_absent", "column_absent"}
    assert ("table_unread", "") in kinds(body)
    assert statuses(body, DROPPED) == {Status.UNSURE: len(COLUMNS)}
    assert statuses(body, "total") == {Status.NUMBER: len(COLUMNS)}


def test_a_column_whose_label_is_lost_is_unread():
    body = read(spoilt(table(), 0, 3, "卅"))
    assert not {k for k, _ in kinds(body)} & {"column_absent", "column_extra", "row_absent"}
    assert statuses(body, "total") == {Status.NUMBER: len(COLUMNS) - 1, Status.UNSURE: 1}


@pytest.mark.parametrize(
    "block",
    [
        Grid(tuple(cell("1", r, c, 2) for r in range(3) for c in range(9)), Place(page=2)),
        Paragraph("0 1 0 0 2 0 3", Place(page=2)),
    ],
    ids=["grid", "figures"],
)
def test_a_table_that_no_label_tells_is_unread(block: Block):
    body = read(block)
    assert not {k for k, _ in kinds(body)} & {"table_absent", "row_absent"}
    assert {s for r in TABLE.rows for s in statuses(body, r.key)} == {Status.UNSURE}


def test_text_under_the_heading_is_no_table():
    body = read(Paragraph("2023年收到申请 3 件，办结 2 件，结转 1 件。", Place(page=2)))
    assert ("table_absent", "applications") in kinds(body)
