"""What is met in the tables beside the form's cells: one observation for each deviation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.document import Place
from audit.recognise.labels import NUMBERED
from audit.recognise.normalise import key
from audit.recognise.rows import Header, RawRow
from audit.report import Observation
from rules.form import Label

#: A clerk's note beside a table (填报人：…, 单位：件), no column's label.
_FIELD = re.compile(r"\w[：:]")


def relabelled(rows: Sequence[RawRow], table: str, label: Label) -> Iterator[Observation]:
    """A row whose printed label is not the form's."""
    if rows and key(rows[0].label) and not _official(rows[0].label, label):
        first = rows[0]
        yield Observation("label", table, label.key, first.label.strip(), first.place)


def _official(printed: str, label: Label) -> bool:
    """Whether a label is the form's, its number and the label above it there or not."""
    whole = key(printed)
    short = key(label.label)
    return whole.endswith(short) or whole in (key(label.full), NUMBERED.sub("", short))


def disordered(
    order: Iterable[str | None],
    wanted: Sequence[str],
    table: str,
    rows: Mapping[str, list[RawRow]],
) -> Iterator[Observation]:
    """Rows out of the form's order: the fewest that must be moved to mend it."""
    at = {name: i for i, name in enumerate(wanted)}
    found = [name for name in dict.fromkeys(order) if name in at]
    kept = _longest_rising([at[name] for name in found if name is not None])
    for name in found:
        if name is not None and at[name] not in kept:
            yield Observation("row_order", table, name, "", rows[name][0].place)


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """The most numbers that stand in rising order: what is left is what was moved."""
    tails: list[tuple[int, ...]] = []
    for number in numbers:
        at = bisect_left([t[-1] for t in tails], number)
        run = (*(tails[at - 1] if at else ()), number)
        tails[at : at + 1] = [run]
    return frozenset(tails[-1]) if tails else frozenset()


def extra_rows(rows: Iterable[RawRow], table: str) -> Iterator[Observation]:
    """Rows beside the form's, with their values."""
    for row in rows:
        text = " ".join(v.raw.strip() for v in row.values)
        yield Observation("row_extra", table, row.label.strip(), text, row.place)


def columns(
    headers: Sequence[Header], wanted: Sequence[str], table: str, rows: Sequence[RawRow]
) -> Iterator[Observation]:
    """Columns lacking, double, or beside the form's; of rows that could be read only."""
    read = [r for r in rows if not r.doubt and r.name is not None]
    values = [v for r in read for v in r.values]
    seen = {v.column for v in values}
    if not seen - {None}:
        return
    place = headers[0].place if headers else read[0].place
    for name in wanted:
        if name not in seen:
            yield Observation("column_absent", table, name, "", place)
    labels = dict.fromkeys(t for h in headers for t in h.extra if not _FIELD.search(t))
    for label in labels:
        yield Observation("column_extra", table, label, "", place)
    astray = (v for v in values if v.column is None and v.raw.strip())
    stray = next((v for v in astray if not _FIELD.search(v.raw)), None)
    if stray is not None and not labels:
        yield Observation("column_extra", table, "", "", stray.place)
    for name in dict.fromkeys(n for h in headers for n in h.twice):
        yield Observation("column_twice", table, name, "", place)


def fee_unit(text: str, place: Place) -> Observation:
    """The unit that the header of 行政事业性收费 states, if any."""
    squeezed = key(text)
    unit = "万元" if "万元" in squeezed else "元" if "元" in squeezed else ""
    return Observation("fee_unit", "disclosure", unit, text.strip(), place)
