"""Results made by hand for reporters: a plain one, and one that holds what strangers may write."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from audit.findings import Cause, Crash, Finding, Result, Skipped, Suspect, WaiverNote
from audit.reporters import Look, reporters
from rules.catalogue import catalogue
from rules.dataset import Settings, Status
from rules.vocabulary import Severity, Text
from tests.rules.dataset_factory import Made, dataset

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("http://example.invalid","领奖")'
ESCAPES = "\x1b[31m红\x1b]0;标题\x07\x9b2J\x00\x0b\x0c\u202e反\ufffe"
MARKUP = "[bold red]粗[/bold red][/x] {{ 7*7 }} {unit.__class__} %s ::error::坏 ]]> | a | b |"
LINES = "一行\r\n::set-output name=x::1\n=1+1"
LONE = "坏\udcff名.docx"
LONG = "很长的单位名称" * 60
HOSTILE = (SCRIPT, FORMULA, ESCAPES, MARKUP, LINES, LONE, LONG)

_CELL = "applications.granted.natural_person"


def suspect(cell: str = _CELL, **changes: Any) -> Suspect:
    """A suspect cell: 4 stands there, 14 should."""
    made = Suspect(cell, 4.0, 14.0, True, True, 1, Text("错、漏或多一位数字", "a digit is lost"))
    return replace(made, **changes)


def findings() -> list[Finding]:
    """Two of one cause, one with two ways to mend it, one of the text, one of a file, one waived."""
    cause = Cause("0:cell", "cell", Text("同一单元格有误引起", "one wrong cell"))
    head: dict[str, Any] = {"unit": "青石镇", "year": 2023, "file": "青石镇2023.docx", "report": 0}
    head |= {"edition": 2021, "severity": Severity.ERROR}
    column = tuple(f"applications.{r}.natural_person" for r in ("granted", "partial", "total"))
    options = (
        suspect("disputes.review.upheld", value=1.0, suggestion=2.0, likely=False, unique=False),
        suspect("disputes.review.other", value=0.0, suggestion=1.0, likely=False, group=2),
    )
    said: dict[str, Any] = {
        "expected": 7,
        "actual": 5,
        "cells": ("applications.new.total",),
        "location": "line 4",
    }
    return [
        Finding("A302", **head, statement="applications.*.natural_person", expected=10, actual=20,
                cells=column, location="page 3 R22C4", suspects=(suspect(),), cause=cause),
        Finding("A303", **head, statement="applications.granted.*", expected=9, actual=19,
                cells=(_CELL, "applications.granted.total"), suspects=(suspect(),), cause=cause),
        Finding("A304", **head, statement="disputes.review.*", expected=1, actual=2,
                cells=("disputes.review.upheld", "disputes.review.other"), suspects=options),
        Finding("N601", **{**head, "severity": Severity.WARNING}, statement="applications.new.total",
                excerpt="全年收到申请5件，较上年的15件减少。", **said),
        Finding("V203", **{**head, "unit": "白石镇", "report": 1}, statement=_CELL, actual="若干",
                cells=(_CELL,), waived="已电话核实"),
        Finding("F001", Severity.ERROR, None, None, "坏.docx", -1, "file",
                details={"reason": "corrupt", "detail": "cut"}),
    ]  # fmt: skip


def hostile(text: str) -> list[Finding]:
    """Findings that hold `text` wherever a stranger's text may come to stand."""
    named = Cause("c", "cell", Text(text, text))
    odd = suspect(reason=Text(text, text))
    return [
        replace(
            finding,
            unit=finding.unit and text,
            file=text,
            excerpt=text,
            actual=text,
            expected=text,
            location=text,
            cause=named,
            suspects=(odd,) if finding.cells else (),
            details={**finding.details, "detail": text, "text": text},
            waived=finding.waived and text,
        )
        for finding in findings()
    ]


@cache
def result(text: str | None = None, *, sound: bool = False) -> Result:
    """A result of two reports; with `text` it stands in every name, cell, message and reason."""
    # Frames hold no lone surrogates; findings may.
    named = text.encode("utf-8", "replace").decode() if text else None
    cells = {_CELL: (Status.TEXT, named)} if named else {_CELL: 4, "applications.total.total": 20}
    data = dataset(
        Made(unit=named or "青石镇", cells=cells, file=named or "青石镇2023.docx"),
        Made(unit=named or "白石镇", cells={_CELL: (Status.TEXT, named or "若干")}, file=named),
        files=[
            (named or "青石镇2023.docx", "audited", ""),
            (named or "坏.docx", "F001", "corrupt"),
        ],
        settings=Settings(today="2024-03-05"),
    )
    assessed = pd.DataFrame(
        {"report": [0, 1], "rule": ["A302", "A302"], "held": [6, 7], "broken": [1, 0]}
    ).assign(not_assessed=[0, 1])
    why = Text(text or "缺少上年年报", text or "no report of the year before")
    if sound:
        return Result(data, catalogue(), [], assessed, {})
    return Result(
        data=data,
        rules=catalogue(),
        findings=hostile(text) if text else findings(),
        assessed=assessed,
        not_assessed={"Y501": {why: 2}},
        skipped=[Skipped(text or "README.md", "not_format")],
        crashes=[Crash(text, text)] if text else [],
        waivers=[WaiverNote("unused", "A301", text or "白石镇", text or "机构撤并")],
    )


def written(name: str, made: Result, folder: Path, language: str = "zh") -> Path:
    """The output of a format as a file in `folder`."""
    path = folder / f"out.{name}"
    reporters()[name].write(made, path, Look(language=language))
    return path
