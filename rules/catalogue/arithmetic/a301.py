"""A301: intake and outcome differ."""

from functools import partial

from rules.equations import measure
from rules.form import load_form
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="A301",
    severity=Severity.ERROR,
    title=Text("收支不平", "Intake and outcome differ"),
    demand=Text(
        "每一列：本年新收 + 上年结转 = 办理结果总计 + 结转下年度继续办理",
        "In each column: new + carried in = total handled + carried out",
    ),
    message=Text(
        "“{subject}”列：本年新收与上年结转之和为 {left}，办理结果总计与结转下年度之和为 {right}，两者应相等",
        "Column {subject}: new + carried in is {left}, total handled + carried out is {right}; they must be equal",
    ),
    hint=Text(
        "请核对该列第一、二项和（七）总计、第四项；表头已注明勾稽关系",
        "Check this column's first two rows against （七）总计 and its last row",
    ),
    citations={2019: "国办公开办函〔2019〕60号", 2021: "国办公开办函〔2021〕30号"},
    formula=load_form(2021).formulas["A301"],
    check=partial(measure, "A301"),
    passes=patch(
        cells={
            "applications.new.natural_person": 3,
            "applications.new.total": 3,
            "applications.granted.natural_person": 3,
            "applications.granted.total": 3,
            "applications.total.natural_person": 3,
            "applications.total.total": 3,
        }
    ),
    fails=patch(
        cells={
            "applications.new.natural_person": 3,
            "applications.new.total": 3,
            "applications.granted.natural_person": 2,
            "applications.granted.total": 2,
            "applications.total.natural_person": 2,
            "applications.total.total": 2,
        }
    ),
)
