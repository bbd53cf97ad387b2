"""A303: applicant kinds do not add up to the total."""

from functools import partial

from rules.equations import measure
from rules.form import load_form
from rules.vocabulary import Rule, Severity, Text, patch

RULE = Rule(
    code="A303",
    severity=Severity.ERROR,
    title=Text("各类申请人之和不等于总计", "Applicant kinds do not add up to the total"),
    demand=Text(
        "每一行：自然人与五类法人或其他组织之和 = 总计",
        "In each row: natural persons and the five kinds of organisations add up to the total column",
    ),
    message=Text(
        "“{subject}”行：六类申请人之和为 {left}，总计为 {right}",
        "Row {subject}: the six kinds of applicants come to {left}, the total says {right}",
    ),
    hint=Text(
        "请核对该行自然人至其他六格与总计", "Check the six cells of this row against its total"
    ),
    citations={2019: "国办公开办函〔2019〕60号", 2021: "国办公开办函〔2021〕30号"},
    formula=load_form(2021).formulas["A303"],
    check=partial(measure, "A303"),
    passes=patch(
        cells={
            "applications.new.natural_person": 2,
            "applications.new.legal_service": 1,
            "applications.new.total": 3,
            "applications.granted.natural_person": 2,
            "applications.granted.legal_service": 1,
            "applications.granted.total": 3,
            "applications.total.natural_person": 2,
            "applications.total.legal_service": 1,
            "applications.total.total": 3,
        }
    ),
    fails=patch(
        cells={
            "applications.new.natural_person": 3,
            "applications.new.total": 3,
            "applications.granted.natural_person": 3,
            "applications.partial.total": 3,
            "applications.total.natural_person": 3,
            "applications.total.total": 3,
        }
    ),
)
