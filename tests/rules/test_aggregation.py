"""G: the county's own report against the sum over its units."""

from typing import Any

import pytest

from rules.dataset import Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

ROSTER = [
    {"unit": "青石镇", "level": "township", "parent": "云岭县"},
    {"unit": "白水乡", "level": "township", "parent": "云岭县"},
    {"unit": "临河镇", "level": "township", "parent": "清河县"},
]
PERMITS, FEE = "disclosure.licensing.decisions", "disclosure.fees.amount"
IN_FORCE = "disclosure.normative_documents.in_force"


def county(cells: dict[str, Any], **more: Any) -> Made:
    return Made(**{"unit": "云岭县", "level": "county", "role": "parent", "cells": cells, **more})


def run(parent: Made, first: dict[str, Any], second: dict[str, Any], **more: Any) -> Any:
    units = [Made(cells=first), Made(unit="白水乡", cells=second)]
    return dataset(parent, *units, **{"roster": ROSTER, **more})


def test_without_a_parent_there_are_no_statements() -> None:
    assert verdicts("G901", dataset()) == (0, 0, {})
    assert verdicts("G901", dataset(Made(), roster=ROSTER)) == (0, 0, {})


def test_every_cell_is_the_sum() -> None:
    assert verdicts("G901", run(county({PERMITS: 13}), {PERMITS: 5}, {PERMITS: 8})) == (200, 0, {})


def test_a_cell_that_is_not_the_sum_tells_who_contributes() -> None:
    (found,) = findings("G901", run(county({PERMITS: 12}), {PERMITS: 5}, {PERMITS: 8}))
    assert (found["report"], found["statement"]) == (0, PERMITS)
    assert (found["expected"], found["actual"]) == (13, 12)
    assert found["details"]["contributions"] == [("青石镇", 5.0), ("白水乡", 8.0)]
    assert found["details"]["about_parent"] is True
    assert found["cells"] == (f"青石镇/{PERMITS}", f"白水乡/{PERMITS}", PERMITS)


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (12, "（白水乡 8、青石镇 5）"),
        (5, "（白水乡 8、青石镇 5），相差的正是白水乡的数"),
        (18, "（白水乡 8、青石镇 5），多出的正是青石镇的数"),
    ],
)
def test_the_message_names_the_shares_and_whose_may_be_out(stated: int, says: str) -> None:
    (found,) = findings("G901", run(county({PERMITS: stated}), {PERMITS: 5}, {PERMITS: 8}))
    assert found["details"]["share"].zh + found["details"]["guess"].zh == says


def test_of_many_shares_the_largest_are_named() -> None:
    units = [{PERMITS: n} for n in range(1, 15)]
    reports = [
        Made(unit=f"{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[i]}镇", cells=c) for i, c in enumerate(units)
    ]
    (found,) = findings("G901", dataset(county({PERMITS: 1}), *reports))
    assert found["details"]["share"].zh.endswith("丙镇 3、其余 2 个单位 3）")
    assert found["details"]["share"].en.endswith(", 2 others 3)")


def test_a_unit_that_has_not_reported_leaves_all_unassessed() -> None:
    data = dataset(county({PERMITS: 12}), Made(cells={PERMITS: 5}), roster=ROSTER)
    assert verdicts("G901", data) == (0, 0, {"1 units on the roster have no report": 200})


def test_without_a_roster_the_reports_given_are_the_units() -> None:
    data = run(county({PERMITS: 12}), {PERMITS: 5}, {PERMITS: 8}, roster=None)
    assert [f["expected"] for f in findings("G901", data)] == [13]


@pytest.mark.parametrize(
    "other",
    [
        Made(unit="临河镇", cells={PERMITS: 99}),
        Made(unit="临江市", level="city", cells={PERMITS: 99}),
        Made(year=2022, cells={PERMITS: 99}),
        Made(role="previous", unit="临河镇", cells={PERMITS: 99}),
    ],
)
def test_whose_figures_do_not_count(other: Made) -> None:
    parent = county({PERMITS: 13})
    units = [Made(cells={PERMITS: 5}), Made(unit="白水乡", cells={PERMITS: 8})]
    assert findings("G901", dataset(parent, *units, other, roster=ROSTER)) == []


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [("云岭县", "清河县", 0), ("云岭县", None, 1), (None, "清河县", 1), ("清河县", "清河县", 1)],
)
def test_without_a_roster_units_known_to_lie_in_another_county_do_not_count(
    first: str | None, second: str | None, count: int
) -> None:
    units = [
        Made(county=first, cells={PERMITS: 5}),
        Made(unit="临河镇", county=second, cells={PERMITS: 8}),
    ]
    assert len(findings("G901", dataset(county({PERMITS: 5}), *units))) == count


def test_nobody_below_has_reported() -> None:
    data = dataset(county({PERMITS: 13}), Made(year=2022))
    assert verdicts("G901", data)[2] == {"no report of a unit below for that year": 200}


def test_a_unit_that_reported_twice() -> None:
    units = [Made(), Made(), Made(unit="白水乡")]
    data = dataset(county({}), *units, roster=ROSTER)
    assert verdicts("G901", data)[2] == {"a unit has several reports": 200}


def test_cells_that_a_unit_lacks_are_not_assessed() -> None:
    data = run(county({PERMITS: 12}), {PERMITS: (Status.TEXT, "?")}, {PERMITS: 8})
    assert verdicts("G901", data) == (199, 0, {"cells missing or unread": 1})


def test_a_blank_is_read_as_0_and_named() -> None:
    (found,) = findings("G901", run(county({PERMITS: 12}), {PERMITS: Status.BLANK}, {PERMITS: 8}))
    assert found["details"]["blank"] == (f"青石镇/{PERMITS}",)
    data = run(county({PERMITS: Status.BLANK}), {}, {})
    assert verdicts("G901", data)[2] == {"the total is blank": 1}


@pytest.mark.parametrize(("total", "count"), [(3.33, 0), (3.3, 1)])
def test_amounts_may_be_rounded(total: float, count: int) -> None:
    data = run(county({FEE: total}), {FEE: 1.1111}, {FEE: 2.2222})
    assert len(findings("G901", data)) == count


@pytest.mark.parametrize(("total", "count"), [(9, 0), (7, 0), (5, 0), (4, 1), (10, 1)])
def test_joint_documents_may_be_counted_by_each_issuer(total: int, count: int) -> None:
    data = run(county({IN_FORCE: total}), {IN_FORCE: 5}, {IN_FORCE: 4})
    assert len(findings("G901", data)) == count


def test_the_note_on_suits() -> None:
    suits = "disputes.litigation_after_review.upheld"
    (found,) = findings("G901", run(county({suits: 3}), {suits: 1}, {suits: 1}))
    assert "共同被告" in found["details"]["note"].zh
