"""V: blanks, placeholders, texts, signs, decimals, units."""

from typing import Any

import pytest

from rules.dataset import Settings, Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

CODES = [f"V20{n}" for n in range(1, 8)]
PERMITS = "disclosure.licensing.decisions"
FEE = "disclosure.fees.amount"


def only(code: str, *reports: Made, **more: Any) -> dict[str, Any]:
    (found,) = findings(code, dataset(*reports, **more))
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_sound_report_breaks_nothing(code: str) -> None:
    data = dataset(Made(), Made(year=2020), Made(text=False))
    assert findings(code, data) == []
    assert verdicts(code, data)[0] > 0


@pytest.mark.parametrize("code", CODES)
def test_nothing_to_check_is_no_statement(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


@pytest.mark.parametrize("code", ["V201", "V202", "V203", "V204", "V205", "V207"])
def test_a_table_that_is_absent_is_not_assessed(code: str) -> None:
    data = dataset(Made(cells={"disputes.*": Status.ABSENT}))
    assert verdicts(code, data) == (2, 0, {"no table was read": 1})


def test_blanks_are_one_finding_a_table() -> None:
    cells = {"applications.new.*": Status.BLANK, PERMITS: Status.BLANK}
    first, second = findings("V201", dataset(Made(), Made(cells=cells)))
    assert (first["statement"], first["cells"]) == ("disclosure", (PERMITS,))
    assert (second["statement"], second["details"]["count"]) == ("applications", 7)


def test_a_table_blank_throughout_is_not_told_again() -> None:
    data = dataset(Made(cells={"disputes.*": Status.BLANK}))
    assert verdicts("V201", data)[1:] == (0, {"the table is blank throughout (S104)": 1})


def test_a_single_cell_that_is_lacking_counts_as_blank() -> None:
    found = only("V201", Made(cells={"applications.granted.research": Status.ABSENT}))
    assert found["cells"] == ("applications.granted.research",)


@pytest.mark.parametrize("pattern", ["applications.granted.*", "applications.*.research"])
def test_a_row_or_column_that_is_lacking_is_not_blank(pattern: str) -> None:
    assert findings("V201", dataset(Made(cells={pattern: Status.ABSENT}))) == []


def test_placeholders_are_one_finding_a_table() -> None:
    cells = {
        PERMITS: (Status.PLACEHOLDER, "/"),
        "disclosure.coercion.decisions": (Status.PLACEHOLDER, "无"),
    }
    found = only("V202", Made(cells=cells))
    assert (found["statement"], found["details"]["raw"]) == ("disclosure", ("/", "无"))


def test_text_in_a_number_cell() -> None:
    found = only("V203", Made(cells={PERMITS: (Status.TEXT, "若干")}))
    assert (found["statement"], found["actual"]) == (PERMITS, "若干")


def test_negative_counts() -> None:
    found = only(
        "V204",
        Made(cells={PERMITS: -3}),
        Made(year=2020, cells={"disclosure.licensing.change": -3}),
    )
    assert (found["report"], found["cells"], found["actual"]) == (0, (PERMITS,), -3)


def test_decimals_in_a_count() -> None:
    found = only("V205", Made(cells={PERMITS: 1.5, FEE: 0.038}))
    assert (found["cells"], found["actual"]) == ((PERMITS,), 1.5)


def test_decimals_in_a_count_of_a_report_without_cells_at_hand() -> None:
    data = dataset(Made(cells={PERMITS: 1.5}))
    object.__setattr__(data, "cells", data.cells.iloc[:0])
    (found,) = findings("V205", data)
    assert found["actual"] == 1.5


def test_the_fee_header_in_yuan() -> None:
    made = Made(
        cells={FEE: 12}, seen=[("fee_unit", "disclosure", "元", "本年收费金额（单位：元）")]
    )
    assert [w.zh for w in only("V206", made)["details"]["why"]] == ["表头的单位写成了“元”"]
    assert findings("V206", dataset(Made(seen=[("fee_unit", "disclosure", "万元", "")]))) == []


@pytest.mark.parametrize(("level", "count"), [("township", 1), ("county", 0), (None, 0)])
def test_an_amount_implausible_for_the_level(level: str | None, count: int) -> None:
    assert len(findings("V206", dataset(Made(level=level, cells={FEE: 113960})))) == count


def test_the_threshold_for_the_fee_is_configurable() -> None:
    settings = Settings(thresholds={"fee_township": 10})
    found = only("V206", Made(cells={FEE: 11}), settings=settings)
    assert (found["actual"], found["expected"]) == (11, 0.0011)


def test_ten_thousand_times_last_years_fee() -> None:
    last = Made(year=2022, role="previous", level="county", cells={FEE: 77.3})
    this = Made(level="county", cells={FEE: 770000})
    found = only("V206", this, last)
    assert [w.zh for w in found["details"]["why"]] == ["金额约为上年的一万倍"]


@pytest.mark.parametrize(("raw", "count"), [("251000元", 1), ("25.1万元", 0)])
def test_a_unit_written_into_the_fee(raw: str, count: int) -> None:
    number = float(raw.rstrip("万元"))
    made = Made(level="county", cells={FEE: (Status.NUMBER, raw, number)}, not_plain=(FEE,))
    assert len(findings("V206", dataset(made))) == count


def test_a_fee_that_was_not_read_is_not_assessed() -> None:
    data = dataset(Made(cells={FEE: Status.BLANK}))
    assert verdicts("V206", data) == (0, 0, {"cells missing or unread": 1})


def test_numbers_not_written_plainly() -> None:
    made = Made(cells={PERMITS: (Status.NUMBER, "１,２００", 1200)}, not_plain=(PERMITS,))
    found = only("V207", Made(), made)
    assert (found["report"], found["cells"], found["details"]["raw"]) == (
        1,
        (PERMITS,),
        ("１,２００",),
    )
