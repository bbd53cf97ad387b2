"""Rows of figures in text that stand on several lines: a narrow cell may have broken a figure in two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.recognise.feet import holds
from audit.recognise.items import Item

#: How many values each line of a row holds.
_Shape = tuple[int, ...]


def spread_otherwise(rows: Sequence[Sequence[Item]], names: Sequence[str | None]) -> list[bool]:
    """For each row of a table, whether its values stand on several lines as most rows' don't.

    One value a line is no such shape, nor is that which most rows have. What a row has too much, on
    a line behind it, may be the next one's. A row whose totals hold is whole: broken figures don't
    add up.
    """
    shapes = [_shape(row) for row in rows]
    usual = Counter(shapes).most_common(1)[0][0] if shapes else ()
    spread = [
        shape != usual and unevenly_spread(row, names)
        for shape, row in zip(shapes, rows, strict=True)
    ]
    behind = [
        bad and len(row) > len(names) and not _whole(after, names)
        for bad, row, after in zip(spread, rows, rows[1:], strict=False)
    ]
    return [own or before for own, before in zip(spread, [False, *behind], strict=True)]


def unevenly_spread(items: Sequence[Item], names: Sequence[str | None]) -> bool:
    """Whether a row's values stand on several lines, more on one than on another, and don't add up."""
    return len(set(_shape(items))) > 1 and not _whole(items, names)


def _whole(items: Sequence[Item], names: Sequence[str | None]) -> bool:
    return len(items) == len(names) and holds([i.text for i in items], names)


def _shape(items: Sequence[Item]) -> _Shape:
    return tuple(Counter(item.line for item in items).values())
