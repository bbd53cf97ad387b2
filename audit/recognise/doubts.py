"""What a row's neighbours in running text say of it: which it is, or that its values are unsafe."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.labels import application_rows
from audit.recognise.normalise import key
from audit.recognise.rows import AHEAD, FEW, GLUED, PARTED, RawRow
from rules.form import load_form

#: Counts have no more digits than this before a decimal point.
_MOST_DIGITS = 8
#: The last characters of a label's rest by which it is known.
_SHORT = 3
_ROWS = {e: load_form(e).tables["applications"].rows for e in (2021, 2019)}
_LABELS = {r.key: key(r.full) for rows in _ROWS.values() for r in rows}


def between(rows: Sequence[RawRow]) -> None:
    """Name rows of table three of whose label too little is left, by the one row that is lacking there.

    What is left must be a part of that row's label.
    """
    names = [r.name for r in rows]
    edition = 2019 if "other_all" in names else 2021
    order: list[str | None] = [r.key for r in _ROWS[edition]]
    for number, row in enumerate(rows):
        above = order.index(names[number - 1]) if number and names[number - 1] in order else -1
        below = names[number + 1] if number + 1 < len(rows) else None
        if row.name is not None or order[above + 2 : above + 3] != [below]:
            continue
        lacking = order[above + 1] or ""
        if lacking not in names and len(key(row.label)) > 1 and key(row.label) in _LABELS[lacking]:
            row.name = lacking


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
