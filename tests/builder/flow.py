"""A report in reading order: title, preamble, headings, paragraphs and tables, for any writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.builder.matrix import Matrix
from tests.builder.shapes import TABLES, matrix
from tests.builder.truth import ReportTruth


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: kind is title, date, heading, paragraph, table or picture (of a table)."""

    kind: str
    text: str = ""
    table: Matrix | None = None


def flow(truth: ReportTruth) -> Iterator[Piece]:
    """The pieces of a report, top to bottom."""
    if truth.title:
        yield Piece("title", truth.title)
    if truth.published:
        yield Piece("date", truth.published)
    yield from _paragraphs(truth.preamble)
    for key, heading in truth.titles.items():
        if truth.dropped(f"sections.{key}"):
            continue
        if heading:
            yield Piece("heading", heading)
        yield from _paragraphs(truth.sections[key])
        if key in TABLES:
            table = matrix(truth, key)
            if table is not None:
                yield Piece("picture" if key in truth.pictures else "table", key, table)


def _paragraphs(text: str) -> Iterator[Piece]:
    for line in text.split("\n"):
        if line.strip():
            yield Piece("paragraph", line)
