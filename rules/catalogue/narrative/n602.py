"""N602: outcomes differ between text and table."""

from rules.dataset import Dataset
from rules.measure import Measure
from rules.stated import compare
from rules.vocabulary import Rule, Severity, Text, patch


def _wanted(concept: str) -> bool:
    return concept.startswith("applications.") and not concept.startswith("applications.new.")


def check(data: Dataset) -> Measure:
    """Outcomes and requests carried over, as stated, are the table's."""
    return compare(data, _wanted, occurrence=False)


RULE = Rule(
    code="N602",
    severity=Severity.WARNING,
    title=Text("办理结果文表不符", "Outcomes differ between text and table"),
    demand=Text(
        "正文所述答复（办结）、各类办理结果、上年结转、结转下年数与表三一致",
        "Requests answered, by outcome, carried in and carried out, as stated, are the table's",
    ),
    message=Text(
        "正文中“{subject}”写为{about} {actual}，表格为 {expected}，两处应一致",
        "The text gives {about}{actual} for {subject}, the table {expected}; they should agree",
    ),
    hint=Text(
        "请核对正文与表三办理结果各项；（三）至（六）类以各小项之和为准",
        "Check the text against the outcomes in the table; groups （三） to （六） are the sums of their rows",
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
        sections={"overview+": "申请中，予以公开8件，不予公开0件。"},
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
        sections={"overview+": "申请中，予以公开6件。"},
    ),
)
