"""The sample county audited as a user would: what is planted is found, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests.builder.make_samples import SAMPLES
from tests.commands.county import nianbao

Entry = Mapping[str, Any]


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(nianbao("check", SAMPLES, "-f", "json").stdout)
    return found


def is_of(entry: Entry, finding: Entry) -> bool:
    """Whether a finding tells of what is planted: rule, unit, year, and a cell or the words."""
    if any(entry[key] != finding[key] for key in ("rule", "unit", "year")):
        return False
    if entry["unit"] is None:
        return str(finding["file"]).endswith(entry["file"])
    cells = {*finding["cells"], *(s["cell"] for s in finding["suspects"])}
    if not cells.isdisjoint(entry.get("cells", cells)):
        return True
    return not cells and entry.get("text", "") in _words(finding)


def _words(finding: Entry) -> str:
    return json.dumps(finding, ensure_ascii=False)


def ocr_doubts(told: Mapping[str, Any], scans: list[str]) -> Iterator[Entry]:
    """What is said of a scan's legibility: as true as the engine at hand is good, and quick."""
    for finding in told["findings"]:
        if finding["rule"] in ("F001", "F003", "F004") and str(finding["file"]).endswith(
            tuple(scans)
        ):
            yield finding


def test_precision_and_recall(
    manifest: dict[str, Any], told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    planted, found = manifest["planted"], told["findings"]
    doubts = list(ocr_doubts(told, manifest["scans"]))
    grave = [f for f in found if f["severity"] != "info" and f not in doubts]
    missed = [e for e in planted if not any(is_of(e, f) for f in found)]
    beyond = [f for f in grave if not any(is_of(e, f) for e in planted)]
    with capsys.disabled():
        print(
            f"\nsample_data: {len(planted)} planted, recall {1 - len(missed) / len(planted):.1%}; "
            f"{len(grave)} errors and warnings, precision {1 - len(beyond) / len(grave):.1%}; "
            f"{len(doubts)} doubts about scans"
        )
    assert missed == []
    assert beyond == []


def test_whole_findings_not_parts_of_them(manifest: dict[str, Any], told: dict[str, Any]) -> None:
    """Every cell and every word that is planted stands in some finding of its rule."""
    for entry in manifest["planted"]:
        own = [f for f in told["findings"] if is_of(entry, f)]
        cells = {c for f in own for c in (*f["cells"], *(s["cell"] for s in f["suspects"]))}
        assert set(entry.get("cells", ())) <= cells, entry
        assert entry.get("text", "") in "".join(_words(f) for f in own), entry


def test_every_file_is_accounted_for(manifest: dict[str, Any], told: dict[str, Any]) -> None:
    names = {r["file"].partition("!")[0] for r in told["reports"]}
    names |= {f["file"].partition("!")[0] for f in told["findings"] if f["rule"][0] == "F"}
    names |= {s["file"].partition("!")[0] for s in told["skipped"]}
    entries = {e["file"].partition("!")[0] for e in manifest["planted"] if e["file"]}
    assert all(any(n.endswith(e) for n in names) for e in entries)
    assert told["summary"]["files"] >= len(names)
