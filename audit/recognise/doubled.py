"""A table that stands several times from its first row to its last: pasted again, or appended."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.normalise import key
from audit.recognise.rows import RawRow

#: More copies than this nobody pastes.
_MOST = 4


def once(table: str, rows: Sequence[RawRow]) -> tuple[list[RawRow], RawRow | None]:
    """A table's rows without copies that are wholly the same, or wholly blank beside one that is not.

    Where copies differ all rows are left, and the first row of the second copy is told unless rows
    are in doubt: they may differ by that alone.
    """
    parts = _copies(table, rows)
    filled = [p for p in parts if any(v.raw.strip() for row in p for v in row.values)]
    if len(parts) == 1 or not filled:
        return list(rows), None
    if all(_written(part) == _written(filled[0]) for part in filled):
        return list(filled[0]), None
    doubted = any(row.doubt or any(v.doubt for v in row.values) for row in rows)
    return list(rows), None if doubted else filled[1][0]


def _copies(table: str, rows: Sequence[RawRow]) -> list[Sequence[RawRow]]:
    """The copies that the rows are made of, each with the same labels in the same order.

    Of the tables only 行政复议、行政诉讼 has a single row; two like rows of another are no copies.
    """
    labels = [(row.name, key(row.label)) for row in rows]
    for count in range(_MOST, 1, -1):
        height, rest = divmod(len(rows), count)
        whole = height > 1 or table == "disputes"
        if not rest and height and whole and labels == labels[:height] * count:
            return [rows[n * height : (n + 1) * height] for n in range(count)]
    return [rows]


def _written(rows: Sequence[RawRow]) -> list[tuple[str, list[tuple[str | None, str, str]]]]:
    return [(r.doubt, [(v.column, v.raw.strip(), v.doubt) for v in r.values]) for r in rows]
