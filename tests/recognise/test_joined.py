"""A row left blank in a table without rulings: its label and the next row's stand as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.status import Status
from tests.builder import base_report, write
from tests.loaders.pdf_reports import reports

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
ROWS = tuple(
    address.split(".")[1]
    for address in base_report().form.addresses
    if address.startswith("applications.") and address.endswith(".total")
)


@pytest.mark.parametrize(
    "blank", ["denied_law", "refused_publication", "other_no_correction", "other_misc"]
)
def test_no_figure_is_read_for_a_row_that_has_none(blank: str, tmp_path: Path):
    written = {
        f"applications.{row}.{column}": "" if row == blank else 3 + 7 * i + j
        for i, row in enumerate(ROWS)
        for j, column in enumerate((*COLUMNS, "total"))
    }
    path = write(base_report(cells=written), tmp_path / "a.pdf", "borderless")
    (report,) = reports(path)
    read = {c.address: c for c in report.body.cells if c.address in written}
    wrong = {a: c.value for a, c in read.items() if c.value not in (None, written[a])}
    assert wrong == {}
    assert all(read[f"applications.{blank}.{c}"].status is not Status.NUMBER for c in COLUMNS)
