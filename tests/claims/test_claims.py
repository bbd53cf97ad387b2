"""What sentences state: figures by cell, in the shapes that real reports use."""

import pandas as pd
import pytest

from audit.claims import claims_frame
from rules.dataset import typed

NEW = "applications.new.total"
IN = "applications.carried_in.total"
RECEIVED = f"{NEW} | {NEW} + {IN}"
BOTH = f"{NEW} + {IN}"
DONE = "applications.total.total"
OUT = "applications.carried_out.total"
REVIEW = "disputes.review.total"
SUITS = "disputes.litigation_direct.total + disputes.litigation_after_review.total"
DOCS = "disclosure.normative_documents"
ISSUED = f"{DOCS}.issued | {DOCS}.made"


def claims(
    text: str, level: str = "township", section: str = "overview", year: int = 2023
) -> pd.DataFrame:
    sections = typed(
        "sections",
        {"report": [0], "order": [0], "key": [section], "text": [text], "location": ["line 9"]},
    )
    reports = typed(
        "reports", {"unit": ["青石镇"], "level": [level], "year": [year], "text": [True]}
    )
    return claims_frame(sections, reports)


def stated(text: str, level: str = "township", section: str = "overview") -> dict[str, float]:
    found = claims(text, level, section)
    found = found[found["kind"].isin(["count", "none"]) & found["year"].eq(2023)]
    assert not found["concept"].duplicated().any()
    return dict(zip(found["concept"], found["value"], strict=True))


SENTENCES = [
    # The first number is not always the count.
    ("全年收到网上申请12件，信函申请9件，共21件，均按时答复。", {RECEIVED: 21}),
    ("共收到政府信息公开申请21件，其中网上申请12件。", {RECEIVED: 21}),
    ("其中网上收到申请5件、信函收到申请3件。", {}),
    # Received may be new, or new and carried in, as the words say.
    ("本年新收政府信息公开申请7件，上年结转1件。", {NEW: 7, IN: 1}),
    ("收到政府信息公开申请8件（含上年结转1件）。", {BOTH: 8, IN: 1}),
    ("收到依申请公开7件，上年结转1件，均已办结。", {RECEIVED: 7, IN: 1}),
    ("收到申请10件，上年结转1件，全部按期答复11件。", {RECEIVED: 10, IN: 1, DONE: 11}),
    ("其中2022年结转3件申请，已办结。", {IN: 3}),
    ("收到申请3件，其中2件已答复，1件结转至2024年继续办理。", {RECEIVED: 3, DONE: 2, OUT: 1}),
    # Closures by one way or another are no total.
    ("全年收到申请19件，其中按程序办结11件，申请人撤回8件。", {RECEIVED: 19}),
    (
        "收到申请19件，其中答复11件，不予处理8件。",
        {RECEIVED: 19, "applications.refused_*.total": 8},
    ),
    ("依申请公开满意率100%，受理热线工单350件，办结350件。", {}),
    # Figures written in other ways.
    ("本年度收到依申请公开事项十二件，均按期答复。", {RECEIVED: 12}),
    ("我局共接到信息公开申请１，１３６件。", {RECEIVED: 1136}),
    ("我局共接到信息公开申请1,136件。", {RECEIVED: 1136}),
    ("全市共收到政府信息公开申请1.2万件。", {}),
    ("共收到政府信息公开申请1\n2件。", {RECEIVED: 12}),
    ("共收到政府信\n\n息公开申请\n\n8 件。", {RECEIVED: 8}),
    ("共收到申请1 136件。", {}),
    # None at all.
    ("我镇今年无依申请公开事项。", {RECEIVED: 0}),
    ("2023年，我乡未收到公民、法人和其他组织提出的政府信息公开申请。", {RECEIVED: 0}),
    ("全年未接到一件依申请公开政府信息的申请。", {RECEIVED: 0}),
    ("收到依申请公开0件。", {RECEIVED: 0}),
    ("未收到网上申请，收到当面申请2件。", {}),
    ("对未收到申请回执的，主动联系。", {}),
    # Other years, plans, comparisons.
    ("2022年收到申请5件，2023年收到申请8件。", {RECEIVED: 8}),
    ("去年收到申请5件。", {}),
    ("依申请公开工作方面，本年度“零申请”。", {RECEIVED: 0}),
    ("自《条例》修订实施以来，我镇累计收到信息公开申请11件。", {}),
    ("今年年初以来，我镇累计收到信息公开申请11件。", {RECEIVED: 11}),
    ("2024年计划收到申请30件以内。", {}),
    ("下一步，力争收到申请5件内办结5件。", {}),
    ("收到申请31件，较2022年的35件减少4件。", {RECEIVED: 31}),
    # Outcomes.
    (
        "申请办理中，予以公开20件，部分公开5件，不予公开10件，无法提供12件，其他处理1件。",
        {
            "applications.granted.total": 20,
            "applications.partial.total": 5,
            "applications.denied_*.total": 10,
            "applications.unable_*.total": 12,
            "applications.other_*.total": 1,
        },
    ),
    # Reviews and suits, over disclosure only.
    ("因政府信息公开工作被申请行政复议3件，提起行政诉讼1件。", {REVIEW: 3, SUITS: 1}),
    ("未发生因政府信息公开引起的行政复议、行政诉讼。", {f"{REVIEW} + {SUITS}": 0}),
    ("政府信息公开行政复议2件，未发生行政诉讼。", {REVIEW: 2, SUITS: 0}),
    ("全年办理行政复议案件120件，出庭应诉30件，政府信息公开更加规范。", {}),
    ("全年行政复议案件6件，均已审结。", {}),
    ("被申请行政复议9件，其中涉及政府信息公开2件，行政诉讼5件，均不涉及信息公开。", {REVIEW: 2}),
    # Table two.
    (
        "制发行政规范性文件4件，废止2件，现行有效32件。",
        {ISSUED: 4, f"{DOCS}.repealed": 2, f"{DOCS}.in_force": 32},
    ),
    (
        "牵头起草县政府规范性文件2件，以部门名义制发规范性文件1件。",
        {ISSUED: 1},
    ),
    ("制定规章制度2件，公开规范性文件12件。", {}),
    (
        "行政许可350件，行政处罚21件，行政强制2件，行政事业性收费12.6万元。",
        {
            "disclosure.licensing.decisions": 350,
            "disclosure.penalties.decisions": 21,
            "disclosure.coercion.decisions": 2,
            "disclosure.fees.amount": 12.6,
        },
    ),
    ("公示行政许可36件、行政处罚12件，行政许可事项5项。", {}),
    ("行政事业性收费251000元。", {"disclosure.fees.amount": 25.1}),
    ("全年收取信息处理费380元。", {"fees.information": 380}),
    ("依申请公开未收取任何费用。", {"fees.information": 0}),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_sentence_states(text: str, expected: dict[str, float]) -> None:
    assert stated(text) == pytest.approx(expected)


SCOPES = [
    # A whole area's figures are a county's own, and nobody else's.
    ("2023年，全县共收到政府信息公开申请21件。", "county", {RECEIVED: 21}),
    ("2023年，全县共收到政府信息公开申请21件。", "department", {}),
    ("按照全县统一部署，我局收到政府信息公开申请5件。", "department", {RECEIVED: 5}),
    ("2023年，县政府办公室共收到政府信息公开申请8件。", "county", {}),
    ("县政府本级收到申请8件，各镇收到申请13件。", "county", {}),
    ("全省共收到申请1.2万件，同比增长15.3%。", "province", {RECEIVED: 12000}),
]


@pytest.mark.parametrize(("text", "level", "expected"), SCOPES)
def test_whose_figures_they_are(text: str, level: str, expected: dict[str, float]) -> None:
    assert stated(text, level) == expected


def test_a_paragraph_on_requests_tells_what_its_sentences_are_about() -> None:
    lead = (
        "依申请公开。全年受理申请12件，其中自然人通过县政府网站、信函等多种方式提交11件，"
        "商业企业当面提交1件，申请内容涉及征地拆迁、城乡低保、财政资金、环境保护等方面。"
    )
    text = f"1.{lead}按期答复11件，另有1件因未到答复期限结转至2024年。被申请行政复议1件，予以维持。"
    told = stated(text)
    assert (told[DONE], told[OUT], told[REVIEW]) == (11, 1, 1)
    other = stated("2.平台建设。被申请行政复议1件，予以维持。")
    assert other == stated("1.依申请公开。认真答复。\n2.其他。被申请行政复议1件。") == {}


def test_problems_and_preamble_state_nothing() -> None:
    for section in ("problems", "preamble"):
        assert stated("共收到政府信息公开申请8件。", section=section) == {}


def test_a_sentence_that_only_looks_at_the_whole_stands_by_itself() -> None:
    row = claims("收到申请8件。从总体情况看，申请人均表示满意，未发生行政诉讼。").iloc[0]
    assert row["sentence"] == "收到申请8件。"


def test_an_approximate_figure_is_marked() -> None:
    for text in (
        "共收到申请30余件。",
        "共收到申请约30件。",
        "共收到申请近30件。",
        "共收到申请四十余件。",
    ):
        assert not claims(text)["exact"].any(), text


def test_a_claim_tells_where_it_stands() -> None:
    row = claims("（一）总体。认真落实。\n（二）依申请公开。收到政府信息公开申请8件。").iloc[0]
    assert (row["section"], row["location"]) == ("overview", "line 9")
    assert row["sentence"] == "收到政府信息公开申请8件。"


BREAKDOWNS = [
    ("全年公开信息33条，其中概况10条、政策4条、动态20条。", [(33, [10, 4, 20], "some")]),
    ("公开信息100条，其中动态60条、公告20条等。", [(100, [60, 20], "open")]),
    ("公开信息约100条，其中动态60条、公告20条。", [(100, [60, 20], "open")]),
    ("公开信息100条，包括动态60条、公告40条。", [(100, [60, 40], "all")]),
    ("公开信息60条，其中A村、B村、C村各20条。", [(60, [60], "some")]),
    (
        "公开信息50条，其中网站20条（动态12条、公告8条），公众号30条。",
        [(50, [20, 30], "some"), (20, [12, 8], "some")],
    ),
    ("公开信息120条，其中动态80条，公告40条，回复留言30条。", [(120, [80, 40], "some")]),
    ("公开信息126条。其中：机构类10条；政策类16条；动态类100条。", [(126, [10, 16, 100], "some")]),
    ("公开信息126条，其中：\n1.机构类10条；\n2.政策类16条；\n3.动态类100条。", [(126, [10, 16, 100], "some")]),
    ("网站公开120条，公众号公开300条，总计420条。", [(420, [120, 300], "all")]),
    ("公开信息580条，其中动态118条，占20.34%，公告142条，占24.48%。", [(580, [118, 142], "some")]),
    ("发布信息200条、图片300张、视频20条，其中便民信息50条。", []),
    ("接待来信来访86件次，其中来信12件、来访74批次（个体访68批），办结84件。", [(86, [12], "some")]),
    ("新收申请186件，上年结转9件，共办理195件，其中办公室52件，各镇38件，各局96件。", []),
    ("需办理的申请共7件，其中本年新收5件、上年结转1件；年内办结4件。", [(7, [5, 1], "some")]),
    ("公开信息50条，其中网站20条、微信30条、来信5条。", [(50, [20, 30, 5], "some")]),
    ("公开信息50条，其中网站20条，微信30条，来信5条。", [(50, [20, 30], "some")]),
    ("公开的40条信息中，机构5条，动态35条。", [(40, [5, 35], "some")]),
    (
        "收到申请12件，同比增加2件。从渠道看，网上8件、来信5件；从申请内容看，拆迁9件、低保3件。",
        [(12, [8, 5], "all")],
    ),
    ("收到申请9件，办结8件。从渠道看，网上6件、来信3件。", []),
    ("新收申请8件，上年结转1件。从渠道看，网上6件、来信3件。", []),
    ("收到申请12件。从渠道看，网上5件、来信2件居多。", []),
    ("公开信息40条，此外公开图片3条。", []),
    ("公开信息100条，较上年增加20条，其中动态100条。", [(100, [100], "some")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BREAKDOWNS)
def test_breakdowns(text: str, expected: list[tuple[int, list[int], str]]) -> None:
    found = claims(text)
    groups = [g for _, g in found[found["group"].notna()].groupby("group")]
    assert [
        (
            g.loc[g["kind"] == "total", "value"].item(),
            g.loc[g["kind"] == "part", "value"].tolist(),
            g["listing"].iloc[0],
        )
        for g in groups
    ] == expected


COMPARISONS = [
    ("收到申请22件，同比下降29%。", [("change", -29, 22, None)]),
    ("收到申请31件，较2022年的35件减少4件，下降11.4%。", [("change", -4, 31, 35), ("change", -11.4, 31, 35)]),
    ("2023年公开150条，2022年公开120条，同比增长25%。", [("change", 25, 150, 120)]),
    ("公开50条信息，其中网站20条，占比40%，微信30条。", [("share", 40, 20, 50)]),
    ("公开信息68条，其中动态50条、公告18条，较去年增加8条。", []),
    ("收到申请12件，较去年增加5件，增幅71.4%。", [("change", 5, 12, None), ("change", 71.4, 12, None)]),
    ("收到申请12件（网上9件、来信3件），同比增加4件。", [("change", 4, 12, None)]),
    ("行政许可320件，同比增长6.7%（2022年300件）。", [("change", 6.7, 320, 300)]),
    ("申请由2022年的8件降至2023年的5件，降幅37.5%。", [("change", -37.5, 5, 8)]),
    ("受理7件，较2022年（10件）减少3件，降幅30%。", [("change", -3, 7, 10), ("change", -30, 7, 10)]),
    ("申请办结率100%，满意率98%。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COMPARISONS)
def test_comparisons(text: str, expected: list[tuple[str, float, float, float | None]]) -> None:
    found = claims(text)
    rows = found[found["kind"].isin(["share", "change"])]
    told = [
        (r.kind, r.value, r.base, None if pd.isna(r.whole) else r.whole)
        for r in rows.itertuples(index=False)
    ]
    assert told == expected


def test_text_without_an_end_is_read_in_pieces() -> None:
    """Else 30,000 characters would take a quarter of a minute."""
    text = "公开信息100条，其中" + "网站发布1条、" * 2500 + "收到政府信息公开申请5件。"
    found = claims(text)
    assert found["sentence"].str.len().max() <= 3000
    assert found.loc[found["concept"].eq(RECEIVED), "value"].tolist() == [5]
