"""N608: documents, decisions or fees differ between text and table."""

from rules.dataset import Dataset
from rules.measure import Measure
from rules.stated import compare
from rules.vocabulary import Rule, Severity, Text, patch


def _wanted(concept: str) -> bool:
    return concept.startswith("disclosure.")


def check(data: Dataset) -> Measure:
    """Documents, decisions and fees, as stated, are the table's."""
    return compare(data, _wanted, occurrence=None)


RULE = Rule(
    code="N608",
    severity=Severity.WARNING,
    title=Text(
        "主动公开数据文表不符", "Documents, decisions or fees differ between text and table"
    ),
    demand=Text(
        "正文所述规范性文件、行政许可、行政处罚、行政强制、收费数据与表二一致",
        "Documents, licences, penalties, measures and fees, as stated, are the table's",
    ),
    message=Text(
        "正文中“{subject}”写为{about} {actual}，表格为 {expected}，两处应一致",
        "The text gives {about}{actual} for {subject}, the table {expected}; they should agree",
    ),
    hint=Text(
        "请核对正文与表二；收费以万元计",
        "Check the text against table two; fees are in 万元",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        cells={"disclosure.normative_documents.in_force": 5},
        sections={"overview+": "未制发行政规范性文件，现行有效的行政规范性文件5件。"},
    ),
    fails=patch(
        cells={"disclosure.normative_documents.in_force": 5},
        sections={"overview+": "现行有效的行政规范性文件7件。"},
    ),
)
