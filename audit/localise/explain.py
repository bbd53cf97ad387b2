"""Answers → findings: each gets the suspects that explain it, and the cause it shares with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.findings import Finding, Suspect
from audit.localise.answer import Answer
from audit.localise.network import CODES

_ARITHMETIC = frozenset(code for codes in CODES.values() for code in codes)
#: Rules of whose findings `expected` is what the table holds; of others `actual` is.
_STATED = frozenset({"N601", "N602", "N603", "N604"})
#: Rules that hold a cell of the table against a figure from elsewhere.
_COMPARED = frozenset({"Y501", "Y505", *_STATED})
#: Rules that blame the very cell for what it holds.
_BLAMED = frozenset({"V204", "V205"})


def explained(findings: Sequence[Finding], answers: Sequence[Answer]) -> list[Finding]:
    """The findings in the same order, told which of the answers explains them."""
    of_report: dict[int, list[Answer]] = {}
    for answer in answers:
        of_report.setdefault(answer.report, []).append(answer)
    return [_told(f, of_report.get(f.report, [])) for f in findings]


def _told(finding: Finding, answers: list[Answer]) -> Finding:
    own = set(finding.cells)
    for answer in answers:
        if finding.rule in _ARITHMETIC and own & answer.cells:
            ordered = sorted(answer.suspects, key=lambda s: (s.group, s.cell not in own))
            return replace(finding, suspects=tuple(ordered), cause=answer.cause)
        if finding.rule in _COMPARED | _BLAMED:
            mine = [s for s in answer.suspects if s.likely and s.cell in own]
            if mine and _settled(finding, mine):
                return replace(finding, suspects=tuple(mine), cause=answer.cause)
    return finding


def _settled(finding: Finding, suspects: Sequence[Suspect]) -> bool:
    """Whether a finding about other families' statements falls away with these corrections."""
    if finding.rule in _BLAMED:
        return True
    table, other = finding.actual, finding.expected
    if finding.rule in _STATED:
        table, other = other, table
    if not isinstance(table, int | float) or not isinstance(other, int | float):
        return False
    moved = sum((s.suggestion or 0) - (s.value or 0) for s in suspects)
    return bool(table + moved == other)
