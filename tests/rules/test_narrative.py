"""Family N: what the text says against the tables, over datasets made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from audit.claims import with_claims
from rules.dataset import Dataset, Status
from tests.rules.dataset_factory import Made, dataset, findings, verdicts

EIGHT = {
    "applications.new.natural_person": 8,
    "applications.new.total": 8,
    "applications.carried_in.total": 1,
    "applications.granted.total": 6,
    "applications.denied_safety.total": 1,
    "applications.denied_process.total": 1,
    "applications.total.total": 8,
    "applications.carried_out.total": 1,
}
REVIEWS = {
    "disputes.review.upheld": 2,
    "disputes.review.corrected": 1,
    "disputes.review.total": 3,
    "disputes.litigation_direct.total": 1,
    "disputes.litigation_after_review.total": 1,
}
PAPERS = {
    "disclosure.normative_documents.issued": 4,
    "disclosure.normative_documents.in_force": 32,
    "disclosure.licensing.decisions": 12,
    "disclosure.fees.amount": 7730.28,
}
ALL = {**EIGHT, **REVIEWS, **PAPERS}


def says(text: str, cells: Any = None, **more: Any) -> Dataset:
    sections = {"overview": text, **more.pop("sections", {})}
    return with_claims(dataset(Made(cells=cells or {}, sections=sections, **more)))


def told(code: str, data: Dataset) -> list[tuple[Any, Any]]:
    return [(f["expected"], f["actual"]) for f in findings(code, data)]


DIFFERS = [
    ("N601", "全年共收到政府信息公开申请10件。", (8, 10)),
    ("N601", "收到政府信息公开申请8件（含上年结转1件）。", (9, 8)),
    ("N601", "收到网上申请7件，信函申请3件，共10件。", (8, 10)),
    ("N601", "收到政府信息公开申请约30件。", (8, 30)),
    ("N602", "收到申请8件，上年结转2件。", (1, 2)),
    ("N602", "上年结转申请1件，全部答复9件。", (8, 9)),
    ("N602", "申请中，不予公开3件。", (2, 3)),
    ("N602", "申请办结8件，无结转下年度办理的申请。", (1, 0)),
    ("N603", "因政府信息公开被申请行政复议4件。", (3, 4)),
    ("N603", "政府信息公开行政复议3件，行政诉讼3件。", (2, 3)),
    ("N603", "政府信息公开行政复议3件，结果维持3件。", (2, 3)),
    ("N604", "我镇今年无依申请公开事项。", (8, 0)),
    ("N604", "政府信息公开行政复议3件，未发生行政诉讼。", (2, 0)),
    ("N608", "制发行政规范性文件5件，现行有效32件。", (4, 5)),
    ("N608", "未制发行政规范性文件。", (4, 0)),
    ("N608", "作出行政许可决定21件。", (12, 21)),
    ("N608", "行政事业性收费7703万元。", (7730.28, 7703)),
]


@pytest.mark.parametrize(("code", "text", "expected"), DIFFERS)
def test_a_wrong_figure_is_found_once_and_by_one_rule(
    code: str, text: str, expected: tuple[float, float]
) -> None:
    data = says(text, ALL)
    assert told(code, data) == [expected]
    assert [c for c in ("N601", "N602", "N603", "N604", "N608") if told(c, data)] == [code]


AGREES = [
    "全年共收到政府信息公开申请8件，上年结转1件，答复8件，结转下年度1件。",
    "共办理申请9件。收到政府信息公开申请9件（含上年结转1件）。",
    "收到政府信息公开申请9件，均依法办理。",
    "收到网上申请5件，信函申请3件，共8件。",
    "收到申请近10件。",
    "收到申请8件，其中网上申请5件。其中网上收到申请5件。",
    "申请中，予以公开6件，不予公开2件，无法提供0件。",
    "收到申请8件，较2022年的12件减少4件。",
    "2022年收到申请5件，2023年收到申请8件。",
    "全县收到申请120件，我镇收到申请8件。",
    "2024年计划办理申请30件。",
    "因政府信息公开被申请行政复议3件、行政诉讼2件。",
    "政府信息公开行政复议、行政诉讼共5件。",
    "全年出具行政复议决定120件。",
    "制发行政规范性文件4件，现行有效32件，行政许可12件，行政事业性收费7730.3万元。",
    "制发制度4项，公开规范性文件20件，公开行政许可信息360条。",
    "行政事业性收费77302800元。",
    "未收到网上申请。",
    "未发生一起因政府信息公开不当引起的投诉。",
]


@pytest.mark.parametrize("text", AGREES)
def test_a_sound_sentence_raises_nothing(text: str) -> None:
    data = says(text, ALL)
    codes = ("N601", "N602", "N603", "N604", "N605", "N606", "N607", "N608", "N610", "N611")
    assert {c: told(c, data) for c in codes if told(c, data)} == {}


def test_a_figure_where_the_table_has_nothing_is_n604s() -> None:
    data = says("收到政府信息公开申请3件。")
    assert told("N604", data) == [(0, 3)]
    assert told("N601", data) == []


def test_a_table_that_was_not_read_is_not_assessed() -> None:
    data = says("收到政府信息公开申请3件。", {"applications.*": Status.BLANK})
    assert verdicts("N601", data) == (0, 0, {"cells missing or unread": 1})
    assert verdicts("N601", says("认真落实。"))[2] == {"the text states no such figure": 1}
    assert verdicts("N601", with_claims(dataset(Made(text=False))))[2] == {
        "tidy data holds no text": 1
    }


def test_each_wrong_figure_names_its_sentence_and_cells() -> None:
    (fact,) = findings("N602", says("认真落实。申请中，不予公开3件。", EIGHT))
    assert fact["excerpt"] == "申请中，不予公开3件。"
    assert "applications.denied_law.total" in fact["cells"]
    assert fact["location"] == "line 2"


UNFIT = [
    "全年公开信息33条，其中概况10条、政策4条、动态20条。",
    "全年公开信息382条，其中微信公众号2443条。",
    "发布解读66件，包括文字60件、图片3件。",
    "公开信息84条，分别为动态60条、公告44条。",
    "公开信息84条，其中动态60条、公告23条。",
    "网站公开120条，公众号公开300条，总计430条。",
    "公开信息50条，其中网站20条（动态12条、公告9条），公众号30条。",
]


@pytest.mark.parametrize("text", UNFIT)
def test_parts_that_do_not_fit_their_total(text: str) -> None:
    assert len(told("N605", says(text))) == 1


FIT = [
    "公开信息644条，其中甲类20条、乙类100条、丙类24条、丁类500条。",
    "公开信息50条，其中网站20条（概况10条、政策4条、财政1条、其他5条），公众号11条，公示栏4条，微信群8条，广播7条。",
    "公开信息50条，其中网站20条，其中概况10条、政策4条、财政1条、其他5条，公众号11条，公示栏4条，微信群8条。",
    "公开信息848条，其中通过网站公开513条，通过公众号发布283条，通过微博发布52条。",
    "公开信息306条，其中网站216条，微信22条，公示栏299条。",
    "公开信息100条，其中动态30条、公告20条。",
    "公开信息100条，其中动态60条、公告38条等。",
    "公开信息100余条，其中动态60条、公告45条。",
    "公开信息120条，其中动态80条、公告40条，回复留言30条，接听电话200次。",
    "公开信息200条、图片300张、视频20条，其中便民信息50条。",
    "公开信息60条，其中甲村、乙村、丙村各20条。",
    "收到申请8件，其中自然人7件，商业企业1件，网络申请5件、信函申请3件。",
    "公开信息100条，网站、公众号同步发布，其中网站90条，公众号95条。",
]


@pytest.mark.parametrize("text", FIT)
def test_parts_that_fit_or_do_not_claim_to(text: str) -> None:
    assert told("N605", says(text)) == []


def test_percentages_fit_to_the_printed_decimals() -> None:
    shares = "公开信息580条，其中动态118条，占{}%，公告142条，占24.48%，其他320条，占55.18%。"
    assert told("N610", says(shares.format("20.34"))) == []
    assert told("N610", says(shares.format("23.40"))) == [(20.34, 23.4)]
    assert told("N610", says("收到申请31件，较上年的35件减少5件。")) == [(-4, -5)]
    assert told("N610", says("2023年公开150条，2022年公开120条，同比增长35%。")) == [(25, 35)]


def test_last_years_report_is_the_base_where_the_text_gives_none() -> None:
    past = Made(year=2022, role="previous", cells={"applications.new.total": 31})
    cells = {"applications.new.total": 22}
    for percent, expected in (("29", []), ("19", [(-29.03, -19)])):
        text = f"2023年收到申请22件，同比下降{percent}%。"
        now = Made(cells=cells, sections={"overview": text})
        assert told("N610", with_claims(dataset(past, now))) == expected
        alone = with_claims(dataset(now))
        assert verdicts("N610", alone)[2] == {"no figure for the year before": 1}


OTHER_YEAR = [
    {"text": "2022年，我镇认真贯彻条例，主动公开信息。"},
    {"text": "（一）主动公开。\n2022年，我镇公开信息100条。\n（二）依申请。\n2022年未收到申请。"},
    {"text": "我镇把公开作为重要抓手，2022年的工作取得了扎实成效。"},
    {"text": "我镇认真落实。年内2022年制发行政规范性文件2件。"},
    {"text": "认真落实。", "period": ("2022-01-01", "2022-12-31")},
    {"text": "认真落实。", "published": "2025-03-01"},
    {
        "text": "认真落实。",
        "sections": {"preamble": "现公布青石镇2020年政府信息公开工作年度报告。"},
    },
]


@pytest.mark.parametrize("more", OTHER_YEAR)
def test_another_year_is_found(more: dict[str, Any]) -> None:
    assert len(told("N606", says(**more))) == 1


SAME_YEAR = [
    "2023年，我镇认真落实。2024年，我镇将继续加强公开。",
    "2023年，我镇公开信息50条。2022年，我镇公开信息40条。",
    "根据2019年修订的条例和国办公开办函〔2021〕30号，2023年我镇落实。",
    "2022年结转申请1件。2023年，我镇收到申请2件。",
    "2020年以来，我镇坚持公开。",
    "2023年度受理依申请公开1件，2022年度受理0件，按期办结1件。",
    "我镇针对2022年的工作中反映的问题，逐项整改。",
    "我镇把公开作为抓手，2022年的工作受到好评，2023年再接再厉。",
    "2022年，我镇获评先进，2023年继续努力。",
]


@pytest.mark.parametrize("text", SAME_YEAR)
def test_years_that_may_stand_there(text: str) -> None:
    assert told("N606", says(text, published="2024-01-20")) == []


FOREIGN = [
    ("桥头乡", "township", "我街道认真落实。"),
    ("桥头镇", "township", "我局高度重视。"),
    ("桥头镇", "township", "组织推动全省政府信息公开工作。"),
    ("桥头镇", "township", "2023年，石桥镇认真贯彻条例。"),
    ("平安县", "county", "我局认真落实。"),
    ("水务局", "department", "我镇认真落实。"),
]


@pytest.mark.parametrize(("unit", "level", "text"), FOREIGN)
def test_another_unit_is_found(unit: str, level: str, text: str) -> None:
    assert len(told("N607", says(text, unit=unit, level=level))) == 1


OWN = [
    ("桥头镇", "township", "县局指导，派出所配合，我镇推进，我县统一部署，全镇落实。"),
    ("桥头镇", "township", "按照省政府推进全省政府信息公开工作的要求落实。"),
    ("桥头镇", "township", "2023年，桥头镇认真贯彻条例。安平县桥头镇坚持公开。"),
    ("城关街道", "township", "我街认真落实，各镇（街道）严格执行，城关街道办事处坚持公开。"),
    ("平安县", "county", "青石镇认真落实，我县坚持公开。"),
    ("桥头镇", "township", "学习《我局的故事》，宣传“我乡我土”。"),
    (
        "桥头镇",
        "township",
        "形成了公开的基本局面，选取样本乡开展测评，我乡镇干部记住乡愁，培养本乡本土人才。",
    ),
]


@pytest.mark.parametrize(("unit", "level", "text"), OWN)
def test_names_that_may_stand_there(unit: str, level: str, text: str) -> None:
    assert told("N607", says(text, unit=unit, level=level)) == []


def test_what_belongs_to_another_unit_of_the_run() -> None:
    for text, found in (
        ("通过石桥镇微信公众号发布信息。", 1),
        ("赴石桥镇学习，借鉴石桥镇政务公开工作经验。", 0),
        ("通过青石镇微信公众号发布信息。", 0),
        ("支持柳河镇政务公开工作。", 0),
    ):
        data = dataset(Made(sections={"overview": text}), Made(unit="石桥镇"))
        assert len(findings("N607", data)) == found, text


@pytest.mark.parametrize(
    "text",
    [
        "至202020年12月31日止。",
        "2023年2月30日召开。",
        "2023年13月。",
        "12月32日。",
        "2020你那12月31日。",
    ],
)
def test_impossible_dates(text: str) -> None:
    assert len(told("N611", says(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "自202311日起至20231231日止。",
        "2023 1 1 日",
        "2024年2月29日",
        "1月1日至12月31日",
        "〔2021〕30号",
    ],
)
def test_possible_dates_and_stripped_ones(text: str) -> None:
    assert told("N611", says(text)) == []


def test_a_report_is_not_out_before_its_year_is_over() -> None:
    assert told("N611", says("认真落实。", published="2023-12-27")) == [(None, "2023-12-27")]
    assert told("N611", says("认真落实。", published="2024-01-03")) == []


LONG = (
    "综合办为主管科室，逐级压实责任，定期研究难点堵点。窗口设置查询终端，配备专门人员引导群众检索惠民补贴、征地补偿、低保救助。"
    "聘请老党员担任监督员，每季度走访院坝，记录群众关切，督促站所限时答疑。公众号开设便民专题，刊载办事指南，解释医保报销流程。"
)
OTHER_TEXT = (
    "农技员把良种补贴标准印成手册送到田埂；文化站利用赶集日搭台宣讲，收回意见簿后逐条销号。财政所逐月晒出专项资金流向，"
    "纪检干部抽查村务栏更新是否及时，发现错漏当天督促更正，年底请人大代表当面评议，按得分排出名次。"
)


def _with_text(unit: str, text: str, **more: Any) -> Made:
    return Made(unit=unit, sections={"overview": text}, **more)


def test_a_copied_text_is_found_whatever_the_names_and_figures() -> None:
    one = _with_text("青石镇", f"青石镇公开信息50条。{LONG}我镇落实。")
    two = _with_text("石桥乡", f"石桥乡公开信息71条。{LONG}我乡落实。")
    three = _with_text("柳河镇", OTHER_TEXT)
    found = findings("N609", dataset(one, two, three))
    assert [(f["report"], f["details"]["other"]) for f in found] == [(0, "石桥乡"), (1, "青石镇")]


def test_a_text_is_not_compared_with_the_units_own() -> None:
    reports = (_with_text("青石镇", LONG), _with_text("青石镇", LONG, year=2022, role="previous"))
    assert findings("N609", dataset(*reports)) == []


def test_a_countys_template_is_no_copy() -> None:
    reports = [_with_text(f"{name}镇", LONG) for name in "甲乙丙丁戊己庚辛"]
    assert findings("N609", dataset(*reports)) == []


def test_equal_tables_are_found_unless_chance_makes_them() -> None:
    many = {"disclosure.licensing.decisions": 137, "disclosure.penalties.decisions": 46}
    few = {"applications.new.total": 1, "applications.granted.total": 1}
    for cells, expected in ((many, [0, 1]), (few, []), ({}, [])):
        data = dataset(Made(cells=cells), Made(unit="石桥镇", cells=cells))
        assert [f["report"] for f in findings("N612", data)] == expected
    apart = dataset(
        Made(cells=many), Made(unit="石桥镇", cells={**many, "disputes.review.total": 1})
    )
    assert findings("N612", apart) == []
