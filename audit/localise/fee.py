"""Fees written in 元 where the form asks for 万元: one cause for all that it upsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.findings import Cause, Finding, Suspect
from rules.vocabulary import Text

_CELL = "disclosure.fees.amount"
#: Rules whose findings about the fee fall away with its unit put right.
_UPSET = frozenset({"Y504", "N608"})
_YUAN = Text("金额以元填写，未换算成万元", "the amount is in 元, not in 万元")
#: A stated amount may be rounded.
_NEAR = 0.01


def in_yuan(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in the same order: those that a fee in 元 explains have it as their cause.

    It is likely where two signs speak for it, or the text states the amount in 万元.
    """
    found = {
        f.report: f
        for f in findings
        if f.rule == "V206"
        and isinstance(f.expected, int | float)
        and isinstance(f.actual, int | float)
    }
    if not found:
        return list(findings)
    stated = {
        f.report
        for f in findings
        if f.rule == "N608" and f.report in found and _agrees(f, found[f.report])
    }
    return [_told(f, found.get(f.report), f.report in stated) for f in findings]


def _agrees(stated: Finding, fee: Finding) -> bool:
    """Whether the text states what the fee comes to in 万元."""
    said, amount = stated.actual, fee.expected
    if _CELL not in stated.cells or not isinstance(said, int | float):
        return False
    return isinstance(amount, int | float) and abs(said - amount) <= max(_NEAR, _NEAR * amount)


def _told(finding: Finding, fee: Finding | None, stated: bool) -> Finding:
    if fee is None or finding.suspects or _CELL not in finding.cells:
        return finding
    if finding.rule == "N608" and not stated:
        return finding
    if finding is not fee and finding.rule not in _UPSET:
        return finding
    assert isinstance(fee.actual, int | float)
    assert isinstance(fee.expected, int | float)
    likely = stated or len(fee.details.get("why", ())) > 1
    suspect = Suspect(_CELL, fee.actual, fee.expected, False, likely, 1, _YUAN)
    return replace(finding, suspects=(suspect,), cause=Cause(f"{fee.report}:yuan", "yuan", _YUAN))
