"""Zipped office files: their parts, within the limits and parsed without following anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast

from lxml import etree

from audit.errors import UnreadableError
from audit.loaders._xml import Element, elements, xml
from audit.loaders._zipkind import DAMAGE
from audit.loaders.base import Source

_NAMES = {"title": "title", "creator": "creator", "initial-creator": "creator"}


class Parts:
    """A package's parts by name; the case of names does not matter."""

    def __init__(self, source: Source) -> None:
        limits = source.limits
        try:
            self._archive = source.zipped
        except DAMAGE as error:
            raise UnreadableError("corrupt", str(error)) from error
        members = self._archive.infolist()
        unpacked = sum(m.file_size for m in members)
        if unpacked > limits.unpacked_mb * 2**20:
            raise UnreadableError("limit", f"{unpacked / 2**20:.0f} MB unpacked")
        if any(m.flag_bits & 1 for m in members):
            raise UnreadableError("encrypted")
        self.names = {m.filename.replace("\\", "/").lstrip("/").lower(): m for m in members}

    def raw(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none. Raises UnreadableError on damage."""
        member = self.names.get(name.lstrip("/").lower())
        if member is None:
            return None
        try:
            return self._archive.read(member)
        except DAMAGE as error:
            raise UnreadableError("corrupt", f"{name}: {error}") from error

    def root(self, name: str) -> Element | None:
        """A part's root element; None where there is none. Raises UnreadableError on damage."""
        data = self.raw(name)
        return None if data is None else self._parsed(name, data)

    def _parsed(self, name: str, data: bytes) -> Element:
        try:
            return xml(data)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableError("corrupt", f"{name}: {error}") from error

    def stream(self, name: str, tags: Sequence[str]) -> Iterator[Element]:
        """A part's elements of these tags; of a large part each is emptied when the next is asked for."""
        data = self.raw(name)
        if data is None:
            raise UnreadableError("corrupt", f"no {name}")
        try:
            yield from elements(data, [f"{{*}}{tag}" for tag in tags])
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableError("corrupt", f"{name}: {error}") from error

    def facts(self, name: str) -> dict[str, str]:
        """Title and creator; a damaged part costs only them."""
        try:
            root = self.root(name)
        except UnreadableError:
            return {}
        return {} if root is None else facts_of(root)


def facts_of(root: Element) -> dict[str, str]:
    """Title and creator as a part with metadata gives them."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        key = _NAMES.get(local(element))
        text = (element.text or "").strip()
        if key and text:
            found.setdefault(key, text)
    return found


def attribute(element: Element, name: str) -> str:
    """An attribute whatever its namespace's prefix; empty where it is not there."""
    return attributes(element).get(name, "")


def attributes(element: Element) -> dict[str, str]:
    """The attributes by their names without namespaces; of several so called the first."""
    items = cast("list[tuple[str, str]]", element.items())  # str() of each takes twice as long
    return {_bare(key): value for key, value in reversed(items)}


def number_of(told: Mapping[str, str], name: str) -> int:
    """How often or how far one of an element's `attributes` says, 1 where it is not there."""
    text = told.get(name)
    if text is None:  # nearly always
        return 1
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return _bare(str(element.tag))


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return name.rpartition("}")[2]


@lru_cache(maxsize=16_384)
def cell_address(reference: str) -> tuple[int, int] | None:
    """`C7` → row and column from 0; None where it is no address."""
    letters = reference.rstrip("0123456789")
    column, row = column_number(letters), reference[len(letters) :]
    return None if column is None or not 0 < len(row) < 8 else (int(row) - 1, column)


def column_number(letters: str) -> int | None:
    """`A` → 0, `AB` → 27; None for what are no column's letters."""
    if not 0 < len(letters) < 4 or not all("A" <= letter <= "Z" for letter in letters):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
