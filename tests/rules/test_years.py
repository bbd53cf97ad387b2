"""Y: a report against those of the years before."""

from typing import Any

import pandas as pd
import pytest

from rules.dataset import Settings, Status
from rules.history import last_years
from tests.rules.dataset_factory import SOUND, Made, dataset, findings, verdicts

CODES = [f"Y50{n}" for n in range(1, 8)]
IN, OUT = "applications.carried_in", "applications.carried_out"
DOCUMENTS = "disclosure.normative_documents"


def last(cells: dict[str, Any] | None = None, **more: Any) -> Made:
    return Made(**{"year": 2022, "role": "previous", "cells": cells or {}, **more})


def only(code: str, *reports: Made, **more: Any) -> dict[str, Any]:
    (found,) = findings(code, dataset(*reports, **more))
    return found


@pytest.mark.parametrize("code", CODES)
def test_nothing_to_check_is_no_statement(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


@pytest.mark.parametrize("code", ["Y501", "Y502", "Y503", "Y505", "Y506", "Y507"])
def test_without_last_years_report_nothing_is_assessed(code: str) -> None:
    held, wrong, reasons = verdicts(
        code, dataset(Made(), Made(unit="白水乡", year=2022, role="previous"))
    )
    assert (held, wrong) == (0, 0)
    assert "no report for 2022" in reasons


@pytest.mark.parametrize(
    ("mine", "theirs", "matched"),
    [
        ({}, {}, True),
        ({"county": "云岭县"}, {"county": "云岭县"}, True),
        ({"county": "云岭县"}, {}, True),
        ({}, {"county": "云岭县"}, True),
        ({"county": "云岭县"}, {"county": "清河县"}, False),
        ({"unit": "青石镇人民政府"}, {"unit": "青石镇"}, True),
        (
            {"unit": "云岭县青石镇", "county": "云岭县"},
            {"unit": "青石镇", "county": "云岭县"},
            True,
        ),
        ({"unit": "青石镇"}, {"unit": "青石乡"}, False),
        ({"unit": None}, {"unit": None}, False),
    ],
)
def test_who_is_the_same_unit(mine: dict[str, Any], theirs: dict[str, Any], matched: bool) -> None:
    data = dataset(Made(**mine), last(**theirs))
    assert last_years(data).tolist() == [1 if matched else -1, -1]


def test_a_name_that_two_counties_share_decides_nothing() -> None:
    data = dataset(Made(), last(county="云岭县"), last(county="清河县"))
    assert last_years(data)[0] == -1


def test_aliases_of_the_roster_join_a_renamed_unit() -> None:
    roster = [{"unit": "青石街道", "level": "township", "aliases": "青石镇;石桥乡"}]
    data = dataset(Made(unit="青石街道"), last(unit="石桥乡"), roster=roster)
    assert last_years(data).tolist() == [1, -1]


def test_a_report_under_check_outranks_one_given_for_comparison() -> None:
    data = dataset(Made(), last(), Made(year=2022))
    assert last_years(data).tolist() == [2, -1, -1]


def test_carried_in_against_last_years_carried_out() -> None:
    found = only("Y501", Made(cells={f"{IN}.total": 1}), last({f"{OUT}.total": 3}))
    assert (found["report"], found["expected"], found["actual"]) == (0, 3, 1)
    assert found["cells"] == (f"{IN}.total", f"2022/{OUT}.total")
    assert found["details"]["last"] == 2022


def test_carried_in_across_the_change_of_forms() -> None:
    data = dataset(
        Made(year=2021, cells={f"{IN}.total": 2}),
        Made(year=2020, role="previous", cells={f"{OUT}.total": 2}),
    )
    assert verdicts("Y501", data)[:2] == (1, 0)


def test_a_blank_total_is_not_assessed() -> None:
    data = dataset(Made(cells={f"{IN}.total": Status.BLANK}), last({f"{OUT}.total": 2}))
    assert verdicts("Y501", data)[2] == {"the total is blank": 1, "no report for 2021": 1}


def test_applicants_are_only_told_where_the_totals_agree() -> None:
    mine = {f"{IN}.business": 2, f"{IN}.total": 2}
    theirs = {f"{OUT}.natural_person": 2, f"{OUT}.total": 2}
    found = findings("Y505", dataset(Made(cells=mine), last(theirs)))
    assert [f["statement"] for f in found] == [f"{IN}.natural_person", f"{IN}.business"]
    data = dataset(Made(cells=mine), last({**theirs, f"{OUT}.total": 3}))
    assert verdicts("Y505", data)[1] == 0
    assert verdicts("Y505", data)[2]["the totals differ already (Y501)"] == 6


@pytest.mark.parametrize(
    ("code", "in_force", "count"),
    [
        ("Y502", 8, 1),
        ("Y502", 7, 0),
        ("Y502", 6, 0),
        ("Y507", 8, 0),
        ("Y507", 7, 0),
        ("Y507", 6, 1),
    ],
)
def test_documents_in_force(code: str, in_force: int, count: int) -> None:
    cells = {
        f"{DOCUMENTS}.issued": 3,
        f"{DOCUMENTS}.repealed": 1,
        f"{DOCUMENTS}.in_force": in_force,
    }
    found = findings(code, dataset(Made(cells=cells), last({f"{DOCUMENTS}.in_force": 5})))
    assert len(found) == count
    if count:
        assert (found[0]["expected"], found[0]["actual"]) == (7, in_force)
        assert found[0]["cells"][0] == f"2022/{DOCUMENTS}.in_force"


@pytest.mark.parametrize("code", ["Y502", "Y507"])
def test_documents_in_force_can_not_be_compared_with_the_form_of_2019(code: str) -> None:
    data = dataset(Made(year=2021), Made(year=2020, role="previous"))
    assert verdicts(code, data) == (0, 0, {})


def test_a_text_that_tells_of_lapsed_documents_explains_a_shortfall() -> None:
    made = Made(sections={"overview": SOUND["overview"] + "3件文件有效期届满。"})
    assert findings("Y507", dataset(made, last({f"{DOCUMENTS}.in_force": 3}))) == []
    assert len(findings("Y507", dataset(Made(), last({f"{DOCUMENTS}.in_force": 3})))) == 1
    pages = Made(sections={"overview": SOUND["overview"] + "及时更正网站上失效、错漏的内容。"})
    assert len(findings("Y507", dataset(pages, last({f"{DOCUMENTS}.in_force": 3})))) == 1


def test_a_blank_number_of_issued_is_named() -> None:
    cells = {f"{DOCUMENTS}.issued": Status.BLANK, f"{DOCUMENTS}.in_force": 9}
    found = only("Y502", Made(cells=cells), last({f"{DOCUMENTS}.in_force": 5}))
    assert found["details"]["blank"] == (f"{DOCUMENTS}.issued",)


PROBLEMS = (
    "{me}公开栏更新不够勤，{year}年仅更换{n}次；老年人查阅不便，经办人员对答复文书的格式掌握不牢。"
    "下一步，由驻村干部按月检查公开栏，为老年人编印大字手册，请司法所讲解答复文书，全年组织{n}次集中学习，并把检查结果张榜公布。"
)


def worded(problems: str) -> dict[str, str]:
    return {"overview": "一年来公开工作平稳。", "problems": problems}


def test_a_section_that_is_last_years_but_for_figures() -> None:
    mine = worded(PROBLEMS.format(me="青石镇", year=2023, n=4))
    theirs = worded(PROBLEMS.format(me="青石镇", year=2022, n=11))
    found = only("Y503", Made(sections=mine), last(sections=theirs))
    assert (found["statement"], found["actual"]) == ("problems", "100%")


def test_a_section_written_anew() -> None:
    other = (
        "门户网站的栏目层级偏深，群众查找费时。" * 4
        + "计划压缩层级，增设检索入口，请群众代表试用后再上线。"
    )
    mine = worded(PROBLEMS.format(me="青石镇", year=2023, n=4))
    data = dataset(Made(sections=mine), last(sections=worded(other)))
    assert findings("Y503", data) == []
    assert verdicts("Y503", data)[0] == 1
    strict = Settings(thresholds={"similarity": 0.05})
    assert (
        len(
            findings(
                "Y503",
                dataset(Made(sections=mine), last(sections=worded(other)), settings=strict),
            )
        )
        == 1
    )


def test_tidy_data_holds_no_text_to_compare() -> None:
    assert verdicts("Y503", dataset(Made(text=False), last()))[2]["tidy data holds no text"] == 2


RICH = {
    "disclosure.licensing.decisions": 137,
    "disclosure.penalties.decisions": 46,
    "disclosure.fees.amount": 2.5,
}


def test_a_table_that_is_last_years() -> None:
    other = {"applications.new.total": 1}
    found = only("Y506", Made(cells=RICH), last({**RICH, **other}))
    assert (found["statement"], found["details"]["count"]) == ("disclosure", 3)


@pytest.mark.parametrize(
    "cells",
    [{}, {f"{DOCUMENTS}.in_force": 5}, {"applications.new.total": 0}],
)
def test_what_may_stay_the_same(cells: dict[str, int]) -> None:
    assert findings("Y506", dataset(Made(cells=cells), last(cells))) == []


def test_one_small_figure_may_recur_unless_all_tables_do() -> None:
    one = {"applications.new.total": 6, "applications.granted.total": 6}
    assert findings("Y506", dataset(Made(cells={**one, **RICH}), last(one))) == []
    assert len(findings("Y506", dataset(Made(cells=one), last(one)))) == 1


def history(*counts: float) -> list[Made]:
    cell = "disclosure.penalties.decisions"
    years = range(2024 - len(counts), 2024)
    return [
        Made(year=y, role="report" if y == 2023 else "previous", cells={cell: c})
        for y, c in zip(years, counts, strict=True)
    ]


def test_a_leap_against_the_own_history() -> None:
    found = only("Y504", *history(41, 38, 44, 4400))
    assert found["actual"] == 4400
    assert found["details"]["earlier"] == (41, 38, 44)


@pytest.mark.parametrize("counts", [(41, 38, 44, 60), (0, 0, 0, 9), (3, 900, 20, 4400)])
def test_no_leap(counts: tuple[float, ...]) -> None:
    assert findings("Y504", dataset(*history(*counts))) == []


def test_too_short_a_history() -> None:
    held, wrong, reasons = verdicts("Y504", dataset(*history(41, 38, 4400)))
    assert (held, wrong) == (0, 0)
    assert reasons == {"fewer than three earlier years' reports": 30}


def test_what_all_peers_do_is_no_leap() -> None:
    many = [
        Made(**{**vars(made), "unit": f"第{n}镇"})
        for n in range(9)
        for made in history(41, 38, 44, 4000 + 100 * n)
    ]
    assert findings("Y504", dataset(*many)) == []


def test_the_measures_keep_to_their_reports_in_a_larger_run() -> None:
    pairs = [
        (Made(unit=f"第{n}镇", cells={f"{IN}.total": n % 2}), last(unit=f"第{n}镇"))
        for n in range(6)
    ]
    found = findings("Y501", dataset(*[made for pair in pairs for made in pair]))
    assert pd.Series([f["report"] for f in found]).tolist() == [2, 6, 10]
