"""Findings about broken equations → the same findings with the cells most likely wrong.

The fewest cells whose change makes every equation hold (Fellegi and Holt 1976), from the same
equations the checks use; only reports with broken equations are solved.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from audit.findings import Cause, Finding, Suspect
from audit.localise.choose import suspects
from audit.localise.closed import Repair, doubles, singles, triples
from audit.localise.evidence import Evidence, gather, unit_and_year
from audit.localise.network import CODES, Network, network_of
from audit.localise.patterns import Pattern, recognise
from audit.localise.solver import smallest
from rules.dataset import Dataset, Status
from rules.vocabulary import Text

_TABLE_OF = {code: table for table, codes in CODES.items() for code in codes}


def localise(data: Dataset, findings: list[Finding]) -> list[Finding]:
    """Findings of A301–A304 with `suspects` and `cause`; all others as they are."""
    concerned: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.rule in _TABLE_OF and finding.report >= 0:
            concerned[_TABLE_OF[finding.rule]].add(finding.report)
    if not concerned:
        return findings
    known = gather(data, set().union(*concerned.values()))
    solved: dict[tuple[str, int], tuple[tuple[Suspect, ...], Cause | None]] = {}
    for table, reports in concerned.items():
        solved |= {(table, r): s for r, s in _solve(data, table, sorted(reports), known).items()}
    return [_told(f, solved) for f in findings]


def repairs(network: Network, values: np.ndarray) -> list[list[Repair]]:
    """All repairs of the least size for each report (r × n, int64); empty where undetermined."""
    found = singles(network, values)
    broken = (values @ network.matrix).any(axis=1)
    for number, ones in enumerate(found):
        if broken[number] and not ones:
            report = values[number]
            found[number] = (
                doubles(network, report) or triples(network, report) or smallest(network, report)
            )
    return found


def _solve(
    data: Dataset, table: str, reports: list[int], known: Evidence
) -> dict[int, tuple[tuple[Suspect, ...], Cause | None]]:
    alike: dict[int, tuple[Network, list[int]]] = {}
    for report in reports:
        network = network_of(table, data.status[report])
        alike.setdefault(id(network), (network, []))[1].append(report)
    solved: dict[int, tuple[tuple[Suspect, ...], Cause | None]] = {}
    for network, members in alike.values():
        raw = data.values[np.ix_(np.array(members), network.columns)]
        sound = np.where(np.isnan(raw), 0, raw)
        whole = (sound == np.rint(sound)).all(axis=1) & (sound >= 0).all(axis=1)
        values = sound.astype(np.int64)
        parts = _channels(network) if table == "disputes" else [network]
        for row in np.flatnonzero(~whole):
            solved[members[row]] = ((), None)
        kept = np.flatnonzero(whole)
        for part in parts:
            at = [network.cells.index(c) for c in part.cells]
            own = values[np.ix_(kept, np.array(at))]
            for row, found in zip(kept, repairs(part, own), strict=True):
                if not (values[row, at] @ part.matrix).any():
                    continue  # a channel of table four that adds up, beside one that does not
                report = members[row]
                one = _suspects(data, part, values[row, at], found, report, known)
                before, cause = solved.get(report, ((), None))
                solved[report] = (before + one[0], cause or one[1])
    return solved


def _suspects(
    data: Dataset,
    network: Network,
    values: np.ndarray,
    found: list[Repair],
    report: int,
    known: Evidence,
) -> tuple[tuple[Suspect, ...], Cause | None]:
    pattern = None
    if not found or len(found[0].cells) > 1:
        pattern = recognise(network, values, _last_year(data, network, report))
    empty = (Status.BLANK, Status.PLACEHOLDER)
    blanks = frozenset(
        c
        for c, column in zip(network.cells, network.columns, strict=True)
        if data.status[report, column] in empty
    )
    if pattern is not None and pattern.repair:
        return _of_pattern(network, values, pattern, blanks), _cause(pattern, report)
    ranked = suspects(network, values.tolist(), found, known.of(report), blanks)
    if pattern is not None:
        ranked = tuple(replace(s, likely=False) for s in ranked)
        return ranked, _cause(pattern, report)
    return ranked, _cell_cause(ranked, report)


def _channels(network: Network) -> list[Network]:
    """Table four falls apart into one network for each channel: nothing ties them together."""
    parts = []
    for j in range(network.matrix.shape[1]):
        kept = np.flatnonzero(network.matrix[:, j])
        parts.append(
            Network(
                cells=tuple(network.cells[i] for i in kept),
                columns=network.columns[kept],
                matrix=network.matrix[kept][:, [j]],
                totals=np.flatnonzero(np.isin(kept, network.totals)),
            )
        )
    return parts


def _last_year(data: Dataset, network: Network, report: int) -> np.ndarray | None:
    who = unit_and_year(data, report)
    if who is None:
        return None
    unit, year = who
    same = data.reports["unit"].eq(unit) & data.reports["year"].eq(year - 1)
    numbers = np.flatnonzero(same.fillna(False).to_numpy(dtype=bool))
    if len(numbers) != 1:
        return None
    return np.nan_to_num(data.values[numbers[0], network.columns]).astype(np.int64)


def _of_pattern(
    network: Network, values: np.ndarray, pattern: Pattern, blanks: frozenset[str]
) -> tuple[Suspect, ...]:
    return tuple(
        Suspect(
            cell=network.cells[cell],
            value=None if network.cells[cell] in blanks else int(values[cell]),
            suggestion=new,
            unique=False,
            likely=True,
            group=1,
            reason=pattern.text,
        )
        for cell, new in sorted(pattern.repair.items())
    )


def _cause(pattern: Pattern, report: int) -> Cause:
    return Cause(f"{report}:{pattern.kind}", pattern.kind, pattern.text)


def _cell_cause(ranked: tuple[Suspect, ...], report: int) -> Cause | None:
    """Several findings that one single cell explains share it as their cause."""
    first = [s for s in ranked if s.group == 1]
    if len(first) != 1 or not first[0].likely:
        return None
    text = Text("同一单元格有误引起", "one wrong cell brings about all of these")
    return Cause(f"{report}:{first[0].cell}", "cell", text)


def _told(
    finding: Finding, solved: dict[tuple[str, int], tuple[tuple[Suspect, ...], Cause | None]]
) -> Finding:
    table = _TABLE_OF.get(finding.rule)
    if table is None or (table, finding.report) not in solved:
        return finding
    found, cause = solved[table, finding.report]
    own = set(finding.cells)
    groups = {s.group for s in found if s.cell in own}
    mine = [s for s in found if s.group in groups and (table != "disputes" or s.cell in own)]
    ordered = sorted(mine, key=lambda s: (s.group, s.cell not in own))
    if cause is not None and cause.kind == "cell" and (not ordered or ordered[0].cell not in own):
        cause = None
    return replace(finding, suspects=tuple(ordered), cause=cause)
