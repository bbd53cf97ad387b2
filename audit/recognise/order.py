"""A header whose columns stand in another order than the form's: the figures must bear it out."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.rows import ASTRAY, ORDER, Header, RawRow, Value
from audit.values import parse

_TOTAL = "total"
#: Share of the rows with figures in which the total must be that of the columns as they are named.
_MOST = 0.8


def doubt_disordered(rows: Sequence[RawRow], order: Sequence[str]) -> None:
    """Mark values under labels out of the form's order, unless the rows' totals confirm the labels.

    A span that is one column too narrow moves a label over another's figures: the page then shows
    the labels in an order in which no one filled them in.
    """
    strange = [values for row in rows if (values := _all(row, order)) and _names(values) != order]
    figures = [[parse(v.raw).value or 0.0 for v in values] for values in strange]
    told = [(v, f) for v, f in zip(strange, figures, strict=True) if any(f)]
    right = 0
    for values, found in told:
        total = found[_names(values).index(_TOTAL)]
        right += 2 * total == sum(found)
    if not told or right >= _MOST * len(told):
        return
    for values, _ in told:
        for value, name in zip(values, order, strict=True):
            if value.column != name:
                value.doubt = value.doubt or ORDER


def doubt_assumed(rows: Sequence[RawRow], headers: Sequence[Header]) -> None:
    """Mark rows taken in the form's order where the header, printed elsewhere, has another."""
    if any(header.disordered for header in headers):
        for row in rows:
            row.doubt = row.doubt or (ASTRAY if row.assumed else "")


def _all(row: RawRow, order: Sequence[str]) -> list[Value]:
    """The row's values if each of the form's columns has one and none is in doubt, else nothing."""
    values = [v for v in row.values if v.column is not None]
    if any(v.doubt for v in values) or sorted(_names(values)) != sorted(order):
        return []
    return values


def _names(values: Sequence[Value]) -> list[str]:
    return [v.column or "" for v in values]
