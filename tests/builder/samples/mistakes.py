"""A mistake planted in a report: how it was made, and what must be found of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from rules.form import load_form
from tests.builder.truth import ReportTruth, Written

Change = Callable[[ReportTruth], ReportTruth]


@dataclass(frozen=True, slots=True)
class Expect:
    """A finding that must come: rule, the cells or words it is about, the values that would be right."""

    rule: str
    cells: tuple[str, ...] = ()
    text: str = ""
    truth: Mapping[str, Written] = field(default_factory=dict)
    #: The unit whose report the finding is about, where it is not the one that erred.
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a clerk did wrong in a unit's report, and the findings that follow."""

    unit: str
    year: int
    how: str
    expect: tuple[Expect, ...]
    change: Change


def cells(**written: Written) -> Change:
    """Write other things into cells; `__` stands for the address's points."""
    new = {a.replace("__", "."): v for a, v in written.items()}

    def change(truth: ReportTruth) -> ReportTruth:
        strange = set(new) - set(truth.cells)
        if strange:
            raise KeyError(f"no such cells: {strange}")
        return replace(truth, cells={**truth.cells, **new})

    return change


def row(place: str) -> tuple[str, ...]:
    """Every cell of a row of the form of 2021."""
    return tuple(a for a in load_form(2021).addresses if a.startswith(f"{place}."))


def column(table: str, key: str) -> tuple[str, ...]:
    """Every cell of a column of the form of 2021."""
    own = load_form(2021).tables[table].addresses()
    return tuple(a for a in own if a.endswith(f".{key}"))


def swap(section: str, pattern: str, by: str) -> Change:
    """Replace what matches in a section (or `preamble`, `title`); it must match."""

    def change(truth: ReportTruth) -> ReportTruth:
        own = section in ("preamble", "title")
        old = getattr(truth, section) if own else truth.sections[section]
        new, times = re.subn(pattern, by, old)
        if not times:
            raise ValueError(f"{truth.unit} {truth.year}: {section} has no {pattern}: {old}")
        if own:
            return replace(truth, **{section: new})  # type: ignore[arg-type]
        return replace(truth, sections={**truth.sections, section: new})

    return change


def section(key: str, text: str) -> Change:
    """Another text for a section."""
    return lambda truth: replace(truth, sections={**truth.sections, key: text})


def say(aspect: int, sentence: str) -> Change:
    """A sentence more at the end of the paragraph of an aspect (1 to 5) of section one."""

    def change(truth: ReportTruth) -> ReportTruth:
        paragraphs = truth.sections["overview"].split("\n")
        paragraphs[aspect] += sentence
        return replace(truth, sections={**truth.sections, "overview": "\n".join(paragraphs)})

    return change


def other(**fields: object) -> Change:
    """Other fields of the truth."""
    return lambda truth: replace(truth, **fields)  # type: ignore[arg-type]


def titles(**headings: str) -> Change:
    """Other headings."""
    return lambda truth: replace(truth, titles={**truth.titles, **headings})


def both(*changes: Change) -> Change:
    """One change after another."""

    def change(truth: ReportTruth) -> ReportTruth:
        for one in changes:
            truth = one(truth)
        return truth

    return change
