"""Tables that stand twice in a report: pasted again, or once more in an appendix."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.document import Block, Document, Grid, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.status import Status
from tests.recognise.layouts import document
from tests.recognise.test_layouts import numbered


def _body(blocks: list[Block]) -> Body:
    (part,) = recognise(Document("a.docx", "docx", tuple(blocks)))
    return part.body


def _changed(grid: Grid, old: str, new: str) -> Grid:
    assert [c.text for c in grid.cells].count(old) == 1
    return replace(
        grid, cells=tuple(replace(c, text=new) if c.text == old else c for c in grid.cells)
    )


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("where", ["below", "appended"])
def test_the_same_table_again_is_read_once(where: str, times: int):
    truth = numbered(2021)
    blocks = list(document(truth, "grid").blocks)
    grids = [b for b in blocks if isinstance(b, Grid)]
    if where == "below":
        blocks = [c for b in blocks for c in [b] * (times if isinstance(b, Grid) else 1)]
    else:
        blocks += [Paragraph("附件：统计表", Place(line=99)), *grids * (times - 1)]
    found = _body(blocks)
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)
    assert not [o for o in found.observations if o.kind.endswith(("_twice", "_extra"))]


def test_a_copy_with_another_figure_is_told_once():
    truth = numbered(2021)
    address = "applications.granted.business"
    figure = str(truth.cells[address])
    blocks = list(document(truth, "grid").blocks)
    at = next(n for n, b in enumerate(blocks) if isinstance(b, Grid) and len(b.cells) > 100)
    grid = blocks[at]
    assert isinstance(grid, Grid)
    found = _body([*blocks[: at + 1], _changed(grid, figure, "98765"), *blocks[at + 1 :]])
    unsure = [c.address for c in found.cells if c.status is Status.UNSURE]
    assert unsure == [address]
    told = [(o.kind, o.table) for o in found.observations if o.kind.endswith("_twice")]
    assert told == [("table_twice", "applications")]


@pytest.mark.parametrize("first", [False, True])
def test_an_empty_form_beside_the_report_is_no_copy(first: bool):
    truth = numbered(2021)
    blocks = list(document(truth, "grid").blocks)
    empty = [
        replace(
            b, cells=tuple(replace(c, text="" if c.text.isdigit() else c.text) for c in b.cells)
        )
        for b in blocks
        if isinstance(b, Grid)
    ]
    if first:
        at = next(n for n, b in enumerate(blocks) if isinstance(b, Grid))
        found = _body([*blocks[:at], *empty, *blocks[at:]])
    else:
        found = _body([*blocks, *empty])
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)
    assert not [o for o in found.observations if o.kind.endswith("_twice")]


@pytest.mark.parametrize("first", [False, True])
def test_an_empty_form_with_its_title_is_no_report_of_its_own(first: bool):
    truth = numbered(2021)
    blocks = list(document(truth, "grid").blocks)
    title = Paragraph("附：政府信息公开工作年度报告格式", Place(line=90))
    empty: list[Block] = [title]
    for block in blocks:
        if isinstance(block, Grid):
            cells = (replace(c, text="" if c.text.isdigit() else c.text) for c in block.cells)
            empty.append(replace(block, cells=tuple(cells)))
        elif block.text in truth.titles.values():
            empty.append(block)
    found = _body([*empty, *blocks] if first else [*blocks, *empty])
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)
    assert not [o for o in found.observations if o.kind.endswith("_twice")]
