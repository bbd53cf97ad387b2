"""Whole files → reports, and how their cells stand against truth."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from audit.reading.one_file import Task, Ways, read
from audit.report import Report
from rules.status import Status


def reports(path: Path, *, ocr: bool = True) -> list[Report]:
    (reading,) = read(Task(path, path.name), Ways(ocr=ocr))
    assert reading.outcome == "audited", (reading.outcome, reading.reason, reading.detail)
    return list(reading.reports)


def differences(report: Report, truth: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Cells read as another text than the truth's (address → truth, read), surely or not at all.

    Cells reported as unsure are left out; those of the truth that are absent are not.
    """
    found = {c.address: c for c in report.body.cells if c.status != Status.ABSENT}
    told = {a: c.raw for a, c in found.items() if c.status != Status.UNSURE}
    wanted = {a: v for a, v in truth.items() if a not in found or a in told}
    return {
        a: (wanted.get(a, "(absent)"), told.get(a, "(absent)"))
        for a in sorted(wanted.keys() | told.keys())
        if wanted.get(a) != told.get(a)
    }


def unsure(report: Report) -> list[str]:
    return [c.address for c in report.body.cells if c.status == Status.UNSURE]
