"""`check --format json` on a folder of all sorts: its schema, every file accounted for, no run like no other."""

from __future__ import annotations

import json
import sys
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import BROKEN, COUNTY, ROSTER, SOUND, nianbao, report

#: Windows has no such names.
_HOSTILE = "=1+1\nx<b>.html" if sys.platform != "win32" else "=1+1 x.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound, broken, twofold, unreadable, strange and packed files, some with hostile names."""
    place = tmp_path_factory.mktemp("mixed")
    report(place, "青石镇", BROKEN, ".docx")
    report(place / "旧", "青石镇", SOUND, year=2022)
    report(place, "白水乡", SOUND, ".html").rename(place / _HOSTILE)
    report(place / "补报", "白水乡", BROKEN, ".xlsx")
    (place / "坏.docx").write_bytes(b"PK\x03\x04 cut")
    (place / "空.txt").touch()
    (place / "通知.txt").write_text("请各单位按时报送材料。\n" * 5, encoding="utf-8")
    (place / "说明.md").write_text("# 说明\n", encoding="utf-8")
    (place / "roster.csv").write_text(ROSTER, encoding="utf-8")
    with zipfile.ZipFile(place / "打包.zip", "w") as file:
        truth = base_report("松岗镇", 2023, county=COUNTY, cells=BROKEN)
        file.writestr("松岗镇.txt", encode(truth, ".txt"))
        file.writestr("../逃.txt", "x")
    return place


def _told(folder: Path, *words: str) -> dict[str, Any]:
    done = nianbao("check", folder, "-f", "json", "--roster", folder / "roster.csv", *words)
    assert done.exit_code == 1
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_output_keeps_to_the_schema(folder: Path) -> None:
    schema = json.loads(
        resources.files("audit.reporters").joinpath("schema.json").read_text("utf-8")
    )
    for language in ("zh", "en"):
        jsonschema.Draft202012Validator(schema).validate(_told(folder, "--lang", language))


def test_every_file_is_accounted_for(folder: Path) -> None:
    told = _told(folder)
    audited = {r["file"] for r in told["reports"]}
    unread = {f["file"] for f in told["findings"] if f["rule"].startswith("F00") and f["file"]}
    skipped = {s["file"] for s in told["skipped"]}
    files = audited | unread | skipped
    assert len(files) == told["summary"]["files"]
    met = {name.partition("!")[0] for name in files}
    there = {str(p) for p in folder.rglob("*") if p.is_file() and p.name != "roster.csv"}
    assert len(met - {str(folder / "roster.csv")}) == len(there)
    assert all(s["reason"] for s in told["skipped"])
    assert told["summary"]["reports"] == len(told["reports"]) == 5
    for level in ("error", "warning", "info"):
        count = sum(f["severity"] == level and f["waived"] is None for f in told["findings"])
        assert told["summary"][f"{level}s"] == count


def test_reports_only_compared_with_are_listed_and_not_counted(tmp_path: Path) -> None:
    report(tmp_path / "今年", "青石镇", SOUND)
    report(tmp_path / "去年", "青石镇", SOUND, year=2022)
    parent = report(tmp_path, COUNTY, SOUND)
    options = ("--previous", tmp_path / "去年", "--parent", parent)
    told = json.loads(nianbao("check", tmp_path / "今年", "-f", "json", *options).stdout)
    roles = [r["role"] for r in told["reports"]]
    assert sorted(roles) == ["parent", "previous", "report"]
    assert (told["summary"]["files"], told["summary"]["reports"]) == (3, 1)


def test_what_was_not_assessed_is_told_by_report_and_by_reason(folder: Path) -> None:
    told = _told(folder)
    unknown: dict[str, int] = {}
    for one in told["reports"]:
        for rule, verdicts in one["assessed"].items():
            unknown[rule] = unknown.get(rule, 0) + verdicts["not_assessed"]
    assert unknown["Y501"] and "没有2022年的年报" in " ".join(told["not_assessed"]["Y501"])
    for rule, count in unknown.items():
        assert sum(told["not_assessed"].get(rule, {}).values()) >= count
    a303 = told["reports"][0]["assessed"]["A303"]
    assert a303["held"] + a303["broken"] + a303["not_assessed"] > 20


def test_suspects_say_what_would_mend_it(folder: Path) -> None:
    wrong = [f for f in _told(folder)["findings"] if f["rule"] == "A303" and f["unit"] == "青石镇"]
    ((first, *_),) = [f["suspects"] for f in wrong]
    assert first["cell"] == "applications.granted.total"
    assert (first["value"], first["suggestion"]) == (3, 2)
    assert first["unique"] is True and first["set"] >= 0


def test_fingerprints_outlive_renaming_and_moving(folder: Path, tmp_path: Path) -> None:
    before = {f["fingerprint"] for f in _told(folder)["findings"]}
    assert len(before) == len(_told(folder)["findings"])
    moved = tmp_path / "moved"
    moved.mkdir()
    for number, path in enumerate(sorted(p for p in folder.rglob("*") if p.is_file())):
        name = path.name if path.suffix == ".csv" else f"附件{number}{path.suffix}"
        (moved / name).write_bytes(path.read_bytes())
    assert {f["fingerprint"] for f in _told(moved)["findings"]} == before


@pytest.mark.parametrize("form", ["json", "sarif", "csv", "html", "text", "junit", "markdown"])
def test_the_same_input_gives_the_same_bytes(form: str, folder: Path) -> None:
    runs = {nianbao("check", folder, "-f", form, "--today", "2024-05-01").stdout for _ in range(2)}
    assert len(runs) == 1
