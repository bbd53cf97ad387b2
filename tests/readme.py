"""README's examples: each `console` block holds commands and what they print, run and compared.

`python -m tests.readme` writes the output of today into README.md and README.zh-CN.md.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def blocks(text: str) -> Iterator[str]:
    """The inside of each `console` block."""
    yield from _BLOCK.findall(text)


def commands(block: str) -> list[str]:
    """The commands of a block: its lines that begin with `$ `."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def run(command: str) -> str:
    """What a command prints, both streams, as in a pipe 100 columns wide."""
    python = shlex.quote(sys.executable)
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        ["bash", "-c", f'nianbao() {{ {python} -m audit "$@"; }}; {command}'],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = (told.stdout + told.stderr).splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def today(block: str) -> str:
    """A block as it should stand: every command with what it prints now."""
    parts = [f"$ {command}\n{run(command)}".rstrip("\n") for command in commands(block)]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write today's output into both files."""
    for name in READMES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(_BLOCK.sub(lambda m: today(m.group()), text), encoding="utf-8")


if __name__ == "__main__":
    main()
