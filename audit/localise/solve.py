"""Reports with broken equations in one table → for each tied part of it, which cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audit.findings import Cause, Suspect
from audit.localise.board import Pattern
from audit.localise.choose import suspects
from audit.localise.closed import LARGEST, Repair, several, singles
from audit.localise.evidence import Evidence
from audit.localise.loose import broken_rows, loose
from audit.localise.network import Network, network_of
from audit.localise.patterns import recognise
from audit.localise.slips import MOVED, POINT, SWAPPED, UNFILLED, cost
from audit.localise.solver import smallest
from audit.localise.tight import tight
from rules.dataset import Dataset, Status
from rules.history import last_years
from rules.vocabulary import Text

#: Sizes up to which every repair is found exactly; the solver takes larger ones.
_EXACT = 4
#: Cells beyond one in each broken row, up to which larger repairs are found exactly.
_LOOSE = 3
_EMPTY = (Status.BLANK, Status.PLACEHOLDER)
_ALSO = Text(
    "合计漏填，另一栏的总计也漏填", "the total was left unfilled, as another channel's was"
)


@dataclass(frozen=True)
class Answer:
    """What the equations say of one report's part of a table, whose addresses are `cells`."""

    report: int
    cells: frozenset[str]
    suspects: tuple[Suspect, ...]
    cause: Cause


@dataclass(frozen=True)
class _Case:
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


def answers(data: Dataset, table: str, reports: Sequence[int], known: Evidence) -> Iterator[Answer]:
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
    large sizes only some repairs are named.
    """
    must = values < 0
    if forced is not None:
        must |= forced
    exact = _exact(network, values, must)
    return [
        found if least == 0 else smallest(network, values[number], must[number], least)
        for number, (found, least) in enumerate(exact)
    ]


def _exact(
    network: Network, values: np.ndarray, must: np.ndarray
) -> list[tuple[list[Repair], int]]:
    """For each report all least repairs and 0; or none and the least size that they may have."""
    found = [(ones, 0) for ones in singles(network, values)]
    for number in np.flatnonzero((values @ network.matrix).any(axis=1) | must.any(axis=1)).tolist():
        needed = np.flatnonzero(must[number]).tolist()
        ones = _holding(found[number][0], needed)
        found[number] = (ones, 0) if ones else _larger(network, values[number], needed)
    return found


def _larger(network: Network, values: np.ndarray, needed: list[int]) -> tuple[list[Repair], int]:
    if needed and not (values @ network.matrix).any() and (values >= 0).all():
        return [Repair(tuple(needed), tuple(values[needed].tolist()))], 0
    least, bound = (1, None) if needed else tight(network, values)
    if bound and least > 1:
        return bound, 0
    # Four in two broken lines may pass on amounts between them in endless ways: not for this search.
    most = _EXACT if least > 2 else _EXACT - 1
    for size in range(max(2, least), most + 1):
        found = _holding(several(network, values, size), needed)
        if found:
            return found, 0
    least = max(least, most + 1)
    return ([], least) if needed or bound is None else _loosely(network, values, least)


def _loosely(network: Network, values: np.ndarray, least: int) -> tuple[list[Repair], int]:
    rows = broken_rows(network, values)
    for size in range(max(least, rows + 1), rows + _LOOSE + 1):
        found = loose(network, values, size - rows)
        if found is None:
            return [], size
        if found:
            return found, 0
    return [], max(least, rows + _LOOSE + 1)


def _holding(found: list[Repair], needed: list[int]) -> list[Repair]:
    return [r for r in found if set(needed) <= set(r.cells)] if needed else found


def _cases(data: Dataset, part: Network, members: Sequence[int]) -> Iterator[_Case]:
    raw = np.nan_to_num(data.values[np.array(members)][:, part.columns])
    possible = np.flatnonzero((np.abs(raw) <= LARGEST).all(axis=1))
    values = np.rint(raw).clip(-LARGEST, LARGEST).astype(np.int64)
    forced = raw != values
    wrong = ((raw @ part.matrix) != 0).any(axis=1)
    must = forced | (values < 0)
    found: dict[int, tuple[list[Repair], int]] = {}
    kept = possible[wrong[possible]]
    if len(kept):
        found = dict(zip(kept.tolist(), _exact(part, values[kept], must[kept]), strict=True))
    for row in np.flatnonzero(wrong).tolist():
        known = found.get(row, ([], 0))
        yield _Case(int(members[row]), part, values[row], must[row], raw[row], *known)


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
    if pattern is None:  # the solver takes its time: only for what nothing else explains
        cases = [_solved(case) for case in cases]
    ranked = [(case, _ranked(data, case, known)) for case in cases]
    habit = any(s.unique and s.reason is UNFILLED for _, found in ranked for s in found)
    for case, found in ranked:
        cells = frozenset(case.network.cells)
        decided = any(s.likely and not s.unique for s in found)
        if pattern is not None and not decided:
            told = tuple(replace(s, likely=False) for s in found)
            yield Answer(report, cells, told, _cause(report, pattern.kind, pattern.text))
            continue
        if habit and found and not found[0].likely and found[0].reason is UNFILLED:
            found = (replace(found[0], likely=True, reason=_ALSO), *found[1:])
        yield Answer(report, cells, found, _of_cells(report, case, found))


def _pattern(data: Dataset, network: Network, report: int, cases: list[_Case]) -> Pattern | None:
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


def _solved(case: _Case) -> _Case:
    """What exact search left open, by the solver."""
    if not case.least:
        return case
    found = smallest(case.network, case.values, case.forced, case.least)
    return replace(case, repairs=found, least=0)


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
    apart = np.flatnonzero(case.written != case.values)
    if not len(apart):
        return found
    odd = {case.network.cells[i]: float(case.written[i]) for i in apart}
    return tuple(replace(s, value=odd[s.cell], reason=POINT) if s.cell in odd else s for s in found)


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
        f"以下 {len(first)} 个单元格有误引起",
        f"these {len(first)} cells being wrong bring it about",
    )
    return _cause(report, "cells", text, name)


def _cause(report: int, kind: str, text: Text, name: str = "") -> Cause:
    return Cause(f"{report}:{name or kind}", kind, text)
