"""Hand-made documents and bodies: what a loader and the recogniser would hand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from audit.document import Document, Paragraph, Place
from audit.identity import RosterIndex, identify
from audit.report import Body, Identity, ReadSection
from rules.dataset import typed


def body(preamble: str = "", overview: str = "", other: str = "", problems: str = "") -> Body:
    """A body whose sections hold these texts, a paragraph for each line."""
    texts = {
        "preamble": preamble,
        "overview": overview,
        "problems": problems,
        "other": other,
    }
    sections = []
    line = 0
    for key, text in texts.items():
        paragraphs = []
        for part in text.split("\n"):
            line += 1
            paragraphs.append(Paragraph(part, Place(line=line)))
        sections.append(ReadSection(key, "", "", tuple(paragraphs), Place()))
    return Body(tuple(sections), (), (), None)


def told(
    preamble: str = "",
    overview: str = "",
    other: str = "",
    problems: str = "",
    *,
    file: str = "a.txt",
    kind: str = "text",
    metadata: Mapping[str, str] | None = None,
    part: str | None = None,
    roster: RosterIndex | None = None,
) -> Identity:
    """The identity of a report made of these texts."""
    document = Document(file, kind, (), metadata or {}, part)
    return identify(document, body(preamble, overview, other, problems), roster)


def roster(*rows: Sequence[str | None]) -> RosterIndex:
    """A roster of rows (unit, level, parent, aliases)."""
    names = ("unit", "level", "parent", "aliases")
    columns: dict[str, list[str | None]] = {n: [] for n in (*names, "deadline")}
    for row in rows:
        full = (*row, *[None] * (5 - len(row)))
        for name, value in zip(columns, full, strict=True):
            columns[name].append(value)
    frame: pd.DataFrame = typed("roster", columns)
    return RosterIndex(frame)
