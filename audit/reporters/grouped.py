"""Findings in the order people work through them: by unit and year, those of one cause together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from audit.counts import cells_expected, cells_read
from audit.findings import Result
from audit.reporters.base import Look
from audit.reporters.safe import one_line
from audit.reporters.told import Told, told
from audit.texts import say
from rules.catalogue import FAMILIES
from rules.vocabulary import Severity

#: That a unit on the roster has no report: the one finding that a run may have of every unit.
_ABSENT = "R801"


@dataclass(frozen=True)
class Group:
    """Findings of one cause; `cause` is empty for a finding that stands alone."""

    cause: str
    rows: tuple[Told, ...]

    @property
    def suspects(self) -> tuple[str, ...]:
        """The suspects of all its findings in words, each once."""
        return tuple(dict.fromkeys(s for row in self.rows for s in row.suspects))


@dataclass(frozen=True)
class Chapter:
    """All findings about one unit and year, and the reports (by number) they are about."""

    unit: str
    year: int | None
    groups: tuple[Group, ...]

    @property
    def rows(self) -> list[Told]:
        """The chapter's findings, those of one cause beside each other."""
        return [row for group in self.groups for row in group.rows]

    @property
    def reports(self) -> list[int]:
        """The reports the findings are about, without those that no report was read for."""
        return sorted({r.finding.report for r in self.rows if r.finding.report >= 0})

    @property
    def files(self) -> list[str]:
        """The files the findings are about."""
        return list(dict.fromkeys(one_line(r.finding.file) for r in self.rows if r.finding.file))

    def count(self, severity: Severity) -> int:
        """Findings of a severity that no waiver covers."""
        return sum(r.finding.severity is severity and r.finding.waived is None for r in self.rows)


@dataclass(frozen=True)
class MatrixRow:
    """A unit's line of the overview: counts by family letter and severity, cells read."""

    unit: str
    reports: int
    read: int
    expected: int
    counts: Counter[tuple[str, Severity]]

    def count(self, family: str, severity: Severity | None = None) -> int:
        """Findings of a family, of all severities or of one."""
        wanted = Severity if severity is None else (severity,)
        return sum(self.counts[family, s] for s in wanted)

    @property
    def cells(self) -> str:
        """Cells read of those expected; nothing where there is no report."""
        return f"{self.read}/{self.expected}" if self.expected else ""

    def of(self, severity: Severity) -> int:
        """Findings of a severity in all families."""
        return sum(n for (_, s), n in self.counts.items() if s is severity)


def chapters(result: Result, look: Look, *, waived: bool = False) -> list[Chapter]:
    """All findings in chapters, in the result's order."""
    rows = told(result, look, waived=waived)
    return [
        Chapter(unit, year, _groups(found))
        for (unit, year), found in groupby(rows, key=lambda r: (r.unit, r.finding.year))
    ]


def together(result: Result, look: Look, *, waived: bool = False) -> list[Told]:
    """All findings in the order of `chapters`: those of one cause beside each other."""
    return [row for chapter in chapters(result, look, waived=waived) for row in chapter.rows]


def without_report(found: Sequence[Chapter]) -> tuple[list[Chapter], list[Told]]:
    """The chapters without the findings that a unit has no report, and these where many units have none.

    Those that a waiver covers stay, with its reason.
    """
    rows = [r for c in found for r in c.rows if _is_absent(r)]
    if len(rows) < 2:
        return list(found), []
    left = [
        replace(c, groups=tuple(g for g in c.groups if not _is_absent(g.rows[0]))) for c in found
    ]
    return [c for c in left if c.groups], rows


def _is_absent(row: Told) -> bool:
    return row.finding.rule == _ABSENT and row.finding.waived is None


def _groups(rows: Iterable[Told]) -> tuple[Group, ...]:
    groups: dict[object, list[Told]] = {}
    for number, row in enumerate(rows):
        cause = row.finding.cause
        groups.setdefault(number if cause is None else cause.key, []).append(row)
    return tuple(_group(found) for found in groups.values())


def _group(rows: list[Told]) -> Group:
    cause = rows[0].cause if len(rows) > 1 else ""
    return Group(cause, tuple(replace(row, shared=len(rows)) for row in rows))


def families(result: Result) -> list[str]:
    """The letters of the families that took part, the catalogue's in its order, then others."""
    present = {rule.family for rule in result.rules.values()}
    return [f for f in FAMILIES if f in present] + sorted(present - set(FAMILIES))


def family_name(family: str, language: str) -> str:
    """A family in words; the letter for one that only a plug-in has."""
    return FAMILIES[family][1].to(language) if family in FAMILIES else family


def matrix(result: Result, look: Look) -> list[MatrixRow]:
    """A row for each unit that was audited or has findings, by name; waived findings left out."""
    data = result.data
    nobody = say("no_report", look.language)
    read, expected = cells_read(data), cells_expected(data)
    sizes: dict[str, tuple[int, int, int]] = {}
    labels, roles = result.labels.tolist(), data.reports["role"].tolist()
    for number, (unit, role) in enumerate(zip(labels, roles, strict=True)):
        if role == "report":
            name = one_line(unit or nobody)
            reports, cells, whole = sizes.get(name, (0, 0, 0))
            sizes[name] = (reports + 1, cells + int(read[number]), whole + int(expected[number]))
    counts: dict[str, Counter[tuple[str, Severity]]] = {name: Counter() for name in sizes}
    for finding in result.findings:
        if finding.waived is None:
            name = one_line(finding.who or nobody)
            family = result.rules[finding.rule].family
            counts.setdefault(name, Counter())[family, finding.severity] += 1
    return [
        MatrixRow(name, *sizes.get(name, (0, 0, 0)), counts[name])
        for name in sorted(counts, key=lambda n: (n == nobody, n))
    ]
