"""A302 over both shapes of （六）: one row, or three."""

from tests.rules.dataset_factory import Made, dataset, findings


def test_a_statement_names_the_cells_that_its_report_has() -> None:
    wrong = {"applications.granted.business": 2}
    now, then = findings("A302", dataset(Made(cells=wrong), Made(year=2020, cells=wrong)))
    assert now["cells"][-1] == then["cells"][-1] == "applications.total.business"
    other = [{c.split(".")[1] for c in found["cells"] if "other_" in c} for found in (now, then)]
    assert other == [{"other_no_correction", "other_unpaid", "other_misc"}, {"other_all"}]
