"""P703: more suits after review than reviews."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.history import before, last_years, years_before
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.vocabulary import Example, Patch, Rule, Severity, Text

_SUITS = "disputes.litigation_after_review.total"
_REVIEWS = "disputes.review.total"


def _check(data: Dataset) -> Measure:
    suits, reviews = data.column(_SUITS), data.column(_REVIEWS)
    last = last_years(data)
    earlier = before(data, [_REVIEWS], last)[:, 0]
    why, years = years_before(data)
    lost = np.isnan(suits) | np.isnan(reviews)
    # This year's reviews alone may do; only where they don't must last year's be known.
    enough = suits <= reviews
    unknown = lost | (~enough & np.isnan(earlier))
    reason = np.where(lost, len(years), np.where(last < 0, why, len(years)))
    reason = np.where(unknown, reason, -1)
    broken = np.where(unknown, np.nan, suits > reviews + np.nan_to_num(earlier))
    year = data.reports["year"].fillna(0).to_numpy(dtype=np.int64)

    def tell(report: int, which: int) -> dict[str, Any]:
        before_that = int(year[report]) - 1
        return {
            "statement": _SUITS,
            "cells": (f"{before_that}/{_REVIEWS}", _REVIEWS, _SUITS),
            "actual": float(suits[report]),
            "details": {
                "reviews": float(reviews[report]),
                "before": float(earlier[report]),
                "last": before_that,
            },
        }

    return judged(
        data, broken[:, None], tell, reason=reason[:, None], reasons=(*years, CELLS_MISSING)
    )


def _suits(count: int) -> Patch:
    return Patch(
        cells={
            "disputes.review.upheld": 1,
            "disputes.review.total": 1,
            "disputes.litigation_after_review.upheld": count,
            "disputes.litigation_after_review.total": count,
        }
    )


_LAST = Patch(
    year=2022,
    role="previous",
    cells={"disputes.review.upheld": 2, "disputes.review.total": 2},
)

RULE = Rule(
    code="P703",
    severity=Severity.WARNING,
    title=Text("复议后起诉多于行政复议", "More suits after review than reviews"),
    demand=Text(
        "复议后起诉件数不多于本年和上年行政复议件数之和",
        "Suits after review are no more than the reviews of this and last year",
    ),
    message=Text(
        "复议后起诉实为 {actual} 件，本年行政复议 {reviews} 件、{last}年 {before} 件，合计少于起诉件数",
        "There are {actual} suits after review, but {reviews} reviews this year and {before} in {last}",
    ),
    hint=Text(
        "请核对是否应填在“未经复议直接起诉”，行政复议是否漏填；共同被告的案件由原行为机关统计",
        "See whether they belong under 未经复议直接起诉, or reviews were left out; the body that took the "
        "original act counts suits with co-defendants",
    ),
    citations={
        0: "国办公开办函〔2016〕201号（行政复议、行政诉讼的统计口径）；"
        "国办公开办函〔2019〕60号、〔2021〕30号（年度报告格式）"
    },
    formula="litigation_after_review[year] ≤ review[year] + review[year − 1]",
    check=_check,
    passes=Example(reports=(_suits(3), _LAST)),
    fails=Example(reports=(_suits(4), _LAST)),
)
