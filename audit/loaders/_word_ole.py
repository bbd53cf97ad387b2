"""Word 97–2003's container: its streams, where its tables lie, and its text by the piece table."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from audit.errors import UnreadableError
from audit.loaders.base import Limits

_WORD = 0xA5EC
#: Where the header tells offset and length of a table, by the table's name.
_TABLES = {"styles": 1, "chpx": 12, "papx": 13, "clx": 33, "anchors": 40, "boxes": 56}
_TABLES |= {"lists": 73, "list_uses": 74}
#: Streams of other programs, which a Word document only holds inside a folder of its own.
_OTHERS = ("Workbook", "Book", "PowerPoint Document")
_FIRST_TABLE, _LENGTHS = 154, 76
_ENCRYPTED, _TABLE_ONE = 0x100, 0x200


class NotWord97Error(Exception):
    """An OLE file in which another program than Word 97 or later wrote, or wrote otherwise."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to before `end` stand in the file from byte `offset`, `size` bytes each."""

    start: int
    end: int
    offset: int
    size: int


@dataclass(frozen=True)
class Binary:
    """One file's streams and text: `text` has a UTF-16 unit for each of Word's character places.

    `stories` are the lengths of body, notes, headers, macros, comments, end notes, text boxes.
    """

    word: bytes
    tables: bytes
    data: bytes
    text: str
    pieces: tuple[Piece, ...]
    stories: tuple[int, ...]
    metadata: dict[str, str]

    def table(self, name: str) -> bytes:
        """A table's bytes; empty where the file has none."""
        start, length = _place(self.word, name)
        return self.tables[start : start + length]

    def after(self, name: str) -> bytes:
        """All that follows a table: levels of lists stand behind it, uncounted."""
        start, length = _place(self.word, name)
        return self.tables[start + length :] if length else b""


def opened(data: bytes, limits: Limits) -> Binary:
    """The file's streams and text.

    Raises:
        UnreadableError: damaged, encrypted or over the limits.
        NotWord97Error: no document of Word 97 or later.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise UnreadableError("encrypted")
            if any(map(ole.exists, _OTHERS)):
                raise UnreadableError("unknown_format", "a workbook or slides")
            if not ole.exists("WordDocument"):
                raise NotWord97Error("no WordDocument stream")
            return _read(ole, limits)
    except (OSError, struct.error, IndexError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError("corrupt", str(error)) from error


def _read(ole: olefile.OleFileIO, limits: Limits) -> Binary:
    word = ole.openstream("WordDocument").read()
    magic, version = struct.unpack_from("<HH", word, 0)
    if magic != _WORD or version < 0xC1:
        raise NotWord97Error(f"version {version}")
    flags = struct.unpack_from("<H", word, 10)[0]
    if flags & _ENCRYPTED:
        raise UnreadableError("encrypted")
    name = "1Table" if flags & _TABLE_ONE else "0Table"
    if not ole.exists(name):
        raise UnreadableError("corrupt", f"no stream {name}")
    tables = ole.openstream(name).read()
    stories = struct.unpack_from("<8i", word, _LENGTHS)
    if min(stories) < 0 or sum(stories) > limits.characters:
        raise UnreadableError("limit", f"{sum(stories)} characters")
    start, length = _place(word, "clx")
    pieces = _pieces(tables[start : start + length])
    return Binary(
        word,
        tables,
        ole.openstream("Data").read() if ole.exists("Data") else b"",
        _text(word, pieces, limits),
        pieces,
        stories,
        _metadata(ole),
    )


def _place(word: bytes, name: str) -> tuple[int, int]:
    start, length = struct.unpack_from("<II", word, _FIRST_TABLE + 8 * _TABLES[name])
    return start, length


def _pieces(clx: bytes) -> tuple[Piece, ...]:
    at = 0
    while clx[at] == 1:  # properties of pieces, of which fast saves make use
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    length = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + length]
    found = []
    for start, end, entry in plc_entries(plc, 8):
        place = struct.unpack_from("<I", entry, 2)[0]
        narrow = bool(place & 0x40000000)
        offset = place & 0x3FFFFFFF
        found.append(Piece(start, end, offset // 2 if narrow else offset, 1 if narrow else 2))
    return tuple(found)


def plc_entries(plc: bytes, size: int) -> list[tuple[int, int, bytes]]:
    """Word's table of intervals: each with its start, its end and its entry of `size` bytes."""
    count = max(0, (len(plc) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count + 1}I", plc, 0) if count else ()
    base = 4 * (count + 1)
    return [
        (places[i], places[i + 1], plc[base + size * i : base + size * (i + 1)])
        for i in range(count)
    ]


def _text(word: bytes, pieces: tuple[Piece, ...], limits: Limits) -> str:
    parts, length = [], 0
    for piece in pieces:
        count = piece.end - piece.start
        if count < 0 or piece.start != length or length + count > limits.characters + 8:
            raise ValueError("pieces do not follow each other")
        raw = word[piece.offset : piece.offset + count * piece.size]
        if len(raw) < count * piece.size:
            raise ValueError("text is cut off")
        if piece.size == 1:
            parts.append(raw.decode("cp1252", "replace"))
        else:
            # One character a unit, or rare Han characters would shift all that follows.
            parts.append("".join(map(chr, struct.unpack(f"<{count}H", raw))))
        length += count
    return "".join(parts)


def _metadata(ole: olefile.OleFileIO) -> dict[str, str]:
    """Title and author, in the code page that the file names."""
    found: dict[str, str] = {}
    try:
        told = ole.get_metadata()
    except Exception:  # olefile trusts what it parses here, and only a title would be lost
        return found
    page = {65001: "utf-8", 936: "gb18030", 1252: "cp1252"}.get(
        (told.codepage or 0) & 0xFFFF, "gb18030"
    )
    for key, raw in (("title", told.title), ("creator", told.author)):
        text = raw.decode(page, "replace") if isinstance(raw, bytes) else str(raw or "")
        if text.strip("\0 "):
            found[key] = text.strip("\0 ")
    return found
