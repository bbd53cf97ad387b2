"""A304: results of a channel do not add up to its total."""

from functools import partial

from rules.equations import measure
from rules.form import load_form
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="A304",
    severity=Severity.ERROR,
    title=Text("复议诉讼各结果之和不等于总计", "Results of a channel do not add up to its total"),
    demand=Text(
        "行政复议、未经复议直接起诉、复议后起诉各栏：维持 + 纠正 + 其他 + 尚未审结 = 总计",
        "In each channel: upheld + corrected + other + pending = total",
    ),
    message=Text(
        "“{subject}”：四种结果之和为 {left}，总计为 {right}",
        "{subject}: the four results come to {left}, the total says {right}",
    ),
    hint=Text(
        "请核对该栏四种结果与总计；总计漏填的补填合计数",
        "Check the four results of this channel against its total; fill in the sum where it was left at 0",
    ),
    citations={2019: "国办公开办函〔2019〕60号", 2021: "国办公开办函〔2021〕30号"},
    formula=load_form(2021).formulas["A304"],
    check=partial(measure, "A304"),
    passes=patch(
        cells={
            "disputes.review.upheld": 2,
            "disputes.review.pending": 1,
            "disputes.review.total": 3,
        },
    ),
    fails=patch(
        cells={
            "disputes.review.upheld": 2,
            "disputes.review.pending": 1,
            "disputes.review.total": 0,
        },
    ),
)
