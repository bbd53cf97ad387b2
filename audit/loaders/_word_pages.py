"""Word's formatted pages ("FKP"): which properties hold for which bytes of the text."""

from __future__ import annotations

import struct
from bisect import bisect_right

from audit.loaders._word_ole import Binary, Piece, plc_entries
from audit.record import record

_PAGE = 512


@record
class Formatted:
    """Bytes `start` to before `end` of the stream have these properties."""

    start: int
    end: int
    style: int
    grpprl: bytes


class Pages:
    """The formatted intervals of one kind, by place in the stream."""

    def __init__(self, intervals: list[Formatted]) -> None:
        self.intervals = sorted(intervals, key=lambda i: i.start)
        self._starts = [i.start for i in self.intervals]

    def at(self, offset: int) -> Formatted | None:
        """The interval that holds a byte."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or self.intervals[number].end <= offset:
            return None
        return self.intervals[number]

    def within(self, piece: Piece) -> list[tuple[int, int, Formatted]]:
        """The intervals over a piece, each as the characters it covers."""
        last = piece.offset + (piece.end - piece.start) * piece.size
        found = []
        number = max(0, bisect_right(self._starts, piece.offset) - 1)
        while number < len(self.intervals) and self.intervals[number].start < last:
            one = self.intervals[number]
            first = piece.start + max(0, one.start - piece.offset) // piece.size
            end = piece.start + (min(one.end, last) - piece.offset) // piece.size
            if first < end:
                found.append((first, end, one))
            number += 1
        return found


def paragraph_pages(binary: Binary) -> Pages:
    """Paragraph properties: each interval is whole paragraphs, with their style's number."""
    found = []
    for page in _pages(binary, "papx"):
        for start, end, offset in _runs(page, 13):
            size = page[offset] * 2 - 1 if page[offset] else page[offset + 1] * 2
            first = offset + (1 if page[offset] else 2)
            if offset and size >= 2 and first + size <= _PAGE:
                style = struct.unpack_from("<H", page, first)[0]
                found.append(Formatted(start, end, style, page[first + 2 : first + size]))
            else:
                found.append(Formatted(start, end, 0, b""))
    return Pages(found)


def character_pages(binary: Binary) -> Pages:
    """Character properties; runs without any are left out."""
    found = []
    for page in _pages(binary, "chpx"):
        for start, end, offset in _runs(page, 1):
            if offset:
                grpprl = page[offset + 1 : offset + 1 + page[offset]]
                found.append(Formatted(start, end, 0, grpprl))
    return Pages(found)


def _pages(binary: Binary, name: str) -> list[bytes]:
    found = []
    for _, _, entry in plc_entries(binary.table(name), 4):
        number = struct.unpack("<I", entry)[0] & 0x3FFFFF
        page = binary.word[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            raise ValueError(f"formatted page {number} is cut off")
        found.append(page)
    return found


def _runs(page: bytes, size: int) -> list[tuple[int, int, int]]:
    """Start, end and the properties' place in the page; `size` bytes are kept for each run."""
    count = page[_PAGE - 1]
    if 4 * (count + 1) + size * count >= _PAGE:
        return []
    places = struct.unpack_from(f"<{count + 1}I", page, 0)
    base = 4 * (count + 1)
    return [(places[i], places[i + 1], page[base + size * i] * 2) for i in range(count)]
