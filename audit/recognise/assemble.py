"""Labelled rows → the form's cells, each once, and what was met beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit.document import LOST, Place
from audit.recognise import notes
from audit.recognise.doubled import once
from audit.recognise.labels import BARE, disclosure_blocks
from audit.recognise.normalise import folded, key
from audit.recognise.order import doubt_assumed, doubt_disordered
from audit.recognise.rows import (
    EMPTY,
    GARBLED,
    NO_LABEL,
    PARTED,
    TOO_LONG,
    TWICE,
    Header,
    RawRow,
    TableRead,
    Value,
)
from audit.recognise.twins import doubt_twins
from audit.recognise.unseen import (
    doubtful_row,
    surely_beside,
    unread_cells,
    without_absent,
    without_lines,
)
from audit.report import Observation, ReadCell
from audit.values import parse
from rules.form import Form, Label, load_form
from rules.status import Status

_SPLIT = frozenset({"other_no_correction", "other_unpaid", "other_misc"})


@dataclass
class Assembled:
    """Cells and observations of a report; `edition` is that of most blocks, None if none tells."""

    cells: list[ReadCell] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    edition: int | None = None


def assemble(read: TableRead, pictures: Mapping[str, Place]) -> Assembled:
    """The three tables from the rows found; `pictures` tells where one stands for a table."""
    found = Assembled()
    by_table: dict[str, list[RawRow]] = defaultdict(list)
    for row in read.rows:
        by_table[row.table].append(row)
    doubled: dict[str, Place] = {}
    for table, rows in by_table.items():
        by_table[table], again = once(table, rows)
        if again is not None:
            doubled[table] = again.place
    headers: dict[str, list[Header]] = defaultdict(list)
    for header in read.headers:
        headers[header.table].append(header)
    editions = _block_editions(by_table["disclosure"], found)
    found.edition = _edition(editions, by_table["applications"])
    form = load_form(found.edition or 2021)
    _disclosure(_settled("disclosure", by_table, form), editions, form, found)
    applications = _settled("applications", by_table, form)
    _applications(applications, headers["applications"], form, found)
    _disputes(by_table["disputes"], headers["disputes"], form, found)
    for table, at in doubled.items():
        alone = [o for o in found.observations if (o.kind, o.table) != ("row_twice", table)]
        found.observations = [*alone, Observation("table_twice", table, table, "", at)]
    if read.fee_header is not None:
        found.observations.append(notes.fee_unit(*read.fee_header))
    met: dict[str, set[Status]] = defaultdict(set)
    for cell in found.cells:
        met[cell.address.partition(".")[0]].add(cell.status)
    for table in form.tables:
        own = met[table]
        if own <= {Status.UNSURE, Status.ABSENT}:
            found.observations = list(without_lines(table, found.observations))
        place = read.unread.get(table) or doubtful_row(by_table[table])
        place = read.strange.get(table) if own == {Status.ABSENT} else place
        if place is not None and Status.ABSENT in own:
            _unseen(table, place, found)
        elif own <= {Status.ABSENT}:
            _without(table, pictures.get(table), found)
    return found


def _order(table: str, form: Form, rows: Sequence[RawRow]) -> list[str]:
    """The rows that the form has, top to bottom, those of 2019 where the merged row is printed."""
    merged = table == "applications" and any(r.name == "other_all" for r in rows)
    return [label.key for label in (load_form(2019) if merged else form).tables[table].rows]


def _unseen(table: str, place: Place, found: Assembled) -> None:
    """What a table in doubt, at this place, seems to lack: unread."""
    found.cells = list(unread_cells(table, found.cells, place))
    found.observations = list(without_absent(table, found.observations, place))


def _without(table: str, picture: Place | None, found: Assembled) -> None:
    """A table that is not there: said once, not row by row."""
    found.observations = [
        o for o in found.observations if o.table != table or o.kind in ("row_extra", "label")
    ]
    kind = "table_absent" if picture is None else "table_picture"
    found.observations.append(Observation(kind, table, table, "", picture or Place()))


def _edition(editions: Mapping[int, int], rows: Sequence[RawRow]) -> int | None:
    if editions:
        tally = Counter(editions.values())
        return max(tally, key=lambda e: (tally[e], e))
    return 2021 if any(r.name in _SPLIT for r in rows) else None


def _block_editions(rows: Sequence[RawRow], found: Assembled) -> dict[int, int]:
    """Block number → the edition whose labels it has."""
    editions: dict[int, int] = {}
    for row in rows:
        if row.block is not None and row.block.number not in editions:
            editions[row.block.number] = row.block.edition
            article, edition = row.block.block.article or "", str(row.block.edition)
            found.observations.append(
                Observation("block_edition", "disclosure", article, edition, row.place)
            )
    return editions


def _settled(table: str, by_table: Mapping[str, Sequence[RawRow]], form: Form) -> list[RawRow]:
    """Rows of one table, where another row tells what a row is (or is not).

    A row without values that stands again with them was a label alone. A bare 总计 or 其他 beside
    the form's own is a subtotal; the merged row beside those that it is made of is one, too. A row
    without label is the form's only if the others have theirs.
    """
    rows = by_table[table]
    by_name: dict[tuple[str | None, int], list[RawRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name, -1 if row.block is None else row.block.number].append(row)
    kept = []
    for row in rows:
        twins = by_name[row.name, -1 if row.block is None else row.block.number]
        if row.doubt == EMPTY and any(t.doubt != EMPTY for t in twins):
            continue
        bare = key(row.label) in BARE
        if row.name and bare and any(key(t.label) not in BARE for t in twins):
            row.name = None
        if row.name and row.block is not None and not key(row.label):
            own = [r for r in rows if r.block is row.block]
            others = {label.key for label in row.block.block.rows} - {row.name}
            if own[0] is not row or not others <= {r.name for r in own}:
                row.doubt = row.doubt or NO_LABEL
        kept.append(row)
    if any(r.name in _SPLIT for r in kept):
        for row in kept:
            row.name = None if row.name == "other_all" else row.name
    doubt_twins(kept, _order(table, form, kept))
    return kept


# ---- the three tables


def _disclosure(
    rows: list[RawRow], editions: Mapping[int, int], form: Form, found: Assembled
) -> None:
    for block in disclosure_blocks():
        if editions.get(block.number, form.edition) != block.edition:
            continue
        if block.number not in editions and block.number >= len(form.tables["disclosure"].blocks):
            continue
        own = [r for r in rows if r.block is not None and r.block.number == block.number]
        _block(own, "disclosure", block.block.rows, block.block.columns, found)
    found.observations += notes.extra_rows(
        (r for r in rows if r.name is None and surely_beside(r, rows)), "disclosure"
    )


def _applications(rows: list[RawRow], headers: list[Header], form: Form, found: Assembled) -> None:
    block = load_form(2021).tables["applications"].blocks[0]
    doubt_disordered(rows, [c.key for c in block.columns])
    doubt_assumed(rows, headers)
    split = any(r.name in _SPLIT for r in rows)
    merged = next((r for r in rows if r.name == "other_all"), None)
    labels = list(block.rows)
    if not split and (merged is not None or form.edition == 2019):
        whole = load_form(2019).row("applications", "other_all")
        at = [r.key for r in labels].index("other_no_correction")
        labels = [*labels[:at], whole, *labels[at + 3 :]]
        if merged is not None and form.edition == 2021:
            found.observations.append(
                Observation("row_merged", "applications", "other_all", "", merged.place)
            )
    told = [r for r in rows if r.name is not None and not r.doubt]
    extra = [r for r in rows if told and r.name is None and any(v.raw.strip() for v in r.values)]
    _block([r for r in rows if r.name], "applications", tuple(labels), block.columns, found)
    extra = [r for r in extra if surely_beside(r, rows)]
    found.observations += notes.extra_rows(extra, "applications")
    wanted = [c.key for c in block.columns]
    found.observations += notes.columns(headers, wanted, "applications", rows)


def _disputes(rows: list[RawRow], headers: list[Header], form: Form, found: Assembled) -> None:
    block = form.tables["disputes"].blocks[0]
    columns = [
        Label(f"{channel.key}.{column.key}", column.label, kind=column.kind)
        for channel in block.rows
        for column in block.columns
    ]
    found.cells += _row_cells("disputes", rows, columns)
    if any(r.doubt for r in rows):
        return  # which columns there are can't be told either
    found.observations += notes.columns(headers, [c.key for c in columns], "disputes", rows)


def _block(
    rows: list[RawRow],
    table: str,
    labels: tuple[Label, ...],
    columns: tuple[Label, ...],
    found: Assembled,
) -> None:
    by_name: dict[str, list[RawRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name or ""].append(row)
    for label in labels:
        own = by_name.get(label.key, [])
        if not own:
            found.observations.append(Observation("row_absent", table, label.key, "", Place()))
        elif len(own) > 1 and all(surely_beside(row, rows) for row in own[:2]):
            found.observations.append(Observation("row_twice", table, label.key, "", own[1].place))
        found.observations += notes.relabelled(own, table, label)
        found.cells += _row_cells(f"{table}.{label.key}", own, columns)
    order = (r.name for r in rows)
    keys = [label.key for label in labels]
    found.observations += notes.disordered(order, keys, table, by_name)
    if table == "disclosure":
        found.observations += [
            Observation(o.kind, table, f"{keys[0]}.{o.item}", o.text, o.place)
            if o.kind == "column_absent"
            else o
            for o in notes.columns((), [c.key for c in columns], table, rows)
        ]


# ---- cells


def _row_cells(prefix: str, rows: Sequence[RawRow], columns: Sequence[Label]) -> Iterator[ReadCell]:
    """The cells of one row of the form, from the document's rows that are this one."""
    doubtful = next((r for r in rows if r.doubt), None)
    if doubtful is not None:
        raw = " ".join(v.raw.strip() for v in doubtful.values)
        for column in columns:
            yield _unread(f"{prefix}.{column.key}", doubtful.doubt, doubtful.place, raw)
        return
    values: dict[str | None, list[Value]] = defaultdict(list)
    for row in rows:
        for value in row.values:
            values[value.column].append(value)
    for column in columns:
        yield cell_of(f"{prefix}.{column.key}", values.get(column.key, ()), column.kind)


def cell_of(address: str, values: Sequence[Value], kind: str) -> ReadCell:
    """One cell from what stands for it: unread where that is in doubt, absent where nothing does."""
    if not values:
        return ReadCell(address, None, "", Status.ABSENT, Place())
    value = values[0]
    doubt = value.doubt
    if len(values) > 1:
        raws = [v.raw.strip() for v in values]
        if len(set(raws)) > 1:
            told = "、".join(raw or "空" for raw in raws)
            return _unread(address, TWICE.format(values=told), value.place, value.raw)
        doubt = next((v.doubt for v in values if v.doubt), "")
    if doubt:
        return _unread(address, doubt, value.place, value.raw)
    parsed = parse(value.raw, kind)
    if parsed.status is Status.UNSURE:
        doubt = TOO_LONG if value.raw.strip().isdecimal() else PARTED
        doubt = GARBLED if {"?", LOST} & set(folded(value.raw)) else doubt
        return _unread(address, doubt, value.place, value.raw)
    return ReadCell(
        address, parsed.value, value.raw.strip(), parsed.status, value.place, parsed.plain
    )


def _unread(address: str, doubt: str, place: Place, raw: str) -> ReadCell:
    return ReadCell(address, None, raw, Status.UNSURE, place, doubt=doubt)
