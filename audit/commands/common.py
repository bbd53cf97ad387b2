"""What several commands do alike: configuration, consoles, progress, whole files or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit import config as configuration
from audit.errors import UsageError
from audit.readings import FOLDER, Means
from audit.reporters.safe import one_line
from audit.run import Progress, silent
from audit.texts import say

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
            raise UsageError(f"{one}: 没有这个文件或文件夹", "请检查路径是否写错")
    found = path or configuration.find(Path.cwd()) or (_beside(paths[0]) if paths else None)
    config = configuration.load(found)
    if select:
        config = replace(config, select=codes(select))
    if ignore:
        config = replace(config, ignore=(*config.ignore, *codes(ignore)))
    return config


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
        raise UsageError(f"--today {text}: 日期应写成 2024-01-31 这样") from error


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


def write_whole(path: Path, write: Callable[[Path], object], folder: bool = False) -> None:
    """Let `write` make a file beside the target and put it in place when it is whole.

    With `folder` it fills a folder, whose files are then put into the target one by one; what else
    stands there stays.

    Raises:
        UsageError: the folder can't be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder:
            path.mkdir(exist_ok=True)
            scratch = Path(tempfile.mkdtemp(dir=path, prefix=".nianbao."))
        else:
            handle, name = tempfile.mkstemp(
                dir=path.parent, prefix=f".{path.name[:40]}.", suffix=path.suffix
            )
            os.close(handle)
            scratch = Path(name)
    except OSError as error:
        raise UsageError(f"{path}: 无法写入：{error.strerror}") from error
    try:
        write(scratch)
        made = sorted(scratch.iterdir()) if folder else [scratch]
        for one in made:
            one.chmod(0o644)
            one.replace(path / one.name if folder else path)
    finally:
        if folder:
            shutil.rmtree(scratch, ignore_errors=True)
        else:
            scratch.unlink(missing_ok=True)


def pairs(formats: Sequence[str], outputs: Iterable[str]) -> list[tuple[str, Path | None]]:
    """What to write where: `FORMAT:FILE` pairs, or one format and one file; None is the screen.

    Raises:
        UsageError: formats and files do not go together.
    """
    from audit.reporters import reporters

    known = reporters()
    found: list[tuple[str, Path | None]] = []
    plain: list[Path] = []
    for output in outputs:
        head, colon, tail = output.partition(":")
        if colon and head in known:
            found.append((head, Path(tail)))
        else:
            plain.append(Path(output))
    if len(plain) > 1 or (plain and len(formats) > 1):
        raise UsageError("多个输出文件请写成 格式:文件，例如 -o json:结果.json -o html:结果.html")
    if plain:
        guess = {r.suffix: name for name, r in known.items() if r.suffix}.get(
            plain[0].suffix.lower()
        )
        found.append((formats[0] if formats else guess or "text", plain[0]))
    else:
        found += [(f, None) for f in formats]
    return found or [("text", None)]
