"""Header cells of a grid → its columns: where each stands and which of the form's it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audit.document import Cell
from audit.recognise.labels import (
    CHANNELS,
    DISPUTE_KEYS,
    GROUPS,
    Wordings,
    application_columns,
    disclosure_columns,
    dispute_columns,
    dispute_rows,
)
from audit.recognise.normalise import key
from audit.recognise.rows import Header
from audit.record import record

#: Column labels are no longer than this; corner notes and sentences are.
_LONGEST = 16


@record
class Column:
    """Grid columns `start` to before `end` under one label; `name` is None beside the form's.

    `beside` is where a strange label begins that stands between the rows' labels and the first column.
    """

    start: int
    end: int
    name: str | None
    label: str = ""
    beside: int | None = None

    def called(self, name: str | None) -> Column:
        """The same column by another name."""
        return Column(self.start, self.end, name, self.label, self.beside)


@record
class Stack:
    """The header cells above one another over grid columns that no header cell divides."""

    start: int
    end: int
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        """Their texts, top to bottom."""
        return [c.text for c in self.cells]


def stacks(cells: Sequence[Cell], first: int) -> list[Stack]:
    """The stacks from grid column `first` on, left to right; blank cells leave them empty."""
    edges = sorted({c.column for c in cells} | {c.column + c.column_span for c in cells})
    found = []
    for start, end in pairwise(e for e in edges if e >= first):
        over = [c for c in cells if c.column <= start and end <= c.column + c.column_span]
        if over:
            filled = sorted((c for c in over if c.text.strip()), key=lambda c: c.row)
            found.append(Stack(start, end, tuple(filled)))
    return found


def application_header(cells: Sequence[Cell], first: int) -> tuple[list[Column], Header]:
    """Columns of table three under these header cells."""

    return _headed("applications", application_columns(), stacks(cells, first))


def disclosure_header(cells: Sequence[Cell], first: int) -> tuple[list[Column], Header]:
    """Columns of a block of table two; a name is the label's, the same in every edition."""

    return _headed("disclosure", disclosure_columns(), stacks(cells, first))


def _headed(table: str, wordings: Wordings, found: list[Stack]) -> tuple[list[Column], Header]:
    names = [
        _stacked(wordings, [t for t in stack.texts if key(t) not in GROUPS]) for stack in found
    ]
    kept = _trimmed(found, names)
    columns, header = _columns(table, found[kept], names[kept])
    strange = [stack.start for stack in found[1 : kept.start] if stack.cells]
    if columns and strange:
        columns[0] = replace(columns[0], beside=strange[-1])
    return columns, header


def dispute_header(cells: Sequence[Cell], first: int) -> tuple[list[Column], Header]:
    """Columns of table four, `channel.result`; a channel's label reaches over blanks beside it.

    Where the channels stand before the rows, each result once above, columns are named `result`.

    No columns where a result stands twice under a channel: a label between them may be lost.
    """
    found = stacks(cells, first)
    results = [_last(dispute_columns(), s) for s in found]
    printed = [_last(dispute_rows(), s) for s in found]
    channels = _reaching(printed)
    named = dict(zip((s.start for s in found), zip(channels, results, strict=True), strict=True))
    names = [
        None if channel is None or result is None else f"{channel}.{result}"
        for channel, result in zip(channels, results, strict=True)
    ]
    kept = _trimmed(found, results)
    columns, header = _columns("disputes", found[kept], names[kept])
    order = [named[c.start] for c in columns]
    official = [(c, r) for c in CHANNELS for r in DISPUTE_KEYS]
    if [r for _, r in order] == [r for _, r in official]:
        own = printed[-len(official) :]
        if all(o in (None, c) for o, (c, _) in zip(own, official, strict=False)):
            seen = [f"{c}.{r}" for c, r in official]
            columns = [c.called(n) for c, n in zip(columns, seen, strict=True)]
            return columns, Header("disputes", seen=seen, place=header.place)
    if [r for _, r in order] == list(DISPUTE_KEYS) and not any(c for c, _ in order):
        columns = [c.called(r) for c, r in zip(columns, DISPUTE_KEYS, strict=True)]
        return columns, Header("disputes", place=header.place)
    return ([], header) if header.twice else (columns, header)


def _reaching(channels: list[str | None]) -> list[str | None]:
    """Channels with gaps filled from the left: the label of a cell that is drawn as several."""
    told: list[str | None] = []
    for channel in channels:
        told.append(told[-1] if channel is None and told else channel)
    return told


def _trimmed(found: Sequence[Stack], names: Sequence[str | None]) -> slice:
    """The stacks from the first that names a column to the last that has any label."""
    last = max((n for n, stack in enumerate(found, 1) if stack.cells), default=0)
    first = next((n for n, name in enumerate(names) if name is not None), last)
    return slice(first, last)


def _columns(
    table: str, found: Sequence[Stack], names: Sequence[str | None]
) -> tuple[list[Column], Header]:
    columns: list[Column] = []
    last: tuple[Cell, ...] = ()
    for stack, name in zip(found, names, strict=True):
        label = stack.cells[-1].text if stack.cells else ""
        before = columns[-1] if columns else None
        same = bool(stack.cells) and bool(last) and stack.cells[-1] is last[-1]
        if before is not None and same and before.name == name:
            columns[-1] = replace(before, end=stack.end)
        else:
            columns.append(Column(stack.start, stack.end, name, label))
        last = stack.cells
    told = [c.name for c in columns if c.name is not None]
    header = Header(
        table,
        seen=list(dict.fromkeys(told)),
        extra=[c.label.strip() for c in columns if c.name is None and c.label.strip()],
        twice=[n for n in dict.fromkeys(told) if told.count(n) > 1],
    )
    if found and found[0].cells:
        header.place = found[0].cells[0].place
    return columns, header


def _last(wordings: Wordings, stack: Stack) -> str | None:
    texts = stack.texts
    for number in range(len(texts), 0, -1):
        name = _found(wordings, texts[number - 1])
        if name is None and number > 1:  # a label cut into two cells, one below the other
            name = wordings.names.get(key("".join(texts[number - 2 : number])))
        if name is not None:
            return name
    return None


def _stacked(wordings: Wordings, texts: list[str]) -> str | None:
    """The column a stack names: its last cell, or the last two (or all) read as one."""
    if not texts:
        return None
    for text in _readings(texts):
        name = wordings.names.get(key(text))
        if name is not None:
            return name
    return _found(wordings, texts[-1])


def _readings(texts: list[str]) -> Iterator[str]:
    yield from (texts[-1], "".join(texts[-2:]), "".join(texts))


def _found(wordings: Wordings, text: str) -> str | None:
    whole = key(text)
    if not whole or len(whole) > _LONGEST or whole in GROUPS:
        return None
    return wordings.find(text)
