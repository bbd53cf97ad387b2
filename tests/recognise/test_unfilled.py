"""Table four whose row of values holds no figure: it is there, whatever stands in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audit.reading.one_file import Task, Ways, read
from audit.report import Body
from rules.status import Status
from tests.builder import ReportTruth, base_report, encode
from tests.builder.matrix import Box, Matrix

DISPUTES = [a for a in base_report().cells if a.startswith("disputes.")]


def _body(folder: Path, truth: ReportTruth, suffix: str) -> Body:
    path = folder / f"a{suffix}"
    path.write_bytes(encode(truth, suffix))
    (reading,) = read(Task(path, path.name), Ways())
    (report,) = reading.reports
    return report.body


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx", ".pdf"])
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", Status.BLANK),
        ("本机关未发生", Status.TEXT),
        ("XX", Status.TEXT),
        ("无", Status.PLACEHOLDER),
    ],
)
def test_a_row_without_figures_is_there(
    tmp_path: Path, suffix: str, text: str, status: Status
) -> None:
    found = _body(tmp_path, base_report(cells=dict.fromkeys(DISPUTES, text)), suffix)
    told = {c.address: c.status for c in found.cells}
    assert {told[a] for a in DISPUTES} == {status}
    assert all(told[a] is Status.NUMBER for a in told if a not in DISPUTES)
    assert {o.kind for o in found.observations} & {"table_absent", "table_unread"} == set()


def test_one_cell_for_all_values_is_unread(tmp_path: Path) -> None:
    def merged(table: Matrix) -> Matrix:
        if table.key != "disputes":
            return table
        heads = tuple(b for b in table.boxes if b.header)
        note = Box("没有发生行政复议、行政诉讼", table.height - 1, 0, 1, table.width, False)
        return Matrix(table.key, (*heads, note))

    found = _body(tmp_path, replace(base_report(), spoil=merged), ".html")
    told = {c.address: c.status for c in found.cells}
    assert {told[a] for a in DISPUTES} == {Status.UNSURE}


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_a_table_that_is_not_there_stays_absent(tmp_path: Path, suffix: str) -> None:
    found = _body(tmp_path, replace(base_report(), drop=("disputes",)), suffix)
    assert [o.kind for o in found.observations if o.table == "disputes"] == ["table_absent"]
