"""Text whose header lacks labels: which values still can only be those of the labels left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from audit.recognise.labels import CHANNELS, DISPUTE_KEYS
from audit.recognise.rows import COUNT, RawRow, Value
from audit.values import parse

#: Columns of table four, and how many of them make a channel.
_FORM = tuple(f"{c}.{r}" for c in CHANNELS for r in DISPUTE_KEYS)
_CHANNEL = len(DISPUTE_KEYS)


def doubt_disputes(values: Sequence[Value]) -> None:
    """Mark values of table four that may be another column's, as the lost labels' values may be
    there and as many others be lost.

    A loss elsewhere is possible where each channel's total can still be its results' sum.
    """
    names = [v.column for v in values]
    lost = len(_FORM) - len(values)
    if not 0 < lost < _CHANNEL or not all(n in _FORM for n in names):
        return
    numbers = [parse(v.raw).value or 0.0 for v in values]
    own = dict(zip(names, numbers, strict=True))
    readings = [dict(zip(_FORM, told, strict=True)) for told in _readings(numbers, lost)]
    borne_out = any(all(r[n or ""] == number for n, number in own.items()) for r in readings)
    doubtful = {
        n
        for n, number in own.items()
        if not borne_out or any(r[n or ""] != number for r in readings)
    }
    for value in values:
        if value.column in doubtful:
            value.doubt = value.doubt or COUNT.format(found=len(values), wanted=len(_FORM))


def _readings(numbers: Sequence[float], lost: int) -> Iterator[list[float | None]]:
    """Every way in which the numbers can be the form's columns less so many, whose sums can hold."""
    for gaps in combinations(range(len(_FORM)), lost):
        rest = iter(numbers)
        told = [None if n in gaps else next(rest) for n in range(len(_FORM))]
        filled: list[float | None] = []
        for start in range(0, len(told), _CHANNEL):
            channel = _completed(told[start : start + _CHANNEL])
            if channel is None:
                break
            filled += channel
        else:
            yield filled


def _completed(channel: Sequence[float | None]) -> list[float | None] | None:
    """A channel with what its sum tells of gaps; None where the sum can't hold."""
    *results, total = channel
    known = sum(r for r in results if r is not None)
    gaps = sum(r is None for r in results)
    if total is None:
        return [*results, None if gaps else known]
    spare = total - known
    if spare < 0 or (spare and not gaps):
        return None
    only = spare if gaps == 1 or not spare else None
    return [*(only if r is None else r for r in results), total]


def doubt_short(rows: Sequence[RawRow]) -> None:
    """Mark rows of table two read under a header that lacks labels, unless another row of the block
    has just as many values: one value lost with a label would move the others.
    """
    for row in rows:
        if row.block is None or row.doubt:
            continue
        size, wanted = len(row.values), len(row.block.block.columns)
        own = [r for r in rows if r.block is row.block]
        if size < wanted and (len(own) < 2 or any(len(r.values) != size for r in own)):
            row.doubt = COUNT.format(found=size, wanted=wanted)
