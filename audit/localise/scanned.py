"""In a scan, a cell that the equations show to be wrong may be one that was misread: this is said."""

from __future__ import annotations

from dataclasses import replace

from audit.findings import Finding, Suspect
from rules.dataset import Dataset
from rules.observed import reports_with
from rules.vocabulary import Text

_MISREAD = Text(
    "本件是扫描件，也可能是识别有误，请先对照原件",
    "the document is a scan and may have been misread: look at the original first",
)


def misread(data: Dataset, findings: list[Finding]) -> list[Finding]:
    """The findings, those about scans with this said of each suspect."""
    scans = frozenset(reports_with(data, "page_scanned").tolist())
    return [
        replace(f, suspects=tuple(map(_doubted, f.suspects))) if f.report in scans else f
        for f in findings
    ]


def _doubted(suspect: Suspect) -> Suspect:
    said = suspect.reason
    both = Text(f"{said.zh}；{_MISREAD.zh}", f"{said.en}; {_MISREAD.en}") if said.zh else _MISREAD
    return replace(suspect, reason=both)
