"""Tables of which a part could not be read: what seems to be lacking there is unread, not missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audit.document import Cell, Place
from audit.recognise.normalise import key
from audit.recognise.rows import UNSEEN, RawRow
from audit.report import Body, Observation, ReadCell
from rules.status import Status

#: Readings surer than this are not doubted.
_UNSURE = 0.9
#: A lacking line, and the kind of line beside the form's that it may be.
_ABSENT = {"row_absent": "row_extra", "column_absent": "column_extra"}


def doubtful(cells: Iterable[Cell]) -> Place | None:
    """Where on a page the reading of a grid is in doubt first, its rulings or labels for two.

    Files that hold rows and cells as such say for sure which there are.
    """
    for cell in cells:
        if cell.place.page is not None and (cell.doubt or cell.confidence < _UNSURE):
            return cell.place
    return None


def doubtful_row(rows: Iterable[RawRow]) -> Place | None:
    """Where on a page the first row stands whose values can't be told apart."""
    return next((r.place for r in rows if r.doubt and r.place.page is not None), None)


def unread_cells(table: str, cells: Sequence[ReadCell], place: Place) -> Iterator[ReadCell]:
    """The cells; those of a table in doubt that were not met are unread."""
    for cell in cells:
        if cell.status is Status.ABSENT and cell.address.startswith(f"{table}."):
            yield replace(cell, status=Status.UNSURE, place=place, doubt=UNSEEN)
        else:
            yield cell


def surely_beside(row: RawRow, rows: Sequence[RawRow]) -> bool:
    """Whether a row is one beside the form's (or a second time there), and no misread part of another.

    On pages, whose rows are told by where things stand, one without label may be that, and one that
    is in doubt or stands next to such a row.
    """
    if row.place.page is None:
        return True
    at = next(n for n, other in enumerate(rows) if other is row)
    near = rows[max(at - 1, 0) : at + 2]
    return bool(key(row.label)) and not any(r.doubt or _doubted(r) for r in near)


def _doubted(row: RawRow) -> bool:
    return any(v.doubt for v in row.values)


def without_absent(table: str, seen: Sequence[Observation], place: Place) -> Iterator[Observation]:
    """The observations; of a table in doubt none that a line is lacking, nor what may be that line."""
    met = {o.kind for o in seen if o.table == table}
    left_out = set(_ABSENT) | {_ABSENT[kind] for kind in met & set(_ABSENT)}
    yield from (o for o in seen if o.table != table or o.kind not in left_out)
    yield Observation("table_unread", table, "", UNSEEN, place)


def without_lines(table: str, seen: Sequence[Observation]) -> Iterator[Observation]:
    """The observations; none of a line too many in a page's table of which no figure was read."""
    kinds = ("row_extra", "row_twice", "column_extra", "column_twice")
    yield from (o for o in seen if o.table != table or o.kind not in kinds or o.place.page is None)


def is_empty_form(body: Body) -> bool:
    """Whether nothing was filled in: the form itself, appended to a report."""
    written = any(cell.raw.strip() or cell.doubt for cell in body.cells)
    return not written and not any(s.text.strip() for s in body.sections if s.key != "preamble")
