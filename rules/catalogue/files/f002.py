"""F002: the file is no report, or whose and of which year can't be told."""

from functools import partial

from rules.outcomes import outcome
from rules.vocabulary import Rule, Severity, Text, patch

_NOTICE = """关于做好春季森林防火工作的通知
各村民委员会：
近期天气干燥，请各村加强巡查，管好野外用火，落实值班制度。
"""

RULE = Rule(
    code="F002",
    severity=Severity.ERROR,
    title=Text("不是年报，或单位、年度不明", "No annual report, or unit or year unknown"),
    demand=Text(
        "文件是政府信息公开工作年度报告，并能看出是哪个单位、哪一年的",
        "The file is an annual report on information disclosure, and tells its unit and year",
    ),
    message=Text("未能作为年报核验：{reason} {detail}", "Not audited: {reason} {detail}"),
    hint=Text(
        "请确认文件无误；标题应写明单位全称和年度，例如“青石镇人民政府2023年政府信息公开工作年度报告”",
        "See whether it is the right file; the title should name the unit in full and the year",
    ),
    citations={0: "《政府信息公开条例》第四十九条、第五十条"},
    check=partial(outcome, "F002"),
    passes=patch(),
    fails=patch(file="notice.txt", raw=_NOTICE.encode()),
)
