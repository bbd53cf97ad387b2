"""What a binary workbook (.xls) strikes out or raises: its fonts, by cell and by piece of text."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from audit.loaders._raised import raised

Record = tuple[int, bytes]

_FONT, _XF, _STRINGS, _CONTINUE = 0x31, 0xE0, 0xFC, 0x3C
_STRUCK = 0x08
_TEXT, _ROW_OF_NUMBERS = 0xFD, 0xBD
#: Records of one cell: its row, column and format come first.
_CELLS = frozenset((_TEXT, 0x203, 0x27E, 0x06, 0x204, 0x205, 0xD6))
_NUMBER_SIZE = 6
#: Flags of a string: two bytes a character, with what is said of East Asian text, with fonts.
_WIDE, _PHONETIC, _RICH = 0x01, 0x04, 0x08


@dataclass(frozen=True, slots=True)
class Looks:
    """Numbers of the formats (`struck`) whose text is struck out; by a string's number its `runs`.

    A run is where it begins, in UTF-16 units, and whether it is struck out and raised or lowered.
    """

    struck: frozenset[int] = frozenset()
    runs: dict[int, list[tuple[int, bool, bool]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.struck or self.runs)

    def cells(
        self, records: Iterator[Record]
    ) -> Iterator[tuple[tuple[int, int], bool, int | None]]:
        """By a sheet's records the cells in question: row and column, whether struck out, their string."""
        for kind, body in records:
            if kind in _CELLS and len(body) >= 10:
                row, column, form, text = struct.unpack_from("<HHHI", body)
                number = text if kind == _TEXT and text in self.runs else None
                if form in self.struck or number is not None:
                    yield (row, column), form in self.struck, number
            elif kind == _ROW_OF_NUMBERS and len(body) >= _NUMBER_SIZE:
                row, column = struct.unpack_from("<HH", body)
                for n, at in enumerate(range(4, len(body) - _NUMBER_SIZE, _NUMBER_SIZE)):
                    if struct.unpack_from("<H", body, at)[0] in self.struck:
                        yield (row, column + n), True, None

    def shown(self, number: int, text: str) -> str:
        """A string's text without what is struck out, what is raised or lowered set apart."""
        units = text.encode("utf-16-le")
        runs = self.runs[number]
        ends = [start for start, *_ in runs[1:]] + [len(units)]
        pieces = [units[: 2 * runs[0][0]].decode("utf-16-le", "replace")]
        for (start, out, off), end in zip(runs, ends, strict=True):
            piece = units[2 * start : 2 * end].decode("utf-16-le", "replace")
            pieces.append("" if out else raised(piece) if off else piece)
        return "".join(pieces)


def looks(records: Iterator[Record]) -> Looks:
    """What the workbook's first records say; hardly any workbook strikes anything out or raises it.

    Strings that are cut off have no runs: whether the file is damaged, the workbook's reader says.
    """
    fonts: list[tuple[bool, bool]] = []
    formats: list[int] = []
    strings: list[bytes] = []
    before = 0
    for kind, body in records:
        if kind == _FONT and len(body) >= 10:
            _, flags, _, _, off = struct.unpack_from("<HHHHH", body)
            fonts.append((bool(flags & _STRUCK), off in (1, 2)))
        elif kind == _XF and len(body) >= 2:
            formats.append(struct.unpack_from("<H", body)[0])
        elif kind == _STRINGS or (kind == _CONTINUE and before == _STRINGS):
            strings.append(body)
            kind = _STRINGS
        before = kind
    if not any(out or off for out, off in fonts):
        return Looks()

    def font(number: int) -> tuple[bool, bool]:
        number -= number > 4  # no font has the number 4
        return fonts[number] if number < len(fonts) else (False, False)

    runs = {}
    with suppress(struct.error):
        for number, found in enumerate(_rich(strings)):
            told = [(start, *font(which)) for start, which in found]
            if any(out or off for _, out, off in told):
                runs[number] = told
    return Looks(frozenset(n for n, f in enumerate(formats) if font(f)[0]), runs)


def _rich(parts: Sequence[bytes]) -> Iterator[list[tuple[int, int]]]:
    """Of each shared string where another font begins, and which; strings go on in the next part."""
    if not parts or len(parts[0]) < 8:
        return
    reader = _Reader(parts)
    for _ in range(struct.unpack("<4xI", reader.take(8))[0]):
        if reader.done:
            return
        length, flags = struct.unpack("<HB", reader.take(3))
        count = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
        more = struct.unpack("<I", reader.take(4))[0] if flags & _PHONETIC else 0
        reader.skip_text(length, flags & _WIDE)
        runs = reader.take(4 * count)
        reader.take(more)
        yield [(a, b) for a, b in struct.iter_unpack("<HH", runs)]


class _Reader:
    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = list(parts)
        self._part = self._at = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self._part == len(self._parts) - 1 and self._at >= len(self._parts[-1])

    def take(self, size: int) -> bytes:
        """The next bytes. Raises struct.error: the parts end before."""
        found = b""
        while len(found) < size:
            piece = self._parts[self._part][self._at : self._at + size - len(found)]
            found += piece
            self._at += len(piece)
            if len(found) < size:
                self._next()
        return found

    def skip_text(self, length: int, wide: int) -> None:
        """Pass over characters; each part says anew how wide they are."""
        while length:
            here = (len(self._parts[self._part]) - self._at) // (1 + wide)
            passed = min(length, here)
            self._at += passed * (1 + wide)
            length -= passed
            if length:
                self._next()
                wide = self.take(1)[0] & _WIDE

    def _next(self) -> None:
        self._part, self._at = self._part + 1, 0
        if self._part >= len(self._parts):
            raise struct.error("strings are cut off")
