"""Two cells of which the text states each other's figure: they stand in each other's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from audit.findings import Cause, Finding, Suspect
from audit.localise.slips import SWAPPED

#: Rules that hold one cell of the table (`expected`) against what the text says (`actual`).
_STATED = frozenset({"N601", "N602", "N603", "N608"})


def exchanged(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in the same order: pairs that an exchange of their cells settles share it."""
    of_report: dict[int, list[int]] = defaultdict(list)
    for at, finding in enumerate(findings):
        if finding.rule in _STATED and not finding.suspects and len(finding.cells) == 1:
            of_report[finding.report].append(at)
    told = list(findings)
    for report, places in of_report.items():
        for one, other in combinations(places, 2):
            a, b = findings[one], findings[other]
            if a.cells != b.cells and (a.expected, a.actual) == (b.actual, b.expected):
                cause = Cause(f"{report}:exchanged:{a.cells[0]}", "cells", SWAPPED)
                mine, theirs = _suspect(a), _suspect(b)
                told[one] = replace(a, suspects=(mine, theirs), cause=cause)
                told[other] = replace(b, suspects=(theirs, mine), cause=cause)
    return told


def _suspect(finding: Finding) -> Suspect:
    table, said = finding.expected, finding.actual
    assert isinstance(table, int | float)
    assert isinstance(said, int | float)
    return Suspect(finding.cells[0], table, said, False, True, 1, SWAPPED)
