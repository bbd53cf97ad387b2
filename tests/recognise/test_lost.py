"""Labels with lost characters are the form's where only one fits; figures stay as they are."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from audit.document import Document, Grid, Paragraph
from audit.recognise import recognise
from audit.recognise.clean import cleaned
from rules.status import Status
from tests.recognise.test_unseen import COLUMNS, HEADING, OTHER, cell, table


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("�、存在的主要问题及改进情况", "五、存在的主要问题及改进情况"),
        ("二、主动公开�府信息情况", "二、主动公开政府信息情况"),
        ("行政�可", "行政许可"),
        ("结果�持", "结果维持"),
        ("行政�� 5", "行政�� 5"),
        ("1�", "1�"),
        ("�", "�"),
        ("全年�收到申请3件，均已办结。", "全年�收到申请3件，均已办结。"),
    ],
)
def test_only_what_can_be_nothing_else_is_restored(printed: str, wanted: str):
    (line,) = cleaned([Paragraph(printed, HEADING.place)])
    (held,) = cleaned([Grid((cell(printed, 0, 0, 1),), HEADING.place)])
    assert isinstance(line, Paragraph) and isinstance(held, Grid)
    assert (line.text, held.cells[0].text) == (wanted, wanted)


@pytest.mark.parametrize("seed", range(4))
def test_a_table_of_spoilt_labels_is_read_whole(seed: int):
    chance = Random(seed)

    def spoilt(text: str) -> str:
        at = chance.randrange(max(len(text), 1))
        return f"{text[:at]}�{text[at + 1 :]}" if len(text) > 3 else text

    cells = [
        cell(spoilt(c.text), c.row, c.column, 2) if c.column == 0 or c.row == 0 else c
        for c in table().cells
    ]
    cells[-1] = replace(cells[-1], text="4�")
    grid = Grid(tuple(cells), HEADING.place)
    (part,) = recognise(Document("a.pdf", "pdf", (HEADING, grid, OTHER)))
    seen = {(o.kind, o.item) for o in part.body.observations if o.table == "applications"}
    assert seen == {("row_absent", "granted")}
    read = [c for c in part.body.cells if c.address.startswith("applications.")]
    read_as = {c.address: c.raw for c in read if c.status is not Status.NUMBER}
    absent = {f"applications.granted.{c.key}": "" for c in COLUMNS}
    assert read_as == {**absent, "applications.carried_out.total": "4�"}
