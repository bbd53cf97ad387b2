"""The mistakes in the reports for 2022."""

from __future__ import annotations

from dataclasses import replace

from rules.form import load_form
from tests.builder.samples.figures import figures
from tests.builder.samples.mistakes import (
    Expect,
    Mistake,
    cells,
    column,
    other,
    row,
    swap,
    titles,
)
from tests.builder.samples.sound import documents, sound
from tests.builder.truth import ReportTruth, Written, default_titles


def _trial_form(truth: ReportTruth) -> ReportTruth:
    """The tables of the 2019 form with this year's figures."""
    form = load_form(2019)
    own = {a: v for a, v in truth.cells.items() if a in form.addresses}
    second: dict[str, Written] = {
        "disclosure.normative_documents.made": truth.cells["disclosure.normative_documents.issued"],
        "disclosure.normative_documents.published": truth.cells[
            "disclosure.normative_documents.issued"
        ],
        "disclosure.normative_documents.total_public": truth.cells[
            "disclosure.normative_documents.in_force"
        ],
        "disclosure.licensing.items_last_year": 24,
        "disclosure.penalties.items_last_year": 9,
    }
    values = {**dict.fromkeys(form.addresses, 0), **own, **second}
    return replace(truth, edition=2019, cells=values, titles=default_titles(form))


def _last_years_text(truth: ReportTruth) -> ReportTruth:
    before = sound("云台街道", 2021)
    sections = dict(truth.sections)
    for key in ("overview", "problems"):
        sections[key] = before.sections[key].replace("2022", "2023").replace("2021", "2022")
    return _figures_of(truth, replace(truth, sections=sections))


def _figures_of(right: ReportTruth, copied: ReportTruth) -> ReportTruth:
    """The figures about requests and documents: the clerk did bring those up to date."""
    new, done = (right.cells[f"applications.{r}.total"] for r in ("new", "total"))
    asked = swap("overview", r"申请\d+件，办结\d+件", f"申请{new}件，办结{done}件")
    return swap("overview", "本年制发[^。]*。", documents(right.cells))(asked(copied))


def _neighbours_text(truth: ReportTruth) -> ReportTruth:
    source = sound("桐溪镇", 2022)
    there, here = figures("桐溪镇", 2022), truth.cells
    sections = dict(truth.sections)
    for key in ("overview", "problems"):
        text = source.sections[key].replace("桐溪镇", "河湾街道").replace("我镇", "我街道")
        for kind in ("licensing", "penalties"):
            old, new = (c[f"disclosure.{kind}.decisions"] for c in (there, here))
            text = text.replace(f"决定{old}件", f"决定{new}件")
        sections[key] = text
    return replace(truth, sections=sections)


MISTAKES = (
    Mistake(
        "白鹭镇",
        2022,
        "沿用了 2019 年的试行表格",
        (Expect("S108", text="第二十条第（九）项"),),
        _trial_form,
    ),
    Mistake(
        "桐溪镇",
        2022,
        "表三漏了一行",
        (Expect("S105", row("applications.refused_publication")),),
        other(drop=("applications.refused_publication",)),
    ),
    Mistake(
        "双枫镇",
        2022,
        "表三漏了科研机构一列",
        (Expect("S106", column("applications", "research")),),
        other(drop=("applications.*.research",)),
    ),
    Mistake(
        "柳荫镇",
        2022,
        "没有复议诉讼，就把表四删了",
        (Expect("S104", text="表四"),),
        other(drop=("disputes",)),
    ),
    Mistake(
        "枫林渡镇",
        2022,
        "表三贴的是图片",
        (Expect("F003", text="表格是图片"),),
        other(pictures=frozenset({"applications"})),
    ),
    Mistake(
        "松涛镇",
        2022,
        "不予公开后面加了一行小计",
        (Expect("S107", text="小计"),),
        other(rows={"小计": ("applications.denied_admin_query", (3, 0, 0, 0, 0, 0, 3))}),
    ),
    Mistake(
        "雁落乡",
        2022,
        "漏了第六部分",
        (Expect("S101", text="其他需要报告的事项"),),
        other(drop=("sections.other",)),
    ),
    Mistake(
        "梧桐坪乡",
        2022,
        "第六部分的序号又写成五",
        (Expect("S102", text="五、其他需要报告的事项"),),
        titles(other="五、其他需要报告的事项"),
    ),
    Mistake(
        "云台街道",
        2022,
        "第一、五部分是上年的文字，只改了年份、申请和文件件数",
        (Expect("Y503"),),
        _last_years_text,
    ),
    Mistake(
        "河湾街道",
        2022,
        "第一、五部分抄桐溪镇的，换了单位名称和许可、处罚件数",
        (Expect("N609", text="桐溪镇"), Expect("N609", text="河湾街道", unit="桐溪镇")),
        _neighbours_text,
    ),
    Mistake(
        "教育局",
        2022,
        "照 2019 年表的填法，把处罚的增减数填了进去",
        (
            Expect(
                "V204",
                ("disclosure.penalties.decisions",),
                truth={"disclosure.penalties.decisions": 65},
            ),
        ),
        cells(disclosure__penalties__decisions=-3),
    ),
    Mistake(
        "市场监督管理局",
        2022,
        "第一部分开头仍是 2021 年",
        (Expect("N606", text="2021年"),),
        swap("overview", "^过去的2022年", "2021年"),
    ),
)
