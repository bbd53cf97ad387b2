"""`nianbao check`: run, write every output asked for, say with the exit status what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from audit import baseline as known
from audit import changes
from audit.commands.common import configure, day, means, progress, tell_effort
from audit.commands.targets import targets, write_whole
from audit.errors import UsageError
from audit.findings import Result
from audit.loaders.base import Limits
from audit.reporters import Look, reporter
from audit.reporters.safe import one_line
from audit.reporters.text import closing
from audit.run import Call, audit
from audit.texts import say
from rules.vocabulary import Severity, Text

_LEVELS = {
    "error": (Severity.ERROR,),
    "warning": (Severity.ERROR, Severity.WARNING),
    "info": tuple(Severity),
    "never": (),
}


def run(
    paths: Sequence[Path],
    formats: Sequence[str],
    outputs: Sequence[str],
    select: str | None,
    ignore: str | None,
    roster: Path | None,
    previous: Sequence[Path],
    parent: Path | None,
    fail_on: str,
    today: str | None,
    changed_since: str | None,
    baseline: Path | None,
    annotate: Path | None,
    write_baseline: Path | None,
    config: Path | None,
    lang: str,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
    quiet: bool,
    verbose: int,
    no_color: bool,
) -> int:
    """Audit and report; returns the exit status (contract: 0, 1 or 2)."""
    settings = configure(config, paths, select, ignore)
    wanted = targets(formats, outputs)
    if changed_since is not None and write_baseline:
        raise UsageError(
            Text(
                "--write-baseline 要写全部问题，不能与 --changed-since 同用",
                "--write-baseline writes all findings and can't go with --changed-since",
            )
        )
    files = frozenset() if changed_since is None else changes.touched(changed_since, paths)
    if baseline:
        known.read(baseline)  # a wrong file is said before the work, not after it
    with progress(quiet, lang, not no_color) as told:
        result = audit(
            Call(
                paths=paths,
                config=settings,
                previous=previous or settings.previous,
                parent=parent or settings.parent,
                roster=roster or settings.roster,
                selected=roster is None and not any(p.is_dir() for p in paths),
                means=means(jobs, cluster, no_cache),
                today=day(today),
                apart=[
                    p for p in (baseline, write_baseline, annotate, *(o for _, o in wanted)) if p
                ],
                progress=told,
            )
        )
    tell_effort(result.read, result.kept, lang, verbose)
    if changed_since is not None:
        result = changes.narrow(result, changed_since, files)
    result = _known(result, baseline, write_baseline, lang)
    look = Look(
        language=lang, color=not no_color, quiet=quiet, verbose=verbose, letter=settings.letter
    )
    sound = report(result, wanted, look)
    if annotate is not None:
        sound &= _annotate(result, [*paths, *previous], annotate, look, settings.limits)
    return status(result, fail_on) if sound else 2


def _known(result: Result, old: Path | None, new: Path | None, language: str) -> Result:
    """The findings of a baseline marked, that of one written now included."""
    if new is not None and not result.complete:
        click.echo(say("baseline_not_written", language, file=new), err=True)
        new = None
    if new is not None:
        text = known.text(result)
        write_whole(new, lambda scratch: scratch.write_text(text, encoding="utf-8", newline="\n"))
    path = new or old
    return result if path is None else known.apply(result, path, language)


def report(result: Result, wanted: Sequence[tuple[str, Path | None]], look: Look) -> bool:
    """Write the result in each format; a file is whole or not there. False where a reporter failed.

    Raises:
        UsageError: a file can't be written; the others are, before it is said.
    """
    failed: list[UsageError] = []
    sound = True
    for name, path in wanted:
        try:
            form = reporter(name)
            if path is None:
                form.show(result, sys.stdout, look)
                continue
            folder = form.folder and (path.is_dir() or not path.suffix)
            write_whole(path, partial(form.write, result, look=look), folder)
        except UsageError as error:
            failed.append(error)
        except OSError:
            raise  # a pipe that closed, a disk that is full: the command says so
        except Exception as error:  # the fault is ours; the other outputs are still written
            sound = False
            told = f"{type(error).__name__}: {error}"
            facts = {"what": f"--format {name}", "message": told}
            click.echo(one_line(say("internal", look.language, **facts)), err=True)
    if all(path is not None for _, path in wanted):
        for line in closing(result, look):
            click.echo(line, err=True)
    if failed:
        raise failed[0]
    return sound


def _annotate(
    result: Result, roots: Sequence[Path], folder: Path, look: Look, limits: Limits
) -> bool:
    """Write the copies; what has none is said on stderr. False where a writer of ours failed."""
    from audit.annotate import annotate

    done = annotate(result, roots, folder, look, write_whole, limits)
    if not look.quiet:
        click.echo(
            say("annotated", look.language, count=len(done.written), folder=folder), err=True
        )
    without: dict[str, list[str]] = {}
    for file, why in done.skipped.items():
        without.setdefault(why.to(look.language), []).append(file)
    for reason, files in without.items():
        listed = say("listing", look.language).join(files)
        facts = {"count": len(files), "reason": reason, "files": listed}
        click.echo(one_line(say("not_annotated", look.language, **facts)), err=True)
    return not done.failed


def status(result: Result, fail_on: str) -> int:
    """2 where something of ours failed or the run was cut short, else 1 or 0 by the findings."""
    if result.crashes or not result.complete:
        return 2
    return int(any(result.count(severity) for severity in _LEVELS[fail_on]))
