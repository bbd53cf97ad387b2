"""Tables three and four with their columns down: their labels say which cell is which."""

from __future__ import annotations

import pytest

from audit.document import Document
from audit.recognise import recognise
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
