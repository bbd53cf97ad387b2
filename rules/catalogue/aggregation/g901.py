"""G901: a cell of the county's own report is not the sum over its units."""

from typing import Any

import numpy as np
import pandas as pd

from rules.below import units_below
from rules.cells import ADDRESSES, of_kind
from rules.dataset import Dataset, Status
from rules.measure import CELLS_MISSING, TOTAL_BLANK, Measure, facts
from rules.units import unit_labels
from rules.vocabulary import Example, Patch, Rule, Scope, Severity, Text

#: Amounts are rounded by every unit for itself.
#: Units named with what they add; a county may have a hundred.
_TOLD = 12
_ROUNDING = np.where(of_kind("amount"), 0.01, 1e-6)
#: Each of several issuers counts a joint document: the sum may be more than there are.
_JOINT = np.array([a.startswith("disclosure.normative_documents.") for a in ADDRESSES])
_DISPUTES = np.array([a.startswith("disputes.") for a in ADDRESSES])

_CO_DEFENDANT = Text(
    "；复议机关作共同被告的案件只由原行为机关统计",
    "; a suit with the review organ as co-defendant counts only for the body that took the act",
)


def _check(data: Dataset) -> Measure:
    """A statement for each parent's report and cell."""
    parents = np.flatnonzero(data.reports["role"].eq("parent").to_numpy(dtype=bool))
    residual = np.full((len(parents), len(ADDRESSES)), np.nan)
    reason = np.full(residual.shape, -1)
    reasons: list[Text] = [CELLS_MISSING, TOTAL_BLANK]
    total = np.full(residual.shape, np.nan)
    below: list[np.ndarray] = []
    for i, parent in enumerate(parents.tolist()):
        units, why = units_below(data, parent)
        below.append(units)
        own = data.status[parent] != Status.OUTSIDE
        if why is None:
            total[i] = np.nan_to_num(data.values[units]).sum(axis=0)
            residual[i], reason[i] = _judged(data, parent, units, total[i])
            continue
        if why not in reasons:
            reasons.append(why)
        reason[i, own] = reasons.index(why)

    def tell(positions: np.ndarray) -> pd.DataFrame:
        rows, cells = np.divmod(positions, len(ADDRESSES))
        pairs = zip(rows.tolist(), cells.tolist(), strict=True)
        return facts(
            [_told(data, int(parents[i]), below[i], c, float(total[i, c])) for i, c in pairs]
        )

    return Measure(
        report=np.repeat(parents.astype(np.int64), len(ADDRESSES)),
        residual=residual.reshape(-1),
        tell=tell,
        reason=reason.reshape(-1),
        reasons=tuple(reasons),
        always=True,
    )


def _judged(
    data: Dataset, parent: int, units: np.ndarray, total: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Residual and reason of each cell of one parent's report."""
    status, theirs = data.status[parent], data.status[units]
    values = data.values[units]
    own = data.values[parent]
    residual = own - total
    residual[np.abs(residual) <= _ROUNDING] = 0.0
    most = np.nan_to_num(values).max(axis=0)
    residual[_JOINT & (residual < 0) & (own >= most)] = 0.0
    outside = status == Status.OUTSIDE
    blank = (status == Status.BLANK) | (status == Status.PLACEHOLDER)
    lost = (status >= Status.TEXT) | (theirs >= Status.TEXT).any(axis=0)
    residual[outside | blank | lost] = np.nan
    return residual, np.where(outside, -1, np.where(lost, 0, np.where(blank, 1, -1)))


def _told(data: Dataset, parent: int, units: np.ndarray, cell: int, total: float) -> dict[str, Any]:
    address = ADDRESSES[cell]
    values = np.nan_to_num(data.values[units, cell])
    names = [str(n) for n in unit_labels(data)[units]]
    share = [(n, v) for n, v in zip(names, values.tolist(), strict=True) if v]
    empty = data.status[units, cell] != Status.NUMBER
    blank = tuple(f"{n}/{address}" for n, e in zip(names, empty, strict=True) if e)
    details = {
        "about_parent": True,
        "contributions": share,
        "share": _shared(share),
        "guess": _guess(share, float(data.values[parent, cell]) - total, _ROUNDING[cell]),
        "count": len(units),
        "note": _CO_DEFENDANT if _DISPUTES[cell] else "",
    }
    return {
        "report": parent,
        "statement": address,
        "cells": (*(f"{name}/{address}" for name, _ in share), address),
        "expected": round(total, 6),
        "actual": float(data.values[parent, cell]),
        "details": {**details, **({"blank": blank} if blank else {})},
    }


def _shared(share: list[tuple[str, float]]) -> Text:
    """What the units add, the largest first."""
    ranked = sorted(share, key=lambda s: -abs(s[1]))
    told = [f"{name} {value:.12g}" for name, value in ranked[:_TOLD]]
    rest = len(ranked) - len(told)
    left = f"{sum(v for _, v in ranked[_TOLD:]):.12g}"
    if not told:
        return Text("", "")
    more = (f"、其余 {rest} 个单位 {left}", f", {rest} others {left}") if rest else ("", "")
    return Text(f"（{'、'.join(told)}{more[0]}）", f" ({', '.join(told)}{more[1]})")


def _guess(share: list[tuple[str, float]], gap: float, slack: float) -> Text:
    """The one unit whose figure is just what lacks or is too much; a gap of 1 may be anybody's."""
    near = [name for name, value in share if abs(value - abs(gap)) <= slack]
    if len(near) != 1 or abs(gap) <= 1:
        return Text("", "")
    if gap < 0:
        return Text(f"，相差的正是{near[0]}的数", f"; just {near[0]}'s figure is lacking")
    return Text(f"，多出的正是{near[0]}的数", f"; just {near[0]}'s figure is too much")


_ROSTER = (
    {"unit": "青石镇", "level": "township", "parent": "云岭县"},
    {"unit": "白水乡", "level": "township", "parent": "云岭县"},
)
_CELL = "disclosure.licensing.decisions"


def _example(parent: int) -> Example:
    return Example(
        reports=(
            Patch(unit="云岭县", role="parent", cells={_CELL: parent}),
            Patch(cells={_CELL: 5}),
            Patch(unit="白水乡", cells={_CELL: 8}),
        ),
        roster=_ROSTER,
    )


RULE = Rule(
    code="G901",
    severity=Severity.ERROR,
    scope=Scope.RUN,
    title=Text("汇总数与各单位之和不符", "The county's cell is not the sum over its units"),
    demand=Text(
        "本级汇总年报的每一格 = 所属各单位同一格之和（名单上的单位全部报送时核验；"
        "诉讼只由原行为机关统计；联合制发的文件各单位可以各计一件）",
        "Each cell of the county's own report is the sum over its units (where all on the roster have "
        "reported; suits count at the original body only; each joint issuer may count a document)",
    ),
    message=Text(
        "“{subject}”实为 {actual}，{count} 个单位合计应为 {expected}{share}{guess}{note}",
        "{subject} is {actual}, the {count} units add up to {expected}{share}{guess}{note}",
    ),
    hint=Text(
        "请对照各单位的数字查找漏报、重复和计算错误；垂直管理部门是否计入，按当地口径",
        "Look for units left out or counted twice; whether vertically managed bodies are in is a local matter",
    ),
    citations={
        0: "《政府信息公开条例》第四十九条第二款；国办公开办函〔2016〕201号（共同被告案件的统计口径）；"
        "逐格相加是对汇总口径的推断，格式未作明文规定"
    },
    formula="cell[parent] = Σ cell[unit]",
    check=_check,
    passes=_example(13),
    fails=_example(12),
)
