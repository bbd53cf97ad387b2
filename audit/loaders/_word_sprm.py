"""Word's binary properties ("sprms"): what they say of characters, paragraphs and table rows."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from audit.loaders._raised import MOVED
from audit.record import record

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615
#: Properties too long for their page stand in the stream `Data`.
ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})


def sprms(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property's code and operand (without its length byte); stops where they are cut off."""
    at = 0
    while at + 2 <= len(grpprl):
        code = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size, skip = _SIZES[code >> 13], 0
        if not size:
            if at >= len(grpprl):
                return
            size, skip = _variable(code, grpprl, at)
        if at + skip + size > len(grpprl):
            return
        yield code, grpprl[at + skip : at + skip + size]
        at += skip + size


def _variable(code: int, grpprl: bytes, at: int) -> tuple[int, int]:
    if code == _DEFINE_TABLE and at + 2 <= len(grpprl):
        return max(0, struct.unpack_from("<H", grpprl, at)[0] - 1), 2
    size = grpprl[at]
    if code == _CHANGE_TABS and size == 255 and at + 2 <= len(grpprl):
        deleted = grpprl[at + 1]
        added = at + 2 + 4 * deleted
        size = 2 + 4 * deleted + 3 * (grpprl[added] if added < len(grpprl) else 0)
    return size, 1


@record
class Paragraph:
    """What the file says of a paragraph. `depth` counts the tables around it."""

    outline: int | None = None
    list_use: int | None = None
    list_level: int = 0
    in_table: bool = False
    depth: int = 0
    row_end: bool = False
    inner_cell: bool = False
    inner_row_end: bool = False
    cells: tuple[Edge, ...] = ()

    @property
    def nesting(self) -> int:
        """How many tables it stands in."""
        return max(self.depth, int(self.in_table))


@record
class Edge:
    """A cell of a row: its edges in twips, and its merges as Word writes them in two bits each."""

    left: int
    right: int
    sideways: int = 0
    downwards: int = 0


_FLAGS = {0x2416: "in_table", 0x2417: "row_end", 0x244B: "inner_cell", 0x244C: "inner_row_end"}


def with_properties(start: Paragraph, grpprl: bytes, data: bytes, again: bool = True) -> Paragraph:
    """A paragraph's properties after those of `grpprl`; `data` is the stream for long ones."""
    found: dict[str, object] = {}
    cells = list(start.cells)
    changed = start
    for code, operand in sprms(grpprl):
        if code in _FLAGS:
            found[_FLAGS[code]] = bool(operand[0])
        elif code == 0x2640:
            found["outline"] = operand[0]
        elif code == 0x460B:
            found["list_use"] = struct.unpack("<H", operand)[0]
        elif code == 0x260A:
            found["list_level"] = operand[0]
        elif code == 0x6649:
            found["depth"] = max(0, struct.unpack("<i", operand)[0])
        elif code in ELSEWHERE and again:
            changed = with_properties(changed, _from(data, operand), data, again=False)
            cells = list(changed.cells)
        elif code in _TABLE_CHANGES:
            cells = _TABLE_CHANGES[code](cells, operand)
    return replace(changed, cells=tuple(cells), **found)  # type: ignore[arg-type]


def _from(data: bytes, operand: bytes) -> bytes:
    start = struct.unpack("<I", operand)[0]
    if start + 2 > len(data):
        return b""
    size = struct.unpack_from("<H", data, start)[0]
    return data[start + 2 : start + 2 + size]


def _define(_: list[Edge], operand: bytes) -> list[Edge]:
    """sprmTDefTable: the edges of all cells, and 20 bytes on each, of which the last may lack."""
    count = operand[0] if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return []
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    base, cells = 1 + 2 * (count + 1), []
    for number in range(count):
        at = base + 20 * number
        bits = struct.unpack_from("<H", operand, at)[0] if at + 2 <= len(operand) else 0
        cells.append(Edge(edges[number], edges[number + 1], bits & 3, bits >> 5 & 3))
    return cells


def _merge_down(cells: list[Edge], operand: bytes) -> list[Edge]:
    number, state = operand[0], operand[1]
    return [replace(c, downwards=state) if i == number else c for i, c in enumerate(cells)]


def _merge_sideways(cells: list[Edge], operand: bytes) -> list[Edge]:
    first, end = operand[0], operand[1]
    return [
        replace(c, sideways=1 if i == first else 2) if first <= i < end else c
        for i, c in enumerate(cells)
    ]


def _split(cells: list[Edge], operand: bytes) -> list[Edge]:
    first, end = operand[0], operand[1]
    return [replace(c, sideways=0) if first <= i < end else c for i, c in enumerate(cells)]


def _set_width(cells: list[Edge], operand: bytes) -> list[Edge]:
    first, end, width = struct.unpack("<BBh", operand)
    return _rebuilt(cells, dict.fromkeys(range(first, end), width))


def _insert(cells: list[Edge], operand: bytes) -> list[Edge]:
    first, count, width = struct.unpack("<BBh", operand)
    at = cells[first].left if first < len(cells) else cells[-1].right if cells else 0
    new = [Edge(at, at + width) for _ in range(count)]
    return _rebuilt([*cells[:first], *new, *cells[first:]], {})


def _delete(cells: list[Edge], operand: bytes) -> list[Edge]:
    first, end = operand[0], operand[1]
    return _rebuilt([*cells[:first], *cells[end:]], {}, cells[0].left if cells else 0)


def _rebuilt(cells: list[Edge], widths: dict[int, int], at: int | None = None) -> list[Edge]:
    """The cells side by side again, some with another width."""
    place = at if at is not None else cells[0].left if cells else 0
    found = []
    for number, cell in enumerate(cells):
        width = widths.get(number, cell.right - cell.left)
        found.append(replace(cell, left=place, right=place + width))
        place += width
    return found


_TABLE_CHANGES = {
    _DEFINE_TABLE: _define,
    0xD62B: _merge_down,
    0x5624: _merge_sideways,
    0x5625: _split,
    0x7623: _set_width,
    0x7621: _insert,
    0x5622: _delete,
}


@record
class Characters:
    """What the file says of a run of characters; `picture` is its place in the stream `Data`."""

    gone: bool = False
    special: bool = False
    is_data: bool = False
    picture: int | None = None
    symbol: str = ""
    style: int | None = None
    raised: bool = False
    struck: bool = False
    #: Moved off the line it stands on.
    off: bool = False


def characters(grpprl: bytes) -> Characters:
    """A run's properties: deleted, hidden or struck out, special, raised, a picture, a symbol font's sign."""
    found: dict[str, object] = {}
    deleted = hidden = struck = False
    for code, operand in sprms(grpprl):
        if code == 0x0800:
            deleted = bool(operand[0] & 1)
        elif code == 0x083C:
            hidden = bool(operand[0] & 1)
        elif code in (0x0837, 0x2A53):
            struck = struck or bool(operand[0] & 1)
        elif code == 0x0855:
            found["special"] = bool(operand[0])
        elif code == 0x0806:
            found["is_data"] = bool(operand[0])
        elif code == 0x6A03:
            found["picture"] = struct.unpack("<I", operand)[0]
        elif code == 0x6A09:
            found["symbol"] = chr(struct.unpack_from("<H", operand, 2)[0])
        elif code == 0x2A48:
            found["raised"] = operand[0] in (1, 2)
        elif code == 0x4845:
            found["off"] = abs(struct.unpack("<h", operand)[0]) >= MOVED
        elif code == 0x4A30:
            found["style"] = struct.unpack("<H", operand)[0]
    return Characters(gone=deleted or hidden, struck=struck, **found)  # type: ignore[arg-type]
