"""Rows whose label is two of the form's: one of them was left blank, and which can't be told."""

from __future__ import annotations

from dataclasses import replace

from audit.recognise.labels import application_rows, disclosure_rows
from audit.recognise.normalise import key
from audit.recognise.rows import JOINED, RawRow
from rules.form import load_form

#: A wording of so many characters is told anywhere before the row's own; shorter ones alone.
_PLAIN = 4
#: So many where the row's own wording is spoilt: there, chance words are more likely.
_LONG = 8


def part_joined(rows: list[RawRow]) -> None:
    """Doubt such rows, and put the other row that the label names beside them, in doubt as well.

    Tables without rulings show it: the label of a row without figures stands as near to the figures
    of the next row as that row's own label does.
    """
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        if row.name is None or row.doubt or not any(v.raw.strip() for v in row.values):
            continue
        names = [n for n in _others(row) if n not in {r.name for r in rows}]
        if names:
            row.doubt = JOINED
            rows[at:at] = [replace(row, name=n, values=list(row.values)) for n in names]


def _others(row: RawRow) -> list[str]:
    """The rows that a label names beside the one it was taken for."""
    wordings = application_rows() if row.table == "applications" else disclosure_rows()
    wanted = key(row.label)
    if row.table == "disputes" or wanted in wordings.names:
        return []
    own = [w for w, n in wordings.names.items() if n == row.name]
    rest = wanted.removesuffix(max((w for w in own if wanted.endswith(w)), key=len, default=""))
    least = _PLAIN if rest != wanted else _LONG
    skipped = (row.name, _merged())
    told = (n for w, n in wordings.names.items() if n not in skipped and _tells(w, rest, least))
    return sorted(set(told))


def _tells(wording: str, rest: str, least: int) -> bool:
    return wording in rest if len(wording) >= least else rest == wording


def _merged() -> str | None:
    merged = load_form(2021).tables["applications"].merged
    return merged.row.key if merged is not None else None
