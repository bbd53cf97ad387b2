"""What the equations say of one report's part of a table: suspects, and their cause in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.findings import Cause, Suspect
from audit.localise.board import Pattern
from audit.localise.choose import MOST, suspects
from audit.localise.closed import Repair
from audit.localise.evidence import Evidence
from audit.localise.network import Network
from audit.localise.slips import POINT
from rules.dataset import Dataset, Status
from rules.vocabulary import Text

_EMPTY = (Status.BLANK, Status.PLACEHOLDER)


@dataclass(frozen=True)
class Answer:
    """What the equations say of one report's part of a table, whose addresses are `cells`."""

    report: int
    cells: frozenset[str]
    suspects: tuple[Suspect, ...]
    cause: Cause


@dataclass(frozen=True)
class Case:
    """One report's part of a table, its figures as whole numbers.

    `forced` are those that can't stay as they are (`written`): negative, or not whole.
    """

    report: int
    network: Network
    values: np.ndarray
    forced: np.ndarray
    written: np.ndarray
    repairs: Sequence[Repair]
    #: Where no repairs are known yet, the least size they may have.
    least: int


def ranked(data: Dataset, case: Case, known: Evidence) -> tuple[Suspect, ...]:
    """The suspects of a case, best first."""
    status = data.status[case.report, case.network.columns]
    blanks = frozenset(case.network.cells[i] for i in np.flatnonzero(np.isin(status, _EMPTY)))
    found = suspects(
        case.network, case.values.tolist(), case.repairs, known.of(case.report), blanks
    )
    apart = np.flatnonzero(case.written != case.values)
    if not len(apart):
        return found
    odd = {case.network.cells[i]: float(case.written[i]) for i in apart}
    return tuple(replace(s, value=odd[s.cell], reason=POINT) if s.cell in odd else s for s in found)


def by_patterns(
    data: Dataset, network: Network, case: Case, patterns: Sequence[Pattern]
) -> tuple[Suspect, ...]:
    """What each of a report's patterns says must change: a set of suspects for each."""
    written = data.values[case.report, network.columns]
    return tuple(
        Suspect(
            cell=network.cells[cell],
            value=None if np.isnan(written[cell]) else int(written[cell]),
            suggestion=new,
            unique=False,
            likely=len(patterns) == 1,
            group=number,
            reason=pattern.text,
        )
        for number, pattern in enumerate(patterns[:MOST], start=1)
        for cell, new in sorted(pattern.repair.items())
    )


def after(first: Sequence[Suspect], then: Sequence[Suspect]) -> tuple[Suspect, ...]:
    """Sets of suspects and, last of those told, one at least of others: none of them is likely."""
    ahead = min(max((s.group for s in first), default=0), MOST - 1 if then else MOST)
    both = (
        *(s for s in first if s.group <= ahead),
        *(replace(s, group=s.group + ahead) for s in then),
    )
    return tuple(replace(s, likely=False) for s in both if s.group <= MOST)


def contested(pattern: Pattern) -> Text:
    """The cause where a pattern explains everything, and a few cells do as well."""
    return Text(
        f"可能只是个别单元格有误，也可能是{pattern.text.zh}，需对照原始登记核实",
        f"either a few cells are wrong, or {pattern.text.en}: check the records",
    )


def of_cells(report: int, case: Case, found: tuple[Suspect, ...]) -> Cause:
    """The cause of a part's findings in words, by what was found."""
    first = [s for s in found if s.group == 1]
    name = f"{case.network.cells[0].split('.')[0]}.{first[0].cell if first else min(case.network.cells)}"
    if not first:
        text = Text(
            "多处数字有误，仅凭勾稽关系判断不出是哪几格",
            "several figures are wrong; the equations alone do not tell which",
        )
        return cause(report, "undetermined", text, name)
    if not first[0].likely:
        ways = len(case.repairs)
        text = Text(
            f"改法不止一种（至少 {ways} 种同样简单），需对照原始登记核实",
            f"there is more than one way to mend it (at least {ways} as simple): check the records",
        )
        return cause(report, "ambiguous", text, name)
    if len(first) == 1:
        text = Text("同一单元格有误引起", "one wrong cell brings about all of these")
        return cause(report, "cell", text, name)
    text = Text(
        f"以下 {len(first)} 个单元格有误引起",
        f"these {len(first)} cells being wrong bring it about",
    )
    return cause(report, "cells", text, name)


def cause(report: int, kind: str, text: Text, name: str = "") -> Cause:
    """A report's cause; its findings share the name."""
    return Cause(f"{report}:{name or kind}", kind, text)
