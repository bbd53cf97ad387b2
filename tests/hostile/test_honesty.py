"""A run that does not add up, or of which a part failed, says so and ends with status 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from audit import outcome
from audit.findings import Finding
from audit.reporters import reporters
from tests.commands.county import BROKEN, SOUND, nianbao, report
from tests.fuzz.cases import township

Findings = list[Finding]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    report(inside, "青石镇", BROKEN)
    report(inside, "白水乡", SOUND)
    (inside / "坏.docx").write_bytes(b"PK\x03\x04")
    return inside


def without_the_unreadable(findings: Findings) -> Findings:
    return [f for f in findings if f.rule != "F001"]


def with_one_of_no_report(findings: Findings) -> Findings:
    return [*findings, replace(findings[0], report=7, statement="x")]


def without_the_broken(findings: Findings) -> Findings:
    return [f for f in findings if f.rule != "A303"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_the_unreadable, "坏.docx: F001 without a finding"),
        (with_one_of_no_report, "about report 7 of 2"),
        (without_the_broken, "A303: broken statements and findings do not go together"),
    ],
)
def test_findings_that_do_not_add_up(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Findings], Findings],
    told: str,
) -> None:
    sound = outcome.ordered
    monkeypatch.setattr(outcome, "ordered", lambda findings: sound(spoil(findings)))
    done = nianbao("check", folder, "-f", "csv", "-o", f"json:{folder.parent / 'out.json'}")
    crashes = json.loads((folder.parent / "out.json").read_text(encoding="utf-8"))["crashes"]
    assert done.exit_code == 2
    assert any(c["what"] == "accounting" and told in c["message"] for c in crashes)


def test_a_file_of_which_nothing_came(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.reading import pool

    whole = pool.read_all

    def forgetful(*given: Any, **more: Any) -> Any:
        for number, found in enumerate(whole(*given, **more)):
            yield [] if number == 1 else found

    monkeypatch.setattr(pool, "read_all", forgetful)
    done = nianbao("check", folder, "-f", "json")
    (crash,) = json.loads(done.stdout)["crashes"]
    assert done.exit_code == 2 and crash["what"] == "accounting"
    assert "nothing is known of it" in crash["message"]


def test_a_sound_run_adds_up(folder: Path) -> None:
    done = nianbao("check", folder, "-f", "json")
    payload = json.loads(done.stdout)
    assert done.exit_code == 1 and payload["crashes"] == []
    counts = payload["summary"]
    total = counts["errors"] + counts["warnings"] + counts["infos"] + counts["waived"]
    assert total == len(payload["findings"])


def test_a_reporter_that_fails_costs_its_own_output(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("ours")

    broken = replace(reporters()["csv"], text=fail)
    known = {**reporters(), "csv": broken}
    monkeypatch.setattr("audit.commands.check.reporter", known.__getitem__)
    out = folder.parent
    done = nianbao("check", folder, "-o", f"csv:{out / 'a.csv'}", "-o", f"json:{out / 'a.json'}")
    assert done.exit_code == 2 and "--format csv" in done.stderr and "KeyError" in done.stderr
    assert not (out / "a.csv").exists()
    assert json.loads((out / "a.json").read_text(encoding="utf-8"))["findings"]


def test_an_extract_of_nothing_is_an_empty_file(tmp_path: Path) -> None:
    head = "unit,year,edition,table,row,column,value,raw,file,location\n"
    (tmp_path / "all.csv").write_text(head, encoding="utf-8-sig")
    done = nianbao("check", tmp_path, "-f", "json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert done.exit_code == 1 and finding["rule"] == "F001" and "空" in finding["message"]


ODD = ("2022", "99999999999999999999", "-1", "1e308", "", "nan", "甲")


def test_odd_columns_of_extracts_cost_no_output(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    for number, (column, odd) in enumerate(product(("edition", "year", "value", "unit"), ODD)):
        path = report(inside, township(number), BROKEN, ".csv")
        head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
        at = head.split(",").index(column)
        spoilt = [",".join([*(f := line.split(","))[:at], odd, *f[at + 1 :]]) for line in lines]
        path.write_text("\n".join([head, *spoilt]), encoding="utf-8")
    report(inside, "白水乡", BROKEN)
    outputs = [w for f in sorted(reporters()) for w in ("-o", f"{f}:{tmp_path / f'out-{f}'}")]
    done = nianbao("check", inside, *outputs)
    assert done.exit_code == 1, done.stderr
    payload = json.loads((tmp_path / "out-json").read_text(encoding="utf-8"))
    assert "A303" in {f["rule"] for f in payload["findings"] if f["unit"] == "白水乡"}
    assert not payload["crashes"]
    assert payload["summary"]["files"] == 4 * len(ODD) + 1
