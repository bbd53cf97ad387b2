"""Findings that one cause explains: in every output they stand together and name it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from audit.findings import Finding, Result
from rules.vocabulary import Severity
from tests.reporters.make_result import result, written

_CAUSE = "同一单元格有误引起"
_NAMED = f"同一原因（2 项问题）：{_CAUSE}"


def _apart() -> Result:
    """The two findings of one cause with another between them."""
    first, second, third, *rest = result().findings
    return replace(result(), findings=[first, third, second, *rest])


def _written(name: str, folder: Path, made: Result | None = None) -> str:
    return written(name, made or _apart(), folder).read_text(encoding="utf-8-sig")


def test_csv_has_the_cause_and_its_key(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_written("csv", tmp_path))))
    assert [r["规则"] for r in rows] == ["A302", "A303", "A304", "N601", "F001"]
    assert [r["同一原因"] for r in rows] == [_CAUSE, _CAUSE, "", "", ""]
    assert [r["原因编号"] for r in rows] == ["0:cell", "0:cell", "", "", ""]


def test_workbook_has_a_column_for_the_cause(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written("xlsx", _apart(), tmp_path))
    heads, *rows = book["问题"].iter_rows(values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [r["规则"] for r in told][:3] == ["A302", "A303", "A304"]
    assert [r["同一原因"] for r in told] == [_CAUSE, _CAUSE, None, None, None, None]


def test_markdown_has_a_table_under_the_cause(tmp_path: Path) -> None:
    lines = [line.replace("\\", "") for line in _written("markdown", tmp_path).splitlines()]
    cause = lines.index(f"**{_NAMED}**")
    tables = [n for n, line in enumerate(lines) if line.startswith("|---")]
    rows = [
        [line.split(" | ")[1] for line in lines[n + 1 :] if line.startswith("| ")] for n in tables
    ]
    assert cause < tables[0] and rows[0][:2] == ["A302", "A303"]
    assert lines[tables[0] + 3] == "", "what stands alone has a table of its own"
    assert rows[1][:2] == ["A304", "N601"]
    assert sum("应为 14" in line for line in lines) == 1, "the suspect is told once"


def test_markdown_has_one_table_of_units_without_a_report(tmp_path: Path) -> None:
    gone = [
        Finding("R801", Severity.ERROR, f"第{n}镇", 2023, None, -1, "report") for n in range(1, 41)
    ]
    text = _written("markdown", tmp_path, replace(result(), findings=gone))
    assert text.count("### ") == 1 and "### 以下单位没有报送" in text
    assert all(text.count(f"第{n}镇没有2023年度的年报") == 1 for n in range(1, 41))


def test_sarif_tells_the_cause_first_and_leads_to_the_others(tmp_path: Path) -> None:
    found = json.loads(_written("sarif", tmp_path))["runs"][0]["results"]
    first, second, third = found[:3]
    assert [r["ruleId"] for r in (first, second, third)] == ["A302", "A303", "A304"]
    for one, other in ((first, "A303"), (second, "A302")):
        assert one["message"]["text"].startswith(f"青石镇 2023：{_NAMED}；")
        assert one["properties"]["cause"] == {"key": "0:cell", "kind": "cell", "text": _CAUSE}
        (related,) = one["relatedLocations"]
        assert related["message"]["text"].startswith(f"{other} ")
        assert related["physicalLocation"]["artifactLocation"]["uri"]
    assert "relatedLocations" not in third and "properties" not in third


def test_junit_names_the_cause_in_each_failure(tmp_path: Path) -> None:
    root = ET.fromstring(_written("junit", tmp_path))
    told = {
        case.get("name", "")[:4]: (failure.get("message", ""), failure.text or "")
        for case in root.iter("testcase")
        for failure in case.iter("failure")
    }
    for code in ("A302", "A303"):
        message, text = told[code]
        assert message.startswith(f"{_NAMED}；") and _NAMED in text
    assert "同一原因" not in "".join(told["A304"])


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_code_hosts_are_told_the_cause(name: str, tmp_path: Path) -> None:
    text = _written(name, tmp_path)
    issues = text.splitlines() if name == "github" else [str(i) for i in json.loads(text)]
    assert [_NAMED in i for i in issues] == [True, True, False, False, False]
    assert ["A302" in issues[0], "A303" in issues[1], "A304" in issues[2]] == [True] * 3


@pytest.mark.parametrize("name", ["markdown", "sarif", "junit", "github", "gitlab"])
def test_a_finding_alone_is_said_to_share_its_cause_with_none(name: str, tmp_path: Path) -> None:
    alone = replace(result(), findings=result().findings[1:])
    assert "同一原因" not in _written(name, tmp_path, alone)
