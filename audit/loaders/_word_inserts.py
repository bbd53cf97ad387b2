"""What a docx holds of other programs' files and shows in its text: workbooks, imported web pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from audit.document import Block, Cell, Document, Grid, Paragraph, Place
from audit.errors import UnreadableError
from audit.loaders._word_model import Inserted
from audit.loaders._word_package import RELATION, Package
from audit.loaders._word_page import read_page
from audit.loaders._xml import Element
from audit.loaders.base import Loaded, Source

_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_Load = Callable[[Source], Iterator[Loaded]]


class Inserts:
    """Reads the parts that a document's text refers to."""

    def __init__(self, package: Package, source: Source) -> None:
        self._package = package
        self._source = source

    def workbook(self, shape: Element) -> Inserted | None:
        """The table that an embedded workbook shows; None where it is none, or shown as an icon.

        Of a workbook with several sheets nobody knows which one is shown.
        """
        held = next(shape.iter(_OBJECT), None)
        if held is None or held.get("Type") != "Embed" or held.get("DrawAspect") != "Content":
            return None
        from audit.loaders import sheet  # few documents hold any

        try:
            blocks = self._read(self._part(held), sheet.load)
        except UnreadableError:
            return None
        names = {b.place.sheet for b in blocks}
        shown = tuple(b for b in blocks if not (isinstance(b, Paragraph) and b.heading))
        tables = any(isinstance(b, Grid) for b in shown)
        return Inserted(shown) if tables and len(names) == 1 else None

    def page(self, chunk: Element) -> Inserted:
        """What an imported web page holds.

        Raises:
            UnreadableError: it is no web page.
        """
        data = self._part(chunk)
        if not data:
            raise UnreadableError("unknown_format", "altChunk")
        blocks = self._read(data, lambda s: read_page(s, s.data, "docx"))
        return Inserted(tuple(map(_unplaced, blocks)))

    def _part(self, element: Element) -> bytes:
        _, name = self._package.targets().get(element.get(f"{RELATION}id", ""), ("", ""))
        return self._package.raw(name)

    def _read(self, data: bytes, load: _Load) -> list[Block]:
        with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
            path = Path(folder) / "part"
            path.write_bytes(data)
            found = list(load(replace(self._source, path=path)))
        return [b for d in found if isinstance(d, Document) for b in d.blocks]


def _unplaced(block: Block) -> Block:
    """The block without the numbers that the page gave it: the document counts its own."""
    if not isinstance(block, Grid):
        return replace(block, place=Place())
    return Grid(tuple(map(_unnumbered, block.cells)), Place())


def _unnumbered(cell: Cell) -> Cell:
    return replace(cell, place=Place(row=cell.place.row, column=cell.place.column))
