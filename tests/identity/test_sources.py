"""Unit and year where the title tells neither: period, issuer, signature, text, roster, file."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.document import Document
from audit.identity import RosterIndex, identify
from audit.reading.one_file import Task, Ways, read
from audit.report import Body, Identity
from tests.identity.make import body, roster, told

REPORTS = Path(__file__).parents[2].parent / "shared" / "reports"


def found(who: Identity, about: str) -> set[tuple[str, str]]:
    return {(e.source, e.value) for e in who.evidence if e.about == about}


#: The statistics period as written → from, to, year.
PERIODS = {
    "本报告统计期限自2023年1月1日起至2023年12月31日止。": ("2023-01-01", "2023-12-31", 2023),
    "数据统计期限为2023年1月1日至12月31日。": ("2023-01-01", "2023-12-31", 2023),
    "统计期限：2022.1.1-2022.12.31": ("2022-01-01", "2022-12-31", 2022),
    "统计数据从2021年1月1日开始，到2021年12月31日为止。": ("2021-01-01", "2021-12-31", 2021),
    "统计时段自 2023 年 1 月 1 日起，至 2023 年 12 月 30 日止。": (
        "2023-01-01",
        "2023-12-30",
        2023,
    ),
    "所列数据统计期限自二〇二三年一月一日起至二〇二三年十二月三十一日止。": (
        *("2023-01-01", "2023-12-31", 2023),
    ),
    "统计期限自2022年1月1日起至2023年12月31日止。": ("2022-01-01", "2023-12-31", 2023),
    "统计期限自202311日起至20231231日止。": (None, None, 2023),
    "统计期限为2023 1 1 日起至2023 12 31 日止": (None, None, 2023),
    "统计期限为2023年1月至12月。": (None, None, 2023),
    "统计期限自2023年1月1日起至2023年12月\n31日止。": ("2023-01-01", "2023-12-31", 2023),
}


@pytest.mark.parametrize("line", PERIODS)
def test_the_period_tells_the_year(line: str) -> None:
    who = told("根据国办公开办函〔2021〕30号要求编制。" + line)
    assert (who.period_from, who.period_to, who.year) == PERIODS[line]
    (piece,) = [e for e in who.evidence if e.about == "period"]
    assert piece.text[:4] in {"2021", "2022", "2023"}


def test_no_period_is_read_out_of_other_ranges() -> None:
    who = told(
        "公开栏目2020年1月1日迁移。办公时间9:00至17:30。国务院令第711号，2019年5月15日起施行。"
    )
    assert (who.period_from, who.period_to, who.year) == (None, None, None)


def test_a_text_without_headings_is_read_as_well() -> None:
    preamble = (
        "总体情况\n2023年，青石镇认真贯彻2019年修订的条例。\n截至2023年12月31日，共公开12条。"
    )
    document = Document("a.txt", "text", ())
    who = identify(document, Body(body(preamble).sections[:1], (), (), None))
    assert (who.unit, who.year) == ("青石镇", 2023)


def test_the_day_that_figures_are_counted_to_tells_the_year() -> None:
    assert told("", "截至2023年12月31日，我镇共公开12条。").year == 2023


def test_a_site_s_government_is_not_the_unit_of_a_text_that_says_my_town() -> None:
    who = told("来源：云岭县人民政府", "2023年，我镇公开12条，我镇无申请。", file="云岭县/x.html")
    assert (who.unit, who.year) == (None, 2023)
    assert ("metadata", "云岭县") in found(who, "unit")


def test_every_piece_of_evidence_says_where_it_is_and_in_what_words() -> None:
    who = told("\n青石镇2023年政府信息公开工作年度报告\n统计期限自202311日起至20231231日止。")
    title = next(e for e in who.evidence if e.source == "title" and e.about == "year")
    assert (title.text, title.place.line) == ("青石镇2023年政府信息公开工作年度报告", 2)
    period = next(e for e in who.evidence if e.about == "period")
    assert (period.value, period.place.line) == ("", 3)
    assert "202311日" in period.text


def test_a_title_s_year_outweighs_the_period_and_both_are_kept() -> None:
    who = told("青石镇2023年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。")
    assert who.year == 2023
    assert {("title", "2023"), ("period", "2022")} <= found(who, "year")
    assert who.period_to == "2022-12-31"


#: Section one → the year it is about.
SPOKEN = {
    "2023年，我镇认真贯彻条例，制定2024年工作计划。": "2023",
    "2024年，我镇将进一步加强公开。2023年，我镇公开信息12条。": "2023",
    "按照2019年修订的条例和2021年印发的通知，2023年公开信息12条。": "2023",
    "根据《2022年政务公开工作要点》，2023年，我镇公开信息12条。": "2023",
    "较2022年增长3%，2023年共公开12条。": "2023",
    "自2008年以来，公开工作稳步推进。2022年公开12条。": "2022",
    "在2022年的基础上，2023年我镇进一步公开。": "2023",
    "2023年12月，我镇召开会议，学习2021年印发的通知。": "2023",
    "过去的二〇二二年，我镇公开12条。": "2022",
}


@pytest.mark.parametrize("text", SPOKEN)
def test_section_one_tells_the_year(text: str) -> None:
    who = told("", text)
    assert str(who.year) == SPOKEN[text]
    assert ("text", SPOKEN[text]) in found(who, "year")


@pytest.mark.parametrize(
    "text",
    [
        "我镇认真贯彻2019年修订的《条例》（国务院令第711号）。",
        "按照国办公开办函〔2021〕30号要求，加强公开。",
        "2024年，我镇将继续加强公开。",
        "《条例》2019年5月15日起施行。",
        "",
    ],
)
def test_no_year_is_better_than_a_wrong_one(text: str) -> None:
    assert told("", text).year is None


@pytest.mark.parametrize(
    ("published", "year"),
    [
        ("2024-01-15", 2023),
        ("2024年1月15日", 2023),
        ("20240115", 2023),
        ("2024/1/15 10:22", 2023),
        ("2023-12-28", None),
        ("2024-02-30", None),
    ],
)
def test_the_date_of_publication_tells_the_year_before(published: str, year: int | None) -> None:
    who = told(metadata={"published": published})
    assert who.year == year
    assert who.published == (None if "02-30" in published else told_date(published))


def told_date(text: str) -> str:
    return "2023-12-28" if text.startswith("2023") else "2024-01-15"


#: Preamble → unit, county.
ISSUERS = {
    "本报告由云岭县青石镇人民政府根据条例编制。": ("青石镇", "云岭县"),
    "本报告由青石镇党政综合办公室编制。": ("青石镇", None),
    "根据条例要求，青石镇人民政府编制本报告。": ("青石镇", None),
    "如有疑问，请与云岭县财政局办公室联系（电话：0000）。": ("财政局", "云岭县"),
    "如对报告有疑问，请与\n青石镇党政办联系。": ("青石镇", None),
    "现将云岭县白水乡2023年政府信息公开工作年度报告公布如下。": ("白水乡", "云岭县"),
    "填报单位：青石镇人民政府 单位：件": ("青石镇", None),
    "填报单位（盖章）：云岭县民政局": ("民政局", "云岭县"),
    "发布机构：青石镇 发布日期：2024-01-12": ("青石镇", None),
    "您当前的位置：首页 > 乡镇 > 青石镇 > 年报": ("青石镇", None),
}


@pytest.mark.parametrize("line", ISSUERS)
def test_the_preamble_tells_the_unit(line: str) -> None:
    who = told("2023年政府信息公开工作年度报告\n" + line)
    assert (who.unit, who.county, who.year) == (*ISSUERS[line], 2023)


@pytest.mark.parametrize(
    "line",
    [
        "请与我镇党政办公室联系。",
        "请与县政府办公室联系。",
        "本报告由镇人民政府编制。",
        "报告电子版可在县政府门户网站查阅。",
        "单位：万元",
    ],
)
def test_who_is_not_named_is_not_known(line: str) -> None:
    assert told("2023年政府信息公开工作年度报告\n" + line).unit is None


def test_a_county_s_office_publishes_its_townships_reports_too() -> None:
    who = told(
        "2023年政府信息公开工作年度报告\n来源：云岭县人民政府办公室",
        "2023年，青石镇认真落实。我镇公开12条，我镇无申请。",
    )
    assert (who.unit, who.level) == ("青石镇", "township")
    assert ("metadata", "云岭县人民政府办公室") in found(who, "unit")


def test_a_county_s_office_writes_the_county_s_report() -> None:
    who = told(
        "2023年报告\n本报告由云岭县人民政府办公室编制。", "2023年，我县公开12条，我县共收到3件。"
    )
    assert (who.unit, who.county, who.level) == ("云岭县", None, "county")


def test_signature_and_date_close_the_text() -> None:
    who = told(
        "政府信息公开工作年度报告", other="无其他事项。\n云岭县青石镇人民政府\n2024年1月15日"
    )
    assert (who.unit, who.county, who.year) == ("青石镇", "云岭县", 2023)
    assert who.published == "2024-01-15"


#: Text → the unit that it calls itself.
OWN = {
    "2023年，青石镇认真贯彻条例。": "青石镇",
    "青石镇政府信息公开工作有序推进。学习白水乡经验。": "青石镇",
    "“青石镇人民政府”公众号公开12条。": "青石镇",
    "一年来，青石镇党委、政府高度重视政务公开。": "青石镇",
    "一年来，东湖街道坚持公开为常态。": "东湖街道",
    "2023年云岭县财政局严格落实条例。": "财政局",
    "白水乡积极配合。青石镇高度重视，青石镇坚持公开，青石镇严格落实。": "青石镇",
}


@pytest.mark.parametrize("text", OWN)
def test_the_text_tells_the_unit(text: str) -> None:
    who = told("", text)
    assert who.unit == OWN[text]
    assert ("text", OWN[text]) in found(who, "unit")


@pytest.mark.parametrize(
    "text",
    [
        "我镇认真贯彻条例。",
        "各乡镇严格落实。",
        "全县高度重视公开工作。",
        "加强乡镇政府信息公开工作。",
        "按照县政府要求积极公开。",
    ],
)
def test_words_for_many_units_name_none(text: str) -> None:
    assert told("", text).unit is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我镇公开12条。", "township"),
        ("我局公开12条，本局无收费。", "department"),
        ("本街道无收费。", "township"),
    ],
)
def test_the_kind_of_unit_that_the_text_says_it_is_is_kept(text: str, level: str) -> None:
    who = told("", text)
    assert ("text", level) in found(who, "level")
    assert who.level is None


@pytest.mark.parametrize(
    "closing",
    [
        "青石镇人民政府\n二〇二四年一月十日",
        "青石镇人民政府 2024年1月10日\n主办：县政府办",
        "（青石镇人民政府）\n2024.1.10",
    ],
)
def test_the_closing_is_written_in_several_ways(closing: str) -> None:
    who = told("2023年政府信息公开工作年度报告", other="无。\n" + closing)
    assert (who.unit, who.published) == ("青石镇", "2024-01-10")


@pytest.mark.parametrize("above", [True, False])
def test_a_page_s_list_of_reports_tells_nothing_of_its_own(above: bool) -> None:
    years = "\n".join(
        f"金桥镇{y}年政府信息公开工作年度报告{y + 1}-01-20" for y in range(2020, 2024)
    )
    own = "金桥镇2024年政府信息公开工作年度报告"
    says = f"现将{own}公布如下。统计期限自2024年1月1日起至2024年12月31日止。"
    whole = [years, own, says] if above else [own, years, says]
    who = told("\n".join(whole), "2024年，我镇做了工作。", f"无其他事项。\n{years}")
    assert (who.unit, who.year, who.title, who.published) == ("金桥镇", 2024, own, None)
    assert {e.value for e in who.evidence if e.about == "year"} == {"2024"}


@pytest.mark.parametrize("verb", ["现公布", "现发布", "现将"])
def test_a_sentence_s_first_word_is_no_part_of_the_unit(verb: str) -> None:
    who = told(f"{verb}金桥镇2024年政府信息公开工作年度报告。")
    assert (who.unit, who.year) == ("金桥镇", 2024)


def test_a_sentence_with_a_date_is_no_closing() -> None:
    who = told("青石镇2023年政府信息公开年报", other="2024年1月10日，我镇召开会议。\n无其他事项。")
    assert who.published is None


def test_a_form_s_fields_tell_unit_year_and_date() -> None:
    who = told("编制单位：云岭县青石镇人民政府\n报告年度：2023年\n填报日期：2024-01-10 11:22:33")
    assert (who.unit, who.county, who.year, who.published) == (
        "青石镇",
        "云岭县",
        2023,
        "2024-01-10",
    )


def test_a_name_cut_short_is_mended_by_the_others() -> None:
    who = told("竹溪2023年政府信息公开工作年度报告", "2023年，竹溪镇认真贯彻。我镇公开12条。")
    assert (who.unit, who.level) == ("竹溪镇", "township")


def test_a_name_without_its_kind_takes_the_kind_of_the_text() -> None:
    who = told("竹溪2023年政府信息公开工作年度报告", "2023年，我镇公开12条。")
    assert (who.unit, who.level) == ("竹溪", "township")


def test_the_county_comes_from_another_source() -> None:
    who = told("青石镇2023年政府信息公开工作年度报告\n请与云岭县青石镇人民政府联系。")
    assert (who.unit, who.county) == ("青石镇", "云岭县")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("指导各县（市、区）做好公开，各乡镇同步推进。", "city"),
        ("指导各乡镇做好公开。", "county"),
        ("全市做好公开。", "city"),
    ],
)
def test_a_city_is_taken_for_one_with_districts_unless_the_text_says_more(
    text: str, level: str
) -> None:
    assert told("云江市2023年政府信息公开工作年度报告", text).level == level


#: File (and part) → unit, year.
FILES = {
    "青石镇2023年政府信息公开工作年度报告.docx": ("青石镇", 2023),
    "青石镇_青石镇2024年政府信息公开工作年度报告.html": ("青石镇", 2024),
    "云岭县财政局2023年报（定稿）.docx": ("财政局", 2023),
    "12.青石镇年报2023.pdf": ("青石镇", 2023),
    "年报.zip!2023/青石镇.docx": ("青石镇", None),
    "2023/青石镇/年报.docx": ("青石镇", None),
    "2023-青石镇.doc": ("青石镇", 2023),
    "2022年度报告-白水乡（最终版）.doc": ("白水乡", 2022),
    "t20240117_105530.html": (None, None),
    "content_2024-01-15.html": (None, None),
    "2019/post_778812.html": (None, None),
    "新建文本文档.txt": (None, None),
}


@pytest.mark.parametrize("file", FILES)
def test_the_file_s_name_is_the_last_resort(file: str) -> None:
    who = told(file=file)
    assert (who.unit, who.year) == FILES[file]
    assert {e.source for e in who.evidence} <= {"file"}


def test_the_file_s_name_gives_way_to_everything_else() -> None:
    who = told("", "2022年，白水乡认真贯彻条例。", file="青石镇2023年报.docx")
    assert (who.unit, who.year) == ("白水乡", 2022)


@pytest.mark.parametrize(
    ("file", "county"),
    [
        ("云岭县/2023/青石镇.docx", "云岭县"),
        ("云江市/云岭县2023年报/乡镇/青石镇.docx", "云岭县"),
        ("云江市/市直单位/教育局.docx", "云江市"),
        ("云岭县年报.zip!青石镇.docx", "云岭县"),
        ("2023/青石镇.docx", None),
        ("青石镇/青石镇.docx", None),
    ],
)
def test_a_folder_tells_the_county_where_nothing_else_does(file: str, county: str | None) -> None:
    unit = "教育局" if "教育局" in file else "青石镇"
    who = told(f"{unit}2023年政府信息公开工作年度报告", file=file)
    assert (who.unit, who.county) == (unit, county)
    assert [e.value for e in who.evidence if e.about == "county"] == [county] * bool(county)


def test_a_folder_s_county_gives_way_to_everything_else() -> None:
    title = "{}2023年政府信息公开工作年度报告"
    assert told(title.format("清河县青石镇"), file="云岭县/a.txt").county == "清河县"
    assert told(title.format("清河县"), file="云岭县/a.txt").county is None
    listed = roster(("城关镇", "township", "云岭县"), ("城关镇", "township", "清河县"))
    who = told(title.format("城关镇"), file="清河县/a.txt", roster=listed)
    assert (who.unit, who.county) == ("城关镇", "清河县")
    other = roster(("青石镇", "township", "清河县"))
    who = told(title.format("青石镇"), file="云岭县/a.txt", roster=other)
    assert (who.unit, who.county) == ("青石镇", "清河县")


def test_a_sheet_s_name_comes_before_the_file_s() -> None:
    who = told(file="汇总2022.xlsx", part="青石镇2023")
    assert (who.unit, who.year) == ("青石镇", 2023)


def test_an_office_file_s_own_title_is_the_weakest() -> None:
    who = told(
        "统计期限自2023年1月1日起至2023年12月31日止。本报告由青石镇编制。",
        metadata={"title": "白水乡2022年政府信息公开工作年度报告"},
        kind="docx",
    )
    assert (who.unit, who.year, who.title) == ("青石镇", 2023, None)
    assert told(metadata={"title": "Microsoft Word - 1.doc"}, kind="pdf").title is None


def test_nothing_tells_nothing() -> None:
    who = told("一份文件", "内容。")
    assert (who.unit, who.county, who.level, who.year) == (None, None, None, None)
    assert who.evidence == ()


@pytest.fixture(scope="module")
def names() -> RosterIndex:
    return roster(
        ("青石镇", "township", "云岭县", "青石乡;青石"),
        ("云岭县白水乡", "township", "云岭县"),
        ("城关镇", "township", "云岭县"),
        ("城关镇", "township", "临河县"),
        ("云岭县财政局", "department", "云岭县", "财政局"),
        ("云江市", "county"),
    )


#: Title → unit as on the roster, county, level.
LISTED = {
    "青石乡2023年政府信息公开工作年度报告": ("青石镇", "云岭县", "township"),
    "青石2023年政府信息公开工作年度报告": ("青石镇", "云岭县", "township"),
    "云岭县青石镇人民政府2023年政府信息公开工作年度报告": ("青石镇", "云岭县", "township"),
    "白水乡2023年政府信息公开工作年度报告": ("云岭县白水乡", "云岭县", "township"),
    "临河县城关镇2023年政府信息公开工作年度报告": ("城关镇", "临河县", "township"),
    "县财政局2023年政府信息公开工作年度报告": ("云岭县财政局", "云岭县", "department"),
    "云江市人民政府2023年政府信息公开工作年度报告": ("云江市", None, "county"),
    "新青石镇2023年政府信息公开工作年度报告": ("新青石镇", None, "township"),
    "临河县青石镇2023年政府信息公开工作年度报告": ("青石镇", "临河县", "township"),
}


@pytest.mark.parametrize("title", LISTED)
def test_the_roster_knows_names_and_levels(title: str, names: RosterIndex) -> None:
    who = told(title, roster=names)
    assert (who.unit, who.county, who.level) == LISTED[title]


def test_a_unit_of_another_county_is_not_the_roster_s(names: RosterIndex) -> None:
    who = told("临河县青石镇2023年政府信息公开工作年度报告", roster=names)
    assert "roster" not in {e.source for e in who.evidence}
    assert names.find("青石镇人民政府", "云岭县") is not None
    assert names.find("城关镇") is None


def test_the_roster_finds_its_units_in_file_names(names: RosterIndex) -> None:
    who = told(file="云岭青石2023.docx", roster=names)
    assert (who.unit, who.level, who.year) == ("青石镇", "township", 2023)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("guanyuan-2023.txt", ("官元镇", "township", 2023)),
        ("hongze-2023.pdf", ("洪泽区", "county", 2023)),
    ],
)
def test_real_reports(file: str, expected: tuple[str, str, int]) -> None:
    path = REPORTS / file
    if not path.is_file():
        pytest.skip("the shared reports are not beside the project")
    (reading,) = read(Task(path, "report" + path.suffix), Ways(ocr=False))
    (report,) = reading.reports
    who = report.identity
    assert (who.unit, who.level, who.year) == expected
