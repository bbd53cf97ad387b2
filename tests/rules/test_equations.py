"""A302 over both shapes of （六）: one row, or three."""

import numpy as np

from rules.dataset import COLUMN_OF, Status
from tests.rules.dataset_factory import Made, dataset, findings


def test_a_statement_names_the_cells_that_its_report_has() -> None:
    wrong = {"applications.granted.business": 2}
    now, then = findings("A302", dataset(Made(cells=wrong), Made(year=2020, cells=wrong)))
    assert now["cells"][-1] == then["cells"][-1] == "applications.total.business"
    other = [{c.split(".")[1] for c in found["cells"] if "other_" in c} for found in (now, then)]
    assert other == [{"other_no_correction", "other_unpaid", "other_misc"}, {"other_all"}]


def test_a_cell_that_was_not_read_is_none_to_the_rules_after_the_equations() -> None:
    """Of a single report, too: what the sums take for nothing stays unknown to the text's rules."""
    cells = {"disclosure.normative_documents.in_force": Status.UNSURE}
    stated = (("overview", "disclosure.normative_documents.in_force", 9.0, 2023),)
    data = dataset(Made(cells=cells, claims=stated))
    assert findings("A302", data) == []
    assert findings("N608", data) == []
    assert np.isnan(data.values[0, COLUMN_OF["disclosure.normative_documents.in_force"]])
