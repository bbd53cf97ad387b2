"""Loaded reports → Result: rules chosen and checked, findings told, suspects named, waivers applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from audit.accounting import discrepancies
from audit.check import check
from audit.config import Config, Waiver
from audit.errors import UsageError, about
from audit.findings import Crash, Finding, Result, WaiverNote
from audit.plugins import own_rules
from rules.catalogue import catalogue
from rules.dataset import COLUMN_OF, Dataset
from rules.measure import FACTS
from rules.units import unit_labels
from rules.vocabulary import Rule, Scope, Severity, Text

if TYPE_CHECKING:
    from audit.run import Loaded

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def settle(
    loaded: Loaded,
    rules: Mapping[str, Rule],
    config: Config,
    progress: Callable[[str, int, int, str], None],
) -> Result:
    """Check what was loaded by these rules and put the findings in order."""
    progress("checking", 0, len(rules), "")
    checked = check(loaded.data, rules if loaded.complete else _single(rules))
    findings = _findings(checked.broken, loaded.data, rules)
    crashes = loaded.crashes + checked.crashes
    try:
        if findings:
            from audit.localise import localise  # a sound run need not wait for the solver

            findings = localise(loaded.data, findings)
    except Exception as error:  # findings stand without suspects; the fault is ours and is said
        crashes.append(Crash("localise", f"{type(error).__name__}: {error}"))
    findings, notes = _waive(findings, config.waivers, loaded.data.settings.today)
    result = Result(
        data=loaded.data,
        rules=rules,
        findings=ordered(findings),
        assessed=checked.assessed,
        not_assessed=checked.not_assessed,
        skipped=loaded.skipped,
        crashes=crashes,
        waivers=notes,
        complete=loaded.complete,
        read=loaded.read,
        kept=loaded.kept,
    )
    result.crashes += discrepancies(result, loaded.names)
    return result


def chosen(config: Config) -> Mapping[str, Rule]:
    """The rules of the catalogue and of plug-ins that a configuration leaves on, severities set.

    Raises:
        UsageError: a plug-in is wrong, or the configuration names a rule that is none.
    """
    rules = {**catalogue(), **own_rules(config.plugins)}
    _refuse_strangers(config, rules)
    select, ignore = config.select, config.ignore
    return {
        code: replace(rule, severity=config.severity.get(code, rule.severity))
        for code, rule in rules.items()
        if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    }


def _refuse_strangers(config: Config, rules: Mapping[str, Rule]) -> None:
    """A code misspelt would switch off nothing, or everything, and nobody would know."""
    begun = {"select": config.select, "ignore": config.ignore}
    whole = {"severity": config.severity, "waivers": [w.rule for w in config.waivers]}
    for key, codes in begun.items():
        _refuse(key, [c for c in codes if not any(r.startswith(c) for r in rules)])
    for key, named in whole.items():
        _refuse(key, [c for c in named if c not in rules])


def _refuse(key: str, strangers: list[str]) -> None:
    if strangers:
        message = Text(
            f"没有这样的规则 {'、'.join(strangers)}", f"no such rule: {', '.join(strangers)}"
        )
        hint = Text("nianbao rules 可列出全部规则", "`nianbao rules` lists them all")
        raise UsageError(about(key, message), hint)


def _single(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    """Rules about one report alone: where files are still unread, none may be called missing."""
    return {code: rule for code, rule in rules.items() if rule.scope is Scope.REPORT}


def ordered(findings: list[Finding]) -> list[Finding]:
    """By unit, year, severity, rule, statement; those about no unit last. Ordinals set."""
    findings = sorted(
        findings,
        key=lambda f: (
            f.who is None,
            f.who or "",
            f.year or 0,
            _RANK[f.severity],
            f.rule,
            f.statement,
            f.file or "",
            f.location or "",
            f.excerpt or "",
        ),
    )
    seen: Counter[str] = Counter()
    numbered = []
    for finding in findings:
        ordinal = seen[finding.fingerprint]
        seen[finding.fingerprint] += 1
        numbered.append(replace(finding, ordinal=ordinal) if ordinal else finding)
    return numbered


def _findings(broken: pd.DataFrame, data: Dataset, rules: Mapping[str, Rule]) -> list[Finding]:
    reports = data.reports
    heads = {
        name: [*reports[name].astype(object).where(reports[name].notna(), None), None]
        for name in ("unit", "year", "file", "edition", "county")
    }  # NO_REPORT, -1, takes the last entry
    labels = [*unit_labels(data), None]
    columns = {name: broken[name].tolist() for name in ("rule", *FACTS)}
    columns["location"] = _locations(broken, data).tolist()
    found = []
    for row in zip(*columns.values(), strict=True):
        (rule, report, statement, cells, expected, actual) = row[:6]
        (location, excerpt, details, unit, year, file) = row[6:]
        found.append(
            Finding(
                rule=rule,
                severity=rules[rule].severity,
                unit=_or_none(unit) or heads["unit"][report],
                year=_whole(_or_none(year)) or _whole(heads["year"][report]),
                file=_or_none(file) or heads["file"][report],
                report=report,
                statement=statement,
                expected=_plain(expected),
                actual=_plain(actual),
                cells=cells or (),
                location=_or_none(location),
                excerpt=_or_none(excerpt),
                details=details,
                edition=_whole(heads["edition"][report]),
                county=heads["county"][report],
                label=None if _or_none(unit) else labels[report],
            )
        )
    return found


def _locations(broken: pd.DataFrame, data: Dataset) -> np.ndarray:
    """Where each finding is: as its rule says, else where the last of its cells stands."""
    found = broken["location"].to_numpy(dtype=object, copy=True)
    report = broken["report"].to_numpy(dtype=np.int64)
    cells = broken["cells"].to_numpy(dtype=object)
    lacks = np.array([_or_none(place) is None for place in found], dtype=bool)
    open_rows = np.flatnonzero(lacks & (report >= 0))
    back = 1
    while len(open_rows):
        open_rows = np.array([i for i in open_rows if len(cells[i] or ()) >= back], dtype=np.int64)
        column = np.array([COLUMN_OF.get(cells[i][-back], -1) for i in open_rows], dtype=np.int64)
        known = column >= 0
        places = np.full(len(open_rows), None, dtype=object)
        if known.any():
            told = data.texts_at(report[open_rows[known]], column[known], ("location",))
            places[known] = told["location"]
        found[open_rows] = places
        open_rows = open_rows[[place is None for place in places]]
        back += 1
    return found


def _waive(
    findings: list[Finding], waivers: tuple[Waiver, ...], today: str | None
) -> tuple[list[Finding], list[WaiverNote]]:
    day = date.fromisoformat(today) if today else date.today()
    alive = [w for w in waivers if w.expires is None or w.expires >= day]
    used: set[int] = set()
    settled = []
    for finding in findings:
        for number, waiver in enumerate(alive):
            if _covers(waiver, finding):
                used.add(number)
                finding = replace(finding, waived=waiver.reason)
                break
        settled.append(finding)
    notes = [WaiverNote("expired", w.rule, w.unit, w.reason) for w in waivers if w not in alive]
    notes += [
        WaiverNote("unused", w.rule, w.unit, w.reason) for n, w in enumerate(alive) if n not in used
    ]
    return settled, notes


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        finding.rule == waiver.rule
        and any(fnmatch(name or "", waiver.unit) for name in (finding.unit, finding.who))
        and waiver.year in (None, finding.year)
        and (waiver.cells == "*" or any(fnmatch(c, waiver.cells) for c in finding.cells))
    )


def _or_none(value: Any) -> Any:
    """Missing in any of pandas' ways is None here."""
    return None if value is None or value is pd.NA or value != value else value


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _plain(value: Any) -> float | str | None:
    """A number of Python's own (whole ones as int), so that outputs write it plainly."""
    value = _or_none(value)
    if isinstance(value, (int, float, np.integer, np.floating)):
        return int(value) if float(value).is_integer() else float(value)
    return value
