"""What must be known of a sum of reports: what is not in it, and what in it may be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from audit.findings import Finding
from rules.dataset import Dataset
from rules.units import plain_name, roster_keys, unit_keys, unit_labels
from rules.vocabulary import Severity, Text

#: Families whose errors say that a figure may be wrong or lacking.
_DOUBTED = frozenset("ASVL")
#: A fee most likely in 元 spoils the sum without being an error.
_SPOILS = "V206"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of the sum; `open` where the sum may be wrong until it is settled."""

    about: str
    text: Text
    open: bool = True
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """What one unit adds: a value for each address, NaN where its figure can't be taken."""

    unit: str
    values: np.ndarray
    reports: tuple[int, ...]
    blank: int


def due_units(roster: pd.DataFrame) -> dict[str, str]:
    """The roster's units by key: those that no other unit reports to."""
    parents = {plain_name(p) for p in roster["parent"].dropna()}
    named = zip(roster_keys(roster), roster["unit"], strict=True)
    return {k: u for k, u in named if k and k not in parents}


def left_out(
    data: Dataset, keys: np.ndarray, mine: pd.Series, above: set[str]
) -> tuple[Remark, ...]:
    """Units with reports for the year that are not added, and reports for other years."""
    remarks = []
    listed = due_units(data.roster) if data.roster is not None else None
    seen = dict.fromkeys(
        zip(*(found[mine.to_numpy(dtype=bool)] for found in (keys, unit_labels(data))), strict=True)
    )
    for key, unit in seen:
        if key in above:
            text = Text("是上级自己的年报，未计入", "is the report of the body above: not added")
            remarks.append(Remark(unit, text, open=False))
        elif listed is not None and key not in listed:
            text = Text("不在名单上，未计入", "is not on the roster: not added")
            remarks.append(Remark(unit, text))
    others = int((data.reports["role"].eq("report") & ~mine).sum())
    if others:
        text = Text(
            f"另有 {others} 份其他年度（或单位、年度不明）的年报未计入",
            f"{others} reports for other years (or no known unit or year) not added",
        )
        remarks.append(Remark("", text, open=False))
    return tuple(remarks)


def about_shares(
    data: Dataset, shares: Sequence[Share], findings: Sequence[Finding], edition: int
) -> tuple[Remark, ...]:
    """Units with several reports, another form, errors, blank cells."""
    remarks = []
    for share in shares:
        many = len(share.reports)
        if many > 1:
            text = Text(
                f"有 {many} 份同年度年报，只计一次；各份不同的单元格未计入",
                f"has {many} reports for the year: counted once, cells that differ not added",
            )
            remarks.append(Remark(share.unit, text))
        own = {int(e) for e in data.reports["edition"].iloc[list(share.reports)].dropna()}
        if own - {edition}:
            told = "、".join(map(str, sorted(own - {edition})))
            text = Text(f"使用了{told}版格式", f"uses the form of {told}")
            remarks.append(Remark(share.unit, text))
        errors = Counter(f.rule for f in findings if _doubts(f, share.reports))
        if errors:
            listed = [f"{r}×{n}" if n > 1 else r for r, n in sorted(errors.items())]
            text = Text(
                f"有未更正的问题：{'、'.join(listed)}", f"has findings: {', '.join(listed)}"
            )
            remarks.append(Remark(share.unit, text))
        if share.blank:
            text = Text(f"{share.blank} 个空格按 0 计", f"{share.blank} blank cells read as 0")
            remarks.append(Remark(share.unit, text, open=False))
    return tuple(remarks)


def _doubts(finding: Finding, reports: tuple[int, ...]) -> bool:
    return (
        finding.report in reports
        and finding.waived is None
        and (
            (finding.severity is Severity.ERROR and finding.rule[0] in _DOUBTED)
            or finding.rule == _SPOILS
        )
    )


def about_cells(lacking: Mapping[str, tuple[str, ...]]) -> tuple[Remark, ...]:
    """A remark for each unit with cells that are not in the sum."""
    cells: dict[str, list[str]] = {}
    for address, units in lacking.items():
        for unit in units:
            cells.setdefault(unit, []).append(address)
    text = Text(
        "以下单元格未读到或不能确定，未计入（表中以 * 标出）",
        "these cells were not read with certainty and are not added (starred)",
    )
    return tuple(Remark(unit, text, cells=tuple(found)) for unit, found in cells.items())


def unread_files(data: Dataset) -> tuple[Remark, ...]:
    """Files that gave no report: any may be a unit\'s."""
    bad = data.files[data.files["outcome"].str.startswith("F")]
    text = Text("没有读出可以汇总的年报，未计入", "gave no report to add")
    return tuple(Remark(f, text) for f in bad["file"])


def missing_units(data: Dataset, shares: Sequence[Share]) -> tuple[Remark, ...]:
    """Units of the roster without a report for the year."""
    if data.roster is None:
        return ()
    keys = unit_keys(data)
    there = {str(keys[s.reports[0]]) for s in shares}
    text = Text("在名单上，没有该年度的年报", "is on the roster and has no report for the year")
    return tuple(Remark(u, text) for k, u in due_units(data.roster).items() if k not in there)
