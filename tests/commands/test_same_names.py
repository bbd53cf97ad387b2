"""Units of one name in several counties, as whoever audits a province has them: each told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import nianbao

COUNTIES = ("永安县", "栖云县", "清河区")
#: A cell that breaks an equation, in one county's report only.
BROKEN = "applications.new.natural_person"


@pytest.fixture(scope="module", params=["title", "folder"])
def province(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each county with its 城关镇 of two years; the county in the titles, or nowhere."""
    root = tmp_path_factory.mktemp("province")
    for number, county in enumerate(COUNTIES):
        for year in (2022, 2023):
            truth = base_report("城关镇", year, 2021, county=county)
            truth.cells["disclosure.licensing.decisions"] = 10 * number + year - 2000
            if (county, year) == ("栖云县", 2023):
                truth.cells[BROKEN] = 7
            text = encode(truth, ".txt").decode()
            text = text if request.param == "title" else text.replace(county, "")
            path = root / county / str(year) / f"年报{year}.txt"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
    return root


def told(path: Path, *options: object) -> dict[str, Any]:
    done = nianbao("check", path, "-f", "json", "--ignore", "N6", *options)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_findings_are_the_county_s_own(province: Path) -> None:
    found = told(province)
    assert found["summary"]["units"] == len(COUNTIES)
    assert {f["rule"] for f in found["findings"]} == {"A301", "A303"}
    assert {(f["unit"], f["county"]) for f in found["findings"]} == {("城关镇", "栖云县")}
    assert {"栖云县" in f["file"] for f in found["findings"]} == {True}


def test_people_read_the_county_before_the_name(province: Path) -> None:
    text = nianbao("check", province, "--ignore", "N6").stdout
    assert "栖云县城关镇 2023年" in text
    assert "永安县城关镇 2022、2023；清河区城关镇 2022、2023" in text
    letters = province.parent / f"letters-{province.name}"
    letters.mkdir()
    nianbao("check", province, "--ignore", "N6", "-o", f"docx:{letters}")
    assert {p.name for p in letters.iterdir()} == {"栖云县城关镇.docx", "汇总.docx"}


def test_a_county_s_findings_stay_the_same_when_another_s_are_mended(province: Path) -> None:
    before = {f["fingerprint"] for f in told(province)["findings"]}
    first = province / "永安县" / "2023" / "年报2023.txt"
    sound = first.read_text(encoding="utf-8")
    broken = (province / "栖云县" / "2023" / "年报2023.txt").read_text(encoding="utf-8")
    try:
        first.write_text(broken.replace("栖云县", "永安县"), encoding="utf-8")
        both = told(province)["findings"]
    finally:
        first.write_text(sound, encoding="utf-8")
    assert {f["fingerprint"] for f in both if f["county"] == "栖云县"} == before
    assert len({f["fingerprint"] for f in both}) == len(both) == 2 * len(before)


def test_the_cells_alone_tell_them_apart_too(province: Path, tmp_path: Path) -> None:
    cells = tmp_path / "cells.csv"
    nianbao("extract", province, "-o", cells)
    found = told(cells, "--ignore", "S")
    assert found["summary"]["units"] == len(COUNTIES)
    assert {(f["rule"], f["county"]) for f in found["findings"]} == {
        ("A301", "栖云县"),
        ("A303", "栖云县"),
    }


def test_each_counts_in_the_sum(province: Path) -> None:
    done = nianbao("aggregate", province, "--year", "2023")
    assert done.stdout.startswith("汇总2023年")
    assert f"{len(COUNTIES)} 个单位合计" in done.stdout
