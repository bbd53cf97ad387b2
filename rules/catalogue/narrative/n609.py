"""N609: the text is another unit's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.kept import kept
from rules.measure import NO_TEXT, Measure, listed
from rules.similarity import LEAST_OWN, mask, similar_pairs
from rules.units import name_keys, unit_labels
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

#: Sections that a unit must write itself.
_OWN = ("overview", "problems")
_SHORT = Text("正文过短，无从比较", "the text is too short to compare")
_ALONE = Text("本次没有其他单位的年报", "no other unit's report in this run")


def check(data: Dataset) -> Measure:
    """No report's own sections are, but for names and figures, those of another unit."""
    texts = _texts(data)
    long = np.array([len(t) >= LEAST_OWN for t in texts], dtype=bool)
    chosen = np.flatnonzero(long)
    rows: list[dict[str, Any]] = []
    alone = len(chosen) < 2 or len(np.unique(owners(data)[chosen])) < 2
    if not alone:
        picked = [texts[i] for i in chosen]
        threshold = data.settings.threshold("similarity")
        rows = _told(data, similar_pairs(picked, threshold, apart=owners(data)[chosen]), chosen)
    broken = {row["report"] for row in rows}
    held = [] if alone else [i for i in chosen.tolist() if i not in broken]
    text = data.reports["text"].to_numpy(dtype=bool)
    skipped = [(int(i), 1 if text[i] else 0) for i in np.flatnonzero(~long)]
    skipped += [(i, 2) for i in chosen.tolist()] if alone else []
    return listed(rows, held=held, skipped=skipped, reasons=(NO_TEXT, _SHORT, _ALONE))


@kept
def owners(data: Dataset) -> np.ndarray:
    """A number for each unit, renamed or not; reports whose unit is unknown are each their own.

    Where the county of one is not known, all units of that name count as one.
    """
    reports = data.reports
    unit = pd.Series(name_keys(data), index=reports.index, dtype="str")
    known = reports["county"].notna().groupby(unit).transform("all")
    names = reports["county"].where(known).fillna("") + "/" + unit
    lone = "?" + pd.Series(range(len(reports)), index=reports.index).astype(str)
    return np.asarray(pd.factorize(names.where(unit != "", lone))[0])


def _texts(data: Dataset) -> list[str]:
    own = data.sections[data.sections["key"].isin(_OWN)]
    joined = own["text"].fillna("").groupby(own["report"]).agg("".join)
    texts = joined.reindex(range(len(data)), fill_value="").tolist()
    units, counties = (data.reports[c].fillna("").tolist() for c in ("unit", "county"))
    return [
        mask(text, (unit, unit.removesuffix("人民政府"), unit.removesuffix("办事处"), county))
        for text, unit, county in zip(texts, units, counties, strict=True)
    ]


def _told(
    data: Dataset, pairs: list[tuple[int, int, float]], chosen: np.ndarray
) -> list[dict[str, Any]]:
    """Each copy once, with the report it is most like."""
    rows: dict[int, dict[str, Any]] = {}
    for i, j, alike in pairs:
        one, two = int(chosen[i]), int(chosen[j])
        for report, other in ((one, two), (two, one)):
            rows.setdefault(
                report,
                {
                    "report": report,
                    "statement": str(unit_labels(data)[other]),
                    "actual": f"{alike:.0%}",
                    "details": {
                        "other": unit_labels(data)[other],
                        "other_year": data.reports["year"].iat[other],
                        "file": data.reports["file"].iat[other],
                    },
                },
            )
    return [rows[report] for report in sorted(rows)]


_COPIED = (
    "主动公开、依申请公开、政府信息管理、平台建设、监督保障各有专人，工作考核、社会评议、责任追究逐项落实。"
    "一年来，明确综合办为主管科室，逐级压实责任，定期研究难点堵点。窗口设置查询终端，配备专门人员引导群众检索惠民补贴、"
    "征地补偿、低保救助、农机购置等内容。聘请老党员担任监督员，每季度走访院坝，记录群众关切，督促站所限时答疑。"
    "微信公众号开设便民专题，刊载办事指南，图文并茂解释医保报销流程。"
)

_PROBLEMS = (
    "存在的问题：老年群众不会使用终端，偏远院坝知晓率偏低。改进措施：抽调青年志愿者进院入户代为查询，"
    "印制方言版口袋书，逢场天巡回播放。"
)

RULE = Rule(
    code="N609",
    severity=Severity.WARNING,
    scope=Scope.RUN,
    title=Text("正文与其他单位雷同", "The text is another unit's"),
    demand=Text(
        "除单位名称和数字外，正文不与其他单位的年报雷同（多数单位共有的文字不计）",
        "But for names and figures, the text is no other unit's (what many units share is left out)",
    ),
    message=Text(
        "正文与{other}的年报雷同（{actual} 相同）", "The text is that of {other} ({actual} alike)"
    ),
    hint=Text(
        "内容雷同属国办通知列明的问题；请按本单位实际情况撰写",
        "The notice names copied content as a fault; write what this unit did",
    ),
    citations={0: "国办公开办函〔2021〕30号；《中华人民共和国政府信息公开条例》第四十七条"},
    check=check,
    passes=Example(
        reports=(
            Patch(sections={"overview": _COPIED, "problems": _PROBLEMS}),
            Patch(
                unit="石桥镇",
                sections={
                    "overview": "依申请公开由文书登记，主动公开由站所起草，政府信息管理归档案室，平台建设归文化站，"
                    "监督保障归纪检，年终工作考核与社会评议结果张榜，未发生责任追究。围绕春耕备耕，农技员把良种补贴标准印成手册送到田埂；文化站利用赶集日搭台宣讲，"
                    "收回意见簿后逐条销号。财政所逐月晒出专项资金流向，纪检干部抽查村务栏更新是否及时。"
                },
            ),
        )
    ),
    fails=Example(
        reports=(
            Patch(sections={"overview": _COPIED, "problems": _PROBLEMS}),
            Patch(unit="石桥镇", sections={"overview": _COPIED, "problems": _PROBLEMS}),
        )
    ),
)
