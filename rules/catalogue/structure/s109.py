"""S109: section one leaves out an aspect."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, judged, place_of, text_of, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

#: Aspect → its name, and words by which it counts as covered, wherever they stand.
_ASPECTS = {
    "主动公开": r"主动公开|公开.{0,8}信息|发布.{0,8}信息|信息发布|公布",
    "依申请公开": r"依申请|申请公开|公开申请|(?:收到|受理|办理|接收).{0,10}申请",
    "政府信息管理": r"信息.{0,6}管理|审核|审查|先审后发|三审|校对|规范性文件|公开属性|清理|归档|台账",
    "平台建设": r"平台|网站|网页|公众号|新媒体|微信|微博|专栏|专区|栏目|公开栏|公示栏|公告栏|查阅点|客户端",
    "监督保障": r"监督|保障|培训|考核|评议|追究|领导小组|组织领导|队伍建设|问责",
}
_RESULTS = {
    "工作考核": r"考核|考评|绩效|评估|评比|目标管理|目标责任",
    "社会评议": r"评议|测评|满意度|(?:社会|公众|群众)评价|评价反映|民意调查|问卷|好差评|评价(?:结果|良好|较高)",
    "责任追究": r"责任追究|追责|问责|追究.{0,6}责任|责任.{0,4}追究|约谈|通报批评",
}
_STATEMENTS = (("overview.aspects", _ASPECTS), ("overview.results", _RESULTS))
_AGENCY = r"街道|办事处|管委会|管理委员会|开发区|园区|管理区|农场|林场"
_ENGLISH = {
    "主动公开": "disclosure on one's own initiative",
    "依申请公开": "disclosure on request",
    "政府信息管理": "management of information",
    "平台建设": "platforms",
    "监督保障": "supervision and support",
    "工作考核": "assessment of the work",
    "社会评议": "public appraisal",
    "责任追究": "accountability",
}

_NO_SECTION = Text("缺少第一部分", "no section one")
_NO_LEVEL = Text("单位级别不明", "the unit's level is unknown")
_NO_YEAR = Text("年度不明", "the year is unknown")


def _check(data: Dataset) -> Measure:
    overview = text_of(data, "overview")
    elsewhere = overview.fillna("") + text_of(data, "problems").fillna("")
    elsewhere += text_of(data, "other").fillna("")
    lacking = {
        name: ~text.str.contains(pattern, regex=True).to_numpy(dtype=bool)
        for text, words in ((overview.fillna(""), _ASPECTS), (elsewhere, _RESULTS))
        for name, pattern in words.items()
    }
    broken = np.stack(
        [np.any([lacking[name] for name in words], axis=0) for _, words in _STATEMENTS], axis=1
    ).astype(np.float64)
    reason = _reasons(data, overview.isna().to_numpy(dtype=bool))
    out = ~_applies(data)
    broken[out | (reason >= 0)] = np.nan
    reason[out] = -1

    def tell(report: int, which: int) -> dict[str, Any]:
        statement, words = _STATEMENTS[which]
        names = [name for name in words if lacking[name][report]]
        return {
            "statement": statement,
            "location": place_of(data, report, "overview"),
            "details": {"lacking": tuple(Text(name, _ENGLISH[name]) for name in names)},
        }

    return judged(
        data,
        broken,
        tell,
        reason=reason,
        reasons=(*TEXT_REASONS, _NO_SECTION, _NO_LEVEL, _NO_YEAR),
    )


def _reasons(data: Dataset, absent: np.ndarray) -> np.ndarray:
    reason = np.repeat(unjudged(data)[:, None], len(_STATEMENTS), axis=1)
    reason[(reason < 0) & absent[:, None]] = 2
    no_level = data.reports["level"].isna().to_numpy(dtype=bool)
    no_year = data.reports["year"].isna().to_numpy(dtype=bool)
    reason[:, 1] = np.where((reason[:, 1] < 0) & no_level, 3, reason[:, 1])
    reason[:, 0] = np.where((reason[:, 0] < 0) & no_year, 4, reason[:, 0])
    return reason


def _applies(data: Dataset) -> np.ndarray:
    """The five aspects are the form of 2021's; results are asked of governments, not their agencies."""
    year = data.reports["year"].fillna(2021).to_numpy(dtype=np.int64)
    level = data.reports["level"]
    agency = data.reports["unit"].fillna("").str.contains(_AGENCY, regex=True)
    government = level.isin(["county", "city", "province"]) | (level.eq("township") & ~agency)
    government |= level.isna()
    return np.stack([year >= 2021, government.to_numpy(dtype=bool)], axis=1)


RULE = Rule(
    code="S109",
    severity=Severity.WARNING,
    title=Text("第一部分内容不全", "Section one leaves out an aspect"),
    demand=Text(
        "总体情况包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面；"
        "各级人民政府的还包括工作考核、社会评议和责任追究结果情况",
        "Section one covers disclosure, requests, management, platforms, supervision; "
        "a government's report also assessment, public appraisal and accountability",
    ),
    message=Text("没有写到：{lacking}", "Nothing is said of: {lacking}"),
    hint=Text(
        "请补写所缺的方面；没有发生的也应写明，例如“未发生责任追究情形”",
        "Add what is lacking; say so where nothing happened",
    ),
    citations={
        2019: "《政府信息公开条例》第四十六条、第五十条第一款第四项",
        2021: "国办公开办函〔2021〕30号（总体情况包括五个方面）；《政府信息公开条例》第四十六条、第五十条第一款第四项",
    },
    check=_check,
    passes=patch(),
    fails=patch(
        sections={
            "overview": "2023年，青石镇扎实做好政府信息公开工作。\n"
            "（一）主动公开情况。按目录公布惠民政策和办事指南。\n"
            "（二）依申请公开情况。全年未收到政府信息公开申请，没有发生因政府信息公开引起的行政复议和行政诉讼。\n"
            "（三）政府信息管理情况。坚持先审后发，保密审查留痕。\n"
            "（四）监督保障情况。工作考核合格，社会评议总体满意，全年没有需要责任追究的情形。"
        }
    ),
)
