"""What a unit's block on a terminal says: its findings as lines, those of one cause or rule together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from audit import wording
from audit.findings import Suspect
from audit.reporters.grouped import Chapter, Group
from audit.reporters.safe import one_line
from audit.reporters.told import Told
from audit.reporters.wrap import Line
from audit.texts import say
from rules.vocabulary import Severity

STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def block(chapter: Chapter, language: str) -> Iterator[Line]:
    """A head with the unit, the year and the counts, then the chapter's findings."""
    yield Line(_head(chapter, language))
    several = len(chapter.files) > 1
    if len(chapter.files) == 1:
        yield _fact("file", chapter.files[0], language, 0, "dim")
    for (cause, _), found in groupby(chapter.groups, key=_kind):
        if cause:
            yield from (line for group in found for line in _caused(group, language, several))
        else:
            yield from _alike([row for g in found for row in g.rows], language, several)


def absent(rows: Sequence[Told], language: str) -> Iterator[Line]:
    """A head, then the units without a report by year, each named once for a year; the advice once."""
    severity = rows[0].finding.severity
    head = Text(say("units_absent", language), "bold")
    head.append("  ").append(say(f"{severity}s", language, count=len(rows)), STYLE[severity])
    yield Line(head)
    yield Line(_title(rows[0], language), hang=2)
    for year, found in groupby(sorted(rows, key=_year), key=_year):
        units = [row.unit for row in found]
        told = say("units_of_year", language, year=year or "", count=len(units))
        listed = say("listing", language).join(units)
        yield Line(Text.assemble((told + say("colon", language), "dim"), listed), 2, 2)
    notes = (wording.told(row.finding.details.get("note"), language) for row in rows)
    for note in dict.fromkeys(one_line(n) for n in notes):
        if note:
            yield Line(Text(note), indent=2)
    yield _fact("advice", rows[0].advice, language, 2, "dim")


def _year(row: Told) -> int:
    return row.finding.year or 0


def _kind(group: Group) -> tuple[str, str]:
    """What is told together: one cause, or one rule where there is none."""
    return group.cause, "" if group.cause else group.rows[0].finding.rule


def _head(chapter: Chapter, language: str) -> Text:
    head = Text(chapter.unit, "bold")
    if chapter.year is not None:
        head.append(f" {chapter.year}{'年' if language == 'zh' else ''}")
    for severity in Severity:
        count = chapter.count(severity)
        if count:
            head.append("  ")
            head.append(say(f"{severity}s", language, count=count), STYLE[severity])
    return head


def _caused(group: Group, language: str, several: bool) -> Iterator[Line]:
    """Findings that one cause explains: the cause and the suspects once, then each finding."""
    count = len(group.rows)
    yield Line(
        Text.assemble(
            (say("cause_of", language, count=count) + say("colon", language), "bold"), group.cause
        )
    )
    suspects = [s for r in group.rows for s in r.finding.suspects]
    yield from _suspects(suspects, group.rows[0], language, group.cause)
    settled = any(s.likely for s in suspects)
    for row in group.rows:
        yield Line(_title(row, language), indent=2, hang=2)
        yield from (line.deeper(2) for line in _facts(row, language, several))
        if not settled:
            yield _fact("advice", row.advice, language, 4, "dim")


def _alike(rows: Sequence[Told], language: str, several: bool) -> Iterator[Line]:
    """Findings of one rule: its title and advice once."""
    for _, part in groupby(rows, key=lambda r: r.finding.severity):
        found = list(part)
        title = _title(found[0], language)
        if len(found) > 1:
            title.append(say("times", language, count=len(found)), "bold")
        yield Line(title, hang=2)
        for number, row in enumerate(found, start=1):
            mark = f"{number}. " if len(found) > 1 else ""
            yield from _facts(row, language, several, mark)
            yield from _suspects(row.finding.suspects, row, language)
        yield _fact("advice", found[0].advice, language, 2, "dim")


def _title(row: Told, language: str) -> Text:
    severity = row.finding.severity
    return Text.assemble(
        (f"{row.severity} ", STYLE[severity]), (f"{row.finding.rule} {row.title}", "bold")
    )


def _facts(row: Told, language: str, several: bool, mark: str = "") -> Iterator[Line]:
    """What is wrong, where, and the words it is about."""
    message = Text(mark + row.message)
    if row.finding.waived is not None:
        why = say("waived", language) + say("colon", language) + one_line(row.finding.waived)
        message.append(say("aside", language, text=why), "dim")
    yield Line(message, indent=2, hang=len(mark))
    place = row.place
    if several and row.finding.file and one_line(row.finding.file) not in row.message:
        place = f"{one_line(row.finding.file)} {place}".strip()
    for key, text in (("place", place), ("excerpt", row.excerpt)):
        if text:
            yield _fact(key, text, language, 2 + len(mark))


def _fact(key: str, text: str, language: str, indent: int, style: str = "") -> Line:
    return Line(
        Text.assemble((say(key, language) + say("colon", language), "dim"), (text, style)),
        indent,
        2,
    )


def _suspects(
    found: Iterable[Suspect], row: Told, language: str, cause: str = ""
) -> Iterator[Line]:
    """The cells most likely wrong, or the ways to mend it, each a line."""
    suspects = list({(s.group, s.cell): s for s in found}.values())
    if not suspects:
        return
    likely = [s for s in suspects if s.likely]
    others = [s for s in suspects if not s.likely]
    for head, listed in (
        ("suspect", likely),
        ("suspect_else" if likely else "suspect_one_of", others),
    ):
        if listed:
            words = [_suspect(s, row.finding.edition, language, cause) for s in listed]
            numbered = len({s.group for s in listed}) > 1
            yield from _listed(head, listed, words, numbered, language)


def _listed(
    head: str, suspects: Sequence[Suspect], words: Sequence[Text], numbered: bool, language: str
) -> Iterator[Line]:
    title = Text(say(head, language) + say("colon", language), "dim")
    if len(words) == 1:
        yield Line(title + words[0], 2, 2)
        return
    yield Line(title, 2)
    for one, text in zip(suspects, words, strict=True):
        option = say("set", language, number=one.group) + say("colon", language)
        yield Line(Text(option if numbered else "", "dim") + text, 4, 2)


def _suspect(suspect: Suspect, edition: int | None, language: str, cause: str) -> Text:
    line = Text(one_line(wording.cell_name(suspect.cell, edition, language)))
    line.append(f" {say('actual', language)} ")
    line.append(wording.number(suspect.value) or say("blank", language), "red")
    if suspect.suggestion is not None:
        line.append(f"{say('comma', language)}{say('expected', language)} ")
        line.append(wording.number(suspect.suggestion), "bold green")
    reason = one_line(suspect.reason.to(language))
    if reason != cause:
        line.append(say("aside", language, text=reason), "dim")
    return line
