"""Findings as GitLab's code quality report."""

from __future__ import annotations

from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import together
from audit.reporters.safe import json_text
from rules.vocabulary import Severity

_GRAVITY = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def _text(result: Result, look: Look) -> str:
    issues = [
        {
            "check_name": row.finding.rule,
            "description": f"{row.unit} {row.finding.year or ''} {row.stated}",
            "fingerprint": row.finding.fingerprint,
            "severity": _GRAVITY[row.finding.severity],
            "location": {"path": row.path, "lines": {"begin": row.line or 1}},
        }
        for row in together(result, look)
    ]
    return json_text(issues)


REPORTER = Reporter(name="gitlab", text=_text)
