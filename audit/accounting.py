"""Does a result add up? What a run says of itself is counted again before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audit.findings import Crash, Result
from rules.vocabulary import Severity

#: What can become of a file; the codes are those of the findings that say so.
_FAILED = ("F001", "F002", "F003")
_OUTCOMES = frozenset({"audited", "skipped", *_FAILED})


def discrepancies(result: Result, names: Sequence[str]) -> list[Crash]:
    """What does not add up, as faults of ours; nothing where all does.

    `names` are the files that were to be read, as outputs call them.
    """
    told = [*_files(result), *_findings(result), *_verdicts(result)]
    if result.complete:
        told += _lost(result, names)
    return [Crash("accounting", text) for text in told]


def _lost(result: Result, names: Iterable[str]) -> Iterator[str]:
    met = set(result.data.files["file"])
    met |= {name.split("!")[0] for name in met}
    for name in names:
        if name not in met:
            yield f"{name}: nothing is known of it"


def _files(result: Result) -> Iterator[str]:
    """Each file ended in one way, and the way it ended in can be seen."""
    files = result.data.files
    holding = set(result.data.reports["file"].dropna())
    skipped = {s.file for s in result.skipped}
    found: dict[str, set[str]] = {code: set() for code in _FAILED}
    for finding in result.findings:
        if finding.rule in found and finding.file is not None:
            found[finding.rule].add(finding.file)
    told = {code for code in _FAILED if code in result.rules and result.complete}
    told -= {crash.what for crash in result.crashes}
    for file, outcome in zip(files["file"], files["outcome"], strict=True):
        if outcome not in _OUTCOMES:
            yield f"{file}: ended as {outcome}"
        elif outcome == "audited" and file not in holding:
            yield f"{file}: audited, but no report of it is there"
        elif outcome == "skipped" and file not in skipped:
            yield f"{file}: skipped without a reason"
        elif outcome in told and file not in found[outcome]:
            yield f"{file}: {outcome} without a finding"


def _findings(result: Result) -> Iterator[str]:
    """Each finding is about a report that is there, told apart from others, and counted once."""
    reports = result.data.reports
    counted = sum(result.count(severity) for severity in Severity) + result.waived
    if counted != len(result.findings):
        yield f"{len(result.findings)} findings, {counted} counted"
    if len({(f.fingerprint, f.file) for f in result.findings}) != len(result.findings):
        yield "two findings share a fingerprint"
    for finding in result.findings:
        if finding.report >= len(reports):
            yield f"a finding of {finding.rule} about report {finding.report} of {len(reports)}"


def _verdicts(result: Result) -> Iterator[str]:
    """A rule with broken statements has findings, and one without has none."""
    tally = result.assessed.groupby("rule", observed=True)["broken"].sum()
    broken = {str(rule) for rule, count in tally.items() if count}
    found = {finding.rule for finding in result.findings}
    for rule in sorted(broken ^ found):
        yield f"{rule}: broken statements and findings do not go together"
