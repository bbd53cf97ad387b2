"""The styles and lists of a binary Word file."""

from __future__ import annotations

import struct
from dataclasses import replace

from audit.loaders._word_lists import Level, ListKind, ListUse
from audit.loaders._word_ole import Binary
from audit.loaders._word_sprm import Paragraph, characters, with_properties
from audit.loaders._word_styles import NUMBER_FORMATS
from audit.record import record

_NO_STYLE, _PARAGRAPH, _CHARACTER = 0xFFF, 1, 2
_HEADINGS, _TITLE = range(1, 10), 62
_SUFFIXES = ("tab", "space", "nothing")
_LSTF, _LVLF, _LFO = 28, 28, 16


@record
class _Style:
    kind: int
    base: int
    built_in: int
    properties: tuple[bytes, ...]


class Sheet:
    """The styles by number: paragraphs' properties, and whether characters are hidden."""

    def __init__(self, binary: Binary) -> None:
        self._data = binary.data
        self._styles = _styles(binary.table("styles"))
        self._known: dict[int, Paragraph] = {}
        self._hidden: dict[int, bool] = {}

    def paragraph(self, number: int, depth: int = 0) -> Paragraph:
        """What a style says of its paragraphs, with all it inherits."""
        if number in self._known:
            return self._known[number]
        style = self._styles.get(number)
        if style is None or style.kind != _PARAGRAPH or depth > 20:
            return Paragraph()
        found = self.paragraph(style.base, depth + 1)
        if style.properties:
            found = with_properties(found, style.properties[0][2:], self._data)
        if style.built_in in _HEADINGS and found.outline is None:
            found = replace(found, outline=style.built_in - 1)
        elif style.built_in == _TITLE:
            found = replace(found, outline=0)
        self._known[number] = found
        return found

    def hidden(self, number: int) -> bool:
        """Whether a style hides its characters."""
        if number not in self._hidden:
            style = self._styles.get(number)
            last = style.properties[-1:] if style is not None else ()
            self._hidden[number] = any(characters(grpprl).gone for grpprl in last)
        return self._hidden[number]


def _styles(sheet: bytes) -> dict[int, _Style]:
    found: dict[int, _Style] = {}
    if len(sheet) < 6:
        return found
    size, count, base = struct.unpack_from("<HHH", sheet, 0)
    at = 2 + size
    for number in range(count):
        if at + 2 > len(sheet):
            break
        length = struct.unpack_from("<H", sheet, at)[0]
        if length >= 10:
            style = _style(sheet[at + 2 : at + 2 + length], base)
            if style is not None:
                found[number] = style
        at += 2 + length
    return found


def _style(std: bytes, base: int) -> _Style | None:
    if len(std) < base + 2:
        return None
    first, second, third = struct.unpack_from("<HHH", std, 0)
    at = base + 2 + 2 * struct.unpack_from("<H", std, base)[0] + 2
    properties = []
    for _ in range(third & 0xF):
        if at + 2 > len(std):
            break
        size = struct.unpack_from("<H", std, at)[0]
        properties.append(std[at + 2 : at + 2 + size])
        at += 2 + size + size % 2
    return _Style(second & 0xF, second >> 4, first & 0xFFF, tuple(properties))


def list_uses(binary: Binary) -> dict[int, ListUse]:
    """The lists by the number (from 1) that paragraphs name; none where the tables are damaged."""
    try:
        kinds = _kinds(binary)
        return _uses(binary.table("list_uses"), kinds) if kinds else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _kinds(binary: Binary) -> dict[int, ListKind]:
    table, levels = binary.table("lists"), binary.after("lists")
    kinds: dict[int, ListKind] = {}
    count = struct.unpack_from("<H", table, 0)[0] if len(table) >= 2 else 0
    at = 0
    for number in range(count):
        start = 2 + _LSTF * number
        key = struct.unpack_from("<i", table, start)[0]
        own: dict[int, Level] = {}
        for depth in range(1 if table[start + 26] & 1 else 9):
            own[depth], at = _level(levels, at)
        kinds[key] = ListKind(own)
    return kinds


def _level(raw: bytes, at: int) -> tuple[Level, int]:
    """One LVL: 28 bytes, two lists of properties, and the text with levels as characters 0 to 8."""
    start, form, flags = struct.unpack_from("<iBB", raw, at)
    follow, chpx, papx, limit = raw[at + 15], raw[at + 24], raw[at + 25], raw[at + 26]
    at += _LVLF + chpx + papx
    length = struct.unpack_from("<H", raw, at)[0]
    text = raw[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    level = Level(
        start=start,
        form=NUMBER_FORMATS.get(form, "decimal"),
        text="".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in text),
        suffix=_SUFFIXES[min(follow, 2)],
        restart=limit if flags & 8 else None,
        legal=bool(flags & 4),
    )
    return level, at + 2 + 2 * length


def _uses(table: bytes, kinds: dict[int, ListKind]) -> dict[int, ListUse]:
    count = struct.unpack_from("<I", table, 0)[0] if len(table) >= 4 else 0
    at = 4 + _LFO * count
    uses: dict[int, ListUse] = {}
    for number in range(count):
        start = 4 + _LFO * number
        key, overrides = struct.unpack_from("<i", table, start)[0], table[start + 12]
        use = ListUse(kinds.get(key, ListKind({})))
        own: dict[int, Level] = {}
        at += 4
        for _ in range(overrides):
            begin, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                own[flags & 0xF], at = _level(table, at)
            elif flags & 0x10:
                use.starts[flags & 0xF] = begin
        use.levels = own
        uses[number + 1] = use
    return uses
