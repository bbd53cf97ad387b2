"""The result as JSON, `schema_version` 1: what other programs may rely on (see `schema.json`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from audit import __version__, wording
from audit.counts import cells_expected, cells_read
from audit.findings import Finding, Result, Suspect
from audit.reporters.base import Look, Reporter
from audit.reporters.safe import json_line
from rules.vocabulary import Severity


def _parts(result: Result, look: Look) -> Iterator[str]:
    """The whole output piece by piece, a report or finding on a line of its own.

    Never as one value: what a nation's reports were assessed on is gigabytes of small objects.
    """
    head = {
        "schema_version": "1",
        "tool": {"name": "nianbao", "version": __version__},
        "complete": result.complete,
        "summary": summary(result),
    }
    yield "{\n"
    for key, value in head.items():
        yield f'"{key}": {json_line(value)},\n'
    yield from _listed("reports", _reports(result))
    yield from _listed("findings", (json_line(finding(f, result, look)) for f in result.findings))
    yield from (f'"{key}": {json_line(v)},\n' for key, v in _tail(result, look).items())
    waivers = [
        {"state": w.state, "rule": w.rule, "unit": w.unit, "reason": w.reason}
        for w in result.waivers
    ]
    yield f'"waivers": {json_line(waivers)}\n}}\n'


def _listed(key: str, lines: Iterator[str]) -> Iterator[str]:
    yield f'"{key}": ['
    for number, line in enumerate(lines):
        yield ",\n " if number else "\n "
        yield line
    yield "],\n"


def _tail(result: Result, look: Look) -> dict[str, Any]:
    return {
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
    }


def summary(result: Result) -> dict[str, int]:
    """The counts that account for everything met."""
    reports = result.data.reports
    audited = reports[reports["role"] == "report"]
    files = set(result.data.files["file"]) | {s.file for s in result.skipped}
    return {
        "files": len(files),
        "reports": len(audited),
        "units": len(set(result.labels[audited.index]) - {None}),
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
        "county": found.county,
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


def _reports(result: Result) -> Iterator[str]:
    data = result.data
    read, expected = cells_read(data).tolist(), cells_expected(data).tolist()
    names = ("unit", "year", "edition", "level", "county", "role", "file", "part")
    columns = [
        data.reports[n].astype(object).where(data.reports[n].notna(), None).tolist() for n in names
    ]
    verdicts = _verdicts(result)
    for number, values in enumerate(zip(*columns, strict=True)):
        known = dict(zip(names, values, strict=True))
        counts = {"cells_read": read[number], "cells_expected": expected[number]}
        line = json_line({**known, **counts}).removesuffix("}")
        yield f'{line}, "assessed": {{{verdicts[number]}}}}}'


def _verdicts(result: Result) -> list[str]:
    """What each report was assessed on, as the inside of a JSON object.

    There are millions of verdicts and few that differ: each of those is worded once.
    """
    import numpy as np  # not before the readers are at work: to load them takes as long as reading
    import pandas as pd

    rows = result.assessed[result.assessed["report"] >= 0]
    counts = [rows[name].to_numpy(dtype=np.int64) for name in ("held", "broken", "not_assessed")]
    rules = pd.Categorical(rows["rule"])
    key = rules.codes.astype(np.int64)
    for values in counts:
        key = key * (int(values.max(initial=0)) + 1) + values
    which, _ = pd.factorize(key)
    first = np.unique(which, return_index=True)[1]
    words = [
        f'"{rules[i]}": {{"held": {held[i]}, "broken": {broken[i]}, "not_assessed": {lost[i]}}}'
        for held, broken, lost in [counts]
        for i in first.tolist()
    ]
    report = rows["report"].to_numpy(dtype=np.int64)
    order = np.argsort(report, kind="stable")
    size = len(result.data)
    ends = np.searchsorted(report[order], np.arange(size + 1)).tolist()
    told = which[order].tolist()
    return [", ".join([words[w] for w in told[ends[n] : ends[n + 1]]]) for n in range(size)]


def _text(result: Result, look: Look) -> str:
    return "".join(_parts(result, look))


REPORTER = Reporter(name="json", suffix=".json", text=_text)
