"""Findings as CSV, a row each, for Excel (UTF-8 with BOM)."""

from __future__ import annotations

import csv
import io

from audit import wording
from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import together
from audit.reporters.safe import cell
from audit.texts import say

_COLUMNS = [
    "unit",
    "year",
    "severity",
    "rule",
    "found",
    "place",
    "expected",
    "actual",
    "cause",
    "suspect",
    "advice",
    "grounds",
    "file",
    "cause_key",
]


def _text(result: Result, look: Look) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([say(c, look.language) for c in _COLUMNS] + ["fingerprint"])
    for row in together(result, look):
        finding = row.finding
        values = (
            row.unit,
            wording.number(finding.year),
            row.severity,
            finding.rule,
            row.message,
            row.place,
            wording.number(finding.expected),
            wording.number(finding.actual),
            row.cause,
            " / ".join(row.suspects),
            row.advice,
            row.grounds,
            finding.file or "",
            "" if finding.cause is None else finding.cause.key,
            finding.fingerprint,
        )
        writer.writerow([cell(v) for v in values])
    return "\ufeff" + stream.getvalue()


REPORTER = Reporter(name="csv", suffix=".csv", text=_text)
