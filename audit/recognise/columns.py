"""Header cells of a grid → its columns: where each stands and which of the form's it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    """Grid columns `start` to before `end` under one label; `name` is None beside the form's."""

    start: int
    end: int
    name: str | None
    label: str = ""


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

    def named(stack: Stack) -> str | None:
        texts = [t for t in stack.texts if key(t) not in GROUPS]
        return _stacked(application_columns(), texts)

    return _columns("applications", _trimmed(stacks(cells, first), named), named)


def disclosure_header(cells: Sequence[Cell], first: int) -> tuple[list[Column], Header]:
    """Columns of a block of table two; a name is the label's, the same in every edition."""

    def named(stack: Stack) -> str | None:
        return _stacked(disclosure_columns(), [t for t in stack.texts if key(t) not in GROUPS])

    return _columns("disclosure", _trimmed(stacks(cells, first), named), named)


def dispute_header(cells: Sequence[Cell], first: int) -> tuple[list[Column], Header]:
    """Columns of table four, `channel.result`; a channel's label reaches over blanks beside it.

    Where the channels stand before the rows, each result once above, columns are named `result`.

    No columns where a result stands twice under a channel: a label between them may be lost.
    """
    found = stacks(cells, first)
    results = [_last(dispute_columns(), s) for s in found]
    channels = _reaching([_last(dispute_rows(), s) for s in found])
    named = dict(zip((s.start for s in found), zip(channels, results, strict=True), strict=True))

    def name(stack: Stack) -> str | None:
        channel, result = named[stack.start]
        return None if channel is None or result is None else f"{channel}.{result}"

    columns, header = _columns("disputes", _trimmed(found, lambda s: named[s.start][1]), name)
    order = [named[c.start] for c in columns]
    official = [(c, r) for c in CHANNELS for r in DISPUTE_KEYS]
    if [r for _, r in order] == [r for _, r in official]:
        own = [_last(dispute_rows(), s) for s in found][-len(official) :]
        if all(o in (None, c) for o, (c, _) in zip(own, official, strict=False)):
            names = [f"{c}.{r}" for c, r in official]
            columns = [replace(c, name=n) for c, n in zip(columns, names, strict=True)]
            return columns, Header("disputes", seen=names, place=header.place)
    if [r for _, r in order] == list(DISPUTE_KEYS) and not any(c for c, _ in order):
        columns = [replace(c, name=r) for c, r in zip(columns, DISPUTE_KEYS, strict=True)]
        return columns, Header("disputes", place=header.place)
    return ([], header) if header.twice else (columns, header)


def _reaching(channels: list[str | None]) -> list[str | None]:
    """Channels with gaps filled from the left: the label of a cell that is drawn as several."""
    told: list[str | None] = []
    for channel in channels:
        told.append(told[-1] if channel is None and told else channel)
    return told


def _trimmed(found: list[Stack], named: Callable[[Stack], str | None]) -> list[Stack]:
    """The stacks from the first that names a column to the last that has any label."""
    last = max((n for n, stack in enumerate(found, 1) if stack.cells), default=0)
    for number, stack in enumerate(found):
        if named(stack) is not None:
            return found[number:last]
    return []


def _columns(
    table: str, found: Sequence[Stack], named: Callable[[Stack], str | None]
) -> tuple[list[Column], Header]:
    columns: list[Column] = []
    last: tuple[Cell, ...] = ()
    for stack in found:
        name = named(stack)
        label = stack.texts[-1] if stack.cells else ""
        before = columns[-1] if columns else None
        same = bool(stack.cells) and bool(last) and stack.cells[-1] is last[-1]
        if before is not None and same and before.name == name:
            columns[-1] = replace(before, end=stack.end)
        else:
            columns.append(Column(stack.start, stack.end, name, label))
        last = stack.cells
    names = [c.name for c in columns if c.name is not None]
    header = Header(
        table,
        seen=list(dict.fromkeys(names)),
        extra=[c.label.strip() for c in columns if c.name is None],
        twice=[n for n in dict.fromkeys(names) if names.count(n) > 1],
    )
    if found and found[0].cells:
        header.place = found[0].cells[0].place
    return columns, header


def _last(wordings: Wordings, stack: Stack) -> str | None:
    for number in range(len(stack.cells), 0, -1):
        name = _found(wordings, stack.texts[number - 1])
        if name is None and number > 1:  # a label cut into two cells, one below the other
            name = wordings.names.get(key("".join(stack.texts[number - 2 : number])))
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
