"""The mistakes in the reports for 2021."""

from __future__ import annotations

from tests.builder.samples.mistakes import (
    Expect,
    Mistake,
    both,
    cells,
    other,
    say,
    section,
    titles,
)
from tests.builder.truth import ReportTruth

_BLANK = tuple(
    f"applications.other_unpaid.{c}"
    for c in ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
)
_SLASH = tuple(
    f"disputes.litigation_after_review.{c}"
    for c in ("upheld", "corrected", "other", "pending", "total")
)


def _without_assurance(truth: ReportTruth) -> ReportTruth:
    paragraphs = truth.sections["overview"].split("\n")
    return section("overview", "\n".join(paragraphs[:5]))(truth)


MISTAKES = (
    Mistake(
        "双枫镇",
        2021,
        "开头仍引用 2019 年的通知；统计期限写到 12 月 30 日",
        (Expect("S112", text="2021年12月30日"), Expect("S113", text="国办公开办函〔2019〕60号")),
        other(
            preamble="根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于政府信息公开"
            "工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）要求，双枫镇编制本报告。"
            "报告所列数据的统计期限为2021年1月1日至2021年12月30日。联系单位：双枫镇党政办公室。"
        ),
    ),
    Mistake(
        "双枫镇",
        2021,
        "第五部分标题改了字",
        (Expect("S103", text="存在的问题及改进措施"),),
        titles(problems="五、存在的问题及改进措施"),
    ),
    Mistake(
        "柳荫镇",
        2021,
        "表三一行没有填写",
        (Expect("V201", _BLANK),),
        cells(**{a.replace(".", "__"): "" for a in _BLANK}),
    ),
    Mistake(
        "柳荫镇",
        2021,
        "没有案件的几格画斜线",
        (Expect("V202", _SLASH),),
        cells(**{a.replace(".", "__"): "/" for a in _SLASH}),
    ),
    Mistake(
        "松涛镇",
        2021,
        "处罚数填“若干”；收费金额填到了上一行的行政强制；许可数带单位",
        (
            Expect(
                "V203",
                ("disclosure.penalties.decisions",),
                truth={"disclosure.penalties.decisions": 15},
            ),
            Expect(
                "V205",
                ("disclosure.coercion.decisions",),
                truth={"disclosure.coercion.decisions": 0},
            ),
            Expect("V207", ("disclosure.licensing.decisions",)),
        ),
        cells(
            disclosure__penalties__decisions="若干",
            disclosure__coercion__decisions=0.2,
            disclosure__licensing__decisions="63件",
        ),
    ),
    Mistake(
        "雁落乡",
        2021,
        "第一部分缺监督保障一段；第六部分只写“无”一类的话，没有说明信息处理费",
        (
            Expect("S109", text="监督保障"),
            Expect("S109", text="工作考核、社会评议、责任追究"),
            Expect("S111", text="没有其他需要报告的事项。"),
        ),
        both(_without_assurance, section("other", "没有其他需要报告的事项。")),
    ),
    Mistake(
        "梧桐坪乡",
        2021,
        "第五部分只写“无”",
        (Expect("S110", text="无"),),
        section("problems", "无。"),
    ),
    Mistake(
        "云台街道",
        2021,
        "数字没填、占位符没改；从部门报告抄来“我局”",
        (
            Expect("S114", text="共召开政务公开推进会XX次，更新栏目信息条。"),
            Expect("N607", text="我局组织学习政府信息公开条例。"),
        ),
        both(
            say(5, "共召开政务公开推进会XX次，更新栏目信息条。"),
            say(3, "我局组织学习政府信息公开条例。"),
        ),
    ),
    Mistake(
        "水利局",
        2021,
        "二月下旬才公开",
        (Expect("R804", text="2022-02-21"),),
        other(published="2022-02-21"),
    ),
    Mistake(
        "教育局",
        2021,
        "统计期限还没有结束就公开了",
        (Expect("N611", text="2021-12-28"),),
        other(published="2021-12-28"),
    ),
    Mistake(
        "市场监督管理局",
        2021,
        "予以公开一行自然人漏了十位数字",
        (
            Expect(
                "A302",
                ("applications.granted.natural_person",),
                truth={"applications.granted.natural_person": 14},
            ),
            Expect(
                "A303",
                ("applications.granted.natural_person",),
                truth={"applications.granted.natural_person": 14},
            ),
        ),
        cells(applications__granted__natural_person=4),
    ),
)
