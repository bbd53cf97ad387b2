"""Y501: carried in is not what was carried out last year."""

from functools import partial

from rules.carried import carried
from rules.vocabulary import Example, Patch, Rule, Severity, Text


def _row(row: str, count: int) -> dict[str, float | str]:
    return {f"applications.{row}.{column}": count for column in ("natural_person", "total")}


_LAST = Patch(year=2022, role="previous", cells={**_row("new", 2), **_row("carried_out", 2)})

RULE = Rule(
    code="Y501",
    severity=Severity.ERROR,
    title=Text("上年结转与上年年报不符", "Carried in is not what was carried out last year"),
    demand=Text(
        "上年结转（总计）= 上一年度年报的结转下年度继续办理（总计）",
        "Carried in (total) equals last year's carried out (total)",
    ),
    message=Text(
        "上年结转实为 {actual} 件，{last}年年报结转下年度为 {expected} 件，应当一致；"
        "确因机构改革或更正上年数据的，请说明",
        "Carried in is {actual}, the report for {last} carried out {expected}; they should be equal, "
        "unless bodies were reorganised or last year's figures corrected",
    ),
    hint=Text(
        "请对照上年年报更正；两种情况可以不一致并应说明：机构改革（合并、撤销、划转）、上年数据更正",
        "Correct it by last year's report; two explanations are accepted: reorganisation of bodies, "
        "correction of last year's figures",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式：上年结转、结转下年度继续办理两项的含义）",
        2021: "国办公开办函〔2021〕30号（年度报告格式：上年结转、结转下年度继续办理两项的含义）",
    },
    formula="carried_in[year] = carried_out[year − 1]",
    check=partial(carried, columns=("total",)),
    passes=Example(
        reports=(
            Patch(cells={**_row("carried_in", 2), **_row("granted", 2), **_row("total", 2)}),
            _LAST,
        )
    ),
    fails=Example(
        reports=(
            Patch(cells={**_row("carried_in", 1), **_row("granted", 1), **_row("total", 1)}),
            _LAST,
        )
    ),
)
