"""`nianbao aggregate`: the county's own table, the units' cells summed; what is open is said."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from audit import aggregate_out as out
from audit.aggregate import Aggregate, aggregate
from audit.commands.common import configure, console_for, means, progress, tell_effort
from audit.commands.targets import write_whole
from audit.errors import UsageError
from audit.outcome import chosen, settle
from audit.reporters.base import Look, needs_file
from audit.run import Call, Loaded, load
from audit.texts import say

_WIDTH = 140


def run(
    paths: Sequence[Path],
    form: str | None,
    output: Path | None,
    year: int | None,
    roster: Path | None,
    config: Path | None,
    lang: str,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
    quiet: bool,
    verbose: int,
    no_color: bool,
) -> int:
    """Write the sum: 0 where nothing speaks against it, 1 where a remark does, 2 if interrupted."""
    settings = configure(config, paths)
    kind = form or _form_of(output)
    if output is None and kind in ("xlsx", "docx"):
        raise UsageError(needs_file(kind))
    with progress(quiet, lang, not no_color) as told:
        call = Call(
            paths=paths,
            config=settings,
            parent=settings.parent,
            roster=roster or settings.roster,
            means=means(jobs, cluster, no_cache),
            apart=[output] if output is not None else [],
            progress=told,
        )
        rules = chosen(settings)
        loaded = load(call)
        result = settle(loaded, rules, settings, told)
    tell_effort(loaded.read, loaded.kept, lang, verbose)
    total = aggregate(result.data, result.findings, year)
    look = Look(language=lang, color=not no_color, quiet=quiet, verbose=verbose)
    _write(total, kind, output, look)
    _complain(total, loaded, look)
    if result.crashes or not result.complete:
        return 2
    return int(not total.settled)


def _form_of(output: Path | None) -> str:
    suffix = output.suffix.lower().lstrip(".") if output is not None else ""
    return suffix if suffix in ("csv", "xlsx", "docx") else "text"


def _write(total: Aggregate, kind: str, output: Path | None, look: Look) -> None:
    if output is None:
        if kind == "csv":
            out.save_csv(total, sys.stdout)
        else:
            out.print_text(total, console_for(look.color, width=_width()), look)
    elif kind == "csv":
        write_whole(output, lambda scratch: out.save_csv(total, scratch))
    elif kind == "xlsx":
        write_whole(output, lambda scratch: out.save_xlsx(total, scratch, look))
    elif kind == "docx":
        write_whole(output, lambda scratch: out.save_docx(total, scratch, look))
    else:
        write_whole(output, lambda scratch: _text_file(total, scratch, look))


def _text_file(total: Aggregate, path: Path, look: Look) -> None:
    stream = io.StringIO()
    out.print_text(total, console_for(False, stream, _WIDTH), look)
    for one in total.remarks:
        stream.write(f"{out.remark(one, total, look)}\n")
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _width() -> int | None:
    """The terminal's own width; wide enough for a row of the form where output is piped."""
    return None if sys.stdout.isatty() else _WIDTH


def _complain(total: Aggregate, loaded: Loaded, look: Look) -> None:
    for one in total.remarks:
        if one.open or not look.quiet:
            click.echo(out.remark(one, total, look), err=True)
    for crash in loaded.crashes:
        click.echo(f"{crash.what}: {crash.message}", err=True)
    if not loaded.complete:
        click.echo(say("partial", look.language), err=True)
