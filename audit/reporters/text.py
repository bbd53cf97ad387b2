"""The result for a person at a terminal: a block for each unit and year, then an overview."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from audit import wording
from audit.counts import cells_expected, cells_read
from audit.findings import Result
from audit.reporters.base import Look, Reporter
from audit.reporters.grouped import chapters, without_report
from audit.reporters.json import summary
from audit.reporters.safe import one_line
from audit.reporters.textblock import STYLE, absent, block
from audit.reporters.told import narrowed, told, well
from audit.reporters.wrap import UNLIMITED, Line, Lines
from audit.texts import say
from rules.vocabulary import Severity

#: Reasons for what was not assessed that one line tells.
_REASONS = 3


def _render(result: Result, look: Look, console: Console) -> None:
    found, unreported = without_report(chapters(result, look, waived=True))
    for chapter in found:
        _print(block(chapter, look.language), console)
    if unreported:
        _print(absent(unreported, look.language), console)
    if not look.quiet:
        for part in _overview(result, look):
            console.print(part)
    console.print(Lines(_ending(result, look)))


def _print(lines: Iterator[Line], console: Console) -> None:
    """A block: its head, and the rest of it in a frame or, where nothing draws one, further in."""
    head, *body = lines
    if console.is_terminal:
        console.print(Text.assemble(("╭─ ", "dim"), head.text))
        console.print(Lines(body, "│ "))
        console.print(Text("╰─", "dim"))
    else:
        console.print(Lines([head, *(line.deeper(2) for line in body), Line(Text())]))


def _overview(result: Result, look: Look) -> Iterator[RenderableType]:
    """Nothing where all is well: then the last lines say it."""
    if result.findings or look.verbose:
        table, sound = _reports(result, look)
        yield Lines(_grounds(result, look))
        if table.row_count:
            yield table
            yield ""
        yield Lines(sound)
    if look.verbose:
        yield _not_assessed(result, look)


def _reports(result: Result, look: Look) -> tuple[Table, list[Line]]:
    """A row for each report with findings or unread cells; the others' names in a line."""
    table = _table(look, "unit", "year", "cells_read", "error", "warning", "info", "not_assessed")
    data = result.data
    read, expected = cells_read(data), cells_expected(data)
    unknown = result.assessed.groupby("report")["not_assessed"].sum()
    counts = Counter((f.report, f.severity) for f in result.findings if f.waived is None)
    reports = data.reports.assign(unit=result.labels)
    audited = reports[reports["role"] == "report"].sort_values(
        ["unit", "year", "file"], na_position="last"
    )
    sound: dict[str, list[str]] = defaultdict(list)
    for number, row in zip(audited.index.tolist(), audited.to_dict("records"), strict=True):
        found = [counts[number, s] for s in Severity]
        unit = one_line(row["unit"] if isinstance(row["unit"], str) else row["file"])
        year = "" if row["year"] is None or row["year"] != row["year"] else str(row["year"])
        if not (any(found) or read[number] < expected[number] or look.verbose):
            sound[unit].append(year)
            continue
        table.add_row(
            Text(unit),
            year,
            Text(
                f"{read[number]}/{expected[number]}",
                "yellow" if read[number] < expected[number] else "",
            ),
            *(
                Text(str(n or "-"), STYLE[s] if n else "dim")
                for n, s in zip(found, Severity, strict=True)
            ),
            str(unknown.get(number, 0) or "-"),
        )
    return table, _sound(sound, look.language)


def _sound(sound: dict[str, list[str]], language: str) -> list[Line]:
    comma, stop = say("listing", language), say("semicolon", language)
    names = stop.join(f"{unit} {comma.join(years)}".strip() for unit, years in sound.items())
    count = sum(map(len, sound.values()))
    return [Line(Text(say("sound_reports", language, count=count, units=names)))] if count else []


def _table(look: Look, *keys: str) -> Table:
    """A table without borders; all columns but the first hold figures."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for key in keys:
        first = key == keys[0]
        table.add_column(
            say(key, look.language),
            justify="left" if first else "right",
            no_wrap=not first,
            overflow="fold",
        )
    return table


def _grounds(result: Result, look: Look) -> list[Line]:
    """The grounds of the rules that findings name, each once, behind the rules' codes."""
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for row in sorted(told(result, look), key=lambda r: r.finding.rule):
        codes[row.grounds][row.finding.rule] = None
    lines = [
        Line(Text.assemble((f"{' '.join(rules)} ", "bold"), (text, "dim")), indent=2, hang=2)
        for text, rules in codes.items()
    ]
    return (
        [Line(Text(say("grounds", look.language), "bold")), *lines, Line(Text())] if lines else []
    )


def _not_assessed(result: Result, look: Look) -> RenderableType:
    """What could not be assessed, a line for each rule."""
    lines = [Line(Text(say("not_assessed_why", look.language), "bold"))]
    for code, reasons in result.not_assessed.items():
        words = [f"{one_line(text.to(look.language))} ×{count}" for text, count in reasons.items()]
        listed = say("listing", look.language).join(words)
        lines.append(Line(Text.assemble((f"{code} ", "bold"), listed), indent=2, hang=5))
    return Lines([*lines, Line(Text())] if len(lines) > 1 else [])


def _skipped(result: Result, look: Look) -> Iterator[Line]:
    """Files not audited by reason; the names of those that are no reports only if asked for."""
    language = look.language
    files: dict[str, list[str]] = defaultdict(list)
    for one in result.skipped:
        files[one.reason].append(one_line(one.file))
    for reason, names in files.items():
        text = say(
            "skipped_some",
            language,
            count=len(names),
            reason=wording.reason(reason, language)[0],
        )
        if reason != "not_format" or look.verbose:
            text += say("colon", language) + say("listing", language).join(names)
        yield Line(Text(text))


def _why_not(result: Result, look: Look) -> Iterator[Line]:
    """How much was not assessed, and the reasons for most of it."""
    language = look.language
    reasons: Counter[str] = Counter()
    for found in result.not_assessed.values():
        for text, count in found.items():
            reasons[one_line(text.to(language))] += count
    if not reasons:
        return
    most = [f"{text} ×{count}" for text, count in reasons.most_common(_REASONS)]
    words = say("listing", language).join(most)
    if len(reasons) > _REASONS:
        words += say("and_others", language)
    key = "not_assessed_sum" if look.verbose else "not_assessed_more"
    yield Line(Text(say(key, language, count=reasons.total(), reasons=words)))


def _ending(result: Result, look: Look) -> list[Line]:
    lines = []
    if not look.quiet:
        lines += [*_skipped(result, look), *_why_not(result, look)]
        for note in result.waivers:
            facts = {"rule": note.rule, "unit": note.unit, "reason": note.reason}
            words = say(f"waiver_{note.state}", look.language, **facts)
            lines.append(Line(Text(one_line(words), "yellow")))
    lines += _faults(result, look.language)
    lines += [Line(Text(one_line(note), "yellow")) for note in narrowed(result, look)]
    return [*lines, _last(result, look.language)]


def _faults(result: Result, language: str) -> list[Line]:
    """Why the result may not be the whole one."""
    lines = []
    for crash in result.crashes:
        words = say("internal", language, what=crash.what, message=crash.message)
        lines.append(Line(Text(one_line(words), "bold red")))
    if result.crashes:
        lines.append(Line(Text(say("internal_hint", language), "red")))
    if not result.complete:
        lines.append(Line(Text(say("partial", language), "bold red")))
    return lines


def closing(result: Result, look: Look) -> list[str]:
    """What must be said where outputs go to files alone: faults, and the counts unless quiet."""
    lines = _faults(result, look.language)
    if not look.quiet:
        lines += [Line(Text(one_line(note))) for note in narrowed(result, look)]
        lines.append(_last(result, look.language))
    return [line.text.plain for line in lines]


def _last(result: Result, language: str) -> Line:
    counts = summary(result)
    words = [say(k, language, count=counts[k]) for k in ("files", "reports", "units")]
    if well(result):
        words.append(say("all_well", language))
    else:
        words += [say(k, language, count=counts[k]) for k in ("errors", "warnings", "infos")]
    if counts["waived"]:
        words.append(say("waived_count", language, count=counts["waived"]))
    style = "bold green" if well(result) else "bold"
    return Line(Text(("，" if language == "zh" else ", ").join(words), style))


def _text(result: Result, look: Look) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream, width=UNLIMITED, no_color=True, highlight=False, force_terminal=False
    )
    _render(result, look, console)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines()) + "\n"


def _screen(result: Result, stream: TextIO, look: Look) -> None:
    console = Console(file=stream, no_color=not look.color or None, highlight=False)
    if console.is_terminal:
        _render(result, look, console)
    else:
        stream.write(_text(result, look))


REPORTER = Reporter(name="text", suffix=".txt", text=_text, screen=_screen)
