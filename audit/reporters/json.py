"""The result as JSON, `schema_version` 1: what other programs may rely on (see `schema.json`)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from audit import __version__, wording
from audit.findings import Finding, Result, Suspect
from audit.frames import cells_expected, cells_read
from audit.reporters.base import Look, Reporter
from audit.reporters.safe import json_text
from rules.vocabulary import Severity


def payload(result: Result, look: Look) -> dict[str, Any]:
    """The whole output as plain values."""
    return {
        "schema_version": "1",
        "tool": {"name": "nianbao", "version": __version__},
        "complete": result.complete,
        "summary": summary(result),
        "reports": _reports(result),
        "findings": [finding(f, result, look) for f in result.findings],
        "skipped": [
            {"file": s.file, "reason": wording.reason(s.reason, look.language)[0]}
            for s in result.skipped
        ],
        "not_assessed": {
            code: {text.to(look.language): count for text, count in reasons.items()}
            for code, reasons in result.not_assessed.items()
        },
        "changed_since": None if result.changes is None else asdict(result.changes),
        "baseline": None if result.baseline is None else asdict(result.baseline),
        "crashes": [{"what": c.what, "message": c.message} for c in result.crashes],
        "waivers": [
            {"state": w.state, "rule": w.rule, "unit": w.unit, "reason": w.reason}
            for w in result.waivers
        ],
    }


def summary(result: Result) -> dict[str, int]:
    """The counts that account for everything met."""
    reports = result.data.reports
    audited = reports[reports["role"] == "report"]
    files = set(result.data.files["file"]) | {s.file for s in result.skipped}
    return {
        "files": len(files),
        "reports": len(audited),
        "units": int(audited["unit"].nunique()),
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "infos": result.count(Severity.INFO),
        "waived": result.waived,
    }


def finding(found: Finding, result: Result, look: Look) -> dict[str, Any]:
    """One finding as plain values."""
    rule = result.rules[found.rule]
    return {
        "rule": found.rule,
        "severity": str(found.severity),
        "unit": found.unit,
        "year": found.year,
        "file": found.file,
        "message": wording.message(found, rule, look.language),
        "expected": found.expected,
        "actual": found.actual,
        "cells": list(found.cells),
        "suspects": [_suspect(s, look) for s in found.suspects],
        "location": found.location,
        "excerpt": found.excerpt,
        "citation": rule.citation(found.edition),
        "fingerprint": found.fingerprint,
        "cause": None
        if found.cause is None
        else {
            "key": found.cause.key,
            "kind": found.cause.kind,
            "text": found.cause.text.to(look.language),
        },
        "waived": found.waived,
    }


def _suspect(suspect: Suspect, look: Look) -> dict[str, Any]:
    return {
        "cell": suspect.cell,
        "value": _number(suspect.value),
        "suggestion": _number(suspect.suggestion),
        "unique": suspect.unique,
        "likely": suspect.likely,
        "set": suspect.group,
        "reason": suspect.reason.to(look.language),
    }


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _reports(result: Result) -> list[dict[str, Any]]:
    data = result.data
    read, expected = cells_read(data).tolist(), cells_expected(data).tolist()
    verdicts: dict[int, dict[str, dict[str, int]]] = {}
    rows = result.assessed
    for report, rule, held, broken, unknown in zip(
        *(rows[c].tolist() for c in ("report", "rule", "held", "broken", "not_assessed")),
        strict=True,
    ):
        verdicts.setdefault(report, {})[rule] = {
            "held": held,
            "broken": broken,
            "not_assessed": unknown,
        }
    frame = data.reports
    frame = frame.astype(object).where(frame.notna(), None)
    return [
        {
            "unit": row["unit"],
            "year": row["year"],
            "edition": row["edition"],
            "level": row["level"],
            "county": row["county"],
            "role": row["role"],
            "file": row["file"],
            "part": row["part"],
            "cells_read": read[number],
            "cells_expected": expected[number],
            "assessed": verdicts.get(number, {}),
        }
        for number, row in enumerate(frame.to_dict("records"))
    ]


def _text(result: Result, look: Look) -> str:
    return json_text(payload(result, look))


REPORTER = Reporter(name="json", suffix=".json", text=_text)
