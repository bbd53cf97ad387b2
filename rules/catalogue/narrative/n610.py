"""N610: a percentage or comparison does not fit the figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.history import last_years
from rules.measure import Measure, listed
from rules.stated import alternatives, unspoken
from rules.vocabulary import Rule, Severity, Text, patch

_PERCENT = ("%", "个百分点")
_NOT_KNOWN = Text("没有上一年数据", "no figure for the year before")
_NO_TEXT = Text("没有正文（数据文件）", "tidy data holds no text")
_NO_CLAIM = Text("正文没有百分比或同比", "the text makes no comparison")


def check(data: Dataset) -> Measure:
    """Stated shares and changes are what the figures make, to the decimals printed."""
    claims = data.claims[data.claims["kind"].isin(["share", "change"])].reset_index(drop=True)
    rows: list[dict[str, Any]] = []
    held: list[int] = []
    lost: list[tuple[int, int]] = []
    past = last_years(data)
    implied = _implied(claims)
    for claim in ({str(k): v for k, v in row.items()} for row in claims.to_dict("records")):
        report = int(claim["report"])
        wholes = _wholes(claim, data, int(past[report]))
        if not wholes and claim["unit"] in _PERCENT:
            wholes = implied.get(_about(claim), [])
        fits = [_off(claim, whole, data) for whole in wholes]
        told = [f for f in fits if f is not None]
        if not told:
            lost.append((report, 0))
        elif any(abs(off) <= slack or _is_cut(claim, m) for m, off, slack in told):
            held.append(report)
        else:
            rows.append(_told(claim, told[0][0]))
    skipped = [*lost, *unspoken(data, claims["report"].to_numpy())]
    return listed(rows, held=held, skipped=skipped, reasons=(_NOT_KNOWN, _NO_TEXT, _NO_CLAIM))


def _wholes(claim: dict[str, Any], data: Dataset, past: int) -> list[float]:
    """What the percentage may be of: the figure in the sentence, else last year's table's."""
    if not np.isnan(claim["whole"]):
        return [float(claim["whole"])]
    if claim["kind"] == "share" or past < 0 or not isinstance(claim["concept"], str):
        return []
    if not claim["concept"].startswith(("applications.", "disputes.", "disclosure.")):
        return []
    found = alternatives(data, claim["concept"])[:, past]
    return [float(v) for v in found if not np.isnan(v)]


def _implied(claims: pd.DataFrame) -> dict[tuple[Any, ...], list[float]]:
    """The figure of the year before that a stated difference implies: 12件，增加5件，增幅71.4%."""
    counts = ~claims["unit"].isin(_PERCENT)
    told = claims[claims["kind"].eq("change") & counts & claims["exact"] & claims["whole"].isna()]
    rows = told.to_dict("records")
    return {_about(r): [float(r["base"]) - float(r["value"])] for r in rows}


def _about(claim: Mapping[Any, Any]) -> tuple[Any, ...]:
    return claim["kind"], claim["report"], claim["sentence"], claim["base"]


def _off(claim: dict[str, Any], whole: float, data: Dataset) -> tuple[float, float, float] | None:
    """What the figures make, how far the statement is off, and how far it may be."""
    base, percent = float(claim["base"]), claim["unit"] in _PERCENT
    if percent and whole == 0:
        return None
    if claim["kind"] == "share":
        makes = base / whole * 100
    else:
        makes = (base - whole) / whole * 100 if percent else base - whole
    slack = 0.0
    if percent:
        slack = max(float(claim["step"]) / 2, 0.0) + data.settings.threshold("percent")
    if not claim["exact"]:
        slack += max(5.0, 0.2 * abs(makes))
    return makes, makes - float(claim["value"]), slack + 1e-9


def _is_cut(claim: dict[str, Any], makes: float) -> bool:
    """Whether the decimals that were not printed were cut off, as some do, not rounded."""
    beyond = abs(makes) - abs(float(claim["value"]))
    return makes * float(claim["value"]) > 0 and 0 <= beyond < float(claim["step"])


def _told(claim: dict[str, Any], makes: float) -> dict[str, Any]:
    percent = claim["unit"] in _PERCENT
    unit = "%" if percent else claim["unit"]
    change = claim["kind"] == "change"
    decimals = 2 if percent else 0
    return {
        "report": int(claim["report"]),
        "statement": f"{claim['kind']}.{claim['base']:g}.{claim['value']:g}",
        "expected": round(makes, 2),
        "actual": float(claim["value"]),
        "location": claim["location"] if isinstance(claim["location"], str) else None,
        "excerpt": claim["sentence"],
        "details": {
            "stated": _worded(float(claim["value"]), f"{abs(claim['value']):g}{unit}", change),
            "makes": _worded(makes, f"{abs(makes):.{decimals}f}{unit}", change),
            "figure": float(claim["base"]),
        },
    }


def _worded(value: float, figure: str, change: bool) -> Text:
    """A share or a change in words, its size printed as `figure`."""
    if not change:
        return Text(f"占{figure}", f"{figure} of the whole")
    if value == 0:
        return Text("持平", "no change")
    return (
        Text(f"增加{figure}", f"{figure} up")
        if value > 0
        else Text(f"减少{figure}", f"{figure} down")
    )


RULE = Rule(
    code="N610",
    severity=Severity.WARNING,
    title=Text("百分比或同比与数据不符", "A percentage or comparison does not fit the figures"),
    demand=Text(
        "正文所列占比、同比增减与有关数据相符（按所写小数位数）",
        "Shares and changes, as stated, are what the figures make, to the decimals printed",
    ),
    message=Text(
        "正文中的 {figure} 写为“{stated}”，按数据计算应为“{makes}”",
        "For {figure} the text says “{stated}”; the figures make it “{makes}”",
    ),
    hint=Text(
        "请核对基数与百分比；与上年比较的，以上年年报数据为基数",
        "Check the base and the percentage; last year's report is the base for comparisons",
    ),
    citations={0: "《中华人民共和国政府信息公开条例》第五十条"},
    check=check,
    passes=patch(
        sections={
            "overview+": "公开信息580条，其中动态118条，占20.34%，公告142条，占24.48%，其他320条，占55.18%。"
        }
    ),
    fails=patch(sections={"overview+": "公开信息200条，其中动态50条，占35%，公告150条，占75%。"}),
)
