"""A row that stands twice, its label spoilt once: neither's figures count, all others are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from rules.form import load_form
from rules.status import Status
from tests.builder.matrix import Box, Matrix
from tests.recognise.layouts import BARRED, BLANKS, GRIDS, document, grid
from tests.recognise.test_dumps import body, wrong
from tests.recognise.test_layouts import numbered

ROWS = {
    "unable_needs_creation": ("没有现成信息", ("息需要另行制作", "2.", "")),
    "coercion": ("行政强制", ("行政某制", "政强制", "制", "")),
    "normative_documents": ("规范性文件", ("件", "行政规", "")),
}
CASES = [(row, rest) for row, (_, spoilt) in ROWS.items() for rest in spoilt]


def _doubled(table: Matrix, label: str, rest: str) -> Matrix:
    """The row that has such a label, twice: first under what is left of it, then as it should be."""
    own = next((b for b in table.boxes if b.header and label in b.text), None)
    if own is None:
        return table
    boxes: list[Box] = []
    for box in table.boxes:
        if box.row > own.row:
            boxes.append(replace(box, row=box.row + 1))
        elif box.row == own.row and box.row_span == 1:
            again = box.text if box.header else str(90000 + box.column)
            boxes += [box, replace(box, row=box.row + 1, text=again)]
        else:
            spans = box.row + box.row_span > own.row
            boxes.append(replace(box, row_span=box.row_span + spans))
    spoilt = [replace(b, text=rest) if b == own else b for b in boxes]
    return Matrix(table.key, tuple(sorted(spoilt, key=lambda b: (b.row, b.column))))


@pytest.mark.parametrize("layout", [*GRIDS, *BARRED, *BLANKS])
@pytest.mark.parametrize(("row", "rest"), CASES)
def test_a_double_under_a_spoilt_label_is_told(layout: str, row: str, rest: str) -> None:
    truth = numbered(2021)
    found = body(document(truth, layout, lambda table: _doubled(table, ROWS[row][0], rest)))
    assert wrong(found, truth) == {}
    own = [c for c in found.cells if c.address.split(".")[1] == row]
    assert {c.status for c in own} == {Status.UNSURE}
    assert all(c.doubt for c in own)
    assert sum(c.value is not None for c in found.cells) >= len(truth.cells) - 3 * len(own) - 4


def _lines(*texts: str) -> Iterable[Paragraph]:
    return (Paragraph(text, Place(line=n)) for n, text in enumerate(texts, 1))


@pytest.mark.parametrize("corner", ["信", "信息内", "容", "信某内容"])
def test_what_is_left_of_the_corner_s_label_is_no_column(corner: str) -> None:
    lines = _lines(
        "二、主动公开政府信息情况",
        "第二十条第（八）项 ||||",
        f"{corner} | 上一年项目数量 | 本年增/减 ||",
        "行政事业性收费 | 17946 | 13951 ||",
    )
    (part,) = recognise(Document("a.txt", "txt", tuple(lines)))
    read = {c.address: c.value for c in part.body.cells if c.value is not None}
    assert read.get("disclosure.fees.items_last_year", 17946) == 17946
    assert 13951 not in [v for a, v in read.items() if not a.endswith("change")]


@pytest.mark.parametrize("right", [True, False])
def test_a_group_s_label_with_its_sums_is_no_double(right: bool) -> None:
    """Groups' labels as rows of their own, figures beside them: sums, or nobody knows what."""
    truth = numbered(2021)
    form = load_form(2021).tables["applications"]
    lines = [["项目", *(c.label for c in form.blocks[0].columns)]]
    group = None
    for row in form.rows:
        if row.group != group and (group := row.group) and group.startswith("（"):
            own = [r.key for r in form.rows if r.group == group]
            sums = [
                sum(truth.cells[f"applications.{r}.{c.key}"] for r in own) + (not right)
                for c in form.blocks[0].columns
            ]
            lines.append([group, *map(str, sums)])
        figures = (truth.shown()[f"applications.{row.key}.{c.key}"] for c in form.blocks[0].columns)
        lines.append([row.label, *figures])
    boxes = [Box(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    (part,) = recognise(Document("a.docx", "docx", (grid(Matrix("x", tuple(boxes))),)))
    assert wrong(part.body, truth) == {}
    own = [c for c in part.body.cells if c.address.startswith("applications.")]
    assert all(c.value is not None for c in own) == right
