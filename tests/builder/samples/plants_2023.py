"""The mistakes in the reports for 2023."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.balance import KINDS
from tests.builder.samples.figures import figures
from tests.builder.samples.mistakes import (
    Expect,
    Mistake,
    both,
    cells,
    say,
    section,
    swap,
)
from tests.builder.samples.sound import parts, published
from tests.builder.truth import ReportTruth, Written


def _carried_as_new(truth: ReportTruth) -> ReportTruth:
    """Nothing carried in; what came from last year stands among the new requests, text and all."""
    written: dict[str, Written] = dict(truth.cells)
    for kind in (*KINDS, "total"):
        carried = int(truth.cells[f"applications.carried_in.{kind}"])
        written[f"applications.new.{kind}"] = int(truth.cells[f"applications.new.{kind}"]) + carried
        written[f"applications.carried_in.{kind}"] = 0
    new = written["applications.new.total"]
    return swap("overview", r"申请\d+件，上年结转\d+件", f"申请{new}件")(
        replace(truth, cells=written)
    )


def _own(name: str, address: str) -> int:
    return int(figures(name, 2023)[address])


_A, _B, _C = parts("松涛镇", 2023)
_N, _LAST = published("云台街道", 2023), published("云台街道", 2022)
_RISE = (_N - _LAST) / _LAST * 100

MISTAKES = (
    Mistake(
        "白鹭镇",
        2023,
        "文字照抄往年的“未收到”，表里有 2 件",
        (Expect("N604", ("applications.new.total",), text="未收到政府信息公开申请"),),
        swap("overview", r"全年新收政府信息公开申请2件，办结2件。", "全年未收到政府信息公开申请。"),
    ),
    Mistake(
        "桐溪镇",
        2023,
        "把规章制度当作规章填进表二",
        (
            Expect(
                "L401",
                ("disclosure.regulations.issued", "disclosure.regulations.in_force"),
                truth={"disclosure.regulations.issued": 0, "disclosure.regulations.in_force": 0},
            ),
        ),
        both(
            cells(disclosure__regulations__issued=2, disclosure__regulations__in_force=2),
            say(5, "年内新订值班、印章管理两项内部规章制度。"),
        ),
    ),
    Mistake(
        "双枫镇",
        2023,
        "文字中的新收件数和予以公开件数与表三不同",
        (
            Expect("N601", ("applications.new.total",), text="新收政府信息公开申请5件"),
            Expect("N602", ("applications.granted.total",), text="予以公开5件"),
        ),
        both(
            swap("overview", r"申请7件", "申请5件"),
            say(2, "从答复结果看，予以公开5件，不予公开1件，无法提供2件。"),
        ),
    ),
    Mistake(
        "柳荫镇",
        2023,
        "收费金额按元填写",
        (
            Expect(
                "V206",
                ("disclosure.fees.amount",),
                truth={"disclosure.fees.amount": 0.86},
            ),
        ),
        cells(disclosure__fees__amount=8600),
    ),
    Mistake(
        "柳荫镇",
        2023,
        "两件申请中就有一件按大量反复申请处理（属实，值得一看）",
        (Expect("P702", ("applications.refused_excessive.total",)),),
        lambda truth: truth,
    ),
    Mistake(
        "枫林渡镇",
        2023,
        "第六部分说收了信息处理费，表二收费金额却是 0",
        (Expect("P704", ("disclosure.fees.amount",), text="收取信息处理费380元"),),
        section(
            "other",
            "本年度发出信息处理费收费通知1份，收取信息处理费380元。除此之外没有需要报告的事项。",
        ),
    ),
    Mistake(
        "枫林渡镇",
        2023,
        "现行有效件数多填了三件",
        (
            Expect(
                "Y502",
                ("disclosure.normative_documents.in_force",),
                truth={
                    "disclosure.normative_documents.in_force": _own(
                        "枫林渡镇", "disclosure.normative_documents.in_force"
                    )
                },
            ),
        ),
        cells(
            disclosure__normative_documents__in_force=3
            + _own("枫林渡镇", "disclosure.normative_documents.in_force")
        ),
    ),
    Mistake(
        "松涛镇",
        2023,
        "分项之和比总数多",
        (Expect("N605", text=f"其中政务动态类{_A + 60}条"),),
        say(
            1,
            f"另据统计，全镇共公开政府信息{_A + _B + _C}条，其中政务动态类{_A + 60}条、"
            f"民生保障类{_B}条、其他类{_C}条。",
        ),
    ),
    Mistake(
        "雁落乡",
        2023,
        "上年结转的 1 件并入了新收",
        (
            Expect(
                "Y501",
                ("applications.carried_in.total",),
                truth={"applications.carried_in.total": 1},
            ),
        ),
        _carried_as_new,
    ),
    Mistake(
        "梧桐坪乡",
        2023,
        "三张表都是上年的",
        (
            Expect("Y506", ("disclosure.licensing.decisions",)),
            Expect("Y506", ("applications.new.total",)),
        ),
        lambda truth: truth,
    ),
    Mistake(
        "寒泉乡",
        2023,
        "三张表与云台街道的完全相同",
        (Expect("N612", text="云台街道"), Expect("N612", text="寒泉乡", unit="云台街道")),
        lambda truth: truth,
    ),
    Mistake(
        "云台街道",
        2023,
        "增幅算错；日期不存在",
        (
            Expect("N610", text=f"增长{_RISE + 10:.1f}%"),
            Expect("N611", text="2023年2月30日"),
        ),
        both(
            say(
                1,
                f"全年公开政府信息{_N}条，较2022年的{_LAST}条增长{_RISE + 10:.1f}%。",
            ),
            say(5, "2023年2月30日召开政务公开专题会议。"),
        ),
    ),
    Mistake(
        "河湾街道",
        2023,
        "复议件数与表四不同；复议后起诉多于两年的复议",
        (
            Expect("N603", ("disputes.review.total",), text="行政复议3件"),
            Expect("P703", ("disputes.litigation_after_review.total",)),
        ),
        swap("overview", "行政复议2件", "行政复议3件"),
    ),
    Mistake(
        "河湾街道",
        2023,
        "制发 2 件、废止 0 件，现行有效却没有填数",
        (
            Expect("A305", ("disclosure.normative_documents.in_force",)),
            Expect("Y507", ("disclosure.normative_documents.issued",)),
        ),
        cells(
            disclosure__normative_documents__issued=2,
            disclosure__normative_documents__repealed=0,
            disclosure__normative_documents__in_force=0,
        ),
    ),
    Mistake(
        "水利局",
        2023,
        "新收一行商业企业多打了一位；文字中的许可件数与表二不同",
        (
            Expect("A301", ("applications.new.business",), truth={"applications.new.business": 4}),
            Expect("A303", ("applications.new.business",), truth={"applications.new.business": 4}),
            Expect("N608", ("disclosure.licensing.decisions",), text="行政许可决定921件"),
        ),
        both(
            cells(applications__new__business=44),
            say(1, "全年作出行政许可决定921件。"),
        ),
    ),
    Mistake(
        "教育局",
        2023,
        "本机关不掌握一行的数字填到了右边一格；复议的其他结果漏填",
        (
            Expect(
                "A302",
                (
                    "applications.unable_not_held.natural_person",
                    "applications.unable_not_held.business",
                ),
                truth={
                    "applications.unable_not_held.natural_person": 2,
                    "applications.unable_not_held.business": 0,
                },
            ),
            Expect("A304", ("disputes.review.other",), truth={"disputes.review.other": 1}),
        ),
        cells(
            applications__unable_not_held__natural_person=0,
            applications__unable_not_held__business=2,
            disputes__review__other=0,
        ),
    ),
    Mistake(
        "教育局",
        2023,
        "上年结转的自然人 2 件填到了商业企业一栏，新收随之凑平",
        tuple(
            Expect(
                "Y505",
                (f"applications.carried_in.{kind}",),
                truth={f"applications.carried_in.{kind}": n},
            )
            for kind, n in (("natural_person", 2), ("business", 0))
        ),
        cells(
            applications__carried_in__natural_person=0,
            applications__carried_in__business=2,
            applications__new__natural_person=2 + _own("教育局", "applications.new.natural_person"),
            applications__new__business=_own("教育局", "applications.new.business") - 2,
        ),
    ),
    Mistake(
        "市场监督管理局",
        2023,
        "结转下年的超过全年新收的一半（属实，值得一看）",
        (Expect("P701", ("applications.carried_out.total",)),),
        lambda truth: truth,
    ),
)
