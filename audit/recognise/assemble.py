"""Labelled rows → the form's cells, each once, and what was met beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audit.document import Place
from audit.recognise.labels import application_rows, disclosure_blocks
from audit.recognise.normalise import key
from audit.recognise.rows import PARTED, Header, RawRow, TableRead, Value
from audit.report import Observation, ReadCell
from audit.values import parse
from rules.form import Form, Label, load_form
from rules.status import Status


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
    editions = _block_editions(by_table["disclosure"], found)
    merged = any(r.name == "other_all" for r in by_table["applications"])
    found.edition = _edition(editions, by_table["applications"], merged)
    form = load_form(found.edition or 2021)
    headers = {t: [h for h in read.headers if h.table == t] for t in ("applications", "disputes")}
    _disclosure(by_table["disclosure"], editions, form, found)
    _applications(by_table["applications"], headers["applications"], form, merged, found)
    _disputes(by_table["disputes"], headers["disputes"], form, found)
    if read.fee_header is not None:
        _fee_unit(*read.fee_header, found)
    for table in form.tables:
        if all(c.status is Status.ABSENT for c in found.cells if c.address.startswith(f"{table}.")):
            _without(table, pictures.get(table), found)
    return found


def _without(table: str, picture: Place | None, found: Assembled) -> None:
    """A table that is not there: said once, not row by row."""
    found.observations = [
        o for o in found.observations if o.table != table or o.kind in ("row_extra", "label")
    ]
    kind = "table_absent" if picture is None else "table_picture"
    found.observations.append(Observation(kind, table, table, "", picture or Place()))


def _edition(editions: Mapping[int, int], rows: list[RawRow], merged: bool) -> int | None:
    if editions:
        tally = Counter(editions.values())
        return max(tally, key=lambda e: (tally[e], e))
    if not rows:
        return None
    return (
        2021
        if any((r.name or "").startswith("other_") and r.name != "other_all" for r in rows)
        else None
    )


def _block_editions(rows: list[RawRow], found: Assembled) -> dict[int, int]:
    """Block number → the edition whose labels it has."""
    editions: dict[int, int] = {}
    for row in rows:
        if row.block is not None and row.block.number not in editions:
            editions[row.block.number] = row.block.edition
            found.observations.append(
                Observation(
                    "block_edition",
                    "disclosure",
                    row.block.block.article or "",
                    str(row.block.edition),
                    row.place,
                )
            )
    return editions


# ---- the three tables


def _disclosure(
    rows: list[RawRow], editions: Mapping[int, int], form: Form, found: Assembled
) -> None:
    for block in disclosure_blocks():
        if editions.get(block.number, form.edition) != block.edition:
            continue
        if block.number not in editions and block.number >= len(form.tables["disclosure"].blocks):
            continue
        own = [r for r in rows if r.block is block]
        _block(own, "disclosure", block.block.rows, block.block.columns, found)
    _extra([r for r in rows if r.name is None], "disclosure", found)


def _applications(
    rows: list[RawRow], headers: list[Header], form: Form, merged: bool, found: Assembled
) -> None:
    block = load_form(2021).tables["applications"].blocks[0]
    names = {r.name for r in rows}
    split = bool(names & {"other_no_correction", "other_unpaid", "other_misc"})
    labels = list(block.rows)
    if (merged and not split) or (form.edition == 2019 and not split):
        whole = load_form(2019).row("applications", "other_all")
        at = [r.key for r in labels].index("other_no_correction")
        labels = [*labels[:at], whole, *labels[at + 3 :]]
        if merged and form.edition == 2021:
            place = next(r.place for r in rows if r.name == "other_all")
            found.observations.append(
                Observation("row_merged", "applications", "other_all", "", place)
            )
    elif split:
        rows = [r for r in rows if r.name != "other_all" or any(v.raw.strip() for v in r.values)]
        extra = [r for r in rows if r.name == "other_all"]
        rows = [r for r in rows if r.name != "other_all"]
        _extra(extra, "applications", found)
    _block([r for r in rows if r.name], "applications", tuple(labels), block.columns, found)
    _extra([r for r in rows if r.name is None], "applications", found)
    _columns(headers, [c.key for c in block.columns], "applications", rows, found)


def _disputes(rows: list[RawRow], headers: list[Header], form: Form, found: Assembled) -> None:
    block = form.tables["disputes"].blocks[0]
    values: dict[str, list[Value]] = defaultdict(list)
    doubt = rows[0].doubt if rows else ""
    for row in rows:
        for value in row.values:
            if value.column is not None and not row.doubt:
                values[value.column].append(value)
    for channel in block.rows:
        for column in block.columns:
            name = f"{channel.key}.{column.key}"
            place = rows[0].place if rows else Place()
            raw = " ".join(v.raw for v in rows[0].values).strip() if doubt else ""
            found.cells.append(
                _unread(f"disputes.{name}", doubt, place, raw)
                if doubt
                else _cell(f"disputes.{name}", values.get(name, []), column.kind)
            )
    if rows and not doubt:
        _lost_columns(
            "disputes",
            [f"{r.key}.{c.key}" for r in block.rows for c in block.columns],
            values,
            rows,
            found,
        )
        _strays(rows, "disputes", found)


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
    order = [r.name for r in rows if r.name]
    for label in labels:
        own = by_name.get(label.key, [])
        if not own:
            found.observations.append(Observation("row_absent", table, label.key, "", Place()))
        elif len(own) > 1:
            found.observations.append(Observation("row_twice", table, label.key, "", own[1].place))
        if own and not _official(own[0].label, label):
            found.observations.append(
                Observation("label", table, label.key, own[0].label.strip(), own[0].place)
            )
        for column in columns:
            found.cells.append(_row_cell(f"{table}.{label.key}.{column.key}", own, column))
    _order(order, [label.key for label in labels], table, by_name, found)
    _strays(rows, table, found)
    if table == "disclosure" and rows:
        seen = {v.column for r in rows for v in r.values}
        for column in columns:
            if column.key not in seen and not any(r.doubt for r in rows):
                item = f"{labels[0].key}.{column.key}"
                found.observations.append(
                    Observation("column_absent", table, item, "", rows[0].place)
                )


def _row_cell(address: str, rows: list[RawRow], column: Label) -> ReadCell:
    if not rows:
        return ReadCell(address, None, "", Status.ABSENT, Place())
    if rows[0].doubt:
        raw = " ".join(v.raw for v in rows[0].values).strip()
        return _unread(address, rows[0].doubt, rows[0].place, raw)
    values = [v for r in rows if not r.doubt for v in r.values if v.column == column.key]
    return _cell(address, values, column.kind)


def _cell(address: str, values: list[Value], kind: str) -> ReadCell:
    if not values:
        return ReadCell(address, None, "", Status.ABSENT, Place())
    value = values[0]
    if len({v.raw.strip() for v in values}) > 1:
        told = "、".join(v.raw.strip() or "空" for v in values)
        return _unread(address, f"出现两次且不一致：{told}", value.place, value.raw)
    if value.doubt:
        return _unread(address, value.doubt, value.place, value.raw)
    parsed = parse(value.raw, kind)
    if parsed.status is Status.UNSURE:
        return _unread(address, PARTED, value.place, value.raw)
    return ReadCell(
        address, parsed.value, value.raw.strip(), parsed.status, value.place, parsed.plain
    )


def _unread(address: str, doubt: str, place: Place, raw: str) -> ReadCell:
    return ReadCell(address, None, raw, Status.UNSURE, place, doubt=doubt)


# ---- what is beside the form


def _official(printed: str, label: Label) -> bool:
    if not key(printed):
        return False
    wanted = {key(label.label), key(label.full)}
    whole = key(printed)
    return any(whole.endswith(w) or (w.endswith(whole) and len(whole) > 3) for w in wanted) or (
        application_rows().names.get(whole) == label.key and key(label.label).endswith(whole)
    )


def _order(
    order: list[str],
    wanted: list[str],
    table: str,
    rows: Mapping[str, list[RawRow]],
    found: Assembled,
) -> None:
    """Rows that stand before one they should stand behind."""
    at = {name: i for i, name in enumerate(wanted)}
    highest = -1
    for name in dict.fromkeys(order):
        if name not in at:
            continue
        if at[name] < highest:
            found.observations.append(
                Observation("row_order", table, name, "", rows[name][0].place)
            )
        highest = max(highest, at[name])


def _extra(rows: Iterable[RawRow], table: str, found: Assembled) -> None:
    for row in rows:
        text = " ".join(v.raw.strip() for v in row.values)
        found.observations.append(
            Observation("row_extra", table, row.label.strip(), text, row.place)
        )


def _strays(rows: list[RawRow], table: str, found: Assembled) -> None:
    """Values under no label of the form: a column beside it."""
    stray = [v for r in rows if not r.doubt for v in r.values if v.column is None and v.raw.strip()]
    if stray and not any(o.kind == "column_extra" and o.table == table for o in found.observations):
        found.observations.append(Observation("column_extra", table, "", "", stray[0].place))


def _columns(
    headers: list[Header], wanted: list[str], table: str, rows: list[RawRow], found: Assembled
) -> None:
    if not headers or not rows:
        return
    header = headers[0]
    if any(v.column for r in rows for v in r.values):
        seen = {v.column for r in rows for v in r.values}
        for name in (n for n in wanted if n not in seen):
            found.observations.append(Observation("column_absent", table, name, "", header.place))
    for label in header.extra:
        found.observations = [
            o for o in found.observations if not (o.kind == "column_extra" and not o.item)
        ]
        found.observations.append(Observation("column_extra", table, label, "", header.place))
    for name in header.twice:
        found.observations.append(Observation("column_twice", table, name, "", header.place))


def _lost_columns(
    table: str,
    wanted: list[str],
    values: Mapping[str, list[Value]],
    rows: list[RawRow],
    found: Assembled,
) -> None:
    for name in wanted:
        if name not in values:
            found.observations.append(Observation("column_absent", table, name, "", rows[0].place))


def _fee_unit(text: str, place: Place, found: Assembled) -> None:
    squeezed = key(text)
    unit = "万元" if "万元" in squeezed else "元" if "元" in squeezed else ""
    found.observations.append(Observation("fee_unit", "disclosure", unit, text.strip(), place))
