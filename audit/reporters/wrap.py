"""Where lines of Chinese text may break: between any two characters, but for what clings together."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

#: Runs that stay whole where they fit: Latin words, numbers with their signs and units of one.
_RUN = re.compile(r"[0-9A-Za-z_.,:/\\%+\-−#@!~]+|.", re.S)
#: No line begins with these, and none ends with those.
_CLOSING = frozenset("，。、；：！？）》〉】〕」』”’…—·％%,.;:!?)]}")
_OPENING = frozenset("（《〈【〔「『“‘([{")


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
