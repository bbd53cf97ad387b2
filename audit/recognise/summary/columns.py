"""The columns of a list of units → the form's cells, where their labels leave no choice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audit.document import Cell
from audit.recognise.normalise import key, squeezed
from audit.recognise.rows import SAME, UNTOLD
from audit.recognise.summary.chain import MERGED, Meaning, is_subtotal, meaning
from audit.recognise.summary.grids import is_numbering
from audit.recognise.summary.listing import Column, Listing
from audit.recognise.summary.roles import OUTCOMES, TOTALS, is_known, is_like
from audit.values import looks_like_value
from rules.form import load_form

#: So many cells of the form are a list of reports' tables; fewer are an office's own statistics.
_LEAST = 7
#: Columns that are told, for each with figures that is not.
_PER_STRANGE = 2
#: Columns that lists have beside the form's.
_BESIDE = re.compile(
    r"(?:备注|说明|联系|填报|电话|手机|排名|名次|核对|校验|公式).*|.*(?:电话|联系人)"
)
#: A label over a part of what the form counts, and no mere title of a table.
_PART = re.compile(r"其中|上年|去年|同期|同比|增|减|20\d\d|比例|占比|率")
#: So many kinds of applicants (or results) above the rows, and they are the columns there.
_KINDS_OVER = 3


@dataclass(slots=True)
class Placed:
    """Address → the column in which its figures stand; `doubtful` those that may be a cell's, and why."""

    cells: dict[str, Column] = field(default_factory=dict)
    doubtful: dict[str, tuple[Column, str]] = field(default_factory=dict)


def placed(listing: Listing, edition: int) -> Placed | None:
    """What the columns stand for; None where too few are told for the table to be the form's."""
    columns = [c for c in listing.columns if c.labels or not _numbers(listing, c)]
    told = {c.start: _told(c, columns, edition) for c in columns}
    _tell_total(columns, told, edition)
    over = {_kind(m.address) for m in told.values() if m is not None and m.over and m.address}
    bare = [m.row for m in told.values() if m is not None and m.row is not None]
    sure: dict[Column, str] = {}
    unsure: list[tuple[Column, Meaning]] = []
    strange = 0
    for number, column in enumerate(columns):
        own = told[column.start]
        after = columns[number + 1] if number + 1 < len(columns) else None
        behind = told[after.start] if after is not None else None
        if own is None:
            strange += _is_strange(column, listing, edition)
        elif _is_certain(column, own, bare, after, behind) and (
            not own.over or len(over) >= _KINDS_OVER
        ):
            sure[column] = own.address or ""
        elif _figures(listing, column):
            unsure.append((column, own))
    unsure += [(c, told[c.start] or meaning((), edition)) for c in _subtotals(sure)]
    found = _settled(sure, [c for c, _ in unsure], edition)
    bad = strange + len(unsure) + len(found.doubtful)
    if len(found.cells) < max(_LEAST, _PER_STRANGE * bad):
        return None
    _doubt(found, unsure)
    return found


def _settled(sure: Mapping[Column, str], unsure: Sequence[Column], edition: int) -> Placed:
    """The cells of the columns whose labels leave no choice, unless other columns speak against it."""
    times = Counter(sure.values())
    twice = {_row(a) for a, n in times.items() if n > 1}
    broken = _broken(sure, edition)
    found = Placed()
    for column, address in sure.items():
        if _row(address) in twice:
            found.doubtful.setdefault(address, (column, SAME))
        elif _row(address) in broken:
            found.doubtful.setdefault(address, (column, UNTOLD))
        else:
            found.cells[address] = column
    doubted = [*unsure, *(c for c, _ in found.doubtful.values())]
    loose = frozenset(x for c in (*doubted, *sure) for x in c.reaching)
    lost = {next((x for x in reversed(c.labels) if x in loose), None) for c in doubted}
    for address, column in list(found.cells.items()):
        if not lost.isdisjoint(column.labels):
            found.doubtful[address] = found.cells.pop(address), UNTOLD
    return found


def _broken(sure: Mapping[Column, str], edition: int) -> set[str]:
    """Rows of which some columns stand, and not in the form's order: another row's may be among them."""
    form = load_form(edition)
    rows: dict[str, list[str]] = {}
    for address in sure.values():
        table, row, column = address.split(".")
        rows.setdefault(f"{table}.{row}", []).append(column)
    found = set()
    for name, own in rows.items():
        table, row = name.split(".")
        keys = [c.key for c in form.tables[table].block_of(row).columns]
        if own != [k for k in keys if k in own] and set(own) != set(keys):
            found.add(name)
    return found


def _figures(listing: Listing, column: Column) -> int:
    """How many lines have a figure in this column."""
    return sum(any(looks_like_value(c.text) for c in line.under(column)) for line in listing.lines)


def _numbers(listing: Listing, column: Column) -> bool:
    """Whether a column only numbers the lines, or holds no figure at all."""
    texts = [c.text.strip() for line in listing.lines for c in line.under(column)]
    figures = [text for text in texts if looks_like_value(text)]
    return not figures or (
        figures[0] == "1"
        and all(
            a.isdecimal() and b.isdecimal() and int(b) == int(a) + 1 for a, b in pairwise(figures)
        )
    )


def _told(column: Column, columns: Sequence[Column], edition: int) -> Meaning | None:
    """What a column's labels say; None where it stands beside the form's."""
    if column.labels:
        last = column.labels[-1].text
        unlike = not is_known(last, edition) and not is_like(last, edition)
        if unlike or _BESIDE.fullmatch(squeezed(last)) or is_numbering(last):
            return None
        if not column.gap and is_subtotal(column.texts, edition):
            return None
    texts = tuple(
        c.text for c in column.labels if is_known(c.text, edition) or is_like(c.text, edition)
    )
    told = meaning(texts, edition, column.gap)
    others = [c for c in column.labels if not is_known(c.text, edition)]
    plain = all(_is_title(label, told, columns, edition) for label in others)
    return told if plain else told._replace(sure=False)


def _tell_total(columns: Sequence[Column], told: dict[int, Meaning | None], edition: int) -> None:
    """A lone 总计 between the outcomes and what is carried out is （七）."""
    for before, column, after in zip(columns, columns[1:], columns[2:], strict=False):
        last = before.texts[-1] if before.texts else ""
        outcome = meaning((OUTCOMES, last), edition).addresses and is_known(last, edition)
        following = told[after.start]
        behind = following is not None and following.row == "applications.carried_out"
        if outcome and behind and column.texts and set(map(key, column.texts)) <= TOTALS:
            told[column.start] = meaning((OUTCOMES, *column.texts), edition)


def _is_title(label: Cell, own: Meaning, columns: Sequence[Column], edition: int) -> bool:
    """Whether a label that the form has not is the title of a whole table over its columns."""
    if _PART.search(squeezed(label.text)) or is_like(label.text, edition):
        return False
    under = [c for c in columns if any(x is label for x in c.labels)]
    return len(own.tables) == 1 and all(
        (c in under) == (_known(c, edition).tables == own.tables)
        for c in columns
        if c.labels and is_known(c.labels[-1].text, edition)
    )


def _known(column: Column, edition: int) -> Meaning:
    return meaning(tuple(t for t in column.texts if is_known(t, edition)), edition)


def _is_strange(column: Column, listing: Listing, edition: int) -> bool:
    """Whether a column that is none of the form's makes the table another one."""
    last = column.labels[-1].text
    usual = _BESIDE.fullmatch(squeezed(last)) or is_numbering(last)
    return not (usual or is_subtotal(column.texts, edition)) and _figures(listing, column) > 0


def _is_certain(
    column: Column, own: Meaning, rows: Sequence[str], after: Column | None, behind: Meaning | None
) -> bool:
    """Whether labels leave no choice. With a row's alone the total is meant, if it has one column.

    `after` is the column behind, `behind` what it means: with no label of its own it may be the
    row's, too.
    """
    if own.address is None or (column.gap and own.loose):
        return False
    if not own.bare:
        return True
    if column.open and own.loose:
        return False
    alone = after is None or not after.reaching.issuperset(after.labels)
    return rows.count(own.row or "") == 1 and alone and (behind is None or behind.row is not None)


def _subtotals(sure: dict[Column, str]) -> Iterator[Column]:
    """Takes out （六）其他处理 beside rows that it is made of: their sum, or a row that lost its label."""
    merged = load_form(2021).tables["applications"].merged
    parts = merged.stands_for if merged is not None else ()
    if any(a.split(".")[1] in parts for a in sure.values()):
        for column in [c for c, a in sure.items() if a.split(".")[1] == MERGED]:
            del sure[column]
            if column.gap:
                yield column


def _row(address: str) -> str:
    return address.rpartition(".")[0]


def _doubt(found: Placed, unsure: Sequence[tuple[Column, Meaning]]) -> None:
    """Cells that may be meant by columns that can't be told, of kinds that the list has at all."""
    kinds = {_kind(a) for a in (*found.cells, *found.doubtful)}
    tables = {table for table, _ in kinds}
    for column, own in unsure:
        meant = set(own.addresses - found.cells.keys())
        if len(meant) > 1:
            meant = {a for a in meant if a.split(".")[1] != MERGED}
            meant = {
                a for a in meant if _kind(a) in kinds or _table(a) in tables - {"applications"}
            }
        for address in sorted(meant):
            found.doubtful.setdefault(address, (column, UNTOLD))


def _table(address: str) -> str:
    return address.partition(".")[0]


def _kind(address: str) -> tuple[str, str]:
    table, _, column = address.split(".")
    return table, column
