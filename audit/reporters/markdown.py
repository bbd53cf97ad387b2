"""Findings as markdown, for a comment on a pull request or a page of a wiki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import Chapter, chapters, without_report
from audit.reporters.json import summary
from audit.reporters.safe import markdown
from audit.reporters.told import Told, narrowed, well
from audit.texts import say


def _lines(result: Result, look: Look) -> Iterator[str]:
    language = look.language
    counts = summary(result)
    keys = ("files", "reports", "units", "errors", "warnings", "infos")
    comma = "，" if language == "zh" else ", "
    yield f"**{comma.join(say(k, language, count=counts[k]) for k in keys)}**"
    if not result.complete:
        yield f"\n**{say('partial', language)}**"
    for note in narrowed(result, look):
        yield f"\n{markdown(note)}"
    if well(result):
        yield f"\n{say('all_well', language)}"
    found, unreported = without_report(chapters(result, look))
    for chapter in found:
        yield f"\n### {markdown(chapter.unit)} {chapter.year or ''}"
        yield from _chapter(chapter, language)
    if unreported:
        yield f"\n### {say('units_absent', language)}"
        yield from _table(unreported, language)
    for crash in result.crashes:
        yield f"\n{markdown(say('internal', language, what=crash.what, message=crash.message))}"


def _chapter(chapter: Chapter, language: str) -> Iterator[str]:
    """A table for what stands alone, and one under each cause, its suspects told once."""
    for cause, found in groupby(chapter.groups, key=lambda g: g.cause):
        if not cause:
            yield from _table([row for group in found for row in group.rows], language)
            continue
        for group in found:
            yield f"\n**{markdown(group.rows[0].caused)}**"
            yield from (f"\n{markdown(text)}" for text in group.suspects)
            yield from _table(group.rows, language)


def _table(rows: Sequence[Told], language: str) -> Iterator[str]:
    heads = " | ".join(say(k, language) for k in ("severity", "rule", "found", "place"))
    yield f"\n| {heads} |\n|---|---|---|---|"
    yield from map(_row, rows)


def _row(row: Told) -> str:
    suspects = () if row.caused else row.suspects
    words = "<br>".join(markdown(t) for t in (row.message, *suspects, row.excerpt) if t)
    place = markdown(f"{row.finding.file or ''} {row.place}".strip())
    return f"| {row.severity} | {row.finding.rule} | {words} | {place} |"


def _text(result: Result, look: Look) -> str:
    return "\n".join(_lines(result, look)) + "\n"


REPORTER = Reporter(name="markdown", suffix=".md", text=_text)
