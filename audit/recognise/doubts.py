"""What a row's neighbours in running text say of it: which it is, or that its values are unsafe."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.labels import APPLICATION_KEYS, CHANNELS, DISPUTE_KEYS, application_rows
from audit.recognise.normalise import key
from audit.recognise.rows import AHEAD, EMPTY, FEW, GLUED, PARTED, RawRow, Value
from rules.form import load_form

#: Counts have no more digits than this before a decimal point.
_MOST_DIGITS = 8
#: So many rows are a table.
_SOME = 4
_KEYS = {
    "applications": list(APPLICATION_KEYS),
    "disputes": [f"{c}.{r}" for c in CHANNELS for r in DISPUTE_KEYS],
}
#: The last characters of a label's rest by which it is known.
_SHORT = 3
_ROWS = {e: load_form(e).tables["applications"].rows for e in (2021, 2019)}
_LABELS = {r.key: key(r.full) for rows in _ROWS.values() for r in rows}


def between(rows: Sequence[RawRow]) -> None:
    """Name rows of table three of whose labels too little is left, by the rows that are lacking there.

    They must be as many, and what is left of each a part of that row's label.
    """
    names = [r.name for r in rows]
    order: list[str | None] = [r.key for r in _ROWS[2019 if "other_all" in names else 2021]]
    at = {name: place for place, name in enumerate(order)}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and names[end] is None:
            end += 1
        first = at.get(names[start - 1], len(order)) + 1 if start else 0
        last = at.get(names[end], -1) if end < len(rows) else len(order)
        lacking = order[first:last]
        if end > start and len(lacking) == end - start and not set(lacking) & set(names):
            _name(rows[start:end], lacking)
        start = end + 1


def _name(rows: Sequence[RawRow], lacking: Sequence[str | None]) -> None:
    left = [key(r.label) for r in rows]
    labels = [_LABELS[n or ""] for n in lacking]
    if all(
        k and (k in w if len(k) > 1 else w.endswith(k)) for k, w in zip(left, labels, strict=True)
    ):
        for row, name in zip(rows, lacking, strict=True):
            row.name = name


def take_back(rows: list[RawRow]) -> None:
    """Mark what can't be trusted among the rows of all tables, in their order."""
    disclosure = [r for r in rows if r.table == "disclosure" and r.name is not None]
    if sum(r.doubt == AHEAD for r in disclosure) > 1:
        _doubt(disclosure, AHEAD)
    _lonely(disclosure)
    _wrapped(rows)
    for row in rows:
        if any(_too_long(v.raw) for v in row.values if v.column not in (None, "amount")):
            row.doubt = row.doubt or GLUED


def unfilled(rows: Sequence[RawRow], loose: int) -> None:
    """Rows without any number as rows of blank cells: where the document shows the cells, or where a
    whole table holds none; `loose` is how many numbers stand at no row.
    """
    for table, some in (("disclosure", _SOME), ("applications", _SOME), ("disputes", 1)):
        own = [r for r in rows if r.table == table]
        empty = [r for r in own if not any(v.raw.strip() for v in r.values)]
        none = all(r.values or r.doubt == EMPTY for r in own)
        none = none and len(empty) == len(own) >= some and not loose
        for row in empty:
            if row.doubt and row.name is not None and (row.values or none):
                keys = [c.key for c in row.block.block.columns] if row.block else _KEYS[table]
                row.values = [Value("", row.place, k) for k in keys]
                row.doubt = ""


def _doubt(rows: Sequence[RawRow], why: str) -> None:
    for row in rows:
        row.doubt = row.doubt or why


def _lonely(rows: Sequence[RawRow]) -> None:
    """A single number behind a label, where most rows of the table could not be read: any number."""
    bad = sum(bool(r.doubt) for r in rows)
    if 2 * bad > len(rows):
        _doubt([r for r in rows if len(r.values) == 1], FEW)


def _wrapped(rows: list[RawRow]) -> None:
    """Numbers that a narrow column broke: the rest of each stands beside the rest of the label."""
    for number in range(len(rows) - 1, 0, -1):
        row, above = rows[number], rows[number - 1]
        rest = key(row.label)
        if row.name is not None or above.name is None or above.table != "applications":
            continue
        if len(rest) < _SHORT or rest in application_rows().names:
            continue
        if rest[-_SHORT:] in _LABELS.get(above.name, ""):
            above.doubt = above.doubt or PARTED
            del rows[number]


def _too_long(raw: str) -> bool:
    digits = raw.partition(".")[0].lstrip("+-")
    return len(digits) > _MOST_DIGITS and digits.isdigit()
