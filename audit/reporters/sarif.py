"""Findings as SARIF 2.1.0, which code hosts show on the lines they are about."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from audit import __version__
from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import Group, chapters
from audit.reporters.safe import json_text
from audit.reporters.told import Told
from audit.texts import say
from rules.vocabulary import Rule, Severity

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title.to(language)},
        "fullDescription": {"text": rule.demand.to(language)},
        "help": {"text": rule.hint.to(language)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _uri(file: str, path: str) -> str:
    """Relative for what lies under the working folder; elsewhere the file's own address."""
    whole = PurePath(file)
    if whole.is_absolute() and not whole.is_relative_to(Path.cwd()):
        return whole.as_uri()
    return quote(path.encode("utf-8", "backslashreplace"))


def _location(row: Told) -> dict[str, Any]:
    # A name that is no UTF-8 holds lone surrogates, which no address may.
    uri = _uri((row.source or "").encode("utf-8", "backslashreplace").decode(), row.path)
    region = {"startLine": row.line or 1}
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}, "region": region}
    location: dict[str, Any] = {"physicalLocation": physical}
    if row.place:
        location["message"] = {"text": row.place}
    if row.finding.cells:
        location["logicalLocations"] = [{"fullyQualifiedName": c} for c in row.finding.cells]
    return location


def _result(row: Told, group: Group, index: dict[str, int]) -> dict[str, Any]:
    finding = row.finding
    entry: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVEL[finding.severity],
        "message": {
            "text": f"{row.unit} {finding.year or ''}{say('colon', row.language)}{row.whole}"
        },
        "partialFingerprints": {
            "nianbao/v1": finding.fingerprint,
            "primaryLocationLineHash": finding.fingerprint,  # by which GitHub knows alerts again
        },
        "locations": [_location(row)],
    }
    if finding.cause is not None:
        entry["properties"] = {
            "cause": {"key": finding.cause.key, "kind": finding.cause.kind, "text": row.cause}
        }
    others = [other for other in group.rows if other is not row]
    if others:
        entry["relatedLocations"] = [_related(o, n) for n, o in enumerate(others, start=1)]
    if finding.waived is not None:
        entry["suppressions"] = [{"kind": "external", "justification": finding.waived}]
    return entry


def _related(row: Told, number: int) -> dict[str, Any]:
    """Where another finding of the same cause is, and what it says."""
    words = {"text": f"{row.finding.rule} {row.message}"}
    return {**_location(row), "id": number, "message": words}


def _text(result: Result, look: Look) -> str:
    index = {code: i for i, code in enumerate(result.rules)}
    faults = [
        {"level": "error", "message": {"text": f"{c.what}: {c.message}"}} for c in result.crashes
    ]
    run = {
        "tool": {
            "driver": {
                "name": "nianbao",
                "version": __version__,
                "rules": [_rule(r, look.language) for r in result.rules.values()],
            }
        },
        "invocations": [
            {
                "executionSuccessful": result.complete and not faults,
                "toolExecutionNotifications": faults,
            }
        ],
        "results": [
            _result(row, group, index)
            for chapter in chapters(result, look, waived=True)
            for group in chapter.groups
            for row in group.rows
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log)


REPORTER = Reporter(name="sarif", suffix=".sarif", text=_text)
