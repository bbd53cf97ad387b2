"""A changed figure of tables three and four never passes; of table two, what the form ties together."""

from __future__ import annotations

import pytest

from tests.fuzz.notice import noticed, slip


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], tuple[str, ...]]:
    return noticed("双枫镇", 2022)


def test_every_cell_of_applications_and_disputes_is_noticed(
    found: dict[tuple[str, str], tuple[str, ...]],
) -> None:
    kept = [change for change, rules in found.items() if not rules]
    assert {address.split(".")[0] for address, _ in kept} <= {"disclosure"}
    assert sum(a.startswith("applications.") for a, _ in found) == 2 * 175


def test_carried_in_is_held_against_last_year_too(
    found: dict[tuple[str, str], tuple[str, ...]],
) -> None:
    assert "Y501" in found["applications.carried_in.total", "one more"]


def test_a_township_with_regulations_is_noticed(
    found: dict[tuple[str, str], tuple[str, ...]],
) -> None:
    assert "L401" in found["disclosure.regulations.issued", "one more"]


def test_slips_change_the_figure() -> None:
    assert [slip(n) for n in (0, 7, 12, 100, 110, 1082)] == [10, 70, 21, 1000, 1100, 1802]
