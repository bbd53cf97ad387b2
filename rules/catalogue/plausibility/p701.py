"""P701: most of the year's intake is carried out."""

from typing import Any

import numpy as np

from rules.dataset import Dataset
from rules.measure import CELLS_MISSING, Measure
from rules.sections import judged
from rules.vocabulary import Rule, Severity, Text, patch

_IN = ("applications.new.total", "applications.carried_in.total")
_OUT = "applications.carried_out.total"


def _check(data: Dataset) -> Measure:
    new, earlier, out = (data.column(a) for a in (*_IN, _OUT))
    intake = new + earlier
    share = data.settings.threshold("carried_out_share")
    least = data.settings.threshold("carried_out_least")
    unknown = np.isnan(intake) | np.isnan(out)
    broken = np.where(unknown, np.nan, (intake >= least) & (out > share * intake))

    def tell(report: int, which: int) -> dict[str, Any]:
        return {
            "statement": _OUT,
            "cells": (*_IN, _OUT),
            "actual": float(out[report]),
            "details": {"intake": float(intake[report])},
        }

    reason = np.where(unknown, 0, -1)[:, None]
    return judged(data, broken[:, None], tell, reason=reason, reasons=(CELLS_MISSING,))


_COUNTS: dict[str, float | str] = {
    f"applications.{row}.{column}": count
    for row, count in (("new", 20), ("granted", 18), ("total", 18), ("carried_out", 2))
    for column in ("natural_person", "total")
}

RULE = Rule(
    code="P701",
    severity=Severity.INFO,
    title=Text("大部分申请结转下年", "Most of the year's requests are carried out"),
    demand=Text(
        "结转下年度的申请不占全年收到和上年结转申请的大部分（答复期限为20个工作日，最多延长20个工作日）",
        "Not most of the year's intake is carried out (answers are due within 20 to 40 working days)",
    ),
    message=Text(
        "收到和上年结转共 {intake} 件，结转下年度实为 {actual} 件，占大部分",
        "Of {intake} requests taken in, {actual} are carried out, which is most of them",
    ),
    hint=Text(
        "请核对结转件数；年底集中收到申请的，可以说明",
        "Check the number carried out; say so where the requests came at the year's end",
    ),
    citations={0: "《政府信息公开条例》第三十三条"},
    formula="carried_out ≤ share × (new + carried_in)",
    check=_check,
    passes=patch(cells=_COUNTS),
    fails=patch(
        cells={
            f"applications.{row}.{column}": count
            for row, count in (("new", 20), ("granted", 5), ("total", 5), ("carried_out", 15))
            for column in ("natural_person", "total")
        }
    ),
)
