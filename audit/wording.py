"""Findings in words: messages, names of cells and places, numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from typing import Any

from audit.errors import REASONS
from audit.findings import Finding
from audit.phrases import turned
from audit.texts import say
from rules.form import TABLES, Form, load_form
from rules.vocabulary import Rule, Text

_PLACE = re.compile(
    r"(?:line (?P<line>\d+))?\s*(?:page (?P<page>\d+))?\s*(?:表(?P<table>\d+))?\s*"
    r"(?:R(?P<row>\d+)C(?P<column>\d+))?$"
)
#: Details that loaders put in words of one language.
_SAID_BY_LOADERS = frozenset({"doubt", "detail"})
_TEXT_FILES = frozenset({".txt", ".text", ".md", ".csv", ".tsv", ".json"})


def number(value: object) -> str:
    """A value as people write it: whole numbers without a point, others to 12 digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "" if value is None else str(value)
    if float(value).is_integer():
        return str(int(value))
    return f"{value:.12g}"


def message(finding: Finding, rule: Rule, language: str) -> str:
    """The finding as one sentence."""
    details = {k: told(v, language) for k, v in finding.details.items()}
    details |= {k: turned(v, language) for k, v in details.items() if k in _SAID_BY_LOADERS}
    if details.get("reason") in REASONS:
        what, advice = reason(details["reason"], language)
        detail = say("aside", language, text=details["detail"]) if details.get("detail") else ""
        details["reason"] = f"{what}{detail}{say('semicolon', language)}{advice}"
        details["detail"] = ""
    facts = _Facts(
        {
            **details,
            "unit": finding.who or "",
            "year": str(finding.year or ""),
            "expected": told(finding.expected, language),
            "actual": told(finding.actual, language),
            "subject": subject(finding.statement, finding.edition, language),
            "cells": cell_list(finding.cells, finding.edition, language),
            "excerpt": finding.excerpt or "",
        }
    )
    text = rule.message.to(language).format_map(facts)
    blank = finding.details.get("blank")
    if blank:
        text += say("blank_as_zero", language, count=len(blank))
    return text


def told(value: Any, language: str) -> str:
    """Any fact in words: texts in the language, numbers plainly, lists parted by commas."""
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(told(v, language) for v in value)
    return number(value)


def subject(statement: str, edition: int | None, language: str) -> str:
    """What a statement is about, in the form's own words."""
    prefix, _, address = statement.rpartition("/")
    before = f"{_who(prefix, language)} " if prefix else ""
    form = load_form(edition or 2021)
    if address in TABLES:
        return before + table_name(address, form, language)
    for section in form.sections:
        if address == section.key:
            return before + section.title
    parts = address.split(".")
    if len(parts) != 3 or parts[0] not in TABLES:
        return statement
    return before + _label(form, *parts)


@cache
def cell_name(cell: str, edition: int | None, language: str) -> str:
    """A cell's address in the form's own words: `表三 商业企业 · （一）予以公开`."""
    prefix, _, address = cell.rpartition("/")
    parts = address.split(".")
    if len(parts) != 3 or parts[0] not in TABLES:
        return cell
    form = load_form(edition or 2021)
    before = f"{_who(prefix, language)} " if prefix else ""
    return f"{before}{table_name(parts[0], form, language)} {_label(form, *parts)}"


def cell_list(cells: tuple[str, ...], edition: int | None, language: str, most: int = 8) -> str:
    """Several cells' names; beyond `most` only their number."""
    names = [cell_name(c, edition, language) for c in cells[:most]]
    text = ("、" if language == "zh" else ", ").join(names)
    return text if len(cells) <= most else text + say("and_more", language, count=len(cells))


def table_name(table: str, form: Form, language: str) -> str:
    """表二, 表三, 表四 as the sections they stand in are numbered."""
    numeral = {2: "二", 3: "三", 4: "四"}[form.tables[table].number]
    return f"表{numeral}" if language == "zh" else f"table {form.tables[table].number}"


def has_lines(file: str | None) -> bool:
    """Whether a file is plain text, whose lines a person can count; others have paragraphs."""
    return PurePath(file or "").suffix.lower() in _TEXT_FILES


def place(location: str | None, language: str, file: str | None = None) -> str:
    """A place in words: `page 3 R8C4` → 第3页第8行第4列; a `line` of no text file is a paragraph."""
    if not location or language == "en":
        text = re.sub(r"表(\d+)", r"table \1", location or "")
        return text if has_lines(file) else re.sub(r"^line (?=\d)", "paragraph ", text)
    found = _PLACE.match(location)
    if found is None or not any(found.groupdict().values()):
        return location
    words = {
        "page": "第{}页",
        "table": "第{}个表格",
        "line": "第{}行" if has_lines(file) else "第{}段",
        "row": "第{}行",
        "column": "第{}列",
    }
    return "".join(words[k].format(found[k]) for k in words if found[k])


def reason(key: str, language: str) -> tuple[str, str]:
    """Why a file was not audited, and what to do about it."""
    return REASONS[key][language] if key in REASONS else (key, "")


class _Facts(dict[str, str]):
    """Facts for a template; one that the measure did not give reads as empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _who(prefix: str, language: str) -> str:
    if prefix.isdigit():
        return f"{prefix}年" if language == "zh" else prefix
    return prefix


def _label(form: Form, table: str, row: str, column: str) -> str:
    address: Mapping[bool, str] = {True: f"{table}.{row}.{column}"}
    if row == "*":
        first = form.tables[table].rows[0].key
        return form.column(table, first, column).label
    if column == "*":
        return form.row(table, row).full if _has_row(form, table, row) else row
    if not _has_row(form, table, row):
        other = load_form(2019 if form.edition == 2021 else 2021)
        return other.label(address[True])
    return form.label(address[True])


def _has_row(form: Form, table: str, row: str) -> bool:
    try:
        form.row(table, row)
    except StopIteration:
        return False
    return True
