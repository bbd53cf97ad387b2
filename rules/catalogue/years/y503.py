"""Y503: a section is last year's again."""

from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.history import last_years, years_before
from rules.measure import NO_TEXT, Measure
from rules.sections import judged, place_of, text_of
from rules.similarity import mask, similarity
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_KEYS = ("overview", "problems")
#: Texts shorter than this, masked, are alike by chance.
_LEAST = 60
_SHORT = Text("正文过短，无从比较", "the text is too short to compare")


def _check(data: Dataset) -> Measure:
    last = last_years(data)
    why, years = years_before(data)
    alike = np.full((len(data), len(_KEYS)), np.nan)
    reason = np.repeat(np.where(last < 0, why, len(years) + 1)[:, None], len(_KEYS), axis=1)
    no_text = ~data.reports["text"].to_numpy(dtype=bool)
    reason[(last >= 0) & (no_text | no_text[np.maximum(last, 0)])] = len(years)
    for which, key in enumerate(_KEYS) if (last >= 0).any() else ():
        text = text_of(data, key).fillna("")
        long = text.str.len().ge(_LEAST).to_numpy(dtype=bool)
        pairs = np.flatnonzero((last >= 0) & long & long[np.maximum(last, 0)])
        for report in pairs.tolist():
            mine, theirs = (_masked(data, text, r) for r in (report, int(last[report])))
            if min(len(mine), len(theirs)) >= _LEAST:
                alike[report, which] = similarity(mine, theirs)
                reason[report, which] = -1
    known = ~np.isnan(alike)
    copied = np.where(known, alike >= data.settings.threshold("similarity"), np.nan)
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)

    def tell(report: int, which: int) -> dict[str, Any]:
        return {
            "statement": _KEYS[which],
            "actual": f"{alike[report, which]:.0%}",
            "location": place_of(data, report, _KEYS[which]),
            "details": {"last": int(year[report]) - 1},
        }

    return judged(data, copied, tell, reason=reason, reasons=(*years, NO_TEXT, _SHORT))


def _masked(data: Dataset, text: pd.Series, report: int) -> str:
    """A section without figures and the unit's own name."""
    names = (data.reports[column].iat[report] for column in ("unit", "county"))
    return mask(str(text.iat[report]), [n for n in names if isinstance(n, str)])


_COPIED = (
    "经自查，政务公开专栏的栏目设置还不够细，老年人查找惠农政策时费力；个别村的公示栏雨天受潮，纸张更换不勤。"
    "改进措施：把常用政策按人群归类，编成大字手册放在便民服务大厅；给公示栏加装雨棚，由驻村干部每月巡看并登记，"
    "年底前请群众代表逐村查看一遍，提出的意见由党政办汇总答复。"
)

RULE = Rule(
    code="Y503",
    severity=Severity.WARNING,
    title=Text("正文与上年雷同", "The text is last year's again"),
    demand=Text(
        "第一部分和第五部分不照抄上年（数字、单位名称除外）",
        "Sections one and five are not last year's again, but for figures and names",
    ),
    message=Text(
        "“{subject}”与{last}年年报 {actual} 相同",
        "Section “{subject}” is {actual} that of the report for {last}",
    ),
    hint=Text(
        "请按本年实际情况重写；内容雷同属国办通知列明的问题",
        "Write what happened this year; the notice names copied content as a fault",
    ),
    citations={
        2019: "《政府信息公开条例》第四十七条、第五十条",
        2021: "国办公开办函〔2021〕30号第（四）项（内容雷同、敷衍塞责）；《政府信息公开条例》第四十七条",
    },
    check=_check,
    passes=Example(reports=(Patch(), Patch(year=2022, role="previous"))),
    fails=Example(
        reports=(
            Patch(sections={"problems": _COPIED}),
            Patch(year=2022, role="previous", sections={"problems": _COPIED}),
        )
    ),
)
