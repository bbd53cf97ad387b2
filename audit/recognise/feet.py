"""Bare page numbers among the values of text that has one value a line: left out where sums prove it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.recognise.items import Item
from audit.recognise.rows import FOOT
from audit.values import parse

#: A page's number has no more digits than this.
_MOST_DIGITS = 3
#: So many pages on from the last number seen, the next is looked for.
_AHEAD = 3
_TOTAL = "total"


@dataclass
class Feet:
    """What bare page numbers the text has shown so far: the last of them, 0 for none."""

    last: int = 0

    def left_out(
        self, rows: Sequence[list[Item]], names: Sequence[str | None]
    ) -> list[tuple[list[Item], str]]:
        """Rows with one value too many less their page numbers, where these can be told; others as
        they are. With each why it can't be read, if so.

        A value is a page's number if it stands on a line of its own, the row's totals hold without
        it and with no other way to leave one out, and the numbers found so ascend from row to row.
        """
        feet = [_foot(items, names) for items in rows]
        numbers = [self.last, *(int(f.text) for f in feet if f is not None)]
        if any(a >= b for a, b in pairwise(numbers)):
            return [(items, "") for items in rows]
        told: list[tuple[list[Item], str]] = []
        for number, (items, foot) in enumerate(zip(rows, feet, strict=True)):
            if foot is not None:
                self.last = int(foot.text)
                told.append(([i for i in items if i is not foot], ""))
            else:
                after = next((int(f.text) for f in feet[number:] if f is not None), 0)
                told.append((items, FOOT if self._suspect(items, names, after) else ""))
        return told

    def _suspect(self, items: Sequence[Item], names: Sequence[str | None], after: int) -> bool:
        """Whether a row of the right length may hold a page's number and lack a value.

        `after` is the next number that is known, 0 if none is.
        """
        if not (self.last or after) or len(items) != len(names) or None in names:
            return False
        if holds([i.text for i in items], names):
            return False
        first = self.last or after - _AHEAD - 1
        pages = range(first + 1, after or self.last + _AHEAD + 1)
        return any(_may_be_foot(i, items) and int(i.text) in pages for i in items)


def _foot(items: Sequence[Item], names: Sequence[str | None]) -> Item | None:
    """The one value without which the totals hold."""
    if len(items) != len(names) + 1 or None in names:
        return None
    found: dict[tuple[str, ...], Item] = {}
    for number, item in enumerate(items):
        rest = [i.text for n, i in enumerate(items) if n != number]
        if holds(rest, names):
            found.setdefault(tuple(rest), item)
    (foot,) = found.values() if len(found) == 1 else (None,)
    return foot if foot is not None and _may_be_foot(foot, items) else None


def _may_be_foot(item: Item, items: Sequence[Item]) -> bool:
    text = item.text
    alone = sum(i.line == item.line for i in items) == 1
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return alone and plain and not text.startswith("0") and not item.bars and not item.glued


def holds(texts: Sequence[str], names: Sequence[str | None]) -> bool:
    """Whether each total is the sum of the columns that it belongs to."""
    over: dict[str, float] = {}
    for text, name in zip(texts, names, strict=True):
        value = parse(text).value
        if value is None:
            return False
        group, _, column = (name or "").rpartition(".")
        over[group] = over.get(group, 0.0) + (-value if column == _TOTAL else value)
    totals = sum((name or "").rpartition(".")[2] == _TOTAL for name in names)
    return totals == len(over) and not any(over.values())
