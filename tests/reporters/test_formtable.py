"""The form's tables are drawn whole, every cell once, in each edition's shape."""

from __future__ import annotations

import pytest

from audit.reporters.formtable import draw, raw_texts
from rules.dataset import Status
from rules.form import load_form
from tests.rules.dataset_factory import Made, dataset

_PARTS = {f"applications.other_{p}.*": Status.OUTSIDE for p in ("no_correction", "unpaid", "misc")}

_WHOLE = {
    f"applications.other_all.{column.key}": 0
    for column in load_form(2021).tables["applications"].blocks[0].columns
}


@pytest.mark.parametrize(
    ("made", "rows"),
    [
        (Made(), 3 + 25),
        (Made(year=2020), 3 + 23),
        (Made(cells={**_PARTS, **_WHOLE}), 3 + 23),
    ],
    ids=["2021", "2019", "2021 with one row for （六）"],
)
def test_spans_fill_a_rectangle(made: Made, rows: int) -> None:
    data = dataset(made)
    tables = draw(data, 0, raw_texts(data, {0})[0], {}, "zh")
    for table in tables:
        spots = [
            (cell.row + r, cell.column + c)
            for row in table.rows
            for cell in row
            for r in range(cell.height)
            for c in range(cell.width)
        ]
        assert len(spots) == len(set(spots)) == len(table.rows) * table.width
    assert len(tables[1].rows) == rows


@pytest.mark.parametrize("year", [2020, 2023])
def test_every_cell_of_the_form_is_drawn_once(year: int) -> None:
    tables = draw(dataset(Made(year=year)), 0, {}, {}, "zh")
    drawn = [c.address for t in tables for row in t.rows for c in row if c.address]
    assert sorted(drawn) == sorted(load_form(2019 if year == 2020 else 2021).addresses)


def test_cells_show_what_stands_there() -> None:
    cells = {
        "disclosure.fees.amount": 1.25,
        "disclosure.licensing.decisions": (Status.TEXT, "若干"),
        "disclosure.penalties.decisions": Status.BLANK,
        "disputes.*": Status.ABSENT,
    }
    data = dataset(Made(cells=cells))
    tables = draw(data, 0, raw_texts(data, {0})[0], {}, "zh")
    shown = {c.address: c.text for t in tables for row in t.rows for c in row if c.address}
    assert [shown[a] for a in cells if "*" not in a] == ["1.25", "若干", ""]
    assert shown["disputes.review.total"] == "缺"


def test_groups_stand_beside_all_their_rows() -> None:
    applications = draw(dataset(Made()), 0, {}, {}, "zh")[1]
    labels = {c.text: c for row in applications.rows for c in row if c.kind == "label"}
    assert (labels["三、本年度办理结果"].height, labels["三、本年度办理结果"].column) == (22, 0)
    assert (labels["（三）不予公开"].height, labels["（三）不予公开"].column) == (8, 1)
    assert labels["四、结转下年度继续办理"].width == 3
