"""N605: a breakdown does not fit its total."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure, listed
from rules.stated import REASONS, unspoken
from rules.vocabulary import Rule, Severity, Text, patch

#: A list that doesn't call itself complete is taken for complete if its parts come this near to the
#: total: within this many (and this share), or this share of it; the more parts, the farther.
NEAR = 2
SHARE_NEAR = 0.8
SHARE = 0.9
SHARE_LONG = 0.7
LONG = 4

#: Words that say that items stand on several channels.
_SAME = re.compile("同步|同时发布|同时推送|重复|交叉|多渠道|多平台")

_MORE = Text("多于", "more than")
_LESS = Text("少于", "less than")


def check(data: Dataset) -> Measure:
    """Every breakdown in the text fits its total."""
    claims = data.claims[data.claims["group"].notna()]
    if not len(claims):
        return listed([], skipped=unspoken(data, np.empty(0)), reasons=REASONS)
    totals = claims[claims["kind"] == "total"].set_index("group")
    parts = claims[claims["kind"] == "part"]
    doubtful = totals.index[_doubtful(totals, parts)]
    rows: list[dict[str, Any]] = []
    for number, group in parts[parts["group"].isin(doubtful)].groupby("group", sort=True):
        total = totals.loc[[number]].iloc[0]
        if _is_wrong(total, group):
            rows.append(_told(total, group))
    held = (
        totals["report"]
        .value_counts()
        .sub(pd.Series([r["report"] for r in rows]).value_counts(), fill_value=0)
    )
    spoken = claims["report"].unique()
    return listed(
        rows,
        held=np.repeat(held.index.to_numpy(dtype=np.int64), held.to_numpy(dtype=np.int64)),
        skipped=unspoken(data, spoken),
        reasons=REASONS,
    )


def _doubtful(totals: pd.DataFrame, parts: pd.DataFrame) -> np.ndarray:
    """Which totals are not just the sum of exact parts."""
    summed = parts.groupby("group")["value"].sum().reindex(totals.index)
    return np.asarray(summed != totals["value"])


def _is_wrong(total: pd.Series, parts: pd.DataFrame) -> bool:
    whole, summed = float(total["value"]), float(parts["value"].sum())
    exact = bool(total["exact"] and parts["exact"].all())
    slack = _rounded(total, parts) if exact else 0.5 * whole
    if (parts["value"] > whole + slack).any():
        return True
    if summed > whole + slack:
        return not (_overlaps(parts, summed - whole) or _SAME.search(str(total["sentence"])))
    short = summed < whole - slack
    return len(parts) > 1 and short and _claims_all(total["listing"], parts, whole)


def _rounded(total: pd.Series, parts: pd.DataFrame) -> float:
    """How far figures printed in 万 may be off: half of one of their last place, each."""
    steps = np.append(parts["step"].to_numpy(), total["step"])
    return float(steps[steps > 1].sum() / 2)


def _overlaps(parts: pd.DataFrame, excess: float) -> bool:
    """Whether the same items may stand on several channels: a whole channel's worth is too much.

    The channels themselves (公众号1个) are no items.
    """
    if parts["unit"].eq("个").any():
        return False
    channels = parts["concept"].fillna("").str.match(r"published\.(?!total)").all()
    return bool(channels) and excess >= parts["value"].min()


def _claims_all(listing: str, parts: pd.DataFrame, whole: float) -> bool:
    summed = parts["value"].sum()
    if listing == "all":
        return True
    share = SHARE_LONG if len(parts) >= LONG else SHARE
    near = whole - summed <= NEAR and summed >= SHARE_NEAR * whole
    return listing == "some" and (summed >= share * whole or near)


def _told(total: pd.Series, parts: pd.DataFrame) -> dict[str, Any]:
    values, whole = [float(v) for v in parts["value"]], float(total["value"])
    return {
        "report": int(total["report"]),
        "statement": f"{total['section'] or ''}.{whole:g}={'+'.join(f'{v:g}' for v in values)}",
        "expected": whole,
        "actual": sum(values),
        "location": total["location"] if isinstance(total["location"], str) else None,
        "excerpt": total["sentence"],
        "details": {
            "sum": " + ".join(f"{v:g}" for v in values),
            "than": _MORE if sum(values) > whole else _LESS,
            "gap": abs(sum(values) - whole),
        },
    }


RULE = Rule(
    code="N605",
    severity=Severity.WARNING,
    title=Text("分项与总数不符", "A breakdown does not fit its total"),
    demand=Text(
        "正文列明总数及分项的，分项之和不超过总数；写明全部分项的，应等于总数",
        "Parts listed in the text do not exceed their total, and make it up where all are listed",
    ),
    message=Text(
        "正文总数为 {expected}，所列分项 {sum} 合计 {actual}，{than}总数（相差 {gap}）",
        "The text gives a total of {expected}; its parts {sum} make {actual}, {than} that (by {gap})",
    ),
    hint=Text(
        "请核对总数与各分项；未列全的，请加“等”字；同一信息多渠道发布的，请写明",
        "Check the total and its parts; write 等 if not all are listed, and say so if channels overlap",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        sections={
            "overview+": "全年公开信息50条，其中政府网站20条（动态12条、公告8条），公众号30条。"
        }
    ),
    fails=patch(
        sections={"overview+": "全年公开信息33条，其中概况信息10条、政策文件4条、工作动态20条。"}
    ),
)
