"""The words the catalogue is written in: rule, equation, severity, text, example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rules.dataset import Dataset
    from rules.measure import Measure


class Severity(StrEnum):
    """How grave a finding is: error breaks form, law or arithmetic; warning is a likely mistake."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Scope(StrEnum):
    """What a rule must see at once: one report alone, or all reports of the run."""

    REPORT = "report"
    RUN = "run"


LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages. Templates name their facts in braces: `{actual}`."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """The text in `zh` or `en`."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One arithmetic identity as terms with coefficients: the sum of `terms` is zero.

    `terms` maps addresses (`applications.new.total`) to coefficients. `total` is the address that
    the others add up to: where it is blank the equation can't be assessed.
    """

    code: str
    #: What the equation is about: the column, row or channel, `applications.*.business`.
    subject: str
    terms: Mapping[str, int]
    total: str

    @property
    def formula(self) -> str:
        """The equation as written, positive terms on the left: `a + b = c + d`."""
        sides: dict[bool, list[str]] = {True: [], False: []}
        for address, factor in self.terms.items():
            times = "" if abs(factor) == 1 else f"{abs(factor)} × "
            sides[factor > 0].append(f"{times}{address}")
        return f"{' + '.join(sides[True])} = {' + '.join(sides[False])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """How one report of an example differs from the base: a sound report of zeros, 青石镇 2023.

    `cells` maps addresses to what is written in the cell (a number, or text as it stands);
    `sections` replaces a section's text, or adds a paragraph to it (`overview+`); left alone, the
    text says of applications, reviews and suits what `cells` say;
    `titles` replaces a section's heading as printed (with its number);
    `drop` takes out what it names: a section (`sections.other`), a table (`disputes`), a row
    (`applications.granted`), a column (`applications.*.research`) or a cell;
    `rows` inserts rows: label to put in → (address of the row before it, what the cells hold).
    `role` is `report`, `previous` (compared with, not checked) or `parent` (the county's own).
    """

    unit: str = "青石镇"
    year: int = 2023
    edition: int | None = None
    title: str | None = None
    preamble: str | None = None
    published: str | None = None
    file: str | None = None
    role: str = "report"
    cells: Mapping[str, float | str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    rows: Mapping[str, tuple[str, tuple[float | str, ...]]] = field(default_factory=dict)
    #: Other forms of the labels: official label → what this report prints.
    labels: Mapping[str, str] = field(default_factory=dict)
    #: What the file holds instead of a report (rules of family F).
    raw: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Reports that a rule passes or fails on, with a word on why. The first is the one meant."""

    reports: tuple[Patch, ...]
    says: str = ""
    roster: tuple[Mapping[str, str], ...] = ()
    today: str | None = None


def patch(**changes: object) -> Example:
    """An example of a single report."""
    return Example(reports=(Patch(**changes),))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the catalogue, whole: what it demands, on what grounds, how it is told.

    `check` measures its statements over all reports at once (see `rules.measure`). A rule whose
    findings the loading itself makes (F001–F003) has none.
    `message` may name the facts `unit`, `year`, `expected`, `actual`, `subject`, and what the
    measure's `facts` hold.
    """

    code: str
    severity: Severity
    title: Text
    demand: Text
    message: Text
    hint: Text
    #: Grounds for each edition, `regulation.md`'s certain ones only; key 0 stands for any edition.
    citations: Mapping[int, str]
    passes: Example
    fails: Example
    formula: str = ""
    check: Callable[[Dataset], Measure] | None = None
    scope: Scope = Scope.REPORT

    @property
    def family(self) -> str:
        """The code's letter."""
        return self.code[0]

    def citation(self, edition: int | None) -> str:
        """The grounds as they stand for a report of this edition."""
        fallback = self.citations.get(0) or next(iter(self.citations.values()))
        return self.citations.get(edition or 0, fallback)
