"""The figures of a peer's test fixtures, as documents: what is asserted is found, and nothing else is.

One verdict is not shared: charges in table two beside a section six that denies the
information-processing fee are sound, as other charges stand there too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from audit.findings import Result
from audit.reading.queue import Means
from audit.run import Call, audit
from tests.builder.build import write
from tests.builder.truth import base_report

PEERS = Path(__file__).parents[2].parent / "shared" / "reports" / "peer-cases.json"
pytestmark = pytest.mark.skipif(not PEERS.exists(), reason="the shared reports are not at hand")

CASES: list[dict[str, Any]] = (
    json.loads(PEERS.read_text(encoding="utf-8"))["cases"] if PEERS.exists() else []
)
#: The peer's statement → our rules, any of which finds it.
RULES = {
    "applications.outcomes": "A302",
    "applications.balance": "A301",
    "applications.row_sum": "A303",
    "disputes.row_sum": "A304",
    "disclosure.non_negative": "V204",
    "disclosure.integer": "V205",
    "disclosure.numeric": "V203",
    "disclosure.present": "V201 V202 V203",
    "disclosure.*": "V201 V202 V203 V204 V205",
    "applications": "S104",
    "claims.litigation_total": "N603",
    "claims.processed": "N602",
    "narrative.fee_vs_section6": "P704",
    "hierarchy.sum": "G901",
    "hierarchy.missing_child_reports": "R801",
}
#: What the peer's texts say, in words of our own.
SAYS = {
    "minimal": "全年因政府信息公开被提起行政诉讼7件。",
    "c_reply_count": "全年新收政府信息公开申请3259件，上年结转77件，共答复3278件，结转下年度继续办理58件。",
    "c_partial_closures": "收到政府信息公开申请19件，其中按程序办结11件，申请人主动撤回8件。",
    "c_carry_then_reply": "收到政府信息公开申请10件，上年结转1件，全部按期答复11件。",
}


def cells(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{table}.{row}.{column}": "" if value is None else value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def document(folder: Path, unit: str, tables: Mapping[str, Any], text: str = "") -> Path:
    known = cells(tables)
    if text:  # only the totals are given: they are one kind of applicant's
        known |= {
            a.replace(".total", ".natural_person"): v
            for a, v in known.items()
            if a.startswith("applications.") and a.endswith(".total")
        }
    truth = base_report(unit, 2023, county="云岭县", cells=known)
    sections = {**truth.sections, "other": "本年度未收取信息处理费。"}
    sections["overview"] = re.sub("。[^。]*(?:申请|诉讼)[^。]*(?=。)", "", sections["overview"])
    sections["overview"] += text
    object.__setattr__(truth, "sections", sections)
    return write(truth, folder / f"{unit}2023年报.txt")


def audited(case: Mapping[str, Any], folder: Path) -> Result:
    children = case.get("children")
    if children is None:
        path = document(folder, "青石镇", case["tables"], SAYS.get(case["id"], ""))
        return audit(Call(paths=[path], means=Means(jobs=1)))
    units = ("青石镇", "白水乡")
    paths = [
        document(folder, unit, tables)
        for unit, tables in zip(units, children, strict=True)
        if tables is not None
    ]
    roster = folder / "roster.csv"
    roster.write_text("单位,上级\n" + "".join(f"{u},云岭县\n" for u in units), encoding="utf-8")
    parent = document(folder / "county", "云岭县", case["parent"])
    return audit(Call(paths=paths, roster=roster, parent=parent, means=Means(jobs=1)))


def found(result: Result, statement: str) -> bool:
    name, _, about = statement.rstrip("]").partition("[")
    own = [f for f in result.findings if f.rule in RULES[name].split()]
    return any(about in " ".join((f.statement, *f.cells)) for f in own)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["id"]))
def test_a_peers_case(case: Mapping[str, Any], tmp_path: Path) -> None:
    tables = case.get("tables", {})
    result = audited(case, tmp_path)
    assert not result.crashes
    for statement, verdict in case["asserted"].items():
        sound = verdict == "PASS" or statement == "narrative.fee_vs_section6"
        if statement in tables or "." in statement:
            assert found(result, statement) is not sound, statement
    for statement in case.get("none_expected", ()):
        assert not found(result, statement), statement
