"""S105: rows of the form are missing."""

from functools import partial

from rules.lines import missing_lines
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="S105",
    severity=Severity.ERROR,
    title=Text("表格缺行", "Rows of the form are missing"),
    demand=Text(
        "格式规定的每一行都在（2021年起“（六）其他处理”分为三行）",
        "Every row of the form is present (（六）其他处理 is three rows since 2021)",
    ),
    message=Text(
        "{subject}缺少 {count} 行：{lacking}", "{subject} lacks rows ({count}): {lacking}"
    ),
    hint=Text(
        "请按现行格式补齐所缺的行，没有发生的填0",
        "Add the rows as the current form has them, 0 where there is nothing to count",
    ),
    citations={
        2019: "国办公开办函〔2019〕60号（年度报告格式）",
        2021: "国办公开办函〔2021〕30号（年度报告格式）",
    },
    check=partial(missing_lines, kind="row"),
    passes=patch(),
    fails=patch(drop=("applications.refused_publication",)),
)
