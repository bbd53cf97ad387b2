"""A305: counts of documents and items against one another, in both editions."""

import pytest

from rules.dataset import Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

DOCUMENTS = "disclosure.normative_documents"


def test_fewer_in_force_than_issued() -> None:
    cells = {f"{DOCUMENTS}.issued": 5, f"{DOCUMENTS}.repealed": 1, f"{DOCUMENTS}.in_force": 3}
    (found,) = findings("A305", dataset(Made(), Made(cells=cells)))
    assert (found["report"], found["expected"], found["actual"]) == (1, 4, 3)
    assert found["cells"][-1] == f"{DOCUMENTS}.in_force"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({f"{DOCUMENTS}.published": 5, f"{DOCUMENTS}.total_public": 4}, 5),
        ({"disclosure.penalties.items_last_year": 21, "disclosure.penalties.change": -22}, 22),
    ],
)
def test_the_2019_form(cells: dict[str, int], expected: int) -> None:
    (found,) = findings("A305", dataset(Made(year=2020, cells=cells)))
    assert found["expected"] == expected


def test_documents_of_earlier_years_stay_in_force() -> None:
    cells = {f"{DOCUMENTS}.issued": 1, f"{DOCUMENTS}.repealed": 9, f"{DOCUMENTS}.in_force": 30}
    assert findings("A305", dataset(Made(cells=cells))) == []


def test_each_edition_has_its_own_statements() -> None:
    assert verdicts("A305", dataset(Made(), Made(year=2020))) == (2 + 7, 0, {})
    assert verdicts("A305", dataset()) == (0, 0, {})


def test_blanks_are_read_as_0_and_named_but_not_the_bound() -> None:
    cells = {f"{DOCUMENTS}.issued": 5, f"{DOCUMENTS}.repealed": Status.BLANK}
    (found,) = findings("A305", dataset(Made(cells=cells)))
    assert found["details"]["blank"] == (f"{DOCUMENTS}.repealed",)
    data = dataset(Made(cells={f"{DOCUMENTS}.in_force": Status.BLANK}))
    assert verdicts("A305", data) == (1, 0, {"the total is blank": 1})


def test_unread_cells_are_not_assessed() -> None:
    data = dataset(Made(cells={f"{DOCUMENTS}.issued": (Status.UNSURE, "?")}))
    assert verdicts("A305", data) == (1, 0, {"cells missing or unread": 1})
