"""A finding as the fields that row-like outputs show, in words, each made once here."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

from audit import wording
from audit.findings import Finding, Result, Suspect
from audit.reporters.base import Look
from audit.reporters.safe import one_line
from audit.texts import say

_LINE = re.compile(r"line (\d+)")
#: Where a finding stands that is about no file, in a run that knows no better.
_HOME = "nianbao.toml"
_ARCHIVE = re.compile(r"(?is)(.*?\.(?:zip|rar|7z|tar|tgz|gz))!.")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words; every text is on one line and free of control characters."""

    finding: Finding
    unit: str
    severity: str
    title: str
    message: str
    place: str
    advice: str
    grounds: str
    excerpt: str
    suspects: tuple[str, ...]
    #: What explains the finding, perhaps with others; empty where nothing is known to.
    cause: str
    language: str
    #: A path for findings about no file.
    home: str = _HOME
    #: How many findings of the output the cause explains.
    shared: int = 1

    @property
    def line(self) -> int | None:
        """The line that the finding is about, of a text file that is no part of an archive."""
        file = self.finding.file
        found = _LINE.match(self.finding.location or "")
        whole = self.source == file and wording.has_lines(file)
        return int(found[1]) if found and whole else None

    @property
    def source(self) -> str | None:
        """The file on disk: the archive for a file that is inside one."""
        file = self.finding.file
        found = _ARCHIVE.match(file or "")
        return found[1] if found else file

    @property
    def path(self) -> str:
        """A path that code hosts take: never empty, below the working folder where it lies there."""
        return below(self.source) if self.source else self.home

    @property
    def caused(self) -> str:
        """The cause that explains this finding and others; empty where it explains no other."""
        if self.shared < 2 or not self.cause:
            return ""
        head = say("cause_of", self.language, count=self.shared)
        return f"{head}{say('colon', self.language)}{self.cause}"

    @property
    def stated(self) -> str:
        """The message, behind the cause where that explains others too."""
        return self._joined(self.caused, self.message)

    @property
    def whole(self) -> str:
        """The shared cause, message, suspects and advice in one text."""
        return self._joined(self.stated, *self.suspects, self.advice)

    def _joined(self, *texts: str) -> str:
        return say("semicolon", self.language).join(t for t in texts if t)


def below(file: str) -> str:
    """A path with slashes, seen from the working folder; one outside it keeps its folders' names."""
    path = PurePath(file)
    if path.is_absolute():
        path = path.relative_to(Path.cwd() if path.is_relative_to(Path.cwd()) else path.anchor)
    return path.as_posix()


def tell(finding: Finding, result: Result, look: Look) -> Told:
    """A finding in words."""
    rule, language = result.rules[finding.rule], look.language
    return Told(
        finding=finding,
        unit=one_line(finding.who or say("no_report", language)),
        severity=say(str(finding.severity), language),
        title=rule.title.to(language),
        message=one_line(wording.message(finding, rule, language)),
        place=one_line(wording.place(finding.location, language, finding.file)),
        advice=one_line(rule.hint.to(language)),
        grounds=one_line(rule.citation(finding.edition)),
        excerpt=one_line(finding.excerpt or ""),
        suspects=tuple(suspect(s, finding, language) for s in finding.suspects),
        cause="" if finding.cause is None else one_line(finding.cause.text.to(language)),
        language=language,
        home=_home(result.home),
    )


def _home(path: Path | None) -> str:
    name = "" if path is None else below(str(path))
    return _HOME if name in ("", ".") else name


def told(result: Result, look: Look, *, waived: bool = False) -> list[Told]:
    """All findings in words, in the result's order; those waived only if asked for."""
    return [tell(f, result, look) for f in result.findings if waived or f.waived is None]


def suspect(one: Suspect, finding: Finding, language: str) -> str:
    """A suspect in words: the cell, what stands there, what should, why."""
    options = len({s.group for s in finding.suspects})
    key = "suspect" if one.likely else "suspect_option" if options > 1 else "suspect_maybe"
    head = say(key, language, number=one.group)
    name = wording.cell_name(one.cell, finding.edition, language)
    now = wording.number(one.value) or say("blank", language)
    text = f"{head}{say('colon', language)}{name} {say('now', language)} {now}"
    if one.suggestion is not None:
        text += f" → {say('expected', language)} {wording.number(one.suggestion)}"
    if finding.cause is None or finding.cause.text != one.reason:
        text += say("aside", language, text=one.reason.to(language))
    return one_line(text)


def well(result: Result) -> bool:
    """Whether reports were checked, all that were met, and nothing was found."""
    whole = result.complete and not result.crashes and result.changes is None
    return whole and not result.findings and _any_report(result)


def _any_report(result: Result) -> bool:
    return bool(result.data.reports["role"].eq("report").any())


def narrowed(result: Result, look: Look) -> list[str]:
    """That nothing was there to check, what was left out or not counted, in words."""
    notes = []
    if not _any_report(result):
        notes.append(say("nothing_found", look.language))
    if result.changes is not None:
        notes.append(say("changes_note", look.language, **asdict(result.changes)))
    if result.baseline is not None:
        notes.append(say("baseline_note", look.language, **asdict(result.baseline)))
    return notes
