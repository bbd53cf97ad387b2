"""Rows written as sentences whose figures have their labels before them → rows of the tables."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.blocks import choose_block
from audit.recognise.fitting import raw
from audit.recognise.items import Item, Run
from audit.recognise.labels import (
    DISPUTE_KEYS,
    EditionBlock,
    application_columns,
    disclosure_blocks,
    dispute_columns,
    dispute_rows,
)
from audit.recognise.normalise import key
from audit.recognise.rows import COUNT, NO_HEADER, RawRow, Value


def channel_row(run: Run, headed: bool) -> RawRow | None:
    """A channel of table four in a sentence; `headed` if a header names the results in order.

    None if the run is no such row.
    """
    label = run.label[-1].text if run.label and run.values[0].said is not None else ""
    channel = dispute_rows().names.get(key(label))
    if channel is None:
        return None
    row = RawRow("disputes", label, "cases", [], run.place)
    names = [dispute_columns().find(i.said or "") for i in run.values]
    if not run.values[0].said and headed and len(names) == len(DISPUTE_KEYS):
        names = list(DISPUTE_KEYS)
    _fill(row, run.values, names, len(DISPUTE_KEYS))
    for value in row.values if not row.doubt else ():
        value.column = f"{channel}.{value.column}"
    return row


def labelled_row(run: Run, table: str, name: str, label: str) -> RawRow | None:
    """A row of table two or three each of whose figures has its column's label before it."""
    if not run.values[0].said:
        return None
    labels = [i.said or "" for i in run.values]
    row = RawRow(table, label, name, [], run.place)
    if table == "applications":
        _fill(row, run.values, [application_columns().find(text) for text in labels], None)
        return row
    row.block = choose_block(name, labels, len(labels))
    if row.block is None:
        return None
    columns = row.block.columns
    _fill(row, run.values, [columns.find(text) for text in labels], None)
    return row


def unplaced_row(run: Run, name: str, label: str) -> RawRow | None:
    """A row of table two in a sentence with another number of figures than its block has columns."""
    if run.values[0].said is None:
        return None
    block: EditionBlock = next(
        b for b in disclosure_blocks() if any(r.key == name for r in b.block.rows)
    )
    doubt = COUNT.format(found=len(run.values), wanted=len(block.block.columns))
    return RawRow("disclosure", label, name, raw(run.values), run.place, block, doubt)


def _fill(
    row: RawRow, items: Sequence[Item], names: Sequence[str | None], wanted: int | None
) -> None:
    """Values under these columns, if each is known and none stands twice."""
    if None in names or len(set(names)) < len(names):
        row.values = raw(items)
        short = wanted is not None and len(names) != wanted
        row.doubt = COUNT.format(found=len(names), wanted=wanted) if short else NO_HEADER
    else:
        row.values = [Value(i.text, i.place, n) for i, n in zip(items, names, strict=True)]
