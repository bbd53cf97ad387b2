"""Lines of Chinese text on a terminal, broken between any two characters but for what clings together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from unicodedata import combining, east_asian_width

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

#: Runs that stay whole where they fit: Latin words, numbers with their signs and units of one.
_RUN = re.compile(r"[0-9A-Za-z_.,:/\\%+\-−#@!~]+|.", re.S)
#: No line begins with these, and none ends with those.
_CLOSING = frozenset("，。、；：！？）》〉】〕」』”’…—·％%,.;:!?)]}")
_OPENING = frozenset("（《〈【〔「『“‘([{")

#: Where nothing limits a line: a pipe or a file.
UNLIMITED = 10_000
#: Columns left free at the right: a console may draw a character wider than it says.
_SPARE = 2


@dataclass(frozen=True)
class Line:
    """A line of text with its indent; what does not fit goes on `hang` columns further in."""

    text: Text
    indent: int = 0
    hang: int = 0

    def deeper(self, by: int) -> Line:
        """The same line further in."""
        return replace(self, indent=self.indent + by)


class Lines:
    """Lines that are broken to the terminal's width as Chinese is, each behind its bar."""

    def __init__(self, lines: Iterable[Line], bar: str = "") -> None:
        self._lines, self._bar = lines, bar

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines as rich prints them, broken to the width there is."""
        for line in self._lines:
            before = self._bar + " " * line.indent
            room = max(20, options.max_width - _SPARE - len(before) - line.hang)
            for number, piece in enumerate(line.text.divide(breaks(line.text.plain, room))):
                piece.rstrip()
                yield Text.assemble((before + " " * (line.hang if number else 0), "dim"), piece)


def width(text: str) -> int:
    """Columns of a terminal that a text takes.

    Characters of ambiguous width (“ ” · …) count two, as consoles with Chinese fonts draw them.
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WFA" else 1 for c in text)


def breaks(text: str, room: int) -> list[int]:
    """The offsets at which lines of at most `room` columns begin, without the first.

    A run that is longer than a line is cut where the line is full.
    """
    found: list[int] = []
    start = used = 0
    for begin, end in _clusters(text):
        size = width(text[begin:end])
        if used + size > room and text[begin:end] == " ":
            continue  # a blank where a line ends takes no room
        if used and used + size > room:
            found.append(begin)
            start, used = begin, 0
        used += size
        while used > room and end - start > 1:
            cut = start + _fitting(text[start:end], room)
            found.append(cut)
            start, used = cut, width(text[cut:end])
    return found


def _fitting(text: str, room: int) -> int:
    """How many characters of a text fit, at least one."""
    used = 0
    for number, character in enumerate(text):
        used += width(character)
        if used > room:
            return max(1, number)
    return len(text)


def _clusters(text: str) -> list[tuple[int, int]]:
    """The pieces no line is broken within, as offsets."""
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        begin, end = match.span()
        clings = found and (
            text[begin] in _CLOSING or text[found[-1][1] - 1] in _OPENING or combining(text[begin])
        )
        if clings:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
