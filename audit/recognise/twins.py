"""Rows that stand twice, one of them under a spoilt label or none: neither's figures are certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from audit.recognise.labels import GROUPS, table_of
from audit.recognise.normalise import key
from audit.recognise.rows import TWIN, RawRow
from audit.values import looks_like_value, parse

#: How alike, of 100, a spoilt label and the one beside it are at least: 行政某可, 行政许可.
_ALIKE = 60.0


def may_be(spoilt: str, label: str) -> bool:
    """Whether a label may be what is left of another one, be it behind a figure of the row above."""
    rest, whole = key(spoilt), key(label)
    rest = rest.lstrip("0123456789") or rest
    return bool(rest) and (rest in whole or fuzz.ratio(rest, whole) >= _ALIKE)


def doubt_twins(rows: Sequence[RawRow], order: Sequence[str]) -> None:
    """Doubt rows of a table beside which a row stands that has as many figures and may be the same.

    Its label is a part of theirs, or nearly theirs; or it has none but a group's, and of the form's
    rows (`order`) none is lacking there. No such row is one that holds its group's sums. Lines that
    show no cells tell of a row without label only by the row above being twice as long.
    """
    names = [r.name for r in rows]
    for at, row in enumerate(rows):
        if row.name is None and _figures(row) and not _is_sum(row, rows):
            unlabelled = (not key(row.label) or key(row.label) in GROUPS) and not _lacking(
                names, at, order
            )
            for twin in rows[max(at - 1, 0) : at + 2]:
                alike = unlabelled or may_be(row.label, twin.label)
                if twin.name is not None and alike and _as_long(row, twin):
                    twin.doubt = twin.doubt or TWIN
    for above, row in pairwise(rows):
        if above.doubt and row.name is not None and row.values and above.block is row.block:
            twice = len(above.values) >= 2 * len(row.values)
            row.doubt = row.doubt or (TWIN if twice else "")


def _is_sum(row: RawRow, rows: Sequence[RawRow]) -> bool:
    """Whether a row under a group's label holds the sums of the rows of that group."""
    names = _groups().get(key(row.label), frozenset())
    own = [_numbers(r) for r in rows if r.name in names and r.table == row.table]
    if len(own) < 2 or len({len(n) for n in own}) != 1 or any(None in n for n in own):
        return False
    return _numbers(row) == [sum(n or 0 for n in column) for column in zip(*own, strict=True)]


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """Labels of table three's groups (as keys) → names of their rows."""
    rows = [r for r in table_of("applications").rows if r.group]
    return {key(r.group or ""): frozenset(o.key for o in rows if o.group == r.group) for r in rows}


def _numbers(row: RawRow) -> list[float | None]:
    return [parse(v.raw, "count").value for v in row.values]


def _figures(row: RawRow) -> int:
    return sum(bool(v.raw.strip()) and looks_like_value(v.raw) for v in row.values)


def _as_long(one: RawRow, other: RawRow) -> bool:
    return len(one.values) == len(other.values) or _figures(one) == _figures(other)


def _lacking(names: Sequence[str | None], at: int, order: Sequence[str]) -> bool:
    """Whether a row of the form's that would stand here is nowhere."""
    above = next((n for n in reversed(names[:at]) if n in order), None)
    below = next((n for n in names[at:] if n in order), None)
    first = 0 if above is None else order.index(above) + 1
    last = len(order) if below is None else order.index(below)
    return any(name not in names for name in order[first:last])
