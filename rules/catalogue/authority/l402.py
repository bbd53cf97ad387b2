"""L402: direct suits although all refusals of the year demand review first."""

from typing import Any

import numpy as np

from rules.dataset import COLUMN_OF, Dataset
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_SUITS = "disputes.litigation_direct.total"
#: Refusals under articles 14 to 16 of the regulation: review comes first.
_REVIEW_FIRST = tuple(
    f"applications.denied_{row}.total"
    for row in (
        "state_secret",
        "law",
        "safety",
        "third_party",
        "internal",
        "process",
        "enforcement_file",
    )
)
#: Outcomes that may be taken to court directly.
_GROUPS = tuple(
    f"applications.{g}" for g in ("denied_admin_query", "unable_", "refused_", "other_")
)
_DIRECT = tuple(a for a in COLUMN_OF if a.endswith(".total") and a.startswith(_GROUPS))
_FIRST_YEAR = 2024


def _check(data: Dataset) -> Measure:
    suits = data.column(_SUITS)
    denied = data.values[:, [COLUMN_OF[a] for a in _REVIEW_FIRST]].sum(axis=1)
    others = np.nansum(data.values[:, [COLUMN_OF[a] for a in _DIRECT]], axis=1)
    applies = data.reports["year"].ge(_FIRST_YEAR).fillna(False).to_numpy(dtype=bool)
    unknown = np.isnan(suits) | np.isnan(denied)
    broken = ((suits > 0) & (denied > 0) & (others == 0)).astype(np.float64)
    broken[unknown | ~applies] = np.nan
    reason = np.where(unknown & applies, 0, -1)

    def tell(report: int, which: int) -> dict[str, Any]:
        refusals = tuple(a for a in _REVIEW_FIRST if data.values[report, COLUMN_OF[a]] > 0)
        return {
            "statement": _SUITS,
            "cells": (*refusals, _SUITS),
            "actual": float(suits[report]),
            "details": {"denied": float(denied[report])},
        }

    return judged(data, broken[:, None], tell, reason=reason[:, None], reasons=(CELLS_MISSING,))


RULE = Rule(
    code="L402",
    severity=Severity.INFO,
    title=Text("应当复议前置的事项直接起诉", "Direct suits where review comes first"),
    demand=Text(
        "2024年起，不予公开（条例第十四至十六条）应当先申请行政复议；本年只有这类不利结果的，一般没有未经复议直接起诉",
        "Since 2024 refusals (articles 14–16) go to review first; with no other adverse outcome "
        "direct suits are unusual",
    ),
    message=Text(
        "本年不利结果只有不予公开 {denied} 件（应当复议前置），未经复议直接起诉实为 {actual} 件",
        "The year's only adverse outcomes are {denied} refusals that demand review first, "
        "yet there are {actual} direct suits",
    ),
    hint=Text(
        "请核对是否应填在“复议后起诉”；对内容与申请不符、第三方提起的、以及2024年前的行为，可以直接起诉",
        "See whether they belong under 复议后起诉; suits over mismatched content, by third parties, "
        "or over acts before 2024 may be direct",
    ),
    citations={
        0: "《行政复议法》（2023年修订，2024年1月1日起施行）第二十三条第一款第四项；"
        "法释〔2025〕8号第一条（2025年6月1日起施行）"
    },
    check=_check,
    passes=patch(
        year=2024,
        cells={
            "applications.new.natural_person": 1,
            "applications.new.total": 1,
            "applications.unable_not_held.natural_person": 1,
            "applications.unable_not_held.total": 1,
            "applications.total.natural_person": 1,
            "applications.total.total": 1,
            "disputes.litigation_direct.upheld": 1,
            "disputes.litigation_direct.total": 1,
        },
    ),
    fails=patch(
        year=2024,
        cells={
            "applications.new.natural_person": 1,
            "applications.new.total": 1,
            "applications.denied_internal.natural_person": 1,
            "applications.denied_internal.total": 1,
            "applications.total.natural_person": 1,
            "applications.total.total": 1,
            "disputes.litigation_direct.other": 1,
            "disputes.litigation_direct.total": 1,
        },
    ),
)
