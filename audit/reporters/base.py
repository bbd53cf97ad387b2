"""What a reporter is given and what it declares of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from audit.config import Letter
from audit.errors import UsageError
from audit.findings import Result
from rules.vocabulary import Text


def needs_file(name: str) -> Text:
    """What is said of a binary format that was given no file."""
    return Text(
        f"{name} 格式需要用 -o 指定输出文件", f"the format {name} needs a file: name one with -o"
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How outputs are to look: language, colour, how much, the names letters bear."""

    language: str = "zh"
    color: bool = True
    quiet: bool = False
    verbose: int = 0
    letter: Letter = field(default_factory=Letter)


@dataclass(frozen=True)
class Reporter:
    """One format. `text` makes the whole output; a binary format has `save` instead.

    `suffix` is the ending that means this format in `-o FILE`. With `folder`, `save` also fills a
    folder that is there, with a file for each unit.
    """

    name: str
    suffix: str = ""
    text: Callable[[Result, Look], str] | None = None
    save: Callable[[Result, Path, Look], None] | None = None
    #: Writes to a terminal or pipe where that differs from the file (colours, width).
    screen: Callable[[Result, TextIO, Look], None] | None = None
    folder: bool = False

    def write(self, result: Result, path: Path, look: Look) -> None:
        """Make the file (or folder of files) at `path`."""
        if self.save is not None:
            self.save(result, path, look)
        elif self.text is not None:
            path.write_bytes(_encoded(self.text(result, look)))

    def show(self, result: Result, stream: TextIO, look: Look) -> None:
        """Write to a stream.

        Raises:
            UsageError: the format is binary and needs a file.
        """
        if self.screen is not None:
            self.screen(result, stream, look)
        elif self.text is not None:
            stream.write(_encoded(self.text(result, look)).decode())
        else:
            raise UsageError(needs_file(self.name))


def _encoded(text: str) -> bytes:
    """The text in UTF-8; a name of a file that is no UTF-8 (lone surrogates) is escaped."""
    return text.encode("utf-8", "backslashreplace")
