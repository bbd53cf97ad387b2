"""Tables three and four with their columns down: their labels say which cell is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from audit.document import Document
from audit.recognise import recognise
from rules.form import load_form
from tests.builder.matrix import Box, Matrix
from tests.builder.shapes import matrix
from tests.recognise.layouts import grid, unspanned
from tests.recognise.test_dumps import wrong
from tests.recognise.test_layouts import numbered


def _turned(table: Matrix) -> Matrix:
    boxes = [Box(b.text, b.column, b.row, b.column_span, b.row_span, b.header) for b in table.boxes]
    return Matrix(table.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("name", ["applications", "disputes"])
def test_a_transposed_table_is_read(edition: int, merged: bool, name: str) -> None:
    truth = numbered(edition)
    made = matrix(truth, name)
    assert made is not None
    table = _turned(made)
    block = grid(table if merged else unspanned(table))
    (part,) = recognise(Document("a.docx", "docx", (block,)))
    assert wrong(part.body, truth) == {}
    read = [c for c in part.body.cells if c.address.startswith(f"{name}.")]
    assert sum(c.value is not None for c in read) == sum(
        a.startswith(f"{name}.") for a in truth.cells
    )
    kinds = {o.kind for o in part.body.observations if o.table == name}
    assert not kinds & {"row_absent", "column_absent", "row_extra", "column_extra"}


def _block(article: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> list[str]:
    """A block of table two, its rows beside one another, as lines of cells parted by bars."""
    lines = [f"{article}||", "|".join(["信息内容", *rows, ""])]
    figures = zip(columns, zip(*rows.values(), strict=True), strict=True)
    return [*lines, *("|".join([column, *values, ""]) for column, values in figures)]


def test_transposed_blocks_of_table_two_are_read() -> None:
    issued = ("本年制发件数", "本年废止件数", "现行有效件数")
    number = ("本年处理决定数量",)
    lines = [
        *_block("第二十条第（一）项", issued, {"规章": "123", "行政规范性文件": "456"}),
        *_block("第二十条第（五）项", number, {"行政许可": "7"}),
        *_block("第二十条第（六）项", number, {"行政处罚": "8", "行政强制": "9"}),
        *_block("第二十条第（八）项", ("本年收费金额（单位：万元）",), {"行政事业性收费": "5"}),
    ]
    boxes = [
        Box(text, r, c)
        for r, line in enumerate(lines)
        for c, text in enumerate(line.split("|")[:3])
    ]
    (part,) = recognise(Document("a.docx", "docx", (grid(Matrix("disclosure", tuple(boxes))),)))
    told = [c.value for c in part.body.cells if c.address.startswith("disclosure.")]
    assert told == [1, 2, 3, 4, 5, 6, 7, 8, 9, 5]


def test_table_two_as_a_list_is_read() -> None:
    truth = numbered(2021)
    form = load_form(2021).tables["disclosure"]
    lines = [["条款", "信息内容", "指标", "数量"]]
    for block in form.blocks:
        for row in block.rows:
            for column in block.columns:
                figure = truth.shown()[f"disclosure.{row.key}.{column.key}"]
                lines.append([block.article or "", row.label, column.label, figure])
    boxes = [Box(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    (part,) = recognise(Document("a.docx", "docx", (grid(Matrix("disclosure", tuple(boxes))),)))
    assert wrong(part.body, truth) == {}
    assert all(c.value is not None for c in part.body.cells if c.address.startswith("disclosure."))
    assert part.body.edition == 2021
    assert not {o.kind for o in part.body.observations} & {"row_twice", "row_extra"}


def test_blank_columns_between_the_form_s_are_none() -> None:
    truth = numbered(2021)
    made = matrix(truth, "applications")
    assert made is not None
    boxes = [Box(b.text, b.row, 2 * b.column, header=b.header) for b in unspanned(made).boxes]
    blanks = [Box("", b.row, b.column + 1, header=b.header) for b in boxes]
    table = Matrix(made.key, tuple(sorted(boxes + blanks, key=lambda b: (b.row, b.column))))
    (part,) = recognise(Document("a.docx", "docx", (grid(table),)))
    assert wrong(part.body, truth) == {}
    assert not [o for o in part.body.observations if o.kind == "column_extra"]
