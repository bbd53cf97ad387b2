"""Which block of table two, and of which edition, a row stands in; told by the labels above it."""

from __future__ import annotations

from collections.abc import Sequence

from audit.recognise.labels import EditionBlock, disclosure_blocks
from audit.recognise.rows import RawRow


def choose_block(name: str | None, labels: Sequence[str], values: int) -> EditionBlock | None:
    """The block (and edition) of a row by the column labels above it, by its size without any."""
    best: tuple[float, EditionBlock] | None = None
    for block in disclosure_blocks():
        if name is not None and all(r.key != name for r in block.block.rows):
            continue
        hits = {k for text in labels if (k := block.columns.find(text)) is not None}
        size = len(block.block.columns)
        score = len(hits) / size + len(hits) / len(labels) if labels else 0.0
        score = score or 0.1 * (size == values)
        if score and (best is None or score > best[0]):
            best = (score, block)
    if name is None and best is not None and not any(r.optional_label for r in best[1].block.rows):
        return None
    return best[1] if best is not None else None


def optional_row(block: EditionBlock, rows: Sequence[RawRow]) -> str | None:
    """The row whose label reports leave out, if it has not come yet."""
    for row in block.block.rows:
        if row.optional_label and not any(r.block is block and r.name == row.key for r in rows):
            return row.key
    return None
