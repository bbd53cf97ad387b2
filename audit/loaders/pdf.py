"""PDF: ruled tables by the lines drawn, characters by their boxes, running text as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import pypdfium2

from audit.document import Block, Document, Grid, Picture, Place
from audit.errors import NoTextError, UnreadableError
from audit.loaders import _pdf_scan
from audit.loaders._flat_grids import flattened
from audit.loaders._pdf_across import without_spread
from audit.loaders._pdf_breaks import mended
from audit.loaders._pdf_chars import Characters, characters
from audit.loaders._pdf_columns import Part, parts, put_back
from audit.loaders._pdf_forms import filled_in, prepare
from audit.loaders._pdf_gutters import Gutter, gutters
from audit.loaders._pdf_lines import Line
from audit.loaders._pdf_paths import drawn
from audit.loaders._pdf_struck import comments
from audit.loaders._pdf_tables import page_text
from audit.loaders._pdf_text import Placed, running, without_furniture, without_portal
from audit.loaders.base import Source
from audit.pdfium import opened

#: Pictures smaller than this share of the page are stamps, signs and bullets.
_SMALL = 0.004
#: What a whole file ends in, within so many bytes.
_END, _TAIL = b"%%EOF", 4096
_PASSWORD = "password"
_NAMES = {"Title": "title", "Author": "creator", "CreationDate": "created"}
_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one page, or on a part of it that is read by itself.

    Grids with their tops, lines of text, pictures; how many characters were seen; the page's number,
    and how far the part was moved to the left (points).
    """

    grids: tuple[tuple[float, Grid], ...]
    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]
    count: int
    size: tuple[float, float]
    full: tuple[Place, ...] = ()
    number: int = 0
    shift: float = 0.0


def load(source: Source) -> Iterator[Document]:
    """The document of a file.

    Raises:
        UnreadableError: damaged, encrypted, over the limits, or without text that can be read (`NoTextError`).
    """
    document = _opened(source)
    try:
        if len(document) > source.limits.pages:
            raise UnreadableError("limit", f"{len(document)} 页 > {source.limits.pages} 页")
        if not len(document):
            raise UnreadableError("corrupt", "no pages")
        prepare(document)
        yield Document(source.name, "pdf", _blocks(document, source), _metadata(document))
    finally:
        document.close()


def _opened(source: Source) -> Any:
    # A file that is cut off opens, with its last pages missing and nothing said of it.
    if _END not in source.data.rstrip(b"\0\r\n\t ")[-_TAIL:]:
        raise UnreadableError("corrupt", "no end of file")
    try:
        return opened(source.data)
    except pypdfium2.PdfiumError as error:
        told = str(error)
        reason = "encrypted" if _PASSWORD in told.lower() else "corrupt"
        raise UnreadableError(reason, told[:80]) from error


def _blocks(document: Any, source: Source) -> tuple[Block, ...]:
    placed: list[Placed] = []
    pages: list[_Page] = []
    written = 0
    for part, page in enumerate(_pages(document, source), start=1):
        if written < _pdf_scan.FEW:
            written += len(page.grids) + sum(len(line.text) for line in page.lines)
        placed += [(part, top, grid) for top, grid in page.grids]
        placed += [(part, p.place.box[1] if p.place.box else 0.0, p) for p in page.pictures]
        pages.append(page)
    if written < _pdf_scan.FEW and not any(isinstance(block, Grid) for *_, block in placed):
        raise NoTextError("no_text")
    width = max(page.size[0] for page in pages)
    placed += running(_texts(pages), placed, width)
    placed.sort(key=lambda item: (item[0], item[1]))
    full = {place for page in pages for place in page.full}
    whole = mended(without_spread([block for _, _, block in without_portal(placed)]), full)
    origins = [(page.number, page.shift) for page in pages]
    return tuple(put_back(flattened(list(whole)), origins))


def _texts(pages: Sequence[_Page]) -> list[list[Line]]:
    """Each part's lines without headers and footers, of which a sheet with two pages has two."""
    lines = [page.lines for page in pages]
    kept = without_furniture(lines, [page.size[1] for page in pages])
    if len(pages) == pages[-1].number:
        return kept
    sheets = [list(parts) for _, parts in groupby(pages, key=lambda page: page.number)]
    whole = [[line for page in sheet for line in page.lines] for sheet in sheets]
    told = without_furniture(whole, [sheet[0].size[1] for sheet in sheets])
    both = {id(line) for lines in told for line in lines}
    return [[line for line in lines if id(line) in both] for lines in kept]


def _pages(document: Any, source: Source) -> Iterator[_Page]:
    limits = source.limits
    recognise = _pdf_scan.at_hand(source.ocr)
    count = cells = before = 0
    held: list[Gutter] = []
    for number in range(1, len(document) + 1):
        most = limits.characters - count + 1
        for page in _page(document, number, before, most, recognise, held):
            before += 1
            count += page.count
            cells += sum(len(grid.cells) for _, grid in page.grids)
            if count > limits.characters or cells > limits.cells:
                raise UnreadableError("limit", f"第 {number} 页：{count} 字，{cells} 格")
            yield page


def _page(
    document: Any, number: int, before: int, most: int, recognise: bool, held: list[Gutter]
) -> Iterator[_Page]:
    """A page's parts, in places of which their number stands for the page's; `before` are numbered.

    `held` are the gutters of the page before, and become this one's.
    """
    try:
        page = filled_in(document, document[number - 1], number)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("corrupt", f"第 {number} 页") from error
    try:
        found = characters(page, most)
        shapes = drawn(page)
        upright = found.frame.upright
        pictures = upright(shapes.pictures)
        layer = _pdf_scan.is_layer(page, found, pictures)
        if layer or _pdf_scan.is_scan(found, pictures):
            scanned = _scan(page, found, before + 1, recognise)
            if scanned.lines or scanned.grids or not layer:
                yield replace(scanned, number=number)
                return
        lines = np.concatenate([upright(shapes.lines), upright(comments(page))])
        whole = Part(found, lines, upright(shapes.areas), pictures)
        held[:] = gutters(found, whole.lines, whole.areas, held)
        for at, part in enumerate(parts(whole, held), start=before + 1):
            recognised = recognise and not (layer or found.frame.turns or part.shift)
            text = _with_pictures(page, part, at, recognised)
            grids = _pdf_scan.doubted(text.grids) if layer else text.grids
            yield replace(text, grids=grids, number=number, shift=part.shift)
    finally:
        page.close()


def _scan(page: Any, found: Characters, number: int, recognise: bool) -> _Page:
    """A page that is a picture, read if that can be done."""
    width, height = page.get_size()
    if recognise:
        grids, lines = _pdf_scan.read(page, number)
        if grids or lines:
            count = sum(len(line.text) for line in lines)
            return _Page(tuple(grids), tuple(lines), (), count, (width, height))
    picture = Picture(Place(page=number, box=(0.0, 0.0, width, height)), (width, height))
    return _Page((), (), (picture,), len(found), (width, height))


def _with_pictures(page: Any, part: Part, number: int, recognise: bool) -> _Page:
    """A part of text; pictures that hold a table are read if that can be done."""
    found = part.found
    text = page_text(found, part.lines, part.areas, number)
    width, height = found.frame.size
    grids, pictures = list(text.grids), []
    for left, top, right, bottom in part.pictures.tolist():
        box, size = (left, top, right, bottom), (right - left, bottom - top)
        if size[0] * size[1] < _SMALL * width * height:
            continue
        if recognise and _pdf_scan.may_be_table(box, found):
            more, _ = _pdf_scan.read(page, number, box)
            if more:
                grids += more
                continue
        pictures.append(Picture(Place(page=number, box=box), size))
    return _Page(tuple(grids), text.lines, tuple(pictures), len(found), (width, height), text.full)


def _metadata(document: Any) -> dict[str, str]:
    told = {}
    for key, name in _NAMES.items():
        try:
            value = document.get_metadata_value(key).strip()
        except UnicodeDecodeError:  # makers cut titles off in the middle of a character
            continue
        if name == "created":
            date = _DATE.match(value)
            value = "-".join(date.groups()) if date else ""
        if value:
            told[name] = value
    return told
