"""What a data repository sets for itself, as `nianbao check` carries it out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.county import BROKEN, ROSTER, SOUND, nianbao, report


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    report(tmp_path / "2023", "青石镇", BROKEN)
    report(tmp_path / "2023", "白水乡", SOUND)
    return tmp_path


def told(
    folder: Path, settings: str, *words: str | Path, paths: tuple[str, ...] = ("2023",)
) -> Any:
    config = folder / "nianbao.toml"
    config.write_text(settings, encoding="utf-8")
    named = [folder / p for p in paths]
    return json.loads(nianbao("check", *named, "--config", config, "-f", "json", *words).stdout)


def rules(result: Any) -> dict[str, str]:
    return {f["rule"]: f["severity"] for f in result["findings"]}


def test_severities_and_rules_left_out(folder: Path) -> None:
    assert rules(told(folder, "")) == {"A302": "error", "A303": "error"}
    settings = 'ignore = ["A302"]\n[severity]\nA303 = "info"\n'
    assert rules(told(folder, settings)) == {"A303": "info"}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('select = ["Z"]', "select: 没有这样的规则 Z"),
        ('[severity]\nA399 = "info"', "severity: 没有这样的规则 A399"),
        ('[[waivers]]\nrule = "A399"\nreason = "x"', "waivers: 没有这样的规则 A399"),
    ],
)
def test_codes_that_are_none_are_refused(folder: Path, settings: str, says: str) -> None:
    config = folder / "nianbao.toml"
    config.write_text(settings, encoding="utf-8")
    done = nianbao("check", folder / "2023", "--config", config)
    assert done.exit_code == 2
    assert says in done.stderr


WAIVERS = """
[[waivers]]
rule = "A303"
unit = "青石*"
year = 2023
cells = "applications.granted.*"
reason = "已核实"
[[waivers]]
rule = "A302"
cells = "disputes.*"
reason = "别的表"
[[waivers]]
rule = "A302"
reason = "已过期"
expires = 2024-06-30
"""


def test_waivers_apply_and_those_unused_or_expired_are_told(folder: Path) -> None:
    result = told(folder, WAIVERS, "--today", "2024-07-01")
    waived = {f["rule"]: f["waived"] for f in result["findings"]}
    assert waived == {"A302": None, "A303": "已核实"}
    assert (result["summary"]["errors"], result["summary"]["waived"]) == (1, 1)
    notes = sorted((w["state"], w["reason"]) for w in result["waivers"])
    assert notes == [("expired", "已过期"), ("unused", "别的表")]
    on_the_day = told(folder, WAIVERS, "--today", "2024-06-30")
    assert {f["waived"] for f in on_the_day["findings"]} == {"已核实", "已过期"}


def test_a_roster_at_hand_makes_nobody_missing_among_single_files(folder: Path) -> None:
    (folder / "名单.csv").write_text(ROSTER, encoding="utf-8")
    settings = 'roster = "名单.csv"\nselect = ["R801"]\n'
    whole = told(folder, settings)
    assert [(f["rule"], f["unit"]) for f in whole["findings"]] == [("R801", "松岗镇")]
    one = ("2023/白水乡2023年报.txt",)
    picked = told(folder, settings, paths=one)
    assert picked["findings"] == []
    (reason,) = picked["not_assessed"]["R801"]
    assert "只核验了个别文件" in reason
    asked = told(folder, settings, "--roster", folder / "名单.csv", paths=one)
    assert {f["unit"] for f in asked["findings"]} == {"青石镇", "松岗镇"}


OWN_RULE = """
import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure, listed
from rules.vocabulary import Rule, Severity, Text, patch


def check(data: Dataset) -> Measure:
    new = data.column("applications.new.total")
    rows = [
        {"report": int(i), "statement": "few", "actual": float(new[i]), "expected": 3.0}
        for i in np.flatnonzero(new < 3)
    ]
    return listed(rows, held=np.flatnonzero(new >= 3))


RULE = Rule(
    code="X901",
    severity=Severity.WARNING,
    title=Text("申请偏少", "Few requests"),
    demand=Text("每单位至少三件", "Three at least"),
    message=Text("实为 {actual} 件", "{actual} only"),
    hint=Text("请核对", "Check it"),
    citations={0: "本县要求"},
    check=check,
    passes=patch(),
    fails=patch(),
)
"""


def test_own_rules_stand_beside_the_catalogues(folder: Path) -> None:
    (folder / "own.py").write_text(OWN_RULE, encoding="utf-8")
    result = told(folder, 'plugins = ["own.py"]\nselect = ["X"]\n')
    assert [(f["rule"], f["unit"], f["message"]) for f in result["findings"]] == [
        ("X901", "白水乡", "实为 2 件"),
        ("X901", "青石镇", "实为 2 件"),
    ]
    for form in ("text", "markdown", "csv", "sarif", "junit"):
        done = nianbao("check", folder / "2023", "--config", folder / "nianbao.toml", "-f", form)
        assert "X901" in done.stdout, form


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise RuntimeError('boom')", "无法载入自定义规则：boom"),
        ("x = 1", "没有定义 RULE"),
        (OWN_RULE.replace("X901", "A303"), "A303 已被占用"),
        (OWN_RULE.replace("X901", "own"), "应为一个大写字母加三位数字"),
        (OWN_RULE.replace("check=check", "check=None"), "X901 没有 check"),
    ],
)
def test_a_wrong_plug_in_is_refused_before_the_reading(folder: Path, code: str, says: str) -> None:
    (folder / "own.py").write_text(code, encoding="utf-8")
    config = folder / "nianbao.toml"
    config.write_text('plugins = ["own.py"]\n', encoding="utf-8")
    done = nianbao("check", folder / "2023", "--config", config)
    assert done.exit_code == 2
    assert says in done.stderr


OWN_PATTERN = """
patterns:
  - name: letters
    concept: applications.new.total
    needs: [索取]
    pattern: 群众索取材料{N}
    matches:
      全年群众索取材料8件。: 8
    rejects:
      - 索取材料的群众8人。
"""


def test_own_patterns_find_what_a_county_says_its_own_way(folder: Path) -> None:
    path = folder / "2023" / "白水乡2023年报.txt"
    text = path.read_text(encoding="utf-8")
    head = text.index("二、")
    path.write_text(f"{text[:head]}全年群众索取材料8件。\n{text[head:]}", encoding="utf-8")
    assert "N601" not in rules(told(folder, ""))
    (folder / "own.yaml").write_text(OWN_PATTERN, encoding="utf-8")
    result = told(folder, 'patterns = ["own.yaml"]\nselect = ["N601"]\n')
    assert [(f["unit"], f["actual"], f["excerpt"]) for f in result["findings"]] == [
        ("白水乡", 8, "全年群众索取材料8件。")
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("needs:", "wants:"), "wants"),
        (
            ("applications.new.total", "applications.novel.total"),
            "没有单元格 applications.novel.total",
        ),
        (("材料8件。: 8", "材料8件。: 9"), "没有从样例中读出 9"),
        (("索取材料的群众8人", "群众索取材料8件"), "不应匹配的样例匹配了"),
        (("{N}", "{N}("), "own.yaml"),
    ],
)
def test_a_wrong_pattern_file_is_refused(folder: Path, change: tuple[str, str], says: str) -> None:
    (folder / "own.yaml").write_text(OWN_PATTERN.replace(*change), encoding="utf-8")
    config = folder / "nianbao.toml"
    config.write_text('patterns = ["own.yaml"]\n', encoding="utf-8")
    done = nianbao("check", folder / "2023", "--config", config)
    assert done.exit_code == 2
    assert says in done.stderr
