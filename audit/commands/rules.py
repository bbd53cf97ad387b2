"""`nianbao rules`: the catalogue, or rules explained: demand, formula, grounds, examples."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from audit.commands.common import codes as parted
from audit.commands.common import configure, console_for
from audit.errors import UsageError
from audit.outcome import chosen
from audit.reporters.safe import one_line
from audit.reporters.textblock import STYLE
from audit.reporters.wrap import UNLIMITED, Line, Lines
from audit.texts import say
from audit.wording import cell_name, number
from rules.vocabulary import Example, Rule
from rules.vocabulary import Text as Words


def run(
    codes: Sequence[str],
    form: str,
    config: Path | None,
    lang: str,
    jobs: int | None,
    quiet: bool,
    verbose: int,
    no_color: bool,
) -> int:
    """Print; raises UsageError for a code that is none."""
    known = chosen(configure(config, ()))
    wanted = [c for text in codes for c in parted(text)]
    strangers = [c for c in wanted if not any(k.startswith(c) for k in known)]
    if strangers:
        listed = ", ".join(strangers)
        raise UsageError(
            Words(f"没有这样的规则：{listed}", f"no such rules: {listed}"),
            Words("nianbao rules 可列出全部规则", "nianbao rules lists them all"),
        )
    rules = [r for c, r in known.items() if not wanted or c.startswith(tuple(wanted))]
    if form == "json":
        json.dump([_plain(r, lang) for r in rules], sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    elif form == "markdown":
        sys.stdout.write("\n".join(line for r in rules for line in _markdown(r, lang)) + "\n")
    else:
        _print(rules, lang, color=not no_color, whole=bool(wanted))
    return 0


def _plain(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": str(rule.severity),
        "title": rule.title.to(language),
        "demand": rule.demand.to(language),
        "formula": rule.formula or None,
        "hint": rule.hint.to(language),
        "citations": {str(k) if k else "any": v for k, v in rule.citations.items()},
        "passes": _example(rule.passes, language),
        "fails": _example(rule.fails, language),
    }


def _print(rules: Sequence[Rule], language: str, *, color: bool, whole: bool) -> None:
    console = console_for(color, width=None if sys.stdout.isatty() else UNLIMITED)
    if whole:
        console.print(Lines(line for r in rules for line in _explained(r, language)))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in ("rule", "severity", "found"):
        table.add_column(say(key, language))
    for rule in rules:
        table.add_row(rule.code, say(str(rule.severity), language), rule.title.to(language))
    console.print(table)


def _explained(rule: Rule, language: str) -> Iterator[Line]:
    """A rule as a clerk reads it: what it demands, on what grounds, what to do, examples."""
    severity = say(str(rule.severity), language)
    yield Line(
        Text.assemble(
            (severity, STYLE[rule.severity]),
            (f" {rule.code} ", "bold"),
            (rule.title.to(language), "bold"),
        )
    )
    facts = [("demand", rule.demand.to(language)), ("formula", rule.formula)]
    facts += [
        ("grounds", f"{text}{say('aside', language, text=edition) if edition else ''}")
        for edition, text in rule.citations.items()
    ]
    facts.append(("advice", rule.hint.to(language)))
    facts += [
        (k, _example(e, language)) for k, e in (("passes", rule.passes), ("fails", rule.fails))
    ]
    for key, text in facts:
        if text:
            head = say(key, language) + say("colon", language)
            yield Line(Text.assemble((head, "dim"), one_line(text)), 2, 2)
    yield Line(Text())


def _markdown(rule: Rule, language: str) -> Iterator[str]:
    yield f"## {rule.code} {rule.title.to(language)}"
    yield ""
    yield f"- {say('severity', language)}: {say(str(rule.severity), language)}"
    yield f"- {say('demand', language)}: {rule.demand.to(language)}"
    if rule.formula:
        yield f"- {say('formula', language)}: `{rule.formula}`"
    for edition, text in rule.citations.items():
        yield f"- {say('grounds', language)}{f' ({edition})' if edition else ''}: {text}"
    yield f"- {say('advice', language)}: {rule.hint.to(language)}"
    for key, example in (("passes", rule.passes), ("fails", rule.fails)):
        yield f"- {say(key, language)}: {_example(example, language)}"
    yield ""


def _example(example: Example, language: str) -> str:
    """An example in words: what differs from a sound report."""
    told = [example.says] if example.says else []
    for one in example.reports:
        parts = [
            f"{cell_name(cell, one.edition, language)} = {number(value)}"
            for cell, value in one.cells.items()
        ]
        parts += [f"“{text}”" for text in (*one.titles.values(), *one.sections.values()) if text]
        parts += [f"“{text}”" for text in (one.title, one.preamble) if text]
        parts += [f"− {name}" for name in one.drop]
        parts += [
            f"+ {label} {' '.join(map(str, cells))}" for label, (_, cells) in one.rows.items()
        ]
        parts += [f"{old} → {new}" for old, new in one.labels.items()]
        told.append(f"[{one.unit} {one.year}] {'; '.join(parts) or '—'}")
    return " / ".join(told)
