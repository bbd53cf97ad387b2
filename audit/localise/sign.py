"""A negative count that no equation speaks of: its sign is one too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.findings import Finding, Suspect
from audit.localise.slips import SIGN


def unsigned(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in the same order: a negative cell nobody has explained is told its size.

    It is likely where the text states that size.
    """
    stated = {(f.report, cell, f.actual) for f in findings if f.rule == "N608" for cell in f.cells}
    return [_told(f, stated) for f in findings]


def _told(finding: Finding, stated: set[tuple[int, str, float | str | None]]) -> Finding:
    value = finding.actual
    if finding.rule != "V204" or finding.suspects or not isinstance(value, int | float):
        return finding
    (cell,) = finding.cells
    likely = (finding.report, cell, -value) in stated
    return replace(finding, suspects=(Suspect(cell, value, -value, False, likely, 1, SIGN),))
