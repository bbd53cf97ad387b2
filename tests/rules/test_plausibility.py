"""P: figures that are possible and unlikely."""

from typing import Any

import pytest

from rules.dataset import Settings, Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

A = "applications"
AFTER, REVIEWS = "disputes.litigation_after_review.total", "disputes.review.total"


@pytest.mark.parametrize("code", ["P701", "P702", "P703", "P704"])
def test_a_sound_report_breaks_nothing(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})
    assert findings(code, dataset(Made(), Made(text=False), Made(year=2020))) == []


@pytest.mark.parametrize(
    ("new", "earlier", "out", "count"), [(20, 0, 11, 1), (20, 0, 10, 0), (6, 5, 8, 1), (4, 0, 4, 0)]
)
def test_most_of_the_intake_carried_out(new: int, earlier: int, out: int, count: int) -> None:
    cells = {f"{A}.new.total": new, f"{A}.carried_in.total": earlier, f"{A}.carried_out.total": out}
    assert len(findings("P701", dataset(Made(cells=cells)))) == count


def test_the_share_carried_out_is_configurable() -> None:
    cells = {f"{A}.new.total": 20, f"{A}.carried_out.total": 8}
    settings = Settings(thresholds={"carried_out_share": 0.3})
    assert len(findings("P701", dataset(Made(cells=cells), settings=settings))) == 1


def test_carried_out_unread() -> None:
    data = dataset(Made(cells={f"{A}.carried_out.total": Status.BLANK}))
    assert verdicts("P701", data) == (0, 0, {"cells missing or unread": 1})


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({"new": 2, "refused_excessive": 1, "total": 2}, 1),
        ({"new": 9, "refused_excessive": 1, "total": 9}, 0),
        ({"new": 3, "refused_repeat": 3, "total": 3}, 1),
        ({"new": 3, "refused_repeat": 2, "total": 3}, 0),
        ({"new": 2, "total": 2}, 0),
    ],
)
def test_refusals_that_do_not_fit(cells: dict[str, int], count: int) -> None:
    made = Made(cells={f"{A}.{row}.total": value for row, value in cells.items()})
    assert len(findings("P702", dataset(made))) == count


def test_refusals_unread() -> None:
    data = dataset(Made(cells={f"{A}.refused_repeat.total": (Status.TEXT, "?")}))
    assert verdicts("P702", data) == (1, 0, {"cells missing or unread": 1})


def suits(after: Any, reviews: Any, **more: Any) -> Made:
    return Made(cells={AFTER: after, REVIEWS: reviews}, **more)


def test_more_suits_than_reviews_of_two_years() -> None:
    last = suits(0, 2, year=2022, role="previous")
    (found,) = findings("P703", dataset(suits(4, 1), last))
    assert found["cells"] == (f"2022/{REVIEWS}", REVIEWS, AFTER)
    assert (found["details"]["reviews"], found["details"]["before"]) == (1, 2)
    assert findings("P703", dataset(suits(3, 1), last)) == []


def test_this_years_reviews_may_do_without_last_years() -> None:
    assert verdicts("P703", dataset(suits(1, 1))) == (1, 0, {})
    assert verdicts("P703", dataset(suits(2, 1))) == (0, 0, {"no report for 2022": 1})
    data = dataset(suits(1, Status.BLANK), suits(0, 0, year=2022))
    assert verdicts("P703", data)[2] == {"cells missing or unread": 1}


FEE = "disclosure.fees.amount"


@pytest.mark.parametrize(
    ("amount", "year", "count"), [(0, None, 1), (0.038, 2023, 0), (0, 2022, 0), (7.5, None, 0)]
)
def test_information_fees_are_contained_in_the_amount(
    amount: float, year: int | None, count: int
) -> None:
    made = Made(cells={FEE: amount}, claims=[("other", "fees.information", 380, year)])
    found = findings("P704", dataset(Made(), made))
    assert [f["report"] for f in found] == [1] * count
    if count:
        assert found[0]["expected"] == 0.038


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("本年度没有发出信息处理费收费通知。", 1),
        ("全年未发出收费通知，未收取费用。", 1),
        ("发出收费通知2件，未收取费用。", 0),
        ("未收取信息处理费。", 0),
    ],
)
def test_unpaid_fees_imply_a_notice(text: str, count: int) -> None:
    made = Made(cells={f"{A}.other_unpaid.total": 2}, sections={"other": text})
    assert len(findings("P704", dataset(made))) == count


def test_fees_can_not_be_compared_with_a_blank_amount() -> None:
    data = dataset(
        Made(cells={FEE: Status.BLANK}, claims=[("other", "fees.information", 380, None)])
    )
    assert verdicts("P704", data) == (1, 0, {"cells missing or unread": 1})
