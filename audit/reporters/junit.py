"""Findings as JUnit XML: a suite for each report, a case for each rule assessed on it."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import together
from audit.reporters.safe import one_line
from audit.reporters.told import Told
from audit.texts import say


def _text(result: Result, look: Look) -> str:
    broken: dict[int, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for row in together(result, look):
        broken[row.finding.report][row.finding.rule].append(row)
    assessed = result.assessed[result.assessed["held"] + result.assessed["broken"] > 0]
    rules: dict[int, set[str]] = defaultdict(set)
    for report, rule in zip(assessed["report"], assessed["rule"], strict=True):
        rules[report].add(str(rule))
    for report, found in broken.items():
        rules[report] |= set(found)
    root = ET.Element("testsuites", name="nianbao")
    for report in sorted(rules):
        _suite(
            root, _name(result, report, look), sorted(rules[report]), broken[report], result, look
        )
    for crash in result.crashes:
        suite = ET.SubElement(
            root, "testsuite", name="nianbao", tests="1", failures="0", errors="1"
        )
        case = ET.SubElement(suite, "testcase", name=one_line(crash.what), classname="nianbao")
        ET.SubElement(case, "error", message=one_line(crash.message))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _name(result: Result, report: int, look: Look) -> str:
    if report < 0:
        return say("no_report", look.language)
    row = result.data.reports.loc[report]
    who = result.labels[report] or row["file"]
    return one_line(f"{who} {row['year']}")


def _suite(
    root: ET.Element,
    name: str,
    rules: list[str],
    broken: dict[str, list[Told]],
    result: Result,
    look: Look,
) -> None:
    failures = sum(bool(broken.get(rule)) for rule in rules)
    counts: dict[str, str] = {"tests": str(len(rules)), "failures": str(failures), "errors": "0"}
    suite = ET.SubElement(root, "testsuite", {"name": name, **counts})
    for rule in rules:
        title = f"{rule} {result.rules[rule].title.to(look.language)}"
        case = ET.SubElement(suite, "testcase", name=title, classname=name)
        rows = broken.get(rule, [])
        if rows:
            failure = ET.SubElement(
                case, "failure", message=rows[0].stated, type=str(rows[0].finding.severity)
            )
            failure.text = "\n".join(
                one_line(f"{r.finding.file or ''} {r.place} {r.whole}") for r in rows
            )


REPORTER = Reporter(name="junit", suffix=".xml", text=_text)
