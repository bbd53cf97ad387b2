"""What letters to units say: what to correct, where, to what, one point after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import PurePath

from audit import wording
from audit.findings import Result, Suspect
from audit.reporters.base import Look
from audit.reporters.grouped import Chapter, Group, chapters
from audit.reporters.safe import one_line
from audit.reporters.told import Told
from audit.texts import say
from rules.vocabulary import Severity

#: Characters of the report's own text that a letter quotes.
_EXCERPT = 100


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a letter's table; each field but the gravest severity is lines of text."""

    severity: str
    place: tuple[str, ...]
    problem: tuple[str, ...]
    actual: tuple[str, ...]
    expected: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """All that one unit is told; `years` hold the points of each report, `absent` are years of
    which it has handed in none.
    """

    unit: str
    years: tuple[tuple[Chapter, tuple[Point, ...]], ...]
    absent: tuple[int | None, ...] = ()

    @property
    def count(self) -> int:
        """The letter's points."""
        return sum(len(points) for _, points in self.years)


def letters(result: Result, look: Look) -> tuple[list[Letter], list[Told]]:
    """A letter for each unit with findings, and the findings about no unit."""
    nobody = [c for c in chapters(result, look) if c.rows[0].finding.who is None]
    found = [c for c in chapters(result, look) if c.rows[0].finding.who is not None]
    made = [
        _letter(unit, list(years), look.language)
        for unit, years in groupby(found, key=lambda c: c.unit)
    ]
    return made, [row for c in nobody for row in c.rows]


def day(result: Result, language: str) -> str:
    """The date that letters bear: the run's `today` where it was set."""
    today = result.data.settings.today
    when = date.fromisoformat(today) if today else date.today()
    return f"{when.year}年{when.month}月{when.day}日" if language == "zh" else when.isoformat()


def _letter(unit: str, years: list[Chapter], language: str) -> Letter:
    there = [c for c in years if c.files]
    points = tuple((c, _points(c, language)) for c in there)
    return Letter(unit, points, tuple(c.year for c in years if not c.files))


def _points(chapter: Chapter, language: str) -> tuple[Point, ...]:
    several = len(chapter.files) > 1
    return tuple(_point(group, language, several) for group in chapter.groups)


def _point(group: Group, language: str, several: bool) -> Point:
    """A group as one point: likely suspects say what to change; without them the findings do."""
    rows = group.rows
    likely = _likely(rows)
    edition = rows[0].finding.edition
    problem = [row.message for row in rows]
    problem += [
        f"{say('excerpt', language)}{say('colon', language)}{_short(row.excerpt)}"
        for row in rows
        if row.excerpt
    ]
    if group.cause:
        problem.insert(0, say("letter_same_cause", language, count=len(rows), cause=group.cause))
    places = [row.place for row in rows]
    if several:
        places = [f"{name(r.finding.file)} {r.place}".strip() for r in rows]
    actual, expected = _values(rows)
    if likely:
        cells = [one_line(wording.cell_name(s.cell, edition, language)) for s in likely]
        places = [*_numbered(cells), *places]
        blank = say("blank", language)
        actual = _numbered([wording.number(s.value) or blank for s in likely])
        expected = _numbered([wording.number(s.suggestion) for s in likely])
    else:
        own = {c for row in rows for c in row.finding.cells if "/" not in c}
        if len(own) == 1:
            places.insert(0, one_line(wording.cell_name(own.pop(), edition, language)))
        problem += group.suspects
        if group.suspects:
            actual, expected = [], []
    gravest = min(rows, key=lambda r: list(Severity).index(r.finding.severity))
    return Point(
        severity=gravest.severity,
        place=_once(places),
        problem=_once(problem),
        actual=tuple(actual),
        expected=tuple(expected),
        advice=_once([row.advice for row in rows]),
    )


def name(file: str | None) -> str:
    """A file's own name: where it lies is the auditor's affair."""
    return one_line(PurePath(file or "").name)


def _numbered(texts: Sequence[str]) -> list[str]:
    """Several texts each behind its number, so that those of two columns can be told to belong."""
    return [f"({n}) {t}" for n, t in enumerate(texts, 1)] if len(texts) > 1 else list(texts)


def _short(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def _likely(rows: Sequence[Told]) -> list[Suspect]:
    found = {s.cell: s for row in rows for s in row.finding.suspects if s.likely}
    return list(found.values())


def _values(rows: Sequence[Told]) -> tuple[list[str], list[str]]:
    actual = [one_line(wording.number(r.finding.actual)) for r in rows]
    expected = [one_line(wording.number(r.finding.expected)) for r in rows]
    return [a for a in actual if a], [e for e in expected if e]


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t))
