"""A binary Word file's text as it prints, place by place: what is hidden, deleted or struck out is none."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from audit.loaders._raised import moved, raised
from audit.loaders._word_model import Image
from audit.loaders._word_ole import Binary, plc_entries
from audit.loaders._word_pages import Pages, character_pages, paragraph_pages
from audit.loaders._word_sheet import Sheet
from audit.loaders._word_sprm import Characters, Paragraph, characters, with_properties

_TWIPS_PER_POINT = 20
_SPECIAL = re.compile("[\x01\x08(]")
#: How signs below the blank print; those not named do not.
_SIGNS = dict.fromkeys(range(32), "") | {9: "\t", 11: "\n", 12: "\n", 14: "\n", 30: "-", 0xAD: ""}


@dataclass(slots=True)
class Anchored:
    """A drawing at a place of the text: its size in points, its text box's places if it has one."""

    image: Image
    box: tuple[int, int] | None = None


@dataclass
class Marks:
    """`shown` holds for each place what prints there, `gone` whether its mark was deleted."""

    shown: list[str]
    gone: bytearray
    pictures: dict[int, Anchored] = field(default_factory=dict)


def marks(binary: Binary, sheet: Sheet) -> Marks:
    """Reads the characters' properties over the whole text."""
    pages = character_pages(binary)
    found = Marks(list(binary.text.translate(_SIGNS_KEPT)), bytearray(len(binary.text)))
    anchored = _anchored(binary)
    off: set[int] = set()
    for piece in binary.pieces:
        for first, end, run in pages.within(piece):
            told = _characters(run.grpprl)
            if told.gone or (told.style is not None and sheet.hidden(told.style)):
                found.shown[first:end] = [""] * (end - first)
                found.gone[first:end] = b"\1" * (end - first)
            elif told.struck:
                found.shown[first:end] = [""] * (end - first)
            elif told.raised:
                found.shown[first:end] = [raised(c) for c in found.shown[first:end]]
            elif told.off:
                off.update(range(first, end))
            elif told.special or told.picture is not None or told.symbol:
                _special(binary, found, anchored, first, end, told)
    if off:
        moved(found.shown, off)
    return found


#: `str.translate` may not change the length here: what vanishes is NUL until it is printed.
_SIGNS_KEPT = {code: sign or "\0" for code, sign in _SIGNS.items()}


@lru_cache(maxsize=4096)
def _characters(grpprl: bytes) -> Characters:
    return characters(grpprl)


def _special(
    binary: Binary,
    found: Marks,
    anchored: dict[int, Anchored],
    first: int,
    end: int,
    told: Characters,
) -> None:
    for match in _SPECIAL.finditer(binary.text, first, end):
        at, sign = match.start(), match[0]
        if sign == "(" and told.symbol:
            found.shown[at] = _symbol(told.symbol)
        elif sign == "\x08" and at in anchored:
            found.pictures[at] = anchored[at]
        elif sign == "\x01" and told.picture is not None and not told.is_data:
            found.pictures[at] = Anchored(_picture(binary.data, told.picture))


def _symbol(sign: str) -> str:
    """The symbol fonts keep ASCII's digits and signs at F020 and on."""
    return chr(ord(sign) - 0xF000) if "\uf020" <= sign <= "\uf03f" else sign


def _picture(data: bytes, start: int) -> Image:
    """A picture in line: its size in twips and the share to which it was scaled, in thousandths."""
    if start + 0x24 > len(data):
        return Image()
    width, height, across, down = struct.unpack_from("<4H", data, start + 0x1C)
    return Image(
        width * (across or 1000) / 1000 / _TWIPS_PER_POINT,
        height * (down or 1000) / 1000 / _TWIPS_PER_POINT,
    )


def _anchored(binary: Binary) -> dict[int, Anchored]:
    """The floating drawings of the body by the place they hang at."""
    story = sum(binary.stories[:6])
    boxes: dict[int, tuple[int, int]] = {}
    for start, end, entry in plc_entries(binary.table("boxes"), 22):
        spare, shape = struct.unpack_from("<H", entry, 8)[0], struct.unpack_from("<i", entry, 14)[0]
        if not spare and story + end <= len(binary.text):
            boxes[shape] = (story + start, story + end)
    found: dict[int, Anchored] = {}
    for at, _, entry in plc_entries(binary.table("anchors"), 26):
        shape, left, top, right, bottom = struct.unpack_from("<5i", entry, 0)
        size = Image((right - left) / _TWIPS_PER_POINT, (bottom - top) / _TWIPS_PER_POINT)
        if at < binary.stories[0]:
            found[at] = Anchored(size, boxes.get(shape))
    return found


class Paragraphs:
    """The properties of the paragraph that ends at a place of the text."""

    def __init__(self, binary: Binary, sheet: Sheet) -> None:
        self._binary = binary
        self._sheet = sheet
        self._pages: Pages = paragraph_pages(binary)
        self._starts = [p.start for p in binary.pieces]
        self._known: dict[tuple[int, bytes], Paragraph] = {}

    def at(self, place: int) -> Paragraph:
        """The properties there.

        Raises:
            ValueError: the file says nothing of this paragraph, so what table it is in is unknown.
        """
        found = self._pages.at(self._offset(place)[0])
        if found is None:
            raise ValueError(f"no properties at {place}")
        key = (found.style, found.grpprl)
        if key not in self._known:
            style = self._sheet.paragraph(found.style)
            self._known[key] = with_properties(style, found.grpprl, self._binary.data)
        return self._known[key]

    def ends_at(self, place: int) -> bool:
        """Whether a paragraph ends there: a page break may also stand in the middle of one."""
        offset, size = self._offset(place)
        found = self._pages.at(offset)
        return found is None or found.end <= offset + size

    def _offset(self, place: int) -> tuple[int, int]:
        piece = self._binary.pieces[max(0, bisect_right(self._starts, place) - 1)]
        return piece.offset + (place - piece.start) * piece.size, piece.size
