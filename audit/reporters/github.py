"""Findings as GitHub workflow commands, which become annotations on the file's line."""

from __future__ import annotations

from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import together
from audit.reporters.safe import plain
from audit.reporters.told import Told
from audit.texts import say
from rules.vocabulary import Severity

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def _line(row: Told) -> str:
    properties = {"file": plain(row.source or ""), "title": f"{row.finding.rule} {row.title}"}
    if row.line is not None:
        properties["line"] = str(row.line)
    told = ",".join(f"{k}={_property(v)}" for k, v in properties.items() if v)
    head = f"{row.unit} {row.finding.year or ''}".strip()
    where = say("aside", row.language, text=row.place) if row.place else ""
    words = f"{head}{where}{say('colon', row.language)}{row.whole}"
    return f"::{_COMMAND[row.finding.severity]} {told}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _text(result: Result, look: Look) -> str:
    return "".join(f"{_line(row)}\n" for row in together(result, look))


REPORTER = Reporter(name="github", text=_text)
