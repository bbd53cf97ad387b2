"""N603: reviews or suits differ between text and table."""

from rules.dataset import Dataset
from rules.measure import Measure
from rules.stated import compare
from rules.vocabulary import Rule, Severity, Text, patch


def _wanted(concept: str) -> bool:
    return concept.startswith("disputes.")


def check(data: Dataset) -> Measure:
    """Reviews and suits, as stated, are the table's."""
    return compare(data, _wanted, occurrence=False)


RULE = Rule(
    code="N603",
    severity=Severity.WARNING,
    title=Text("复议诉讼文表不符", "Reviews or suits differ between text and table"),
    demand=Text(
        "正文所述行政复议、行政诉讼数及结果与表四一致",
        "Reviews and suits, as stated, are the table's",
    ),
    message=Text(
        "正文中“{subject}”写为{about} {actual}，表格为 {expected}，两处应一致",
        "The text gives {about}{actual} for {subject}, the table {expected}; they should agree",
    ),
    hint=Text(
        "请核对正文与表四；表四只计因政府信息公开工作引起的案件",
        "Check the text against table four, which counts only cases over disclosure",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        cells={
            "disputes.review.upheld": 2,
            "disputes.review.corrected": 1,
            "disputes.review.total": 3,
        },
        sections={"overview+": "因政府信息公开工作被申请行政复议3件，结果维持2件，纠正1件。"},
    ),
    fails=patch(
        cells={
            "disputes.review.upheld": 2,
            "disputes.review.corrected": 1,
            "disputes.review.total": 3,
        },
        sections={"overview+": "因政府信息公开工作被申请行政复议4件。"},
    ),
)
