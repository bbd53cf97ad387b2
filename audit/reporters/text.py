"""The result for a person at a terminal, by rich: a block for each unit, then an overview."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from audit import wording
from audit.findings import Finding, Result, Suspect
from audit.frames import cells_expected, cells_read
from audit.reporters.base import Look, Reporter
from audit.reporters.json import summary
from audit.reporters.safe import one_line
from audit.reporters.told import narrowed
from audit.texts import say
from rules.vocabulary import Severity

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_PLAIN_WIDTH = 100


def _render(result: Result, look: Look, console: Console) -> None:
    for (unit, year), found in groupby(result.findings, key=lambda f: (f.unit, f.year)):
        console.print(_block(unit, year, list(found), result, look))
    if not look.quiet:
        console.print(_overview(result, look))
        for part in _remarks(result, look):
            console.print(part)
    console.print(_last_line(result, look))


def _block(
    unit: str | None, year: int | None, found: list[Finding], result: Result, look: Look
) -> RenderableType:
    language = look.language
    title = one_line(unit or say("no_report", language))
    if year is not None:
        title += f"  {year}" + ("年" if language == "zh" else "")
    files = dict.fromkeys(f.file for f in found if f.file)
    parts: list[RenderableType] = []
    for finding in found:
        parts += _finding(finding, result, look, several=len(files) > 1)
    return Panel(
        Group(*parts),
        title=Text(title, style="bold"),
        title_align="left",
        subtitle=Text(one_line(" ".join(files)), style="dim") if files else None,
        subtitle_align="right",
        box=box.ROUNDED,
        padding=(0, 1),
    )


def _finding(finding: Finding, result: Result, look: Look, several: bool) -> Iterator[Text]:
    language = look.language
    rule = result.rules[finding.rule]
    head = Text()
    head.append(f"{say(str(finding.severity), language)} ", style=_STYLE[finding.severity])
    head.append(f"{finding.rule} ", style="bold")
    head.append(rule.title.to(language), style="bold")
    if finding.waived is not None:
        head.append(
            f"  [{say('waived', language)}{say('colon', language)}{one_line(finding.waived)}]",
            style="dim",
        )
    yield head
    yield _line("", wording.message(finding, rule, language), language)
    place = wording.place(finding.location, language)
    if several and finding.file:
        place = f"{finding.file} {place}"
    if place:
        yield _line(say("place", language), place, language)
    if finding.excerpt:
        yield _line(say("excerpt", language), finding.excerpt, language)
    yield from _suspects(finding, language)
    yield _line(say("advice", language), rule.hint.to(language), language, style="dim")
    yield _line(say("grounds", language), rule.citation(finding.edition), language, style="dim")


def _suspects(finding: Finding, language: str) -> Iterator[Text]:
    if not finding.suspects:
        return
    unique = finding.suspects[0].unique
    yield _line(say("suspect" if unique else "suspect_one_of", language), "", language)
    for suspect in finding.suspects:
        yield _suspect(suspect, finding.edition, language, unique)


def _suspect(suspect: Suspect, edition: int | None, language: str, unique: bool) -> Text:
    line = Text("    ")
    if not unique:
        line.append(say("set", language, number=suspect.group) + " ", style="dim")
    line.append(one_line(wording.cell_name(suspect.cell, edition, language)))
    line.append(f"  {say('now', language)} ")
    line.append(wording.number(suspect.value) or say("blank", language), style="red")
    if suspect.suggestion is not None:
        line.append(f"  {say('expected', language)} ")
        line.append(wording.number(suspect.suggestion), style="bold green")
    line.append(
        f" {say('aside', language, text=one_line(suspect.reason.to(language)))}", style="dim"
    )
    return line


def _line(label: str, text: str, language: str, style: str = "") -> Text:
    line = Text("  ")
    if label:
        line.append(label + say("colon", language), style="dim")
    line.append(one_line(text), style=style)
    return line


def _overview(result: Result, look: Look) -> Table:
    language = look.language
    table = Table(title=say("overview", language), box=box.SIMPLE_HEAD, title_justify="left")
    for key in ("unit", "year", "cells_read", "error", "warning", "info", "not_assessed"):
        numeric = key not in ("unit",)
        table.add_column(
            say(key, language), justify="right" if numeric else "left", no_wrap=numeric
        )
    data = result.data
    read, expected = cells_read(data), cells_expected(data)
    unknown = result.assessed.groupby("report")["not_assessed"].sum()
    counts: dict[tuple[int, Severity], int] = {}
    for finding in result.findings:
        if finding.waived is None:
            pair = (finding.report, finding.severity)
            counts[pair] = counts.get(pair, 0) + 1
    audited = data.reports[data.reports["role"] == "report"].sort_values(
        ["unit", "year", "file"], na_position="last"
    )
    for number, row in zip(audited.index.tolist(), audited.to_dict("records"), strict=True):
        cells = [counts.get((number, s), 0) for s in Severity]
        table.add_row(
            Text(one_line(row["unit"] if isinstance(row["unit"], str) else row["file"])),
            "" if row["year"] is None or row["year"] != row["year"] else str(row["year"]),
            f"{read[number]}/{expected[number]}",
            *(
                Text(str(n) if n else "·", style=_STYLE[s] if n else "dim")
                for n, s in zip(cells, Severity, strict=True)
            ),
            str(unknown.get(number, 0) or "·"),
        )
    return table


def _remarks(result: Result, look: Look) -> Iterator[RenderableType]:
    language = look.language
    if result.not_assessed and look.verbose:
        table = Table(
            title=say("not_assessed_why", language), box=box.SIMPLE_HEAD, title_justify="left"
        )
        table.add_column(say("rule", language))
        table.add_column(say("reason", language))
        table.add_column(say("count", language), justify="right")
        for code, reasons in result.not_assessed.items():
            for text, count in reasons.items():
                table.add_row(Text(code), Text(one_line(text.to(language))), str(count))
        yield table
    if result.skipped:
        table = Table(title=say("skipped", language), box=box.SIMPLE_HEAD, title_justify="left")
        table.add_column(say("file", language))
        table.add_column(say("reason", language))
        for one in result.skipped:
            table.add_row(Text(one_line(one.file)), Text(wording.reason(one.reason, language)[0]))
        yield table
    for note in result.waivers:
        key = f"waiver_{note.state}"
        told = say(key, language, rule=note.rule, unit=note.unit, reason=note.reason)
        yield Text(one_line(told), "yellow")


def _last_line(result: Result, look: Look) -> RenderableType:
    language = look.language
    parts: list[RenderableType] = []
    for crash in result.crashes:
        told = say("internal", language, what=crash.what, message=crash.message)
        parts.append(Text(one_line(told), "bold red"))
    if result.crashes:
        parts.append(Text(say("internal_hint", language), "red"))
    if not result.complete:
        parts.append(Text(say("partial", language), "bold red"))
    parts += [Text(note, "yellow") for note in narrowed(result, look)]
    counts = summary(result)
    keys = ["files", "reports", "units", "errors", "warnings", "infos"]
    words = [say(k, language, count=counts[k]) for k in keys]
    if counts["waived"]:
        words.append(say("waived_count", language, count=counts["waived"]))
    if not result.findings and not result.crashes and result.complete and not result.changes:
        words.append(say("all_well", language))
    parts.append(Text(("，" if language == "zh" else ", ").join(words), style="bold"))
    return Group(*parts)


def _text(result: Result, look: Look) -> str:
    stream = io.StringIO()
    _render(result, look, Console(file=stream, width=_PLAIN_WIDTH, no_color=True, highlight=False))
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _screen(result: Result, stream: TextIO, look: Look) -> None:
    console = Console(file=stream, no_color=not look.color, highlight=False)
    if console.is_terminal:
        _render(result, look, console)
    else:
        stream.write(_text(result, look))


REPORTER = Reporter(name="text", suffix=".txt", text=_text, screen=_screen)
