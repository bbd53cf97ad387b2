"""Text, one value a line, whose header lost a label: the other cells are read right or not at all."""

from __future__ import annotations

from random import Random

import pytest

from tests.builder.matrix import Box, Matrix
from tests.builder.truth import ReportTruth, base_report
from tests.recognise.layouts import BLANKS, document
from tests.recognise.test_dumps import body, wrong
from tests.recognise.test_layouts import numbered

_RESULTS = ("upheld", "corrected", "other", "pending")
_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _disputed(random: Random) -> ReportTruth:
    """A report with few disputes, as most have, whose sums hold."""
    cells: dict[str, int] = {}
    for channel in ("review", "litigation_direct", "litigation_after_review"):
        own = {f"disputes.{channel}.{r}": random.choice((0, 0, 0, 0, 1, 2)) for r in _RESULTS}
        cells |= {**own, f"disputes.{channel}.total": sum(own.values())}
    return base_report("青石镇", 2023, 2021, cells=cells)


def _across(boxes: list[Box]) -> list[Box]:
    return sorted(boxes, key=lambda b: b.column)


def _without(table: Matrix, label: int, value: int) -> Matrix:
    """Table four without its label and its value of these places."""
    if table.key != "disputes":
        return table
    labels = _across([b for b in table.boxes if b.header and b.text in _LABELS])
    values = _across([b for b in table.boxes if not b.header])
    gone = (labels[label], values[value])
    return Matrix(table.key, tuple(b for b in table.boxes if b not in gone))


@pytest.mark.parametrize("label", range(15))
def test_a_label_and_a_value_of_table_four_lost_apart_move_none(label: int) -> None:
    random = Random(label)
    for value in range(15):
        truth = _disputed(random)
        found = body(document(truth, BLANKS["values"], lambda m: _without(m, label, value)))  # noqa: B023
        assert wrong(found, truth) == {}


@pytest.mark.parametrize("label", range(15))
def test_a_column_of_table_four_that_is_not_there_costs_no_sound_channel(label: int) -> None:
    """Where each channel has figures of its own, nothing else can have been lost."""
    own = {"upheld": 3, "corrected": 11, "other": 23, "pending": 41, "total": 78}
    cells = {
        f"disputes.{c}.{r}": v * n
        for n, c in enumerate(("review", "litigation_direct", "litigation_after_review"), 1)
        for r, v in own.items()
    }
    truth = base_report("青石镇", 2023, 2021, cells=cells)
    found = body(document(truth, BLANKS["values"], lambda m: _without(m, label, label)))
    assert wrong(found, truth) == {}
    read = [c for c in found.cells if c.address.startswith("disputes.") and c.value is not None]
    assert len(read) >= 10


@pytest.mark.parametrize("edition", [2021, 2019])
def test_a_column_label_and_a_value_of_table_two_lost_apart_move_none(edition: int) -> None:
    truth = numbered(edition)
    random = Random(7)

    def spoil(table: Matrix) -> Matrix:
        if table.key != "disclosure":
            return table
        labels = [b for b in table.boxes if b.header and b.text.startswith(("本年", "采购", "上"))]
        values = [b for b in table.boxes if not b.header]
        gone = (random.choice(labels), random.choice(values))
        return Matrix(table.key, tuple(b for b in table.boxes if b not in gone))

    for _ in range(40):
        assert wrong(body(document(truth, BLANKS["values"], spoil)), truth) == {}
