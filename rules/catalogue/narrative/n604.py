"""N604: text and table contradict on whether anything occurred."""

from rules.dataset import Dataset
from rules.measure import Measure
from rules.stated import OCCURRENCES, compare
from rules.vocabulary import Rule, Severity, Text, patch


def _wanted(concept: str) -> bool:
    return concept in OCCURRENCES


def check(data: Dataset) -> Measure:
    """A denial needs a 0 in the table, and a 0 in the table needs no figure in the text."""
    return compare(data, _wanted, occurrence=True)


RULE = Rule(
    code="N604",
    severity=Severity.WARNING,
    title=Text("有无情况文表矛盾", "Text and table contradict on whether anything occurred"),
    demand=Text(
        "正文称未收到申请、未发生复议诉讼的，表格为 0；表格为 0 的，正文不得称有",
        "The text says none were received or occurred only where the table is 0, and the other way round",
    ),
    message=Text(
        "正文中“{subject}”写为{about} {actual}，表格为 {expected}，两处应一致",
        "The text gives {about}{actual} for {subject}, the table {expected}; they should agree",
    ),
    hint=Text(
        "请核实是否收到申请（发生复议、诉讼），改正正文或表格",
        "Find out whether there were any, and correct the text or the table",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(sections={"overview+": "我镇今年无依申请公开事项。"}),
    fails=patch(
        cells={
            "applications.new.natural_person": 8,
            "applications.new.total": 8,
            "applications.granted.natural_person": 8,
            "applications.granted.total": 8,
            "applications.total.natural_person": 8,
            "applications.total.total": 8,
        },
        sections={
            "overview": "主动公开：按目录公开。依申请公开：我镇今年无依申请公开事项。"
            "政府信息管理：先审后发。平台建设：办好专栏。监督保障：工作考核合格，社会评议良好，无责任追究情形。"
        },
    ),
)
