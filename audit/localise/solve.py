"""Reports with broken equations in one table → for each tied part of it, which cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from audit.findings import Suspect
from audit.localise.answer import (
    Answer,
    Case,
    after,
    by_patterns,
    cause,
    contested,
    of_cells,
    ranked,
)
from audit.localise.board import Pattern
from audit.localise.closed import LARGEST, Repair, several, singles
from audit.localise.evidence import Evidence
from audit.localise.loose import broken_rows, loose
from audit.localise.network import Network, network_of
from audit.localise.patterns import recognise
from audit.localise.slips import AMONG, SHARED, UNFILLED, cost
from audit.localise.tight import tight
from rules.dataset import Dataset
from rules.history import last_years
from rules.vocabulary import Text

#: Sizes up to which every repair is found exactly; the solver takes larger ones.
_EXACT = 4
#: Cells beyond one in each broken row, up to which larger repairs are found exactly.
_LOOSE = 3
#: Cells whose being wrong is no less simple than that whole rows or columns are.
_FEW = 2
#: Cells that whole rows or columns must make good for being more than chance.
_MANY = 6
#: What is no slip that anybody is known to make.
_UNTOLD = frozenset({AMONG, SHARED})
_EXCHANGES = Text(
    "不止一种整行、整列的错位能说明全部问题，需对照原始登记核实",
    "more than one exchange of rows or columns explains everything: check the records",
)
_ALSO = Text(
    "合计漏填，另一栏的总计也漏填", "the total was left unfilled, as another channel's was"
)


def answers(data: Dataset, table: str, reports: Sequence[int], known: Evidence) -> Iterator[Answer]:
    """The answers for reports (positions) with a broken equation in this table."""
    alike: dict[Network, list[int]] = {}
    for report in reports:
        alike.setdefault(network_of(table, data.status[report]), []).append(report)
    for network, members in alike.items():
        by_report: dict[int, list[Case]] = {}
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
        found if least == 0 else _programmed(network, values[number], must[number], least)
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


def _programmed(
    network: Network, values: np.ndarray, forced: np.ndarray, least: int
) -> list[Repair]:
    # Few reports need the solver; the others are not to wait for its library.
    from audit.localise.solver import smallest

    return smallest(network, values, forced, least)


def _holding(found: list[Repair], needed: list[int]) -> list[Repair]:
    return [r for r in found if set(needed) <= set(r.cells)] if needed else found


def _cases(data: Dataset, part: Network, members: Sequence[int]) -> Iterator[Case]:
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
        yield Case(int(members[row]), part, values[row], must[row], raw[row], *known)


def _answers(
    data: Dataset, network: Network, report: int, cases: list[Case], known: Evidence
) -> Iterator[Answer]:
    patterns = _patterns(data, network, cases)
    whole = [p for p in patterns if p.repair]
    if not patterns:  # the solver takes its time: only for what nothing else explains
        cases = [_solved(case) for case in cases]
    told = [(case, ranked(data, case, known)) for case in cases]
    decided = any(s.likely and not s.unique for _, found in told for s in found)
    if whole and not decided:
        yield _by_patterns(data, network, told, whole)
        return
    habit = any(s.unique and s.reason is UNFILLED for _, found in told for s in found)
    for case, found in told:
        cells = frozenset(case.network.cells)
        if patterns and not decided:
            found = after(found, ())
            yield Answer(report, cells, found, cause(report, patterns[0].kind, patterns[0].text))
            continue
        if habit and found and not found[0].likely and found[0].reason is UNFILLED:
            found = (replace(found[0], likely=True, reason=_ALSO), *found[1:])
        yield Answer(report, cells, found, of_cells(report, case, found))


def _by_patterns(
    data: Dataset,
    network: Network,
    told: list[tuple[Case, tuple[Suspect, ...]]],
    whole: list[Pattern],
) -> Answer:
    """The answer where whole rows or columns explain everything: likely if nothing else may."""
    case, few = told[0]
    cells = frozenset(network.cells)
    found = by_patterns(data, network, case, whole)
    least = {tuple(zip(r.cells, r.values, strict=True)) for r in case.repairs}
    rivals = [p for p in whole if tuple(sorted(p.repair.items())) not in least]
    simple = len(told) == 1 and bool(few) and len(case.repairs[0].cells) <= _FEW
    known = simple and any(_UNTOLD.isdisjoint(_reasons(case, r)) for r in case.repairs)
    if simple and rivals and (known or min(len(p.repair) for p in rivals) < _MANY):
        both = after(few, found) if known else after(found, few)
        of = cause(case.report, "ambiguous", contested(rivals[0]))
        return Answer(case.report, cells, both, of)
    if len(whole) > 1:
        return Answer(case.report, cells, found, cause(case.report, "ambiguous", _EXCHANGES))
    return Answer(case.report, cells, found, cause(case.report, whole[0].kind, whole[0].text))


def _patterns(data: Dataset, network: Network, cases: list[Case]) -> list[Pattern]:
    """The patterns of table three that explain everything, where no single cell does."""
    if not cases[0].network.cells[0].startswith("applications."):
        return []
    if any(case.forced.any() for case in cases):
        return []
    if all(case.repairs and len(case.repairs[0].cells) == 1 for case in cases):
        return []
    report = cases[0].report
    values = np.nan_to_num(data.values[report, network.columns])
    if np.abs(values).max(initial=0) > LARGEST:
        return []
    last, before = int(last_years(data)[report]), None
    if last >= 0:
        before = np.nan_to_num(data.values[last, network.columns], nan=-1)
    return recognise(network, values.astype(np.int64), before)


def _solved(case: Case) -> Case:
    """What exact search left open, by the solver."""
    if not case.least:
        return case
    found = _programmed(case.network, case.values, case.forced, case.least)
    return replace(case, repairs=found, least=0)


def _reasons(case: Case, repair: Repair) -> list[Text]:
    return cost(case.network, case.values.tolist(), repair)[1]
