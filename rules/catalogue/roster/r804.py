"""R804: published after the deadline."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import judged, published_at
from rules.units import plain_name, roster_keys, roster_names, unit_keys
from rules.vocabulary import Example, Patch, Rule, Severity, Text

#: Article 49: departments by the end of January, governments by the end of March. Of townships
#: it says nothing; the departments' date is usual.
_LAW: Mapping[str, str] = {
    "township": "01-31",
    "department": "01-31",
    "ministry": "01-31",
    "county": "03-31",
    "city": "03-31",
    "province": "03-31",
}
_DAY = re.compile(r"(?:\d{4}\D)?(\d{1,2})\D(\d{1,2})\D?")

_NO_DATE = Text("发布日期不明", "the date of publication is unknown")
_NO_DEADLINE = Text(
    "单位级别不明，没有适用的期限", "the unit's level, hence its deadline, is unknown"
)


def _check(data: Dataset) -> Measure:
    published = data.reports["published"]
    year = data.reports["year"].astype("Int64")
    due = (year + 1).astype("string").str.cat(_deadlines(data).astype("string"), sep="-")
    no_date = published.isna().to_numpy(dtype=bool)
    no_deadline = due.isna().to_numpy(dtype=bool)
    late = published.fillna("").astype("string").str[:10].gt(due.fillna("")).to_numpy(dtype=bool)
    broken = np.where(no_date | no_deadline, np.nan, late)
    reason = np.where(no_date, 0, np.where(no_deadline, 1, -1))

    def tell(report: int, which: int) -> dict[str, Any]:
        return {
            "statement": "published",
            "expected": str(due.iat[report]),
            "actual": str(published.iat[report]),
            "location": published_at(data, report),
        }

    return judged(
        data, broken[:, None], tell, reason=reason[:, None], reasons=(_NO_DATE, _NO_DEADLINE)
    )


def _deadlines(data: Dataset) -> pd.Series:
    """Each report's last day as MM-DD: the unit's own (of roster, then configuration), its level's."""
    set_ = {k: _month_day(v) for k, v in data.settings.deadlines.items()}
    days = data.reports["level"].map({**_LAW, **set_}).astype("str")
    names = roster_names(data.roster)
    own = {names.get(plain_name(k), plain_name(k)): v for k, v in set_.items() if k not in _LAW}
    if data.roster is not None:
        rows = zip(roster_keys(data.roster), data.roster["deadline"], strict=True)
        days_of = ((key, _month_day(day)) for key, day in rows if key and isinstance(day, str))
        own |= {key: day for key, day in days_of if day}
    listed = [own.get(key) for key in unit_keys(data)]
    return pd.Series(listed, index=days.index, dtype="str").fillna(days)


def _month_day(day: str) -> str | None:
    """`1月20日`, `01-20`, `2024/1/20` as `01-20`; None for anything else."""
    found = _DAY.match(day.strip() + " ")
    return f"{int(found[1]):02}-{int(found[2]):02}" if found else None


RULE = Rule(
    code="R804",
    severity=Severity.WARNING,
    title=Text("超过期限发布", "Published after the deadline"),
    demand=Text(
        "部门和乡镇、街道在次年1月31日以前、县级以上人民政府在3月31日以前发布（可配置，名单上的期限优先）",
        "Published by 31 January of the next year, a government's own report by 31 March "
        "(configurable; the roster's own date comes first)",
    ),
    message=Text(
        "发布日期实为 {actual}，应不晚于 {expected}", "Published on {actual}, due by {expected}"
    ),
    hint=Text(
        "请核对发布日期；确已逾期的，今后按期发布。乡镇、街道的期限条例没有规定，按当地要求执行",
        "Check the date. The regulation names none for townships: theirs is set locally",
    ),
    citations={
        0: "《政府信息公开条例》第四十九条（乡镇、街道的期限由当地规定，可在配置或名单中设置）"
    },
    check=_check,
    passes=Example(reports=(Patch(published="2024-01-31"),)),
    fails=Example(reports=(Patch(published="2024-02-06"),)),
)
