"""Pages that stand beside a report on the same site are none: no report is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.reading.one_file import Task, Ways, read

SECTIONS = """一、总体情况
主动公开信息120条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
收到申请3件。
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
培训不够，下一步加强培训。
六、其他需要报告的事项
没有收取信息处理费。
"""
PAGES = {
    "explained": "《青石镇2023年政府信息公开工作年度报告》解读\n一、主动公开情况\n公开信息120条。\n",
    "drawn": f"一图读懂|青石镇2023年政府信息公开工作年度报告\n{SECTIONS}",
    "letter": "关于报送2023年政府信息公开工作年度报告的函\n现将年报报送你办，请审阅。\n青石镇人民政府\n",
    "index": "青石镇2023年政府信息公开工作年度报告 2024-01-15\n白水乡2023年政府信息公开工作年度报告 2024-01-16\n",
    "notice": "关于做好2023年政府信息公开工作年度报告编制工作的通知\n"
    "各乡镇：\n报告包括总体情况、主动公开政府信息情况等六部分，请于1月20日前报送。\n",
    "summary": "青石镇2023年政务公开工作总结\n一、主要做法\n公开信息120条。\n二、下一步打算\n加强培训。\n",
    "site": "政府网站工作年度报表\n（2023年度）\n填报单位：云岭县人民政府办公室\n信息发布 总数 2345\n",
}


def outcome(folder: Path, text: str) -> tuple[str, str | None, int]:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8")
    (reading,) = read(Task(path, "page.txt"), Ways())
    return reading.outcome, reading.reason, len(reading.reports)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_beside_the_report_is_not_audited(tmp_path: Path, page: str) -> None:
    assert outcome(tmp_path, PAGES[page]) == ("F002", "not_report", 0)


def test_a_letter_with_the_report_behind_it_is_the_report(tmp_path: Path) -> None:
    letter = "关于报送年度报告的函\n县政府办：现将年报报送如下。\n"
    title = "青石镇2023年政府信息公开工作年度报告\n"
    assert outcome(tmp_path, letter + title + SECTIONS) == ("audited", None, 1)


def test_a_report_of_the_old_regulation_is_skipped(tmp_path: Path) -> None:
    title = "青石镇2016年政府信息公开工作年度报告\n"
    assert outcome(tmp_path, title + SECTIONS.replace("总体情况", "概述"))[:2] == (
        "skipped",
        "old_form",
    )


def test_the_form_without_a_unit_is_nobody_s_report(tmp_path: Path) -> None:
    text = "中华人民共和国政府信息公开工作年度报告格式\n" + SECTIONS
    assert outcome(tmp_path, text)[:2] == ("F002", "no_unit")
