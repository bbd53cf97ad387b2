"""S106: columns of the form are missing."""

from functools import partial

from rules.lines import missing_lines
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="S106",
    severity=Severity.ERROR,
    title=Text("表格缺列", "Columns of the form are missing"),
    demand=Text("格式规定的每一列都在", "Every column of the form is present"),
    message=Text(
        "{subject}缺少 {count} 列：{lacking}", "{subject} lacks columns ({count}): {lacking}"
    ),
    hint=Text(
        "请按现行格式补齐所缺的列，没有发生的填0",
        "Add the columns as the current form has them, 0 where there is nothing to count",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=partial(missing_lines, kind="column"),
    passes=patch(),
    fails=patch(drop=("applications.*.research",)),
)
