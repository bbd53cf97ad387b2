"""More ways in which tables become text: PDF dumps with positions, files with commas, drawn frames,
and orders in which nobody can tell which number is whose.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.builder.matrix import Box, Matrix
from tests.recognise.layouts import Lines, unspanned


def _wide(text: str, each: int = 2) -> int:
    return sum(1 if c.isascii() else each for c in text)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and _wide(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _starts(table: Matrix, label: int) -> list[int]:
    """Where each column begins, in characters of half width; those of labels are `label` wide."""
    labels = {b.column + b.column_span for b in table.boxes if b.header and b.row >= 3}
    edge = 3 if table.key == "applications" and labels else 0
    size = {"disclosure": 16, "disputes": 6}.get(table.key, 8)
    widths = [label if c < edge else size for c in range(table.width)]
    return [sum(widths[:n]) for n in range(table.width + 1)]


def _positioned(
    table: Matrix, where: str, label: int = 12, each: int = 2, blank: int | None = None
) -> Iterator[str]:
    """As a PDF reader that keeps positions prints it: labels wrapped inside their columns, the row's
    numbers at the `top`, the `middle` or the `bottom` of its lines.

    Columns of labels are `label` wide; the reader takes a Chinese character to be as wide as `each`
    letters, or sets just so many `blank`s between columns.
    """
    starts = _starts(table, label)
    lines = {
        id(b): _wrapped(b.text, starts[b.column + b.column_span] - starts[b.column] - 2)
        for b in table.boxes
    }
    height = [1] * table.height
    for box in sorted(table.boxes, key=lambda b: b.row_span):
        last = box.row + box.row_span
        height[last - 1] += max(0, len(lines[id(box)]) - sum(height[box.row : last]))
    page: list[list[tuple[int, str]]] = [[] for _ in range(sum(height))]
    for box in table.boxes:
        own = lines[id(box)]
        spare = sum(height[box.row : box.row + box.row_span]) - len(own)
        first = sum(height[: box.row]) + {"top": 0, "middle": spare // 2, "bottom": spare}[where]
        for number, text in enumerate(own):
            page[first + number].append((starts[box.column] + 1, text))
    for line in page:
        if blank is None:
            yield _spread(line, each)
        else:
            yield (" " * blank).join(text for _, text in sorted(line) if text)


def _spread(line: list[tuple[int, str]], each: int) -> str:
    told = ""
    for at, text in sorted(line):
        told += " " * max(1, at - _wide(told, each)) + text if text else ""
    return told


def _separated(table: Matrix, separator: str) -> Iterator[str]:
    for row in unspanned(table).rows():
        yield separator.join(f'"{b.text}"' if separator in b.text else b.text for b in row)


def _drawn(table: Matrix) -> Iterator[str]:
    for row in table.rows():
        yield "│" + "│".join(b.text for b in row) + "│"
        yield "├" + "─" * 20 + "┤"


def _first_line(table: Matrix) -> Iterator[str]:
    """The numbers on the line on which the label begins, the rest of it below."""
    for row in table.rows():
        labels = [b.text for b in row if b.header]
        values = [b.text for b in row if not b.header]
        last = _wrapped(labels[-1], 16) if labels else [""]
        yield from labels[:-1]
        yield " ".join([last[0], *values])
        yield from last[1:]


def _bulleted(table: Matrix) -> Iterator[str]:
    for box in table.boxes:
        yield f"• {box.text}"


def _ahead(table: Matrix) -> Iterator[str]:
    """Each row's numbers before its label."""
    for row in table.rows():
        yield " ".join([*_values(row), *(b.text for b in row if b.header)])


def _ahead_by_line(table: Matrix) -> Iterator[str]:
    for row in table.rows():
        yield from [*_values(row), *(b.text for b in row if b.header)]


def _values(row: list[Box]) -> list[str]:
    return [b.text for b in row if not b.header]


def _at_the_end(table: Matrix) -> Iterator[str]:
    """All labels, then all numbers."""
    yield from (b.text for b in table.boxes if b.header)
    yield from (b.text for b in table.boxes if not b.header)


def _down(table: Matrix) -> Iterator[str]:
    """Column by column."""
    for box in sorted(table.boxes, key=lambda b: (b.column, b.row)):
        yield box.text


#: Dumps that are read.
DUMPS: dict[str, Lines] = {
    "positions-middle": partial(_positioned, where="middle"),
    "positions-top": partial(_positioned, where="top"),
    "positions-bottom": partial(_positioned, where="bottom"),
    "positions-narrow": partial(_positioned, where="top", label=8),
    "positions-narrow-middle": partial(_positioned, where="middle", label=8),
    "positions-by-character": partial(_positioned, where="top", label=8, each=1),
    "positions-squeezed": partial(_positioned, where="top", label=8, blank=1),
    "commas": partial(_separated, separator=","),
    "semicolons": partial(_separated, separator=";"),
    "drawn": _drawn,
    "first-line": _first_line,
    "bulleted": _bulleted,
}
#: Those whose numbers nobody can assign with certainty.
SCRAMBLED: dict[str, Lines] = {
    "ahead": _ahead,
    "ahead-by-line": _ahead_by_line,
    "at-the-end": _at_the_end,
    "down": _down,
}
