"""S103: a section's title is not the form's own."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, form_sections, one_each, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_MARKS = re.compile(r"[\W_]+")


def _check(data: Dataset) -> Measure:
    rows = data.sections[data.sections["title"].notna()]
    codes, keys = pd.factorize(rows["key"])
    odd: list[pd.DataFrame] = []
    for key, titles in _titles().items():
        own = rows.iloc[np.flatnonzero(codes == keys.get_loc(key))] if key in keys else rows[:0]
        strange = [t for t in own["title"].unique() if _plain(t) not in titles]
        if strange:
            odd.append(own[own["title"].isin(strange)])
    told = _told(pd.concat(odd)) if odd else ()
    return one_each(data, told, reason=unjudged(data), reasons=TEXT_REASONS)


def _told(odd: pd.DataFrame) -> Iterator[dict[str, Any]]:
    titles = {section.key: section.title for section in form_sections()}
    for row in odd.to_dict("records"):
        yield {
            "report": row["report"],
            "statement": row["key"],
            "expected": titles[row["key"]],
            "actual": row["title"],
            "location": row["location"],
        }


@cache
def _titles() -> dict[str, frozenset[str]]:
    """Section → its titles as good as the form's own."""
    return {s.key: frozenset(map(_plain, (s.title, *s.accepted))) for s in form_sections()}


def _plain(title: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", title))


RULE = Rule(
    code="S103",
    severity=Severity.INFO,
    title=Text("标题与格式不一致", "A section title differs from the form's"),
    demand=Text(
        "各部分的标题用格式规定的文字（条例第五十条的表述也可以）",
        "Section titles are the form's own; article 50's wordings count as such",
    ),
    message=Text(
        "标题实为“{actual}”，格式规定为“{expected}”",
        "Title is “{actual}”, the form has “{expected}”",
    ),
    hint=Text("建议改用格式规定的标题", "Use the form's own title"),
    citations={
        2019: "《政府信息公开条例》第五十条；国办公开办函〔2019〕60号",
        2021: "《政府信息公开条例》第五十条；国办公开办函〔2021〕30号",
    },
    check=_check,
    passes=patch(titles={"disputes": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"}),
    fails=patch(titles={"problems": "五、存在问题及改进措施"}),
)
