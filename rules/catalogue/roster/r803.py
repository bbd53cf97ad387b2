"""R803: a report's unit is not on the roster."""

from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import process

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import judged
from rules.units import roster_names, unit_keys
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

#: Names on the roster among which the nearest is sought.
_MOST = 2_000

_NO_ROSTER = Text("没有提供单位名单", "no roster was given")


def _check(data: Dataset) -> Measure:
    names = roster_names(data.roster)
    keys = unit_keys(data)
    unknown = np.full(len(data), data.roster is None)
    strange = ~pd.Series(keys).isin([*names.values(), ""]).to_numpy(dtype=bool)
    named = keys != ""
    broken = np.where(unknown | ~named, np.nan, strange)
    reason = np.where(unknown & named, 0, -1)

    def tell(report: int, which: int) -> dict[str, Any]:
        choices = list(names) if len(names) <= _MOST else []
        near = process.extractOne(str(keys[report]), choices, score_cutoff=60)
        note = Text(f"，名单上相近的是“{near[0]}”", f"; the nearest is “{near[0]}”") if near else ""
        return {"statement": "report", "actual": keys[report], "details": {"near": note}}

    return judged(data, broken[:, None], tell, reason=reason[:, None], reasons=(_NO_ROSTER,))


_ROSTER = ({"unit": "青石镇", "level": "township", "aliases": "青石乡"},)

RULE = Rule(
    code="R803",
    severity=Severity.WARNING,
    scope=Scope.RUN,
    title=Text("单位不在名单上", "The unit is not on the roster"),
    demand=Text("每份年报的单位都在名单上", "Every report's unit is on the roster"),
    message=Text("“{unit}”不在名单上{near}", "“{unit}” is not on the roster{near}"),
    hint=Text(
        "请核对单位名称；改名的在名单的别名一栏补上，不归本级汇总的移走",
        "Check the name; add it to the roster's aliases, or take away what is not this area's",
    ),
    citations={0: "《政府信息公开条例》第四条（编制年度报告的机构）"},
    check=_check,
    passes=Example(reports=(Patch(),), roster=_ROSTER),
    fails=Example(reports=(Patch(), Patch(unit="白水乡")), roster=_ROSTER),
)
