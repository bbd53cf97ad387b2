"""Rows written as sentences, `规章：0、0、0` or `行政复议：结果维持0件，…` → their label and their figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.recognise.labels import application_rows, disclosure_rows, dispute_rows
from audit.recognise.normalise import key

#: No such row is longer, in characters.
_LONGEST = 200
_ROW = re.compile(
    r"\s*(?P<label>[^：:]{2,60})[：:]\s*(?P<rest>[^：:]*\d[^：:]*?)\s*[。；;，,、]?\s*"
)
_PARTED = re.compile(r"\s*[、，；;]\s*|\s*,\s*|\s+")
_BEFORE_UNIT = re.compile(r"(?<=\d)\s+(?=[件个条项次人宗起份万元])")
#: A comma may part thousands.
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_PART = re.compile(
    r"(?P<label>[^\d\s]{2,20}?)?(?:为|是)?\s*(?P<figure>\d{1,8}(?:\.\d+)?\s*(?:[件个条项次人宗起份]|万元|元)?)"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A row's label as printed and its figures, each with the words right before it, if any."""

    label: str
    figures: tuple[tuple[str, str], ...]


def said(text: str) -> Said | None:
    """The row that a line is, if it is a label of the form's rows, a colon, and nothing but figures."""
    if len(text) > _LONGEST or ("：" not in text and ":" not in text):
        return None
    row = _ROW.fullmatch(text)
    if row is None or not _is_row(row["label"]) or _THOUSANDS.search(row["rest"]):
        return None
    parts = [_PART.fullmatch(part) for part in _PARTED.split(_BEFORE_UNIT.sub("", row["rest"]))]
    figures = tuple((p["label"] or "", p["figure"]) for p in parts if p is not None)
    labelled = sum(bool(label) for label, _ in figures)
    if len(figures) < len(parts) or labelled not in (0, len(figures)):
        return None
    return Said(row["label"].strip(), figures)


def _is_row(label: str) -> bool:
    whole = key(label)
    return any(whole in rows().names for rows in (application_rows, disclosure_rows, dispute_rows))
