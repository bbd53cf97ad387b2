"""`nianbao.toml`: what it may say is taken, what it may not is refused by file and key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from audit.config import Waiver, find, load
from audit.errors import UsageError
from rules.vocabulary import Severity

WHOLE = """
roster = "名单.csv"
previous = "往年"
select = ["a", "S1"]
rule_makers = ["云岭市"]
exclude = ["*草稿*"]
[severity]
S107 = "info"
[thresholds]
similarity = 0.8
[deadlines]
"部门" = "1月20日"
township = "02-10"
"青石镇" = "2024-01-15"
[limits]
pages = 50
seconds = 2.5
[letter]
sender = "云岭县人民政府办公室"
[[waivers]]
rule = "p701"
unit = "青石*"
year = 2023
cells = "applications.*"
reason = " 已核实 "
expires = "2025-12-31"
"""


def written(folder: Path, text: str, name: str = "nianbao.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_it_may_say(tmp_path: Path) -> None:
    config = load(written(tmp_path, WHOLE))
    assert (config.roster, config.previous) == (tmp_path / "名单.csv", (tmp_path / "往年",))
    assert config.select == ("A", "S1")
    assert config.severity == {"S107": Severity.INFO}
    assert config.thresholds == {"similarity": 0.8}
    assert config.deadlines == {"department": "01-20", "township": "02-10", "青石镇": "01-15"}
    assert (config.limits.pages, config.limits.seconds) == (50, 2.5)
    assert config.letter.sender == "云岭县人民政府办公室"
    assert config.waivers == (
        Waiver("P701", "已核实", "青石*", 2023, "applications.*", date(2025, 12, 31)),
    )


def test_a_project_file_holds_it_in_its_own_table(tmp_path: Path) -> None:
    path = written(tmp_path, '[tool.nianbao]\nignore = ["P"]\n', "pyproject.toml")
    (tmp_path / "2023").mkdir()
    assert find(tmp_path / "2023") == path
    assert load(path).ignore == ("P",)


REFUSED = [
    ('rooster = "x.csv"', "未知的配置项 rooster"),
    ("[thresholds]\nlikeness = 1", "thresholds: 未知的配置项 likeness"),
    ('[thresholds]\nsimilarity = "high"', "thresholds.similarity: 应为数字"),
    ("[limits]\npage = 1", "limits: 未知的配置项 page"),
    ("[limits]\npages = 1.5", "limits.pages: 应为整数"),
    ("[limits]\npages = -1", "limits.pages: 应为整数"),
    ('[letter]\nfrom = "x"', "letter: 未知的配置项 from"),
    ('[severity]\nA303 = "fatal"', "severity.A303: “fatal”不是级别"),
    ('severity = "info"', "severity: 应为一段设置"),
    ('[deadlines]\ntownship = "月底"', "deadlines.township: 应为月-日"),
    ('[deadlines]\ntownship = "02-31"', "deadlines.township: 没有 2 月 31 日"),
    ('select = "A"', "select: 应为字符串列表"),
    ("roster = 5", "roster: 应为字符串"),
    ('[[waivers]]\nrule = "P701"\nreason = " "', "waivers 第 1 项: P701 的豁免没有写明理由"),
    ('[[waivers]]\nreason = "x"', "waivers 第 1 项: 没有写明规则"),
    ('[[waivers]]\nrule = "P701"\nreason = "x"\nuntil = 1', "waivers 第 1 项: 未知的配置项 until"),
    ('[[waivers]]\nrule = "P701"\nreason = "x"\nexpires = "soon"', "expires: 应为日期"),
    ('[waivers]\nrule = "P701"', "waivers: 应写成"),
    ("roster = ", "不是有效的 TOML 文件"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_it_may_not_say_is_refused_by_file_and_key(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(UsageError, match=r"nianbao\.toml") as caught:
        load(written(tmp_path, text))
    assert says in str(caught.value)
    for told in (caught.value.message, caught.value.hint):
        assert bool(told.zh) == bool(told.en)
        assert not re.search("[\u3000-\u9fff\uff00-\uffef]", told.en.replace("月底", ""))
