"""Labels of rows behind which no value stands → rows whose cells are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.recognise.blocks import choose_block
from audit.recognise.items import Item
from audit.recognise.labels import GROUPS, NUMBERED, application_rows, disclosure_rows
from audit.recognise.normalise import key
from audit.recognise.pieces import PIECES, column_labels, holds_row
from audit.recognise.rows import EMPTY, RawRow


def empty_rows(
    pieces: Sequence[Item], before: Sequence[str], after: Sequence[str]
) -> Iterator[RawRow]:
    """Rows whose label stands among these pieces of labels.

    `before` and `after` are the column labels of table two that held before them and do behind.
    """
    if not holds_row(key("".join(i.text for i in pieces))):
        return
    at = 0
    while at < len(pieces):
        for size in range(min(PIECES, len(pieces) - at), 0, -1):
            label = "".join(i.text for i in pieces[at : at + size])
            row = _row(label, pieces, at, (before, after))
            if row is not None:
                yield row
                at += size
                break
        else:
            at += 1


def _row(
    label: str, pieces: Sequence[Item], at: int, around: Sequence[Sequence[str]]
) -> RawRow | None:
    whole, first = key(label), pieces[at]
    name = application_rows().names.get(whole)
    told = len(whole) > 4 or NUMBERED.match(whole) is not None
    if name is not None and told and whole not in GROUPS:
        return RawRow("applications", label, name, [], first.place, doubt=EMPTY)
    name = disclosure_rows().names.get(whole)
    if name is None:
        return None
    nearest = [i.text for i in column_labels(pieces[:at])]
    blocks = (choose_block(name, labels, 0) for labels in (nearest, *around))
    block = next((b for b in blocks if b is not None), None)
    if block is None:
        return None
    return RawRow("disclosure", label, name, [], first.place, block, EMPTY)
