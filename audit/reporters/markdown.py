"""Findings as markdown, for a comment on a pull request or a page of a wiki."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.json import summary
from audit.reporters.safe import markdown
from audit.reporters.told import Told, narrowed, told, well
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
    for (unit, year), rows in groupby(told(result, look), key=lambda r: (r.unit, r.finding.year)):
        yield f"\n### {markdown(unit)} {year or ''}\n"
        yield (
            "| "
            + " | ".join(say(k, language) for k in ("severity", "rule", "found", "place"))
            + " |"
        )
        yield "|---|---|---|---|"
        yield from (_row(row) for row in rows)
    for crash in result.crashes:
        yield f"\n{markdown(say('internal', language, what=crash.what, message=crash.message))}"


def _row(row: Told) -> str:
    words = "<br>".join(markdown(t) for t in (row.message, *row.suspects, row.excerpt) if t)
    place = markdown(f"{row.finding.file or ''} {row.place}".strip())
    return f"| {row.severity} | {row.finding.rule} | {words} | {place} |"


def _text(result: Result, look: Look) -> str:
    return "\n".join(_lines(result, look)) + "\n"


REPORTER = Reporter(name="markdown", suffix=".md", text=_text)
