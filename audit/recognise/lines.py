"""Lines of text → labelled rows: labels followed by runs of values, however lines are broken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.document import Paragraph
from audit.recognise.aligned import read_aligned
from audit.recognise.doubts import take_back, unfilled
from audit.recognise.items import runs
from audit.recognise.joined import part_joined
from audit.recognise.rows import NO_LABEL, TableRead
from audit.recognise.starts import starts_table
from audit.recognise.stream import Reader

#: More rows beside the form's than this are its own with labels in pieces.
_STRANGERS = 3


@dataclass(frozen=True, slots=True)
class StreamRead:
    """Rows and headers, and which of the lines (positions) belong to tables."""

    table: TableRead
    lines: frozenset[int]


def read_lines(paragraphs: Sequence[Paragraph], headed: bool = False) -> StreamRead:
    """The tables in running text. Lines before the first table label and after the last row stay.

    `headed` says that the heading above announces a table: it may be rows written as sentences.
    """
    first = next((i for i in range(len(paragraphs)) if starts_table(paragraphs, i, headed)), None)
    if first is None:
        return StreamRead(TableRead(), frozenset())
    reader = Reader()
    for run in runs(paragraphs, first):
        reader.take(run)
    reader.settle()
    reader.close()
    _realign(reader, paragraphs, first)
    part_joined(reader.found.rows)
    take_back(reader.found.rows)
    unfilled(reader.found.rows, reader.loose)
    last = max(reader.used, default=-1)
    lines = frozenset(range(first, last + 1)) if last >= first else frozenset()
    return StreamRead(reader.found, lines)


def _realign(reader: Reader, paragraphs: Sequence[Paragraph], first: int) -> None:
    """Put table three as its columns show it in the place of rows whose labels came out in pieces."""
    own = [r for r in reader.found.rows if r.table == "applications"]
    if not any(r.name is None or r.doubt for r in own):
        return
    told = read_aligned(paragraphs, first)
    seen = {r.name for r in own} - {None}
    if told is not None and seen <= {r.name for r in told.rows}:
        kept = [r for r in reader.found.rows if r.table != "applications"]
        reader.found.rows = [*told.rows, *kept]
        reader.used |= set(told.lines)
    elif sum(r.name is None or r.doubt != "" for r in own) > _STRANGERS:
        # The labels are there, in pieces: no row is lacking because it was not found.
        reader.found.unread["applications"] = own[0].place
        if sum(r.name is None for r in own) > _STRANGERS:
            for row in own:  # a piece of one label may name another's row
                row.doubt = row.doubt or NO_LABEL
