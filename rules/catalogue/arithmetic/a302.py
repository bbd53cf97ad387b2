"""A302: outcomes do not add up to the total."""

from functools import partial

from rules.equations import measure
from rules.form import load_form
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="A302",
    severity=Severity.ERROR,
    title=Text("办理结果各项之和不等于总计", "Outcomes do not add up to the total"),
    demand=Text(
        "每一列：各项办理结果之和 = （七）总计", "In each column: the outcomes add up to （七）总计"
    ),
    message=Text(
        "“{subject}”列：各项办理结果之和为 {left}，（七）总计为 {right}",
        "Column {subject}: the outcomes come to {left}, （七）总计 says {right}",
    ),
    hint=Text(
        "请逐项核对该列（一）至（六）的数字；部分公开只计一次",
        "Check the figures of （一） to （六） in this column one by one",
    ),
    citations={2019: "国办公开办函〔2019〕60号", 2021: "国办公开办函〔2021〕30号"},
    formula=load_form(2021).formulas["A302"],
    check=partial(measure, "A302"),
    passes=patch(
        cells={
            "applications.new.business": 4,
            "applications.new.total": 4,
            "applications.granted.business": 1,
            "applications.granted.total": 1,
            "applications.unable_not_held.business": 3,
            "applications.unable_not_held.total": 3,
            "applications.total.business": 4,
            "applications.total.total": 4,
        }
    ),
    fails=patch(
        cells={
            "applications.new.business": 4,
            "applications.new.total": 4,
            "applications.granted.business": 1,
            "applications.granted.total": 1,
            "applications.unable_not_held.business": 2,
            "applications.unable_not_held.total": 2,
            "applications.total.business": 4,
            "applications.total.total": 4,
        }
    ),
)
