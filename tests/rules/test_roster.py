"""R: who has reported, once, and in time."""

from typing import Any

import pytest

from rules.dataset import Settings
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

ROSTER = [
    {"unit": "青石镇", "level": "township", "aliases": "青石乡", "parent": "云岭县"},
    {"unit": "白水乡", "level": "township", "parent": "云岭县"},
    {"unit": "云岭县民政局", "level": "department", "parent": "云岭县", "deadline": "1月20日"},
]
ALL = ("青石镇", "白水乡", "云岭县民政局")


def reports(*units: str, **more: Any) -> list[Made]:
    return [Made(unit=u, **more) for u in units]


@pytest.mark.parametrize("code", ["R801", "R802", "R803", "R804"])
def test_nothing_to_check_is_no_statement(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


@pytest.mark.parametrize("code", ["R801", "R802", "R803", "R804"])
def test_all_is_well(code: str) -> None:
    data = dataset(*reports(*ALL, published="2024-01-18"), roster=ROSTER)
    assert verdicts(code, data) == (3, 0, {})


@pytest.mark.parametrize(("code", "count"), [("R801", 1), ("R803", 3)])
def test_without_a_roster_nothing_is_assessed(code: str, count: int) -> None:
    assert verdicts(code, dataset(*reports(*ALL))) == (0, 0, {"no roster was given": count})


def test_who_has_not_reported() -> None:
    files = [("x.pdf", "F001", "corrupt")]
    data = dataset(*reports("青石镇人民政府", "白水乡"), roster=ROSTER, files=files)
    (found,) = findings("R801", data)
    assert (found["report"], found["unit"], found["year"]) == (-1, "云岭县民政局", 2023)
    assert "1 个文件未能读取" in found["details"]["note"].zh


@pytest.mark.parametrize("unit", ["青石乡", "云岭县青石镇", "云岭县青石镇人民政府", "青石镇"])
def test_a_unit_by_any_of_its_names(unit: str) -> None:
    data = dataset(*reports(unit, "白水乡", "民政局"), roster=ROSTER)
    assert findings("R801", data) == []
    assert findings("R803", data) == []


def test_two_units_of_one_name_are_told_apart_by_their_county() -> None:
    roster = [{"unit": "城关镇", "level": "township", "parent": p} for p in ("云岭县", "清河县")]
    data = dataset(Made(unit="城关镇", county="清河县"), roster=roster)
    assert verdicts("R801", data) == (1, 1, {})
    both = dataset(*(Made(unit="城关镇", county=p["parent"]) for p in roster), roster=roster)
    assert [findings(code, both) for code in ("R801", "R802", "R803")] == [[], [], []]


def test_reports_for_comparison_make_no_year_due() -> None:
    data = dataset(*reports(*ALL), Made(year=2022, role="previous"), roster=ROSTER)
    assert verdicts("R801", data) == (3, 0, {})


def test_a_year_that_half_the_roster_reported_for_is_due_too() -> None:
    one = dataset(*reports(*ALL), *reports("青石镇", year=2022), roster=ROSTER)
    assert findings("R801", one) == []
    two = dataset(*reports(*ALL), *reports("青石镇", "白水乡", year=2022), roster=ROSTER)
    assert [(f["unit"], f["year"]) for f in findings("R801", two)] == [("云岭县民政局", 2022)]


def test_the_countys_own_report_counts_as_its() -> None:
    roster = [*ROSTER, {"unit": "云岭县", "level": "county"}]
    data = dataset(*reports(*ALL), Made(unit="云岭县人民政府", role="parent"), roster=roster)
    assert findings("R801", data) == []


def test_a_selection_of_files_makes_nobody_missing() -> None:
    picked = Settings(selected=True)
    one = dataset(*reports("青石镇"), roster=ROSTER, settings=picked)
    (reason,) = verdicts("R801", one)[2]
    assert reason.startswith("single files were checked")
    most = dataset(*reports("青石镇", "白水乡"), roster=ROSTER, settings=picked)
    assert [f["unit"] for f in findings("R801", most)] == ["云岭县民政局"]


@pytest.mark.parametrize(
    ("file", "missing"),
    [
        ("2023/县民政局（扫描件）.pdf", 0),
        ("2023/云岭县民政局（扫描件）.pdf", 0),
        ("民政局2023年报.pdf", 0),
        ("2023/云岭县民政局2022年报.pdf", 1),
    ],
)
def test_whose_file_was_met_but_not_read_is_not_missing(file: str, missing: int) -> None:
    files = [(file, "F003", "scan")]
    data = dataset(*reports("青石镇", "白水乡"), roster=ROSTER, files=files)
    held, broken, unknown = verdicts("R801", data)
    assert (held, broken, sum(unknown.values())) == (2, missing, 1 - missing)


def test_no_report_tells_the_year() -> None:
    data = dataset(roster=ROSTER, files=[("x.pdf", "F001", "corrupt")])
    assert verdicts("R801", data) == (0, 0, {"no report whose year is known": 1})


def test_two_reports_for_one_year() -> None:
    data = dataset(
        Made(file="a.docx"), Made(unit="白水乡"), Made(unit="青石镇人民政府", file="b.docx")
    )
    (found,) = findings("R802", data)
    assert (found["report"], found["actual"]) == (2, 2)
    assert found["details"]["files"] == ("a.docx", "b.docx")


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (Made(county="清河县"), 0),
        (Made(county=None), 1),
        (Made(county="云岭县", year=2022), 0),
        (Made(county="云岭县", role="previous"), 0),
        (Made(county="云岭县", unit=None), 0),
    ],
)
def test_what_is_a_second_report(other: Made, count: int) -> None:
    assert len(findings("R802", dataset(Made(county="云岭县"), other))) == count


def test_of_same_named_units_the_one_without_a_county_is_no_other_s() -> None:
    counties = ("云岭县", "清河县", None)
    data = dataset(*(Made(unit="城关镇", county=c) for c in counties))
    assert findings("R802", data) == []


def test_who_has_not_reported_of_same_named_units() -> None:
    roster = [{"unit": "城关镇", "parent": p} for p in ("云岭县", "清河县")]
    data = dataset(Made(unit="城关镇", county="清河县"), roster=roster)
    (found,) = findings("R801", data)
    assert found["unit"] == "云岭县城关镇"


def test_a_unit_that_is_not_on_the_roster() -> None:
    (found,) = findings("R803", dataset(*reports("青石镇", "清石镇"), roster=ROSTER))
    assert (found["report"], found["actual"]) == (1, "清石镇")
    assert "青石镇" in found["details"]["near"].zh


@pytest.mark.parametrize(
    ("level", "published", "count"),
    [
        ("township", "2024-01-31", 0),
        ("township", "2024-02-01", 1),
        ("department", "2024-02-01", 1),
        ("county", "2024-03-31", 0),
        ("county", "2024-04-01", 1),
        ("city", "2024-02-01", 0),
    ],
)
def test_deadlines_of_the_law(level: str, published: str, count: int) -> None:
    made = Made(unit="甲", level=level, published=published)
    assert len(findings("R804", dataset(made))) == count


def test_configured_and_own_deadlines_come_first() -> None:
    settings = Settings(deadlines={"township": "02-20", "department": "02-20"})
    made = [
        Made(published="2024-02-19"),
        Made(unit="云岭县民政局", level="department", published="2024-01-21"),
    ]
    (found,) = findings("R804", dataset(*made, roster=ROSTER, settings=settings))
    assert (found["report"], found["expected"], found["actual"]) == (1, "2024-01-20", "2024-01-21")


@pytest.mark.parametrize("written", ["01-20", "2024-01-20", "2024/1/20", "1月20日", "1-20"])
def test_deadlines_as_people_write_them(written: str) -> None:
    roster = [{"unit": "青石镇", "level": "township", "deadline": written}]
    (found,) = findings("R804", dataset(Made(published="2024-01-21"), roster=roster))
    assert found["expected"] == "2024-01-20"


def test_dates_and_levels_that_are_unknown() -> None:
    data = dataset(Made(), Made(unit="甲", level=None, published="2024-05-01"))
    assert verdicts("R804", data)[:2] == (0, 0)
    assert len(verdicts("R804", data)[2]) == 2
