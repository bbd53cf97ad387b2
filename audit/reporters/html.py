"""The result as one web page that needs nothing else: overview, findings, tables, filters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from audit import __version__, wording
from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.formtable import DrawnTable, draw, raw_texts
from audit.reporters.grouped import Chapter, chapters, families, family_name, matrix
from audit.reporters.json import summary
from audit.reporters.marks import marks
from audit.reporters.safe import one_line
from audit.reporters.told import Told, narrowed, well
from audit.texts import say
from rules.vocabulary import Severity

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True)
class Page:
    """A chapter with the tables of its reports: those with marked cells, and the others."""

    chapter: Chapter
    number: int
    marked: tuple[DrawnTable, ...]
    others: tuple[DrawnTable, ...]


def _text(result: Result, look: Look) -> str:
    language = look.language
    pages = _pages(result, look)
    first = {page.chapter.unit: page.number for page in reversed(pages)}
    return _template().render(
        language=language,
        version=__version__,
        say=lambda key, **facts: say(key, language, **facts),
        result=result,
        counts=summary(result),
        notes=narrowed(result, look),
        well=well(result),
        severities=list(Severity),
        families=[(f, family_name(f, language)) for f in families(result)],
        matrix=matrix(result, look),
        first=first,
        pages=pages,
        parts=parts,
        family=lambda row: result.rules[row.finding.rule].family,
        number=lambda value: one_line(wording.number(value)),
        plain=one_line,
        reason=lambda key: wording.reason(key, language),
        not_assessed=[
            (code, result.rules[code].title.to(language), one_line(text.to(language)), many)
            for code, reasons in result.not_assessed.items()
            for text, many in reasons.items()
        ],
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("audit.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("report.html")


def _pages(result: Result, look: Look) -> list[Page]:
    found = chapters(result, look, waived=True)
    raw = raw_texts(result.data, {n for c in found for n in c.reports})
    numbers = count(1)
    return [Page(c, next(numbers), *_tables(c, raw, result, look)) for c in found]


def _tables(
    chapter: Chapter, raw: dict[int, dict[str, str]], result: Result, look: Look
) -> tuple[tuple[DrawnTable, ...], tuple[DrawnTable, ...]]:
    """The tables with marked cells, and the rest of the same reports."""
    drawn: list[DrawnTable] = []
    for report in chapter.reports:
        marked = marks((r for r in chapter.rows if r.finding.report == report), look.language)
        if marked:
            drawn += draw(result.data, report, raw.get(report, {}), marked, look.language)
    return tuple(t for t in drawn if t.marked), tuple(t for t in drawn if not t.marked)


def parts(row: Told) -> Sequence[tuple[str, bool]]:
    """The excerpt in pieces, True for those that state what the finding is about."""
    wanted = one_line(wording.number(row.finding.actual))
    if not wanted or wanted not in row.excerpt:
        return [(row.excerpt, False)]
    words = re.escape(wanted)
    if wanted[-1].isdigit():  # 5 is not stated where 15 or 5.2 is
        words = rf"(?<![\d.]){words}(?![\d]|\.\d)"
    pieces = re.split(f"({words})", row.excerpt)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


REPORTER = Reporter(name="html", suffix=".html", text=_text)
