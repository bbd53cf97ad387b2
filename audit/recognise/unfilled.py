"""The row of table four that holds no figure: it has no label of its own, only its place tells it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.document import Cell
from audit.recognise.labels import CHANNELS, DISPUTE_KEYS, dispute_columns
from audit.recognise.normalise import key
from audit.recognise.row_labels import heads
from audit.recognise.rows import RawRow, TableRead, Value

#: So many results beside one another are the header of at least one channel.
_RESULTS = 5


def unfilled_row(lines: Sequence[Sequence[Cell]], first: int) -> int | None:
    """The row under the labels of table four where from row `first` on no figure stands.

    It has a cell for each result, whatever is in it, or one that reaches over most of them.
    """
    printed = [n for n in range(first, len(lines)) if any(heads(c.text) for c in _fresh(lines, n))]
    below = printed[-1] + 1 if printed else len(lines)
    if below >= len(lines):
        return None
    names = dispute_columns().names
    above = [c for n in range(first, below) for c in _fresh(lines, n)]
    results = sum(c.column_span for c in above if key(c.text) in names)
    wide = sum(c.column_span for c in _fresh(lines, below))
    return below if _RESULTS <= results <= wide else None


def blank_row(found: TableRead) -> RawRow | None:
    """The row of table four that a sheet's labels have under them where nothing at all was typed.

    A sheet keeps no cells there, so that only the whole header tells of it.
    """
    if any(row.table == "disputes" for row in found.rows):
        return None
    for header in found.headers:
        whole = len(header.seen) == len(CHANNELS) * len(DISPUTE_KEYS) and not header.extra
        if header.table == "disputes" and whole and header.place.sheet is not None:
            values = [Value("", header.place, name) for name in header.seen]
            return RawRow("disputes", "", "cases", values, header.place)
    return None


def _fresh(lines: Sequence[Sequence[Cell]], number: int) -> list[Cell]:
    return [c for c in lines[number] if c.row == number]
