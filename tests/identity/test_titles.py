"""Titles of every shape: unit, county, level and year."""

from __future__ import annotations

import pytest

from audit.identity import is_companion
from tests.identity.make import told

#: Title → unit, county, level, year.
TITLES = {
    "石桥镇2023年政府信息公开工作年度报告": ("石桥镇", None, "township", 2023),
    "石桥镇人民政府2022年政府信息公开工作年度报告": ("石桥镇", None, "township", 2022),
    "云岭县青石镇人民政府2023年政府信息公开工作年度报告": ("青石镇", "云岭县", "township", 2023),
    "2023年云岭县青石镇政府信息公开工作年度报告": ("青石镇", "云岭县", "township", 2023),
    "2023年度白水乡人民政府信息公开年度报告": ("白水乡", None, "township", 2023),
    "白水乡2023年度政府信息公开年报": ("白水乡", None, "township", 2023),
    "白水乡政府信息公开工作2024年度报告": ("白水乡", None, "township", 2024),
    "白水乡政府信息公开年度报告（2024年）": ("白水乡", None, "township", 2024),
    "政府信息公开工作年度报告（白水乡2024年）": ("白水乡", None, "township", 2024),
    "2024年政府信息公开工作年度报告（白水乡）": ("白水乡", None, "township", 2024),
    "政府信息公开工作年度报告——白水乡人民政府": ("白水乡", None, "township", None),
    "竹溪镇2025政府信息公开": ("竹溪镇", None, "township", 2025),
    "图解|竹溪镇2023年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年政府信息公开工作年度报告(文字版)": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年政府信息公开工作年度报告（图片版）": ("竹溪镇", None, "township", 2023),
    "关于竹溪镇2023年政府信息公开工作情况的报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇关于2023年政府信息公开工作情况的报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇二〇二三年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇二○二一年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2021),
    "竹溪镇二零二二年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2022),
    "竹溪镇２０２３年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2023),
    "竹 溪 镇 2023 年 政府信息公开 工作年度报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年政府信息公开工作年度报": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年政府信息公开工作年度": ("竹溪镇", None, "township", 2023),
    "竹溪鎮2023年政府信息公開工作年度報告": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年年度报告": ("竹溪镇", None, "township", 2023),
    "竹溪镇2023年政府信息公开工作年度报告 发布日期：2024-01-12": ("竹溪镇", None, "township", 2023),
    "附件2：竹溪镇2023年政府信息公开工作年度报告": ("竹溪镇", None, "township", 2023),
    "《竹溪镇2023年政府信息公开工作年度报告》": ("竹溪镇", None, "township", 2023),
    "首页>政府信息公开>政府信息公开年报>竹溪镇2023年政府信息公开工作年度报告": (
        *("竹溪镇", None, "township", 2023),
    ),
    "塘㙍镇2022年政府信息公开工作年度报告": ("塘㙍镇", None, "township", 2022),
    "三岔满族乡2022年政府信息公开工作年度报告": ("三岔满族乡", None, "township", 2022),
    "云岭仫佬族自治县东门镇2022年政府信息公开工作年度报告": (
        *("东门镇", "云岭仫佬族自治县", "township", 2022),
    ),
    "云岭右翼前旗宝花苏木2025年政府信息公开工作年度报告": (
        *("宝花苏木", "云岭右翼前旗", "township", 2025),
    ),
    "江东省云江市临河区东湖街道办事处2023年政府信息公开工作年度报告": (
        *("东湖街道", "临河区", "township", 2023),
    ),
    "东湖街道2023年政务公开工作年度报告": ("东湖街道", None, "township", 2023),
    "棠溪街2021年政府信息公开工作年度报告": ("棠溪街", None, "township", 2021),
    "云江工业园区娄山街道2021年政府信息公开年报": ("娄山街道", "云江工业园区", "township", 2021),
    "云岭县财政局2023年政府信息公开工作年度报告": ("财政局", "云岭县", "department", 2023),
    "县财政局2023年政府信息公开工作年度报告": ("财政局", None, "department", 2023),
    "2023年市市场监督管理局政府信息公开工作年度报告": ("市场监督管理局", None, "department", 2023),
    "市场监督管理局2023年信息公开年报": ("市场监督管理局", None, "department", 2023),
    "云江市财政局2023年政府信息公开工作年度报告": ("财政局", "云江市", "department", 2023),
    "云岭县2023年民政局政府信息公开工作年度报告": ("民政局", "云岭县", "department", 2023),
    "民政局2020年政府信息公开工作年度报告": ("民政局", None, "department", 2020),
    "区教育局2021年政府信息公开工作年度报告": ("教育局", None, "department", 2021),
    "云岭县乡村振兴局2021年政府信息公开工作年度报告": ("乡村振兴局", "云岭县", "department", 2021),
    "云岭县城市管理局2021年政府信息公开工作年度报告": ("城市管理局", "云岭县", "department", 2021),
    "云岭县卫生健康委员会2021年政府信息公开工作年度报告": (
        *("卫生健康委员会", "云岭县", "department", 2021),
    ),
    "国家税务总局云岭县税务局2022年政府信息公开工作年度报告": (
        *("税务局", "云岭县", "department", 2022),
    ),
    "云岭县人民政府办公室2022年政府信息公开工作年度报告": (
        *("云岭县人民政府办公室", "云岭县", "department", 2022),
    ),
    "云岭经济技术开发区管理委员会2022年政府信息公开工作年度报告": (
        *("云岭经济技术开发区管理委员会", None, "department", 2022),
    ),
    "云岭县经济开发区管委会2022年政府信息公开工作年度报告": (
        *("经济开发区管委会", "云岭县", "department", 2022),
    ),
    "云岭应急局政府信息公开工作年度报告": ("云岭应急局", None, "department", None),
    "云岭县人民政府2023年政府信息公开工作年度报告": ("云岭县", None, "county", 2023),
    "云岭县2023年政府信息公开工作年度报告": ("云岭县", None, "county", 2023),
    "临河区人民政府2023年政府信息公开工作年度报告": ("临河区", None, "county", 2023),
    "云江市临河区2023年政府信息公开工作年度报告": ("临河区", None, "county", 2023),
    "临河区、云江开发区2023年政府信息公开工作年度报告": ("临河区", None, "county", 2023),
    "兴化市2023年政府信息公开工作年度报告": ("兴化市", None, "county", 2023),
    "云江市南山市人民政府2023年政府信息公开工作年度报告": ("南山市", None, "county", 2023),
    "云江市人民政府2023年政府信息公开工作年度报告": ("云江市", None, "city", 2023),
    "云江哈尼族自治州2023年政府信息公开工作年度报告": ("云江哈尼族自治州", None, "city", 2023),
    "上海市2023年政府信息公开工作年度报告": ("上海市", None, "province", 2023),
    "江东省人民政府2023年政府信息公开工作年度报告": ("江东省", None, "province", 2023),
    "江东省教育厅2023年政府信息公开工作年度报告": ("教育厅", "江东省", "department", 2023),
    "云岭县自然资源局（林业局）2023年政府信息公开工作年度报告": (
        *("自然资源局", "云岭县", "department", 2023),
    ),
    "云岭县教育体育局2023年法治政府建设暨政府信息公开工作年度报告": (
        *("教育体育局", "云岭县", "department", 2023),
    ),
    "云岭县2023年度政务公开和政府信息公开工作年度报告": ("云岭县", None, "county", 2023),
    "云岭新区管理委员会2023年政府信息公开工作年度报告": (
        *("云岭新区管理委员会", None, "department", 2023),
    ),
    "云岭县残联2023年政府信息公开年报": ("残联", "云岭县", "department", 2023),
    "云岭县市桥街道2023年政府信息公开年报": ("市桥街道", "云岭县", "township", 2023),
    "县底镇2023年政府信息公开年报": ("县底镇", None, "township", 2023),
    "云岭县乡店镇2023年政府信息公开年报": ("乡店镇", "云岭县", "township", 2023),
    "青石镇党委政府2023年政府信息公开工作年度报告": ("青石镇", None, "township", 2023),
    "云江市公安局临河分局2023年政府信息公开年报": ("公安局临河分局", "云江市", "department", 2023),
    "云岭县第一中学2023年政府信息公开年报": ("第一中学", "云岭县", "department", 2023),
    "青石镇20233年政府信息公开工作年度报告": ("青石镇", None, "township", None),
    "财政部2023年政府信息公开工作年度报告": ("财政部", None, "ministry", 2023),
    "国家税务总局2023年政府信息公开工作年度报告": ("国家税务总局", None, "ministry", 2023),
}


@pytest.mark.parametrize("title", TITLES)
def test_a_printed_title_tells_unit_and_year(title: str) -> None:
    who = told(title)
    assert (who.unit, who.county, who.level, who.year) == TITLES[title]


@pytest.mark.parametrize("title", [t for t, who in TITLES.items() if who[3] is not None])
def test_the_title_of_a_web_page_tells_them_too(title: str) -> None:
    who = told(metadata={"title": title}, kind="html")
    assert (who.unit, who.county, who.level, who.year) == TITLES[title]
    assert {e.source for e in who.evidence} == {"metadata"}


#: A title over several lines, or with a site's lines around it.
BROKEN = {
    "云岭县青石镇人民\n政府2023年政府信息公开工作年度报告": ("青石镇", 2023),
    "政府信息公开工作年度报告\n（2023年）\n青石镇人民政府\n2024年1月": ("青石镇", 2023),
    "索引号：0000-1 发布机构：云岭县\n名称：青石镇2023年政府信息公开年报": ("青石镇", 2023),
    "青石镇人民政府\n2023年政府信息公开工作年度报告": ("青石镇", 2023),
    "云岭县青石镇人民政府\n2023年政府信息公开\n工作年度报告": ("青石镇", 2023),
    "青石镇2023年政府信息公开工作\n年度报告": ("青石镇", 2023),
    "青石镇政府信息公开工作年度报告\n（2023年度）": ("青石镇", 2023),
    "2023年\n青石镇政府信息公开工作年度报告": ("青石镇", 2023),
    "\n\n  青石镇  \n\n2023年政府信息公开工作年度报告": ("青石镇", 2023),
    "云岭县人民政府网\n无障碍浏览\n青石镇2023年政府信息公开工作年度报告": ("青石镇", 2023),
    "首页\n信息公开年报\n青石镇2023年政府信息公开工作年度报告\n来源：云岭县人民政府": (
        "青石镇",
        2023,
    ),
    "青石镇2023年政府信息公开工作年度报告本报告由青石镇根据2019年修订的条例编制。": (
        "青石镇",
        2023,
    ),
}


@pytest.mark.parametrize("lines", BROKEN)
def test_a_title_is_found_among_the_first_lines(lines: str) -> None:
    who = told(lines)
    assert (who.unit, who.year) == BROKEN[lines]


def test_a_site_s_head_above_a_title_without_unit_gives_way_to_what_the_text_says() -> None:
    who = told(
        "云岭县人民政府\n2023年政府信息公开工作年度报告",
        "2023年，青石镇认真贯彻条例。我镇主动公开信息12条，我镇没有收到申请。",
    )
    assert (who.unit, who.level, who.year) == ("青石镇", "township", 2023)


#: No titles of a report, or sentences about other years and documents.
NOT_TOLD = (
    "青石镇2024年政府信息公开工作计划",
    "国办公开办函〔2021〕30号",
    "国务院办公厅关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知",
    "2019年修订的《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "针对2022年政府信息公开工作年度报告指出的问题，逐项整改。",
    "附件：政府信息公开工作年度报告模板",
    "2023年1月15日印发",
)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_other_lines_are_no_titles(line: str) -> None:
    who = told(line)
    assert (who.unit, who.year, who.title) == (None, None, None)


def test_the_title_is_kept_in_words_without_what_stands_behind_it() -> None:
    who = told("青石镇２０２３年政府信息公开工作年度报告 发布日期：2024-01-12 浏览次数：3")
    assert who.title == "青石镇2023年政府信息公开工作年度报告"
    assert who.published == "2024-01-12"


@pytest.mark.parametrize(
    ("title", "companion"),
    [
        ("一图读懂青石镇2023年政府信息公开工作年度报告", True),
        ("图解：青石镇2023年政府信息公开工作年度报告", True),
        ("《青石镇2023年政府信息公开工作年度报告》解读", True),
        ("青石镇2023年政府信息公开年报政策解读", True),
        ("图解|青石镇2023年政府信息公开工作年度报告", False),
        ("青石镇2023年政府信息公开工作年度报告（文字版）", False),
    ],
)
def test_explanations_of_a_report_are_told_by_their_title(title: str, companion: bool) -> None:
    assert is_companion(title) is companion
