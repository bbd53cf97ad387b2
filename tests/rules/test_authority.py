"""L: 规章 that a unit may not make, suits where review comes first."""

import pytest

from rules.dataset import Settings, Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

ISSUED, IN_FORCE = "disclosure.regulations.issued", "disclosure.regulations.in_force"


@pytest.mark.parametrize("code", ["L401", "L402"])
def test_nothing_to_check_is_no_statement(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


@pytest.mark.parametrize("level", ["township", "department", "county"])
def test_who_may_make_no_regulations(level: str) -> None:
    (found,) = findings("L401", dataset(Made(level=level, cells={ISSUED: 2, IN_FORCE: 6})))
    assert found["cells"] == (ISSUED, IN_FORCE)
    assert (found["expected"], found["actual"]) == (0, 6)


def test_the_2019_form() -> None:
    (found,) = findings(
        "L401", dataset(Made(year=2020, cells={"disclosure.regulations.total_public": 1}))
    )
    assert found["cells"] == ("disclosure.regulations.total_public",)


@pytest.mark.parametrize("level", ["city", "province", "ministry"])
def test_who_may_make_regulations(level: str) -> None:
    assert verdicts("L401", dataset(Made(level=level, cells={IN_FORCE: 6}))) == (0, 0, {})


def test_a_prefecture_that_is_an_office_of_the_province_may_make_none() -> None:
    made = [
        Made(unit=u, level="city", cells={IN_FORCE: 6}) for u in ("云江地区", "云江盟", "云江市")
    ]
    assert [f["report"] for f in findings("L401", dataset(*made))] == [0, 1]


def test_units_that_the_configuration_names() -> None:
    settings = Settings(rule_makers=frozenset({"东平市"}))
    made = Made(unit="东平市人民政府", level="county", cells={IN_FORCE: 6})
    assert findings("L401", dataset(made, settings=settings)) == []
    assert len(findings("L401", dataset(made))) == 1


def test_what_can_not_be_told() -> None:
    data = dataset(Made(level=None), Made(cells={ISSUED: (Status.TEXT, "?")}), Made())
    assert verdicts("L401", data) == (
        1,
        0,
        {"the unit's level is unknown": 1, "cells missing or unread": 1},
    )


DENIED, SUITS = "applications.denied_process.total", "disputes.litigation_direct.total"


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({DENIED: 2, SUITS: 1}, 1),
        ({DENIED: 2, SUITS: 1, "applications.unable_not_held.total": 1}, 0),
        ({DENIED: 2, SUITS: 1, "applications.denied_admin_query.total": 1}, 0),
        ({DENIED: 2, SUITS: 1, "applications.refused_petition.total": 1}, 0),
        ({DENIED: 2}, 0),
        ({SUITS: 1}, 0),
    ],
)
def test_direct_suits_where_review_comes_first(cells: dict[str, int], count: int) -> None:
    assert len(findings("L402", dataset(Made(year=2024, cells=cells)))) == count


def test_review_comes_first_since_2024_only() -> None:
    assert verdicts("L402", dataset(Made(cells={DENIED: 2, SUITS: 1}))) == (0, 0, {})


def test_direct_suits_unread() -> None:
    data = dataset(Made(year=2024, cells={SUITS: Status.BLANK}))
    assert verdicts("L402", data) == (0, 0, {"cells missing or unread": 1})
