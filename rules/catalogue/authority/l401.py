"""L401: a unit reports 规章 that it may not make."""

from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.units import plain_name
from rules.vocabulary import Rule, Severity, Text, patch

#: Levels of units that may make no 规章 whatever they are called.
_WITHOUT = ("township", "department", "county")
_CELLS = tuple(
    f"disclosure.regulations.{column}"
    for column in ("issued", "repealed", "in_force", "made", "published", "total_public")
)
_NO_LEVEL = Text("单位级别不明", "the unit's level is unknown")


def _check(data: Dataset) -> Measure:
    columns = [COLUMN_OF[a] for a in _CELLS]
    values, status = data.values[:, columns], data.status[:, columns]
    some = (values > 0).any(axis=1)
    read = (status < Status.TEXT).any(axis=1)
    lost = ((status >= Status.TEXT) & (status < Status.OUTSIDE)).any(axis=1)
    level = data.reports["level"]
    unknown = level.isna().to_numpy(dtype=bool)
    without = level.isin(_WITHOUT) | _outposts(data)
    without = without.to_numpy(dtype=bool) & ~_allowed(data)
    reason = np.where(unknown & read, 1, np.where((lost | ~read) & ~some, 0, -1))
    out = ~without & ~unknown
    broken = np.where(out | (reason >= 0), np.nan, some)
    reason[out] = -1

    def tell(report: int, which: int) -> dict[str, Any]:
        found = [i for i in range(len(_CELLS)) if values[report, i] > 0]
        return {
            "statement": "disclosure.regulations.*",
            "cells": tuple(_CELLS[i] for i in found),
            "expected": 0,
            "actual": float(values[report, found].max()),
            "details": {"values": tuple(values[report, found].tolist())},
        }

    return judged(
        data,
        broken[:, None],
        tell,
        reason=reason[:, None],
        reasons=(CELLS_MISSING, _NO_LEVEL),
    )


def _outposts(data: Dataset) -> pd.Series:
    """Prefectures and leagues (地区, 盟): of a city's rank, but offices of the province."""
    units = data.reports["unit"].fillna("").str.removesuffix("行政公署").str.removesuffix("行署")
    return data.reports["level"].eq("city").fillna(False) & units.str.endswith(("地区", "盟"))


def _allowed(data: Dataset) -> np.ndarray:
    """Units that the configuration names as makers of 规章."""
    makers = {plain_name(name) for name in data.settings.rule_makers}
    if not makers:
        return np.zeros(len(data), dtype=bool)
    units = data.reports["unit"].fillna("")
    mine = {u for u in units.unique() if plain_name(u) in makers or u in makers}
    return units.isin(mine).to_numpy(dtype=bool)


RULE = Rule(
    code="L401",
    severity=Severity.ERROR,
    title=Text("填报了无权制定的规章", "Reports 规章 that it may not make"),
    demand=Text(
        "乡镇、街道、部门、县（市、区）无权制定规章，规章一行应为0",
        "Townships, departments and counties may make no 规章: the row is 0",
    ),
    message=Text(
        "本级单位无权制定规章，“规章”实为 {values}，应为 0：{cells}",
        "A unit of this level may make no 规章: the row says {values}, should be 0: {cells}",
    ),
    hint=Text(
        "规章不是内部的规章制度，只有国务院部门、省级和设区的市、自治州人民政府可以制定；"
        "本单位的行政规范性文件请填在下一行，内部制度不填",
        "规章 are not internal rules (规章制度): only ministries and the governments of provinces, cities "
        "with districts and autonomous prefectures make them; own normative documents go one row below",
    ),
    citations={
        2019: "《立法法》（2015年修正）第八十条、第八十二条",
        2021: "《立法法》（2023年修正）第九十一条、第九十三条；2022年度及以前为2015年修正的第八十条、第八十二条",
    },
    check=_check,
    passes=patch(cells={"disclosure.normative_documents.in_force": 6}),
    fails=patch(cells={"disclosure.regulations.in_force": 6}),
)
