"""Table two as a list: a line for each figure, its row's label and its column's beside one another."""

from __future__ import annotations

from audit.document import Cell
from audit.recognise.blocks import choose_block
from audit.recognise.normalise import key
from audit.recognise.placing import by_order
from audit.recognise.rows import RawRow


def take_listed(rows: list[RawRow], name: str, label: str, column: Cell, value: Cell) -> bool:
    """Add such a line to the rows read so far; False, and nothing added, where this is none."""
    block = choose_block(name, [column.text], 0) if key(column.text) else None
    found = block.columns.find(column.text) if block is not None else None
    if block is None or found is None:
        return False
    told, _ = by_order([found], [value])
    last = rows[-1] if rows else None
    if last is not None and last.name == name and last.block is block:
        last.values += told
    else:
        rows.append(RawRow("disclosure", label, name, told, value.place, block))
    return True
