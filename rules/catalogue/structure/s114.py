"""S114: the form's instructions, placeholders or left-out numbers remain in the text."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, excerpt, one_each, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_INSTRUCTION = Text("格式的说明文字", "an instruction of the form")
_PLACEHOLDER = Text("未替换的占位符", "a placeholder left in place")
_NUMBER_LEFT_OUT = Text("漏填的数字", "a number left out")

_CROSSES = "XxＸｘ×✕"
_VERBS = "公开|发布|更新|推送|收到|受理|办理|办结|制发|印发|答复"
_THINGS = "(?:各类|政府|政务|公开|依申请|动态|工作)*(?:信息|申请|文件|文章|案件)?"
_UNITS = "(?:余|多)?(?:条(?!例|款)|件(?!数)|篇(?!幅)|份(?!额))"
_BREAK = r"(?=[，。；、,;]|\s*$)"

_PATTERNS: tuple[tuple[Text, re.Pattern[str]], ...] = (
    (
        _INSTRUCTION,
        re.compile(
            r"(?:该|本)部分[^。]{0,6}以表格形式报告|含各级人民政府"
            r"|[（(【\[](?:此处|请在此|在此|请)?(?:填[写报入]|填空)[^）)】\]]{0,40}[）)】\]]"
            r"|[（(【\[](?:此处|请?在此)[^）)】\]]{0,40}[）)】\]]"
            r"|填[报写]说明[:：]|此处(?:填写|插入)|(?:没有|无)的?请?填[“\"]?0|如[无没]有?[，,]?请?填"
        ),
    ),
    (
        _PLACEHOLDER,
        re.compile(
            # No part of an e-mail address, a URL or a product's name.
            rf"(?<![A-Za-z0-9@./_:\-])[{_CROSSES}]{{2,}}(?![A-Za-z0-9@./_\-])"
            rf"|20[{_CROSSES}]{{2}}(?=年)|(?<=\d-)[{_CROSSES}]{{4,}}"
            rf"|(?<![A-Za-z0-9])[{_CROSSES}]{{3,4}}-[{_CROSSES}]{{6,8}}(?![A-Za-z0-9])"
            rf"|(?<!\d)[×✕](?=[镇乡县区市局街年月日])"
            rf"|(?<=[\u4e00-\u9fff])(?:[{_CROSSES}]|[*＊]{{2,}})(?={_UNITS})"
            rf"|[（(【\[](?:单位名称|单位全称|年份|具体数字)[）)】\]]|[（(【\[]\s*[）)】\]](?={_UNITS})"
            r"|某某(?=[镇乡县区市局街单])|[_＿]{2,}(?=[年月日条件元份篇个])"
        ),
    ),
    (
        _NUMBER_LEFT_OUT,
        re.compile(
            rf"(?:共|累计|合计)(?:主动)?(?:{_VERBS}){_THINGS}{_UNITS}{_BREAK}"
            rf"|(?:{_VERBS}|信息|申请|文件)[ \t\u3000\xa0]{{2,}}{_UNITS}"
            rf"|(?:{_VERBS}|废止|信息|申请|文件)[ \t\u3000\xa0]{_UNITS}{_BREAK}"
            rf"|共(?:计|有)?{_UNITS}{_BREAK}"
            rf"|规范性文件件(?!数)|共有?件?现行有效的?(?:行政)?规范性文件{_BREAK}"
            rf"|现行有效的?(?:行政)?规范性文件(?:共|共有|有|为)件?{_BREAK}"
            rf"|(?:{_VERBS})了?(?:政府|政务|各类)?信息(?:条|篇){_BREAK}"
        ),
    ),
)
_ANY = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _PATTERNS), re.MULTILINE)


def _check(data: Dataset) -> Measure:
    rows = data.sections[data.sections["text"].fillna("").str.contains(_ANY)]
    return one_each(data, _told(rows), reason=unjudged(data), reasons=TEXT_REASONS)


def _told(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in rows.to_dict("records"):
        text, key = row["text"], row["key"] if isinstance(row["key"], str) else row["title"]
        found = [(m, what) for what, pattern in _PATTERNS for m in pattern.finditer(text)]
        if found:
            first = min((m for m, _ in found), key=lambda m: m.start())
            yield {
                "report": row["report"],
                "statement": f"text:{key}",
                "actual": _tidy(first.group()),
                "location": row["location"],
                "excerpt": excerpt(text, first.start(), first.end()),
                "details": {
                    "what": tuple(dict.fromkeys(what for _, what in found)),
                    "found": tuple(dict.fromkeys(_tidy(m.group()) for m, _ in found))[:5],
                },
            }


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


RULE = Rule(
    code="S114",
    severity=Severity.WARNING,
    title=Text("文字中留有模板痕迹或漏填", "Instructions, placeholders or gaps remain in the text"),
    demand=Text(
        "正文没有格式的说明文字、占位符（XX）和漏填的数字",
        "No instructions of the form, placeholders (XX) or left-out numbers remain in the text",
    ),
    message=Text("正文中留有{what}：{found}", "In the text remains {what}: {found}"),
    hint=Text("请删去说明文字，补上漏填的内容", "Take out the instructions and fill the gaps"),
    citations={
        0: "国办公开办函〔2021〕30号第（四）项（内容不准确不全面、敷衍塞责的，依法追究责任）"
    },
    check=_check,
    passes=patch(),
    fails=patch(sections={"disclosure": "该部分以表格形式报告。表格如下："}),
)
