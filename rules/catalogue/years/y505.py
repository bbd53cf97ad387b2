"""Y505: a column of carried in is not last year's carried out."""

from functools import partial

from rules.carried import carried
from rules.form import load_form
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_KINDS = tuple(
    c.key for c in load_form(2021).tables["applications"].blocks[0].columns if c.key != "total"
)


def _row(row: str, kind: str) -> dict[str, float | str]:
    return {f"applications.{row}.{column}": 2 for column in (kind, "total")}


def _this(kind: str) -> Patch:
    return Patch(cells={**_row("carried_in", kind), **_row("granted", kind), **_row("total", kind)})


_LAST = Patch(
    year=2022,
    role="previous",
    cells={**_row("new", "natural_person"), **_row("carried_out", "natural_person")},
)

RULE = Rule(
    code="Y505",
    severity=Severity.WARNING,
    title=Text(
        "上年结转的申请人类别与上年年报不符", "Carried in differs from last year by applicant"
    ),
    demand=Text(
        "每一类申请人：上年结转 = 上一年度年报的结转下年度继续办理",
        "In each applicant column: carried in equals last year's carried out",
    ),
    message=Text(
        "{cells}：上年结转实为 {actual}，{last}年年报结转下年度为 {expected}（总计一致，类别不一致）",
        "{cells}: carried in is {actual}, the report for {last} carried out {expected} "
        "(totals agree, the kinds of applicants do not)",
    ),
    hint=Text(
        "请核对是否填错了列；更正过上年申请人类别的，请说明",
        "See whether a figure stands in the wrong column, or last year's kinds were corrected",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式：上年结转、结转下年度继续办理两项的含义）",
        2021: "国办公开办函〔2021〕30号（年度报告格式：上年结转、结转下年度继续办理两项的含义）",
    },
    formula="carried_in[year, kind] = carried_out[year − 1, kind]",
    check=partial(carried, columns=_KINDS, within_total=True),
    passes=Example(reports=(_this("natural_person"), _LAST)),
    fails=Example(reports=(_this("business"), _LAST)),
)
