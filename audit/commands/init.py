"""`nianbao init`: a starting point for a data repository; what is there already is kept."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from audit.commands.targets import write_whole
from audit.errors import UsageError
from audit.texts import say
from rules.vocabulary import Text

#: Template → where it goes.
FILES = {
    "nianbao.toml": "nianbao.toml",
    "roster.csv": "roster.csv",
    "github.yml": ".github/workflows/nianbao.yml",
    "gitlab.yml": ".gitlab-ci.yml",
    "pre-commit.yaml": ".pre-commit-config.yaml",
}


def run(
    folder: Path,
    config: Path | None,
    lang: str,
    jobs: int | None,
    quiet: bool,
    verbose: int,
    no_color: bool,
) -> int:
    """Write what is not there; say of each file whether it was written or kept.

    Raises:
        UsageError: the folder is a file or can't be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(Text(f"{folder}: 不是文件夹", f"{folder}: not a folder"))
    for template, name in FILES.items():
        target = folder / name
        there = target.exists() or target.is_symlink()
        if not there:
            text = _template(template)
            write_whole(target, lambda scratch, t=text: scratch.write_bytes(t))  # type: ignore[misc]
        if not quiet:
            click.echo(say("init_kept" if there else "init_written", lang, file=target.as_posix()))
    if not quiet:
        click.echo(say("init_next", lang))
    return 0


def _template(name: str) -> bytes:
    """A template's bytes; a table gets the mark by which Excel knows UTF-8."""
    data = resources.files("audit.commands").joinpath("templates", name).read_bytes()
    data = data.replace(b"\r\n", b"\n")
    return b"\xef\xbb\xbf" + data if name.endswith(".csv") else data
