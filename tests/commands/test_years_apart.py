"""Earlier years from the same run, from `--previous`, or from tidy data; units renamed since."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.county import SOUND, nianbao, report

#: One request was still open at the year's end.
OPEN = {
    **SOUND,
    "applications.new.natural_person": 3,
    "applications.new.total": 3,
    "applications.carried_out.natural_person": 1,
    "applications.carried_out.total": 1,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    report(tmp_path / "2022", "青石乡", OPEN, year=2022)
    report(tmp_path / "2023", "青石镇", SOUND)
    roster = "单位,级别,上级,别名\n青石镇,乡镇,云岭县,青石乡\n"
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    return tmp_path


def told(folder: Path, *words: str | Path) -> dict[str, Any]:
    roster = ("--roster", folder / "roster.csv")
    done = nianbao("check", *words, *roster, "-f", "json", "--select", "Y501")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("earlier", ["run", "previous", "csv", "json", "parquet"])
def test_what_last_year_left_open_is_missed_wherever_last_year_comes_from(
    folder: Path, earlier: str
) -> None:
    words: tuple[str | Path, ...] = (folder / "2023", "--previous", folder / "2022")
    if earlier == "run":
        words = (folder / "2023", folder / "2022")
    elif earlier != "previous":
        tidy = folder / f"earlier.{earlier}"
        assert nianbao("extract", folder / "2022", "-f", earlier, "-o", tidy).exit_code == 0
        words = (folder / "2023", "--previous", tidy)
    (finding,) = told(folder, *words)["findings"]
    assert (finding["unit"], finding["expected"], finding["actual"]) == ("青石镇", 1, 0)
    assert "机构改革" in finding["message"] and "更正上年数据" in finding["message"]


def test_without_last_year_it_is_said_that_nothing_was_compared(folder: Path) -> None:
    result = told(folder, folder / "2023")
    assert result["findings"] == []
    assert result["not_assessed"]["Y501"] == {"没有2022年的年报": 1}
