"""S: sections, tables, rows, columns, edition, and what the text must say."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from rules.dataset import Status
from tests.rules.dataset_factory import SOUND, Made, dataset, findings, verdicts

CODES = [f"S1{n:02}" for n in range(1, 15)]


@pytest.mark.parametrize("code", CODES)
def test_a_sound_report_breaks_nothing(code: str) -> None:
    assert findings(code, dataset(Made(), Made(year=2020))) == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_to_check_is_no_statement(code: str) -> None:
    assert verdicts(code, dataset()) == (0, 0, {})


@pytest.mark.parametrize("code", ["S101", "S102", "S103", "S109", "S110", "S111", "S113", "S114"])
def test_tidy_data_has_no_text_to_assess(code: str) -> None:
    held, wrong, _ = verdicts(code, dataset(Made(text=False)))
    assert (held, wrong) == (0, 0)


def test_tidy_data_is_said_to_hold_no_text() -> None:
    assert verdicts("S101", dataset(Made(text=False)))[2] == {"tidy data holds no text": 6}


def only(code: str, *reports: Made) -> dict[str, Any]:
    (found,) = findings(code, dataset(*reports))
    return found


def test_a_missing_section_is_named() -> None:
    found = only("S101", Made(), Made(without=("problems",)))
    assert (found["report"], found["statement"]) == (1, "problems")
    assert found["expected"] == "五、存在的主要问题及改进情况"


def test_a_section_may_stand_on_a_page_that_was_not_read() -> None:
    made = Made(without=("problems",), seen=[("page_unread", None, "", "扫描页")])
    assert verdicts("S101", dataset(made))[1:] == (0, {"part of the document could not be read": 6})


def test_a_heading_may_be_lost_in_a_scan() -> None:
    made = Made(without=("problems",), seen=[("page_scanned", None, "", "扫描页")])
    assert "扫描件" in only("S101", made)["details"]["scan"].zh
    assert only("S101", Made(without=("problems",)))["details"]["scan"].zh == ""


@pytest.mark.parametrize(("code", "kind"), [("S105", "row_absent"), ("S106", "column_absent")])
def test_what_a_table_read_in_part_lacks_is_not_told(code: str, kind: str) -> None:
    item = "granted" if kind == "row_absent" else "natural_person"
    lacking = (kind, "applications", item, "")
    (found,) = findings(code, dataset(Made(seen=[lacking])))
    assert found["statement"] == "applications"
    made = Made(seen=[lacking, ("table_unread", "applications", "", "印章遮盖")])
    assert verdicts(code, dataset(made))[1:] == (0, {"part of the document could not be read": 1})


def test_wrong_numbers_are_told_together() -> None:
    titles = {"problems": ("七", "存在的主要问题及改进情况"), "other": ("八", "其他需要报告的事项")}
    found = only("S102", Made(titles=titles))
    assert found["details"]["printed"] == ("七、存在的主要问题及改进情况", "八、其他需要报告的事项")
    assert found["expected"] == "五、存在的主要问题及改进情况；六、其他需要报告的事项"


@pytest.mark.parametrize("number", ["", "5", "（五）", "五、"])
def test_numbers_may_be_lacking_or_written_otherwise(number: str) -> None:
    titles = {"problems": (number, "存在的主要问题及改进情况")}
    assert findings("S102", dataset(Made(titles=titles))) == []


def test_numbers_that_moved_up_after_a_missing_section_are_not_told_again() -> None:
    made = Made(without=("problems",), titles={"other": ("五", "其他需要报告的事项")})
    assert findings("S102", dataset(made)) == []


def test_sections_out_of_order() -> None:
    data = dataset(Made())
    rows = data.sections
    rows.loc[rows["key"].eq("problems"), "order"] = 0
    (found,) = findings("S102", data)
    assert "总体情况" in found["actual"]


def test_two_sections_that_changed_places_are_told_as_they_stand() -> None:
    data = dataset(Made())
    rows = data.sections
    first, second = rows["key"].eq("disclosure"), rows["key"].eq("applications")
    order = rows.loc[first, "order"].iloc[0], rows.loc[second, "order"].iloc[0]
    rows.loc[first, "order"], rows.loc[second, "order"] = order[1], order[0]
    (found,) = findings("S102", data)
    assert [t[0] for t in found["details"]["printed"]] == ["三", "二"]
    assert [t[0] for t in found["details"]["right"]] == ["二", "三"]


def test_sheets_of_a_workbook_have_no_order_among_them() -> None:
    data = dataset(Made())
    rows = data.sections
    text = rows["key"].isin(["problems", "other"])
    rows.loc[text, "order"] = rows.loc[text, "order"] - 100
    rows["location"] = [f"{'正文' if own else '表'}!A1" for own in text]
    assert findings("S102", data) == []
    rows["location"] = "正文!A1"
    assert len(findings("S102", data)) == 1


def test_a_section_that_stands_again_later_is_told() -> None:
    data = dataset(Made())
    again = data.sections[data.sections["key"].eq("overview")].assign(order=99)
    data = replace(data, sections=pd.concat([data.sections, again]))
    (found,) = findings("S102", data)
    assert [t[0] for t in found["details"]["printed"]] == ["六", "一"]
    assert found["expected"][0] == "六"


def test_titles_of_article_50_are_as_good_as_the_forms() -> None:
    titles = {
        "disputes": ("四", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        "problems": ("五", "存在问题及改进措施"),
        "overview": ("一", "总体情况："),
    }
    found = only("S103", Made(titles=titles))
    assert (found["statement"], found["actual"]) == ("problems", "存在问题及改进措施")


@pytest.mark.parametrize(
    ("status", "why"), [(Status.ABSENT, "没有找到这张表"), (Status.BLANK, "整张表没有填写任何数字")]
)
def test_a_table_missing_or_blank_throughout(status: Status, why: str) -> None:
    found = only("S104", Made(cells={"disputes.*": status}))
    assert (found["statement"], found["details"]["why"].zh) == ("disputes", why)


def test_a_table_with_one_figure_is_not_blank() -> None:
    made = Made(cells={"disputes.*": Status.BLANK, "disputes.review.total": 0})
    assert findings("S104", dataset(made)) == []


def test_a_picture_of_a_table_is_not_a_missing_table() -> None:
    seen = [("table_picture", "disputes", "", ""), ("table_absent", "disputes", "", "")]
    data = dataset(Made(cells={"disputes.*": Status.ABSENT}, seen=seen))
    assert verdicts("S104", data)[1:] == (0, {"the table is a picture and was not read": 1})


def test_missing_rows_are_one_finding_a_table() -> None:
    seen = [
        ("row_absent", "applications", "refused_repeat", ""),
        ("row_absent", "applications", "refused_publication", ""),
    ]
    found = only("S105", Made(seen=seen))
    assert found["statement"] == "applications"
    assert found["details"]["lacking"] == (
        "（五）不予处理/2.重复申请",
        "（五）不予处理/3.要求提供公开出版物",
    )
    assert len(found["cells"]) == 14


MERGED = ("row_merged", "applications", "other_all", "")


def test_the_merged_row_lacks_its_three_rows() -> None:
    found = only("S105", Made(seen=[MERGED]))
    assert found["details"]["count"] == 3
    assert "applications.other_unpaid.total" in found["cells"]


def test_the_merged_row_is_the_2019_forms_own() -> None:
    assert findings("S105", dataset(Made(year=2020, seen=[MERGED]))) == []


def test_a_form_of_another_edition_is_told_once() -> None:
    made = Made(edition=2019, seen=[MERGED, ("row_absent", "disclosure", "fees", "")])
    assert findings("S105", dataset(made)) == []
    assert only("S108", made)["actual"] == 2019


def test_rows_of_a_table_that_is_absent_are_not_assessed() -> None:
    seen = [("row_absent", "disputes", "review", "")]
    data = dataset(Made(cells={"disputes.*": Status.ABSENT}, seen=seen))
    assert verdicts("S105", data) == (2, 0, {"no table was read": 1})


@pytest.mark.parametrize(
    ("item", "table", "cells"),
    [
        ("research", "applications", 25),
        ("regulations.repealed", "disclosure", 1),
        ("repealed", "disclosure", 2),
    ],
)
def test_missing_columns(item: str, table: str, cells: int) -> None:
    found = only("S106", Made(seen=[("column_absent", table, item, "")]))
    assert (found["statement"], len(found["cells"])) == (table, cells)


@pytest.mark.parametrize(
    ("values", "words"),
    [("3 0 0 0 0 0 3", "等于所属各行之和"), ("4 0 0 0 0 0 4", "不等于任何一组")],
)
def test_an_inserted_subtotal_is_named_and_summed(values: str, words: str) -> None:
    cells = {
        "applications.unable_not_held.natural_person": 2,
        "applications.unable_not_held.total": 2,
        "applications.unable_unclear.natural_person": 1,
        "applications.unable_unclear.total": 1,
    }
    made = Made(cells=cells, seen=[("row_extra", "applications", "小计", values)])
    assert words in only("S107", made)["details"]["why"].zh


def test_figures_in_a_groups_own_row_are_a_subtotal() -> None:
    made = Made(seen=[("row_extra", "applications", "（三）不予公开", "0 0 0 0 0 0 0")])
    assert "小计" in only("S107", made)["details"]["why"].zh


def test_a_row_that_stands_twice_is_named_in_the_forms_words() -> None:
    found = only("S107", Made(seen=[("row_twice", "disclosure", "licensing", "")]))
    assert found["details"]["item"] == "行政许可"


def test_a_table_that_stands_twice_is_told_once() -> None:
    found = only("S107", Made(seen=[("table_twice", "applications", "applications", "")]))
    assert (found["details"]["item"].zh, found["details"]["item"].en) == ("表三", "table 3")
    assert "整张表" in found["details"]["why"].zh


def test_a_block_of_another_edition_is_named() -> None:
    seen = [
        ("block_edition", "disclosure", "第二十条第（一）项", "2019"),
        ("block_edition", "applications", "applications", "2021"),
    ]
    found = only("S108", Made(seen=seen))
    assert found["details"]["blocks"] == ("第二十条第（一）项",)
    assert (found["expected"], found["actual"]) == (2021, 2019)


def test_the_merged_row_alone_makes_no_old_form() -> None:
    seen = [MERGED, ("block_edition", "applications", "applications", "2019")]
    assert findings("S108", dataset(Made(seen=seen))) == []
    assert len(findings("S105", dataset(Made(seen=seen)))) == 1


def test_the_current_form_is_wrong_for_2020() -> None:
    assert only("S108", Made(year=2020, edition=2021))["expected"] == 2019


def overview(text: str, **more: Any) -> Made:
    return Made(sections={"overview": text}, **more)


def test_an_aspect_left_out_is_named() -> None:
    text = SOUND["overview"].replace("（四）平台建设情况。维护专栏。", "")
    found = only("S109", overview(text))
    assert [t.zh for t in found["details"]["lacking"]] == ["平台建设"]


RESULTS = "工作考核合格，开展社会评议，无责任追究情形。"


@pytest.mark.parametrize(
    ("unit", "level", "count"),
    [
        ("青石镇", "township", 1),
        ("云岭县", "county", 1),
        ("青石镇人民政府", "township", 1),
        ("临河街道", "township", 0),
        ("云岭县民政局", "department", 0),
    ],
)
def test_results_are_asked_of_governments(unit: str, level: str, count: int) -> None:
    text = SOUND["overview"].replace(RESULTS, "")
    assert len(findings("S109", dataset(overview(text, unit=unit, level=level)))) == count


def test_results_may_stand_in_section_five() -> None:
    text = SOUND["overview"].replace(RESULTS, "")
    made = Made(
        sections={"overview": text, "problems": "考核靠前，社会评议满意，未发生问责。培训不够。"}
    )
    assert findings("S109", dataset(made)) == []


def test_an_unknown_level_leaves_the_results_unassessed() -> None:
    assert verdicts("S109", dataset(Made(level=None))) == (1, 0, {"the unit's level is unknown": 1})


def test_headings_of_no_known_section_belong_to_the_one_before() -> None:
    data = dataset(Made(sections={"problems": ""}))
    row = data.sections[data.sections["key"].eq("problems")].assign(
        key=None, title="（一）存在问题", text="培训不够深入，下一步加强培训。", order=5.5
    )
    import pandas as pd

    rows = pd.concat([data.sections, row.astype(data.sections.dtypes.drop("order").to_dict())])
    object.__setattr__(data, "sections", rows)
    assert findings("S110", data) == []


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "无。", "暂无。", "/", "略", "（无）"),
        *("我镇目前没有存在问题。", "本年度不存在突出问题", "经自查，未发现明显问题。"),
        "2023年度不存在主要问题，无改进情况。",
    ],
)
def test_section_five_that_says_nothing(text: str) -> None:
    assert only("S110", Made(sections={"problems": text}))["statement"] == "problems"


@pytest.mark.parametrize(
    "text",
    [
        *("人手不足，无专职人员，下一步配齐。", "一是无专人负责；二是培训少。", "解读材料偏少。"),
        *("由于人手少，没有做到及时公开。", "没有形成常态。", "缺少培训，没有经费。"),
        "不存在未公开情形，但更新频率偏低。",
    ],
)
def test_section_five_may_be_short(text: str) -> None:
    assert findings("S110", dataset(Made(sections={"problems": text}))) == []


def test_section_six_says_nothing_of_fees() -> None:
    made = Made(sections={"other": "无其他需要报告的事项。"})
    assert only("S111", made)["excerpt"] == "无其他需要报告的事项。"
    assert findings("S111", dataset(Made(year=2020, sections={"other": "无。"}))) == []


def test_the_period_is_the_years() -> None:
    made = Made(period=("2023-01-01", "2023-12-30"), evidence=[("period", "…", "至12月30日止")])
    found = only("S112", made)
    assert found["actual"] == "2023-01-01/2023-12-30"
    assert (found["excerpt"], found["location"]) == ("至12月30日止", "line 2")


def test_a_period_that_is_not_whole_is_not_assessed() -> None:
    data = dataset(Made(period=("2023-01-01", None)), Made(period=("2023-01-01", "2023-12-31")))
    assert verdicts("S112", data)[:2] == (1, 0)
    assert sum(verdicts("S112", data)[2].values()) == 1


def preamble(text: str, year: int = 2023) -> Made:
    return Made(year=year, sections={"preamble": text})


@pytest.mark.parametrize(
    ("text", "year", "actual"),
    [
        ("根据国办公开办函〔2019〕60号编制", 2023, "国办公开办函〔2019〕60号"),
        ("根据国办公开办函[2019] 60 号编制", 2022, "国办公开办函[2019]60号"),
        ("根据国办公开办函〔2021〕30号编制", 2020, "国办公开办函〔2021〕30号"),
        ("根据国办发〔2021〕30号编制", 2023, "国办发〔2021〕30号"),
        ("根据国办公开办函〔20211号编制", 2023, "国办公开办函〔20211号编制"),
        ("根据国办发公开办函〔2021〕30号编制", 2023, "国办发公开办函〔2021〕30号"),
        ("根据国办公开办函2021〕30号编制", 2023, None),
        ("依据国务院令第492号编制", 2023, None),
        ("根据国办公开办函〔2021〕60号编制", 2023, "国办公开办函〔2021〕60号"),
        ("《中华人民共和国政府信息公开条例》（国务院令第492号）", 2023, None),
        ("《政府信息公开条例》（国令第771号）", 2023, None),
        ("根据《条例》（国务院令第771号）编制", 2023, None),
    ],
)
def test_wrong_citations(text: str, year: int, actual: str | None) -> None:
    found = only("S113", preamble(text, year))
    assert actual in (None, found["actual"])
    assert found["location"] == "line 1"


@pytest.mark.parametrize(
    "text",
    [
        "根据国办公开办函〔2021〕30号和《政府信息公开条例》（国令第 711 号）编制",
        "按照国办公开办函（2021）30号、国办函〔2020〕109号、国办公开办函〔2019〕61号要求",
        "依据《优化营商环境条例》（国务院令第722号）",
        "根据《条例》（国务院令第711号）编制",
        "国办发〔2016〕80号",
        "《条例》（2007年国务院令第492号公布，2019年国务院令第711号修订）",
    ],
)
def test_right_citations(text: str) -> None:
    assert findings("S113", dataset(preamble(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "XX镇党委高度重视。",
        "全年共主动公开条，其中动态信息多。",
        "通过网站发布   条。",
        "通过网站发布信息  条、公告3条。",
        "该部分以表格形式报告。表格如下：",
        "（此处填写具体做法）",
        "20XX年，我镇认真落实。",
        "电话：0911-XXXXXXX",
        "制发规范性文件件。",
        "收到申请____件",
        "主动公开信息 条。",
        "办结 件，制发规范性文件 件。",
        "主动公开政府信息共计条",
        "×镇人民政府",
        "（单位名称）高度重视。",
        "共计公开信息【】条",
        "联系电话：XXXX-XXXXXXX",
        "填报说明：没有的填0",
        "【请在此处填写】",
        "主动公开信息×条。",
        "主动公开信息**条。",
        "如有收费请说明；如无，填“无”。",
        "监督保障（含各级人民政府“工作考核、社会评议和责任追究结果情况”）",
    ],
)
def test_remains_of_the_form(text: str) -> None:
    found = only("S114", Made(sections={"overview": SOUND["overview"] + "\n" + text}))
    assert found["statement"] == "text:overview"
    assert found["excerpt"]


@pytest.mark.parametrize(
    "text",
    [
        "邮箱：xxgk@126.com，网址http://www.xx.gov.cn/xxgk/index.html",
        "共主动公开信息28条。",
        "发布  条例解读3篇。收到信件5件，办理条数增加。",
        "坚持公开条件、公开条款、公开件数，按规范性文件件数统计。",
        "MAX值、iPhoneXX",
        "24小时×7天服务，3×24小时内答复。",
        "收到申请 件件有回音，一件件办理，逐条落实。",
        "发布信息百余条、若干篇，公开信息数十条。",
        "办理 12345 热线件 30 件，发布信息 1,200 条。",
        "（含街道）全年公开信息 12 条。",
        "坚持5×条线结合，**2023**年公开**256**条。",
    ],
)
def test_no_remains_of_the_form(text: str) -> None:
    made = Made(sections={"overview": SOUND["overview"] + "\n" + text})
    assert findings("S114", dataset(made)) == []
