"""N601: requests received differ between text and table."""

from rules.dataset import Dataset
from rules.measure import Measure
from rules.stated import compare
from rules.vocabulary import Rule, Severity, Text, patch


def _wanted(concept: str) -> bool:
    return concept.startswith("applications.new.")


def check(data: Dataset) -> Measure:
    """Requests received, as stated, are new or new + carried in."""
    return compare(data, _wanted, occurrence=False)


RULE = Rule(
    code="N601",
    severity=Severity.WARNING,
    title=Text("申请数量文表不符", "Requests received differ between text and table"),
    demand=Text(
        "正文所述收到申请数与表三一致（本年新收，或新收与上年结转之和）",
        "Requests received, as the text states, are the table's (new, or new + carried in)",
    ),
    message=Text(
        "正文中“{subject}”写为{about} {actual}，表格为 {expected}，两处应一致",
        "The text gives {about}{actual} for {subject}, the table {expected}; they should agree",
    ),
    hint=Text(
        "请核对正文与表三第一、二项；正文若含上年结转，请写明",
        "Check the text against the table's first two rows; say so where carried-in requests are counted",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        cells={
            "applications.new.natural_person": 8,
            "applications.new.total": 8,
            "applications.granted.natural_person": 8,
            "applications.granted.total": 8,
            "applications.total.natural_person": 8,
            "applications.total.total": 8,
        },
        sections={"overview+": "全年共收到网上申请5件，信函申请3件，共8件。"},
    ),
    fails=patch(
        cells={
            "applications.new.natural_person": 8,
            "applications.new.total": 8,
            "applications.granted.natural_person": 8,
            "applications.granted.total": 8,
            "applications.total.natural_person": 8,
            "applications.total.total": 8,
        },
        sections={"overview+": "经统计，全年共收到政府信息公开申请9件。"},
    ),
)
