"""Reports with broken equations in one table → for each tied part of it, which cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.findings import Cause, Suspect
from audit.localise.board import Pattern
from audit.localise.choose import suspects
from audit.localise.closed import LARGEST, Repair, doubles, singles, triples
from audit.localise.evidence import Evidence
from audit.localise.network import Network, network_of
from audit.localise.patterns import recognise
from audit.localise.slips import MOVED, POINT, SWAPPED, UNFILLED, cost
from audit.localise.solver import smallest
from rules.dataset import Dataset, Status
from rules.history import last_years
from rules.vocabulary import Text

_EMPTY = (Status.BLANK, Status.PLACEHOLDER)
_ALSO = Text("合计漏填，另一栏的总计也漏填", "the total was left unfilled, as another channel's was")


@dataclass(frozen=True)
class Answer:
    """What the equations say of one report's part of a table, whose addresses are `cells`."""

    report: int
    cells: frozenset[str]
    suspects: tuple[Suspect, ...]
    cause: Cause


@dataclass(frozen=True)
class _Case:
    """One report's part of a table: figures as whole numbers, those that can't stay as they are."""

    report: int
    network: Network
    values: np.ndarray
    forced: np.ndarray
    written: np.ndarray
    repairs: Sequence[Repair]


def solve(data: Dataset, table: str, reports: Sequence[int], known: Evidence) -> Iterator[Answer]:
    """The answers for reports (positions) with a broken equation in this table."""
    alike: dict[Network, list[int]] = {}
    for report in reports:
        alike.setdefault(network_of(table, data.status[report]), []).append(report)
    for network, members in alike.items():
        by_report: dict[int, list[_Case]] = {}
        for part in network.parts:
            for case in _cases(data, part, members):
                by_report.setdefault(case.report, []).append(case)
        for report, cases in by_report.items():
            yield from _answers(data, network, report, cases, known)


def repairs(
    network: Network, values: np.ndarray, forced: np.ndarray | None = None
) -> list[list[Repair]]:
    """All repairs of the least size for each report (r × n, int64); empty where undetermined.

    Cells that are `forced` (r × n) can't stay as they are, nor can those that are negative. Of
    sizes beyond three only some repairs are named.
    """
    must = values < 0
    if forced is not None:
        must |= forced
    found = singles(network, values)
    for number in np.flatnonzero((values @ network.matrix).any(axis=1) | must.any(axis=1)).tolist():
        needed = np.flatnonzero(must[number]).tolist()
        ones = _holding(found[number], needed)
        found[number] = ones or _larger(network, values[number], must[number], needed)
    return found


def _larger(
    network: Network, values: np.ndarray, must: np.ndarray, needed: list[int]
) -> list[Repair]:
    if needed and not (values @ network.matrix).any() and (values >= 0).all():
        return [Repair(tuple(needed), tuple(values[needed].tolist()))]
    for search in (doubles, triples):
        found = _holding(search(network, values), needed)
        if found:
            return found
    return smallest(network, values, must)


def _holding(found: list[Repair], needed: list[int]) -> list[Repair]:
    return [r for r in found if set(needed) <= set(r.cells)] if needed else found


def _cases(data: Dataset, part: Network, members: Sequence[int]) -> Iterator[_Case]:
    raw = np.nan_to_num(data.values[np.array(members)][:, part.columns])
    possible = np.flatnonzero((np.abs(raw) <= LARGEST).all(axis=1))
    values = np.rint(raw).clip(-LARGEST, LARGEST).astype(np.int64)
    forced = raw != values
    wrong = ((raw @ part.matrix) != 0).any(axis=1)
    found: dict[int, list[Repair]] = {}
    kept = possible[wrong[possible]]
    if len(kept):
        found = dict(zip(kept.tolist(), repairs(part, values[kept], forced[kept]), strict=True))
    for row in np.flatnonzero(wrong).tolist():
        case = (values[row], forced[row], raw[row], found.get(row, []))
        yield _Case(int(members[row]), part, *case)


def _answers(
    data: Dataset, network: Network, report: int, cases: list[_Case], known: Evidence
) -> Iterator[Answer]:
    pattern = _pattern(data, network, report, cases)
    if pattern is not None and pattern.repair:
        written = data.values[report, network.columns]
        cells = frozenset(network.cells)
        told = tuple(_by_pattern(network, written, pattern))
        yield Answer(report, cells, told, _cause(report, pattern.kind, pattern.text))
        return
    ranked = [(case, _ranked(data, case, known)) for case in cases]
    habit = any(s.unique and s.reason is UNFILLED for _, found in ranked for s in found)
    for case, found in ranked:
        cells = frozenset(case.network.cells)
        if pattern is not None:
            told = tuple(replace(s, likely=False) for s in found)
            yield Answer(report, cells, told, _cause(report, pattern.kind, pattern.text))
            continue
        if habit and found and not found[0].likely and found[0].reason is UNFILLED:
            found = (replace(found[0], likely=True, reason=_ALSO), *found[1:])
        yield Answer(report, cells, found, _of_cells(report, case, found))


def _pattern(
    data: Dataset, network: Network, report: int, cases: list[_Case]
) -> Pattern | None:
    """A pattern of table three, where no single cell, nor one slip of two, explains everything."""
    if not cases[0].network.cells[0].startswith("applications."):
        return None
    if any(case.forced.any() for case in cases):
        return None
    if all(_plain(case) for case in cases):
        return None
    values = np.nan_to_num(data.values[report, network.columns])
    if np.abs(values).max(initial=0) > LARGEST:
        return None
    last, before = int(last_years(data)[report]), None
    if last >= 0:
        before = np.nan_to_num(data.values[last, network.columns], nan=-1)
    return recognise(network, values.astype(np.int64), before)


def _plain(case: _Case) -> bool:
    """Whether one wrong cell, or one figure in the wrong one of two neighbours, explains it all."""
    if not case.repairs or len(case.repairs[0].cells) > 2:
        return False
    values = case.values.tolist()
    return len(case.repairs[0].cells) == 1 or any(
        cost(case.network, values, repair)[1][0] in (MOVED, SWAPPED) for repair in case.repairs
    )


def _ranked(data: Dataset, case: _Case, known: Evidence) -> tuple[Suspect, ...]:
    status = data.status[case.report, case.network.columns]
    blanks = frozenset(case.network.cells[i] for i in np.flatnonzero(np.isin(status, _EMPTY)))
    found = suspects(
        case.network, case.values.tolist(), case.repairs, known.of(case.report), blanks
    )
    if not case.forced.any():
        return found
    odd = {case.network.cells[i]: float(case.written[i]) for i in np.flatnonzero(case.forced)}
    return tuple(
        replace(s, value=odd[s.cell], reason=POINT) if s.cell in odd else s for s in found
    )


def _by_pattern(network: Network, written: np.ndarray, pattern: Pattern) -> Iterator[Suspect]:
    for cell, new in sorted(pattern.repair.items()):
        value = float(written[cell])
        yield Suspect(
            cell=network.cells[cell],
            value=None if np.isnan(value) else int(value),
            suggestion=new,
            unique=False,
            likely=True,
            group=1,
            reason=pattern.text,
        )


def _of_cells(report: int, case: _Case, found: tuple[Suspect, ...]) -> Cause:
    """The cause of a part's findings in words, by what was found."""
    first = [s for s in found if s.group == 1]
    name = f"{case.network.cells[0].split('.')[0]}.{first[0].cell if first else min(case.network.cells)}"
    if not first:
        text = Text(
            "多处数字有误，仅凭勾稽关系判断不出是哪几格",
            "several figures are wrong; the equations alone do not tell which",
        )
        return _cause(report, "undetermined", text, name)
    if not first[0].likely:
        ways = len(case.repairs)
        text = Text(
            f"改法不止一种（至少 {ways} 种同样简单），需对照原始登记核实",
            f"there is more than one way to mend it (at least {ways} as simple): check the records",
        )
        return _cause(report, "ambiguous", text, name)
    if len(first) == 1:
        text = Text("同一单元格有误引起", "one wrong cell brings about all of these")
        return _cause(report, "cell", text, name)
    text = Text(
        f"以下 {len(first)} 个单元格有误引起", f"these {len(first)} cells being wrong bring it about"
    )
    return _cause(report, "cells", text, name)


def _cause(report: int, kind: str, text: Text, name: str = "") -> Cause:
    return Cause(f"{report}:{name or kind}", kind, text)
