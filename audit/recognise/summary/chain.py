"""The labels above (or beside) a column of a list of units → the one cell of the form they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from audit.recognise.normalise import key
from audit.recognise.summary.roles import KINDS, OUTCOMES, Role, meant, parts_of, roles_of
from rules.form import load_form

#: The form's single row （六）, where its three are kept as one.
MERGED = "other_all"
#: Rows of table three that are no outcomes.
_NO_OUTCOMES = ("new", "carried_in", "carried_out")
_SUMS = frozenset({"小计", "合计", "总计", "总数"})
#: No cell of the form has more labels.
_DEEPEST = 8


class Meaning(NamedTuple):
    """What labels together stand for: the form's cells that fit all that is known of them.

    `row` is the form's row (`applications.granted`), None where no label tells it; `bare` says that
    no label tells the column, so that the row's total is meant; `over`, that the column's label stands
    above the row's; `loose`, that the row is told by a label that other rows or columns have as well.
    `sure` says that every label is known.
    """

    addresses: frozenset[str]
    row: str | None
    bare: bool
    over: bool
    loose: bool
    sure: bool

    @property
    def address(self) -> str | None:
        """The one cell, if the labels leave no choice."""
        return next(iter(self.addresses)) if self.sure and len(self.addresses) == 1 else None

    @property
    def tables(self) -> frozenset[str]:
        """The tables in which these cells are."""
        return frozenset(a.partition(".")[0] for a in self.addresses)


@lru_cache(maxsize=4096)
def meaning(texts: tuple[str, ...], edition: int, gap: bool = False) -> Meaning:
    """What a column's labels, top to bottom, stand for in this edition of the form.

    With a `gap` between them one may be lacking, which may be the row's.
    Labels that are nowhere in the form (`is_known`) count for nothing here: their reader decides.
    """
    parts = [part for text in texts for part in parts_of(text, edition)]
    strong = [roles for part in parts if (roles := roles_of(part, edition))]
    weak = [meant(part, edition) for part in parts if not roles_of(part, edition)]
    told = [*strong, *(roles for roles in weak if roles)]
    if len(told) > _DEEPEST:
        return _NOTHING._replace(sure=False)
    ways = [way for chosen in product(*told) if (way := _way(chosen, edition)).addresses]
    # A label that may be a row's is one where no other label tells the row.
    ways = [way for way in ways if way.row is not None or gap] or ways
    rows = {way.row for way in ways}
    return Meaning(
        frozenset(a for way in ways for a in way.addresses),
        rows.pop() if len(rows) == 1 else None,
        any(way.bare for way in ways),
        any(way.over for way in ways),
        any(way.loose for way in ways),
        bool(strong) and not any(weak),
    )


def is_subtotal(texts: Sequence[str], edition: int) -> bool:
    """Whether labels name a group of the form's rows alone, or its sum, which is no cell of the form."""
    own = [t for t in texts if key(t) not in _SUMS]
    roles = [roles_of(part, edition) for text in own for part in parts_of(text, edition)]
    return bool(roles) and all(own and {role.kind for role in own} == {"group"} for own in roles)


# ---- labels together


class _Cell(NamedTuple):
    """A cell of the form: its address in parts, and the groups it stands under."""

    table: str
    row: str
    column: str
    groups: frozenset[str]


@cache
def _cells(edition: int) -> Mapping[str, _Cell]:
    form = load_form(edition)
    found = {}
    for table in form.tables.values():
        merged = [table.merged.row] if table.merged is not None else []
        for number, block in enumerate(table.blocks):
            for row in (*block.rows, *(merged if number == 0 else [])):
                for column in block.columns:
                    groups = {key(g) for g in (row.group, column.group, block.article) if g}
                    if table.key == "applications" and row.key not in _NO_OUTCOMES:
                        groups.add(key(OUTCOMES))
                    found[f"{table.key}.{row.key}.{column.key}"] = _Cell(
                        table.key, row.key, column.key, frozenset(groups)
                    )
    return found


def _way(chosen: Sequence[Role], edition: int) -> Meaning:
    """What labels stand for if each is this: the cells that fit, none where they exclude another."""
    slots = [role for role in chosen if role.kind in ("row", "column")]
    one_each = len({role.kind for role in slots}) == len(slots)
    groups = {role.name for role in chosen if role.kind == "group"}
    tables = {role.table for role in chosen}
    told = all(role.under in ("", *groups) for role in chosen)
    if not one_each or not told or len(tables) > 1:
        return _NOTHING
    named = {role.kind: role.name for role in slots}
    row, column = named.get("row"), named.get("column")
    fitting = {
        address: cell
        for address, cell in _cells(edition).items()
        if (not tables or cell.table in tables)
        and row in (None, cell.row)
        and column in (None, cell.column)
        and groups <= cell.groups
    }
    if row is None or column is not None or tables == {"disclosure"} or KINDS in groups:
        bare = False
    else:
        fitting = {a: cell for a, cell in fitting.items() if cell.column == "total"}
        bare = True
    known = f"{next(iter(tables))}.{row}" if row is not None else None
    over = [role.kind for role in slots] == ["column", "row"]
    loose = row is None or row == MERGED or any(role.under for role in slots)
    return Meaning(frozenset(fitting), known, bare, over, loose, True)


_NOTHING = Meaning(frozenset(), None, False, False, False, True)
