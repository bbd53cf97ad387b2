"""Runs of values in text → values under columns, only where their number leaves no choice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from audit.recognise.items import Item
from audit.recognise.labels import APPLICATION_KEYS
from audit.recognise.rows import COUNT, GLUED, NO_HEADER, RAGGED, Value

#: No number of a report has more characters than this.
_LONGEST_NUMBER = 12


def fitting(columns: list[str | None] | None, size: int) -> tuple[list[str | None] | None, str]:
    """Names for rows of this many values: the header's, or the form's where no header says other.

    A label lost from a header in the form's order, or a note that got into it, changes nothing.
    """
    if columns is None:
        return None, NO_HEADER
    if not columns:
        columns = list(APPLICATION_KEYS)
    known = [c for c in columns if c is not None]
    ordered = known == [k for k in APPLICATION_KEYS if k in known]
    if len(columns) == size:
        names = settled(columns, APPLICATION_KEYS)
        return names, "" if names is not None else NO_HEADER
    if size == len(APPLICATION_KEYS) and ordered and len(known) >= size - 1:
        return list(APPLICATION_KEYS), ""
    return None, COUNT.format(found=size, wanted=len(columns))


def settled(names: Sequence[str | None], keys: Sequence[str]) -> list[str | None] | None:
    """Names as a header prints them, strange ones None; None if they may be misspelt ones.

    A strange label is a column of its own where all of the form's are there, and the form's where
    it stands just where that one should.
    """
    known = [n for n in names if n is not None]
    if len(known) == len(names) or set(known) == set(keys):
        return list(names)
    in_place = all(n in (None, k) for n, k in zip(names, keys, strict=False))
    return list(keys) if in_place and len(names) == len(keys) else None


def values_of(
    items: Sequence[Item], names: Sequence[str | None], lead: bool = False
) -> tuple[list[Value], str]:
    """Values under these columns, only if there are just as many; and why not, otherwise."""
    if len(items) == 1 and items[0].glued and len(names) > 1:
        return _split(items[0], names)
    if len(items) > 1 and any(i.glued for i in items):
        return raw(items), GLUED
    if any(i.ragged for i in items) and not all(i.text for i in items):
        return raw(items), RAGGED.format(found=len(items), wanted=len(names))
    items = _unpadded(items, len(names), lead)
    if len(items) != len(names):
        return raw(items), COUNT.format(found=len(items), wanted=len(names))
    return [Value(i.text, i.place, n) for i, n in zip(items, names, strict=True)], ""


def _split(item: Item, names: Sequence[str | None]) -> tuple[list[Value], str]:
    """Digits without anything between them, one for each column if they are as many.

    No number begins with 0: where all but the last are 0 there is no other reading.
    """
    if len(item.text) != len(names) or not item.text.isdigit():
        return raw([item]), GLUED
    doubt = GLUED if item.text[:-1].strip("0") else ""
    return [Value(d, item.place, n, doubt) for d, n in zip(item.text, names, strict=True)], ""


def beyond(rows: Sequence[Sequence[Item]], wanted: int) -> int:
    """How many blank cells behind the last column end every row: a table within a wider sheet."""
    if not all(i.bars for items in rows for i in items):
        return 0
    blank = min(sum(1 for _ in takewhile(lambda i: not i.text, reversed(r))) for r in rows)
    return max(0, min(blank, min(map(len, rows)) - wanted))


def maybe_pad(items: Sequence[Item], wanted: int) -> bool:
    """Whether a row is as long as it should be only with a blank that may belong to its label."""
    kept = _unpadded(items, wanted)
    return len(kept) == wanted and kept[0].bars and not kept[0].text


def count(items: Sequence[Item]) -> int:
    """How many values these items are, taking digits run together for one each."""
    whole = len(items) == 1 and (items[0].glued or len(items[0].text) > _LONGEST_NUMBER)
    return len(items[0].text) if whole else len(items)


def raw(items: Sequence[Item]) -> list[Value]:
    """Values under no column, for a row that can't be read."""
    return [Value(i.text, i.place, None) for i in items]


def led(items: Sequence[Item], wanted: int) -> bool:
    """Whether blanks ahead of a row's values can only be what its label's merged cells left."""
    spare = len(items) - wanted
    return spare > 0 and bool(items[-1].text) and not any(i.text for i in items[:spare])


def _unpadded(items: Sequence[Item], wanted: int, lead: bool = False) -> Sequence[Item]:
    """Barred values without the blanks that merged label cells left, if it is plain which they are.

    `lead` says that in this table such blanks stand ahead of the values.
    """
    spare = len(items) - wanted
    if spare <= 0 or not all(i.bars for i in items):
        return items
    ahead = not any(i.text for i in items[:spare])
    behind = not any(i.text for i in items[-spare:])
    if ahead and (lead or not behind or not any(i.text for i in items)):
        return items[spare:]
    return items[:-spare] if behind and not ahead else items
