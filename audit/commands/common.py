"""What several commands do alike: configuration, dates, consoles, progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit import config as configuration
from audit.errors import UsageError
from audit.reading.queue import FOLDER, Means
from audit.reporters.safe import one_line
from audit.run import Progress, silent
from audit.texts import say
from rules.vocabulary import Text

if TYPE_CHECKING:
    from rich.console import Console


def configure(
    path: Path | None, paths: Sequence[Path], select: str | None = None, ignore: str | None = None
) -> configuration.Config:
    """The configuration of a call: the file named, else the one found upwards from here or there.

    Raises:
        UsageError: it can't be used, or a path of the call is not there.
    """
    for one in paths:
        if not one.exists():
            raise UsageError(
                Text(f"{one}: 没有这个文件或文件夹", f"{one}: no such file or folder"),
                Text("请检查路径是否写错", "check the path"),
            )
    found = path or configuration.find(Path.cwd()) or (_beside(paths[0]) if paths else None)
    config = configuration.load(found)
    if select:
        config = replace(config, select=codes(select))
    if ignore:
        config = replace(config, ignore=(*config.ignore, *codes(ignore)))
    previous = tuple(map(_near, config.previous))
    return replace(config, previous=previous, parent=config.parent and _near(config.parent))


def means(jobs: int | None, cluster: str | None, no_cache: bool) -> Means:
    """How the call wants its files read; the cache lies where the command is run."""
    return Means(jobs, cluster, None if no_cache else Path.cwd() / FOLDER)


def tell_effort(read: int, kept: int, language: str, verbose: int) -> None:
    """With `-v`: how many files were read, and how many the cache spared; on stderr."""
    if verbose:
        click.echo(say("effort", language, read=read, kept=kept), err=True)


def codes(text: str) -> tuple[str, ...]:
    """Codes or their beginnings, parted by commas."""
    return tuple(c.strip().upper() for c in text.split(",") if c.strip())


def day(text: str | None) -> str | None:
    """A date of the call, checked.

    Raises:
        UsageError: it is no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(
            Text(f"--today {text}: 不是日期", f"--today {text}: no date"),
            Text("应写成 2024-01-31 这样", "write it as 2024-01-31"),
        ) from error


def _near(path: Path) -> Path:
    """A path as a person here would write it, which is also how code hosts name files."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _beside(path: Path) -> Path | None:
    return configuration.find(path if path.is_dir() else path.parent)


@contextmanager
def progress(quiet: bool, language: str, color: bool) -> Iterator[Progress]:
    """Progress shown on a terminal while work goes on, and nowhere else."""
    from rich.console import Console

    console = Console(stderr=True, no_color=not color)
    if quiet or not console.is_terminal:
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    file = TextColumn("{task.fields[name]}", markup=False)
    with Bars(*columns, file, console=console, transient=True) as bars:
        task = bars.add_task("", total=None, name="")

        def show(step: str, done: int, of: int, name: str) -> None:
            bars.update(
                task,
                description=say(step, language),
                completed=done,
                total=of,
                name=one_line(Path(name).name)[-40:],
            )

        yield show


def console_for(color: bool, file: object = None, width: int | None = None) -> Console:
    """A console for results: plain when piped or when colours are not wanted."""
    from rich.console import Console

    return Console(
        no_color=not color,
        file=file,  # type: ignore[arg-type]
        width=width,
        highlight=False,
        soft_wrap=False,
    )
