"""Findings about broken equations → the same findings with the cells most likely wrong.

The fewest cells whose change makes every equation hold (Fellegi and Holt 1976), from the same
equations the checks use; only reports with broken equations are solved.
"""

from __future__ import annotations

from collections import defaultdict

from audit.findings import Finding
from audit.localise.answer import Answer
from audit.localise.evidence import gather
from audit.localise.exchanged import exchanged
from audit.localise.explain import explained
from audit.localise.fee import in_yuan
from audit.localise.network import CODES
from audit.localise.scanned import misread
from audit.localise.sign import unsigned
from audit.localise.solve import answers, repairs
from rules.dataset import Dataset

__all__ = ["localise", "repairs"]

_TABLE_OF = {code: table for table, codes in CODES.items() for code in codes}


def localise(data: Dataset, findings: list[Finding]) -> list[Finding]:
    """The findings in the same order; those that wrong cells explain with `suspects` and `cause`."""
    concerned: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.rule in _TABLE_OF and finding.report >= 0:
            concerned[_TABLE_OF[finding.rule]].add(finding.report)
    found: list[Answer] = []
    if concerned:
        known = gather(data, set().union(*concerned.values()))
        for table, reports in concerned.items():
            found += answers(data, table, sorted(reports), known)
    return misread(data, exchanged(unsigned(in_yuan(explained(findings, found)))))
