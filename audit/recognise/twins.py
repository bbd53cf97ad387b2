"""Rows that stand twice, one of them under a spoilt label or none: neither's figures are certain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from audit.recognise.labels import GROUPS
from audit.recognise.normalise import key
from audit.recognise.rows import TWIN, RawRow
from audit.values import looks_like_value

#: How alike, of 100, a spoilt label and the one beside it are at least: 行政某可, 行政许可.
_ALIKE = 60.0


def may_be(spoilt: str, label: str) -> bool:
    """Whether a label may be what is left of another one, be it behind a figure of the row above."""
    rest, whole = key(spoilt), key(label)
    rest = rest.lstrip("0123456789") or rest
    return bool(rest) and (rest in whole or fuzz.ratio(rest, whole) >= _ALIKE)


def doubt_twins(rows: Sequence[RawRow], order: Sequence[str]) -> None:
    """Doubt rows of a table beside which a row stands that has as many figures and may be the same.

    Its label is a part of theirs, or nearly theirs; or it has none but a group's, and of the form's rows (`order`)
    none is lacking there. Lines that show no cells tell of a row without label only by the row above
    being twice as long.
    """
    names = [r.name for r in rows]
    for at, row in enumerate(rows):
        if row.name is None and _figures(row):
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
