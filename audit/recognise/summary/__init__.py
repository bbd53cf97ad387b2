"""Lists of units, a row or a column for each → what the form's cells are for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.document import Block, Grid, Paragraph, Place
from audit.recognise.assemble import cell_of
from audit.recognise.notes import fee_unit
from audit.recognise.rows import UNSEEN, Value
from audit.recognise.summary.columns import Placed, placed
from audit.recognise.summary.grids import Table, heads_units, unit_tables
from audit.recognise.summary.lines import lists_lines
from audit.recognise.summary.listing import Line, Listing, listing, value
from audit.report import Body, Observation, ReadCell
from rules.form import Form, load_form
from rules.status import Status

#: Titles of a list, the sheet's name among them, are no more and no longer.
_MOST_TITLES, _TITLE = 6, 60

__all__ = ["Share", "body", "listing", "lists", "placed", "unit_tables", "without"]


@dataclass(frozen=True, slots=True)
class Share:
    """One unit's line in a list."""

    listing: Listing
    placed: Placed
    line: Line


def lists(blocks: Sequence[Block]) -> bool:
    """Whether there is a list of units at all, be it none that can be read."""
    grids = (b for b in blocks if isinstance(b, Grid))
    return lists_lines(blocks) or any(map(heads_units, grids)) or bool(unit_tables(blocks))


def without(blocks: Sequence[Block], tables: Sequence[Table]) -> list[Block]:
    """The blocks without the grids in which these tables stand, and without these sheets' titles.

    Nor is any grid left of which units' names head the columns.
    """
    places = {c.place for table in tables for c in table.cells if c.column == table.unit}
    kept: list[Block] = []
    for block in blocks:
        mine = isinstance(block, Grid) and (
            heads_units(block) or not places.isdisjoint(c.place for c in block.cells)
        )
        if not mine:
            kept.append(block)
            continue
        titles = _titles(kept, block.place.sheet)
        kept = kept[: len(kept) - titles]
    return kept


def _titles(kept: Sequence[Block], sheet: str | None) -> int:
    """How many of the last blocks are titles: all that a sheet has before its first table, if little."""
    own = [b for b in kept if sheet is not None and b.place.sheet == sheet]
    short = all(isinstance(b, Paragraph) and len(b.text) <= _TITLE for b in own)
    return len(own) if short and len(own) <= _MOST_TITLES else 0


def body(
    shares: Sequence[Share], others: Sequence[Placed], edition: int, unread: Sequence[Place]
) -> Body:
    """One unit's cells from its lines. `others` are the columns of all lists of that year.

    What no list has a column for is absent, and observed so (`listed`) by table; where a further
    list could not be read (`unread`), tables that no list has are unread.
    """
    form = load_form(edition)
    known = {a for one in others for a in (*one.cells, *one.doubtful)}
    cells = [_cell(address, kind, shares) for address, kind in _addresses(form, known)]
    tables = {a.partition(".")[0] for a in known}
    seen = []
    for table in form.tables:
        if unread and table not in tables:
            cells = [_unread(c, unread[0]) if c.address.startswith(table) else c for c in cells]
            seen.append(Observation("table_unread", table, "", UNSEEN, unread[0]))
        elif not known.issuperset(form.tables[table].addresses()):
            place = shares[0].line.name.place
            seen.append(Observation("listed", table, "", "", place))
    for share in shares:
        column = share.placed.cells.get("disclosure.fees.amount")
        if column is not None:
            seen.append(fee_unit(" ".join(column.texts), column.place))
    return Body((), tuple(cells), tuple(seen), None, text=False)


def _addresses(form: Form, known: set[str]) -> list[tuple[str, str]]:
    """The cells of the form and their kinds; the merged row for those it stands for, if it is there."""
    found = []
    for table in form.tables.values():
        merged = table.merged
        whole = merged is not None and any(
            a.startswith(f"{table.key}.{merged.row.key}.") for a in known
        )
        for block in table.blocks:
            rows = [row.key for row in block.rows]
            if whole and merged is not None and merged.stands_for[0] in rows:
                at = rows.index(merged.stands_for[0])
                rows[at : at + len(merged.stands_for)] = [merged.row.key]
            found += [(f"{table.key}.{r}.{c.key}", c.kind) for r in rows for c in block.columns]
    return found


def _cell(address: str, kind: str, shares: Sequence[Share]) -> ReadCell:
    values: list[Value] = []
    for share in shares:
        told = share.placed.doubtful.get(address)
        column, doubt = told if told is not None else (share.placed.cells.get(address), "")
        if column is not None:
            one = value(share.line, column, share.listing)
            one.doubt = doubt or one.doubt
            values.append(one)
    return cell_of(address, values, kind)


def _unread(cell: ReadCell, place: Place) -> ReadCell:
    return ReadCell(cell.address, None, "", Status.UNSURE, place, doubt=UNSEEN)
