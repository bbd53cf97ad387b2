"""Documents as Word 95 wrote them, which LibreOffice reads and no program at hand writes any more."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from tests.builder.flow import flow
from tests.builder.matrix import Matrix
from tests.builder.truth import ReportTruth
from tests.loaders.make_word import DATA

#: A container to write into: its stream `WordDocument` is large enough for a report.
_CONTAINER = DATA / "merged.doc"
_SECTOR = 512
#: Simplified Chinese, as a code page of fonts and as a language.
_CHARSET, _LANGUAGE = 134, 0x0804
_IN_TABLE, _ROW_END = b"\x18\x01", b"\x19\x01"
_ROW, _WIDTH = 190, 800
#: Where the header tells offset and length of a table.
_STYLES, _CHARACTERS, _PARAGRAPHS, _FONTS = 0x60, 0xB8, 0xC0, 0xD0

#: A paragraph with its mark, and its properties.
_Part = tuple[bytes, bytes]


def word_95(truth: ReportTruth) -> bytes:
    """A report as a Word 95 document; cells that reach over several rows are left empty below."""
    parts: list[_Part] = []
    for piece in flow(truth):
        if isinstance(piece.table, Matrix):
            parts += _rows(piece.table)
        else:
            parts.append((piece.text.encode("gbk") + b"\r", b""))
    return _contained(_stream(parts))


def _rows(table: Matrix) -> Iterator[_Part]:
    starts = {(box.row, box.column): box for box in table.boxes}
    covered = {
        (row, box.column): box
        for box in table.boxes
        for row in range(box.row, box.row + box.row_span)
    }
    for row in range(table.height):
        edges = [0]
        for column in range(table.width):
            if (row, column) not in covered:
                continue
            box = covered[row, column]
            text = box.text if (row, column) in starts else ""
            yield text.encode("gbk") + b"\7", _IN_TABLE
            edges.append((column + box.column_span) * _WIDTH)
        count = len(edges) - 1
        told = bytes([count]) + struct.pack(f"<{count + 1}h", *edges) + bytes(10 * count)
        row_end = bytes([_ROW]) + struct.pack("<H", len(told) + 1) + told
        yield b"\7", _IN_TABLE + _ROW_END + row_end
    yield b"\r", b""


def _stream(parts: list[_Part]) -> bytes:
    """Header, text, pages of properties, and the tables that tell where those are."""
    text = b"".join(part for part, _ in parts)
    start = 2 * _SECTOR
    body = bytearray(start) + text
    places = {}

    def put(name: int, data: bytes) -> None:
        places[name] = (len(body), len(data))
        body.extend(data)

    body += bytes(-len(body) % _SECTOR)
    characters = len(body) // _SECTOR
    body += struct.pack("<II", start, start + len(text)).ljust(_SECTOR - 1, b"\0") + b"\1"
    firsts, pages = _pages(parts, start)
    first = len(body) // _SECTOR
    body += b"".join(pages)
    put(_CHARACTERS, struct.pack("<IIH", start, start + len(text), characters))
    numbers = range(first, first + len(pages))
    put(_PARAGRAPHS, struct.pack(f"<{len(firsts)}I{len(pages)}H", *firsts, *numbers))
    put(_STYLES, _styles())
    put(_FONTS, _fonts())
    struct.pack_into("<HHHHHHH", body, 0, 0xA5DC, 0x68, 0, _LANGUAGE, 0, 0, 0x68)
    struct.pack_into("<HH", body, 20, _CHARSET, _CHARSET)
    struct.pack_into("<III", body, 24, start, start + len(text), len(body))
    struct.pack_into("<I", body, 52, len(text))
    for name, place in places.items():
        struct.pack_into("<II", body, name, *place)
    return bytes(body)


def _pages(parts: list[_Part], start: int) -> tuple[list[int], list[bytes]]:
    """Pages of paragraphs' properties, and where the text of each begins, and of the last ends."""
    firsts, pages = [start], []
    ends: list[int] = []
    kept: list[bytes] = []
    at = start
    for text, properties in parts:
        one = b"\0\0" + properties
        one += bytes(len(one) % 2)
        one = bytes([len(one) // 2]) + one + b"\0"
        if 11 * (len(ends) + 2) + len(b"".join(kept)) + len(one) > _SECTOR:
            pages.append(_page(firsts[-1], ends, kept))
            firsts.append(at)
            ends, kept = [], []
        at += len(text)
        ends.append(at)
        kept.append(one)
    pages.append(_page(firsts[-1], ends, kept))
    return [*firsts, at], pages


def _page(first: int, ends: list[int], kept: list[bytes]) -> bytes:
    """Where paragraphs end, where on the page the properties of each stand, and those, from below."""
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(ends) + 1}I", page, 0, first, *ends)
    low = _SECTOR - 2
    for number, one in enumerate(kept):
        low -= len(one)
        page[low : low + len(one)] = one
        page[4 * (len(ends) + 1) + 7 * number] = low // 2
    page[-1] = len(ends)
    return bytes(page)


def _styles() -> bytes:
    """One style, which all paragraphs have and which says nothing."""
    head = struct.pack("<7H", 1, 8, 1, 0, 0, 0, 0)
    name = b"\6Normal\0"
    style = struct.pack("<4H", 0, 0xFFF1, 0, 0) + name
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(style)) + style


def _fonts() -> bytes:
    name = "宋体".encode("gbk") + b"\0"
    font = struct.pack("<BHBB", 0, 400, _CHARSET, 0) + name
    font = bytes([len(font)]) + font
    return struct.pack("<H", len(font) + 2) + font


def _contained(stream: bytes) -> bytes:
    """The stream in a container, with no stream in it that only Word 97 has."""
    whole = io.BytesIO(_CONTAINER.read_bytes())
    with olefile.OleFileIO(whole, write_mode=True) as ole:
        size = ole.get_size("WordDocument")
        if len(stream) > size:
            raise ValueError(f"{len(stream)} bytes do not fit into {size}")
        ole.write_stream("WordDocument", stream.ljust(size, b"\0"))
    return whole.getvalue().replace("1Table".encode("utf-16-le"), "2Table".encode("utf-16-le"))
