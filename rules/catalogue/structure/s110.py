"""S110: section five says nothing."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, one_each, place_of, text_of, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

#: A text this short that denies any problem, and names neither shortcoming nor measure, says nothing.
_SHORT = 40
_DENIES = (
    r"^(?:略|同上|按要求填写|待填写?)$"
    r"|^.{0,24}?(?:暂?无|没有|未发现|不存在|未存在|未有)"
    r"(?:$|.{0,12}?(?:问题|不足|困难|情况|情形|事项|内容|改进))"
)
_SAYS = r"下一步|今后|将|加强|完善|提高|增强|强化|一是|不够|不足之处|有待|需要?进一步|但|不过|然而|偏[低少慢]"


def _check(data: Dataset) -> Measure:
    text = text_of(data, "problems")
    there = text.notna().to_numpy(dtype=bool)
    bare = text.fillna("").str.replace(r"[\W_]+", "", regex=True)
    short = bare.str.len().le(_SHORT) & bare.str.contains(_DENIES) & ~bare.str.contains(_SAYS)
    empty = bare.str.len().le(1) | short
    found = text[empty & text.notna()]
    return one_each(
        data, _told(data, found), reason=unjudged(data), reasons=TEXT_REASONS, applies=there
    )


def _told(data: Dataset, found: pd.Series) -> Iterator[dict[str, Any]]:
    for report, text in found.items():
        number = int(str(report))
        yield {
            "report": number,
            "statement": "problems",
            "actual": text or None,
            "location": place_of(data, number, "problems"),
            "excerpt": text or None,
            "details": {"said": Text(f"只写了“{text}”", f"only says “{text}”") if text else _EMPTY},
        }


_EMPTY = Text("没有文字", "holds no text")

RULE = Rule(
    code="S110",
    severity=Severity.ERROR,
    title=Text("存在问题及改进情况没有内容", "Section five says nothing"),
    demand=Text(
        "第五部分写明存在的主要问题及改进情况，不是空白，也不只写“无”",
        "Section five names problems and improvements; it is neither empty nor just 无",
    ),
    message=Text("第五部分{said}", "Section five {said}"),
    hint=Text(
        "请写明主要问题，并说明上年问题的改进情况和下一步措施",
        "Name the main problems, what became of last year's, and what is to be done",
    ),
    citations={0: "《政府信息公开条例》第五十条第一款第四项"},
    check=_check,
    passes=patch(),
    fails=patch(sections={"problems": "无。"}),
)
