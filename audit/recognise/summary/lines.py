"""Lists of units in lines of text: as grids where bars or tabs part the cells, and told in any case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.document import Block, Cell, Grid, Paragraph
from audit.recognise.roll import FEW, may_name, pieces
from audit.values import looks_like_value

_BAR, _TAB = re.compile(r"[|｜]"), re.compile(r"\t")
#: The line that Markdown has below a table's header.
_RULE = re.compile(r"[\s|｜:：\-—]+")
#: So many units in a line, or so many lines of one, and so many figures, are a list.
_UNITS, _FIGURES = 3, 3
#: How far below units' names the first line of figures stands at most.
_BELOW = 4


def gridded(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; lines one below the other with bars or tabs in them as grids, if they name units."""
    found: list[Block] = []
    held: list[Paragraph] = []
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and _separator(block.text) is not None:
            held.append(block)
            continue
        found += _table(held)
        held = []
        found += [block] if block is not None else []
    return found


def _separator(text: str) -> re.Pattern[str] | None:
    return next((mark for mark in (_BAR, _TAB) if len(mark.findall(text)) > 1), None)


def _table(lines: Sequence[Paragraph]) -> list[Block]:
    if sum(named(line.text) for line in lines) < FEW:
        return list(lines)
    lines = [line for line in lines if not _RULE.fullmatch(line.text)]
    texts = [line.text.strip(" ") for line in lines]
    edged = all(_BAR.match(text) and _BAR.match(text[-1:]) for text in texts)
    cells = (
        Cell(text.strip(), number, column, line.place)
        for number, line in enumerate(lines)
        for column, text in enumerate(_cells(texts[number], edged))
    )
    return [Grid(tuple(cells), lines[0].place)]


def _cells(text: str, edged: bool) -> list[str]:
    """A line's cells; bars around all lines part nothing."""
    mark = _separator(text) or _TAB
    return mark.split(text[1:-1] if edged else text)


def named(text: str) -> int:
    """How many units a line names, each in a cell or between blanks."""
    return sum(map(may_name, pieces(text)))


def lists_lines(blocks: Sequence[Block]) -> bool:
    """Whether units stand beside one another over lines of figures, or each before its own."""
    lines = [b for b in blocks if isinstance(b, Paragraph)]
    units = sum(named(b.text) == 1 and _figures(b.text) >= _FIGURES for b in lines)
    return units >= _UNITS or any(True for _ in _below(blocks))


def without_lines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without lines that have a figure for each of the units beside one another above."""
    lost = set(_below(blocks))
    return [block for number, block in enumerate(blocks) if number not in lost]


def _below(blocks: Sequence[Block]) -> Iterator[int]:
    """The lines that have just as many figures as the line above them has units."""
    wanted = last = 0
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        units = named(block.text)
        if units >= _UNITS:
            wanted, last = units, number
        elif wanted and _figures(block.text) == wanted:
            last = number
            yield number
        elif number - last > _BELOW:
            wanted = 0


def _figures(text: str) -> int:
    return sum(map(looks_like_value, pieces(text)))
