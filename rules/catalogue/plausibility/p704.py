"""P704: fees told of in section six do not fit the tables."""

import re
from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import CELLS_MISSING, Measure
from rules.sections import TEXT_REASONS, judged, place_of, text_of, unjudged
from rules.vocabulary import Rule, Severity, Text, patch

_FEE, _UNPAID = "disclosure.fees.amount", "applications.other_unpaid.total"
#: The concept under which the text's figures on information-processing fees stand among the claims.
_CONCEPT = "fees.information"
#: That no fee notice went out: a denial of the notice itself, not of money received.
_NO_NOTICE = re.compile(
    r"(?:未|没有|无)(?:发出|发放|开具|下达|送达|出具|制发|产生)?[^，。；]{0,12}?收费通知"
    r"|收费通知(?:书)?0[件份]"
)
_YUAN = 10_000

_DENIED = Text(
    "表三有逾期未按收费通知缴费的申请，第六部分却说没有发出收费通知",
    "table 3 has closures for unpaid fees, yet section six denies any fee notice",
)


def _check(data: Dataset) -> Measure:
    text = text_of(data, "other")
    absent = text.isna().to_numpy(dtype=bool)
    amount, unpaid = data.column(_FEE), data.column(_UNPAID)
    fee = _charged(data)
    denied = text.fillna("").str.contains(_NO_NOTICE).to_numpy(dtype=bool)
    # An amount in 万元 with two decimals says no more than to the hundred.
    more = fee > np.nan_to_num(amount) * _YUAN + 50
    broken = np.stack([more, (unpaid > 0) & denied], axis=1).astype(np.float64)
    reason = np.repeat(unjudged(data)[:, None], 2, axis=1)
    lost = np.stack([np.isnan(amount) & (fee > 0), np.isnan(unpaid) & denied], axis=1)
    reason[(reason < 0) & lost] = len(TEXT_REASONS)
    since = data.reports["year"].ge(2021).fillna(False).to_numpy(dtype=bool)
    out = (absent & (fee == 0)) | ~since
    broken[out[:, None] | (reason >= 0)] = np.nan
    reason[out] = -1

    def tell(report: int, which: int) -> dict[str, Any]:
        cell = (_FEE, _UNPAID)[which]
        return {
            "statement": cell,
            "cells": (cell,),
            "expected": float(fee[report] / _YUAN) if which == 0 else None,
            "actual": float((amount, unpaid)[which][report]),
            "location": place_of(data, report, "other"),
            "excerpt": str(text.iat[report])[:80],
            "details": {
                "why": _charge(fee[report]) if which == 0 else _DENIED,
            },
        }

    return judged(data, broken, tell, reason=reason, reasons=(*TEXT_REASONS, CELLS_MISSING))


def _charged(data: Dataset) -> np.ndarray:
    """The information-processing fee that each text states for its year, in 元; 0 where none."""
    claims = data.claims[data.claims["concept"].eq(_CONCEPT) & data.claims["kind"].eq("count")]
    claims = claims[claims["section"].eq("other") & claims["value"].notna()]
    year = data.reports["year"].iloc[claims["report"]].to_numpy(dtype=np.float64, na_value=np.nan)
    said = claims["year"].to_numpy(dtype=np.float64, na_value=np.nan)
    claims = claims[np.isnan(said) | (said == year)]
    fee = np.zeros(len(data))
    np.maximum.at(fee, claims["report"].to_numpy(dtype=np.int64), claims["value"].to_numpy())
    return fee


def _charge(fee: float) -> Text:
    return Text(
        f"第六部分写明收取信息处理费{fee:g}元（{fee / _YUAN:g}万元），多于表二的收费金额",
        f"section six tells of {fee:g} yuan ({fee / _YUAN:g} 万元), more than table 2's amount",
    )


RULE = Rule(
    code="P704",
    severity=Severity.WARNING,
    title=Text("信息处理费与表格不符", "Information-processing fees do not fit the tables"),
    demand=Text(
        "第六部分写明收取的信息处理费已计入表二的行政事业性收费；表三有逾期未缴费的，说明发出过收费通知",
        "Fees that section six tells of are contained in table 2's amount; "
        "closures for unpaid fees imply a fee notice",
    ),
    message=Text("{why}（表格实为 {actual}）", "{why} (the table has {actual})"),
    hint=Text(
        "信息处理费属于行政事业性收费，按万元计入表二（380元即0.038万元）；发出过收费通知的，第六部分应写明件数和金额",
        "The fee is an administrative charge and counts in table 2, in 万元 (380 元 is 0.038); "
        "where notices went out, section six says how many and how much",
    ),
    citations={0: "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号，2021年1月1日起施行）"},
    check=_check,
    passes=patch(
        cells={"disclosure.fees.amount": 0.038},
        sections={"other": "2023年，青石镇共收取信息处理费380元。"},
    ),
    fails=patch(sections={"other": "2023年，青石镇共收取信息处理费380元。"}),
)
