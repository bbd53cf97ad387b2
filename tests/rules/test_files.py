"""F: files that could not be read, and cells that were not read with certainty."""

import pytest

from rules.dataset import Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

FILES = [
    ("a.docx", "audited", ""),
    ("b.docx", "F001", "corrupt"),
    ("c.docx", "F002", "no_year"),
    ("d.pdf", "F003", "no_text"),
    ("e.png", "skipped", "not_format"),
]


@pytest.mark.parametrize(
    ("code", "file", "reason", "held"),
    [
        ("F001", "b.docx", "corrupt", 3),
        ("F002", "c.docx", "no_year", 1),
        ("F003", "d.pdf", "no_text", 2),
    ],
)
def test_each_file_fails_under_one_code(code: str, file: str, reason: str, held: int) -> None:
    data = dataset(files=FILES)
    (found,) = findings(code, data)
    assert (found["report"], found["file"], found["location"]) == (-1, file, None)
    assert found["details"]["reason"] == reason
    assert verdicts(code, data)[:2] == (held, 1)


def test_a_file_that_was_not_read_is_not_said_to_be_a_report() -> None:
    assert verdicts("F002", dataset(files=FILES))[2] == {"the file was not read": 2}


@pytest.mark.parametrize("code", ["F001", "F002", "F003", "F004"])
def test_no_files_no_statements(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


def test_a_table_that_is_a_picture_is_told_of_its_report() -> None:
    data = dataset(Made(), Made(unit="白水乡", seen=[("table_picture", "disputes", "", "")]))
    (found,) = findings("F003", data)
    assert (found["report"], found["statement"], found["location"]) == (1, "disputes", "page 1")


def test_pages_without_text_are_one_finding() -> None:
    seen = [("page_unread", None, "", "第3页为扫描件"), ("page_unread", None, "", "第4页为扫描件")]
    (found,) = findings("F003", dataset(Made(seen=seen)))
    assert found["details"]["detail"] == ("第3页为扫描件", "第4页为扫描件")


def test_unsure_cells_are_told_one_by_one_with_what_was_read() -> None:
    cell = "disclosure.licensing.decisions"
    data = dataset(Made(), Made(cells={cell: (Status.UNSURE, "l2")}))
    (found,) = findings("F004", data)
    assert (found["report"], found["statement"], found["cells"]) == (1, cell, (cell,))
    assert (found["actual"], found["details"]["doubt"]) == ("l2", "字迹不清")


def test_cells_of_a_row_that_one_thing_kept_from_being_read_are_one_finding() -> None:
    cells = {
        "disclosure.regulations.*": (Status.UNSURE, "0 0"),
        "disputes.review.total": (Status.UNSURE, "l"),
    }
    row, cell = findings("F004", dataset(Made(cells=cells)))
    assert (len(row["cells"]), row["details"]["count"], row["actual"]) == (3, 3, "0 0")
    assert cell["cells"] == ("disputes.review.total",)


def test_many_unsure_cells_of_a_table_are_one_finding() -> None:
    data = dataset(
        Made(
            cells={
                "applications.granted.*": (Status.UNSURE, "?"),
                "applications.new.*": (Status.UNSURE, "?"),
            }
        )
    )
    (found,) = findings("F004", data)
    assert found["statement"] == "applications"
    assert len(found["cells"]) == 14
