"""PDF: ruled tables by the lines drawn, characters by their boxes, running text as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2

from audit.document import Block, Document, Picture, Place
from audit.errors import NoTextError, UnreadableError
from audit.loaders._pdf_breaks import mended
from audit.loaders._pdf_chars import Characters, characters
from audit.loaders._pdf_lines import Line
from audit.loaders._pdf_paths import drawn
from audit.loaders._pdf_tables import PageText, page_text
from audit.loaders._pdf_text import margin_of, paragraphs, without_furniture
from audit.loaders.base import Loader, Source

#: Pages with fewer characters than this have no text of their own.
_FEW = 12
#: Pictures smaller than this share of the page are stamps, signs and bullets.
_SMALL = 0.004
#: Pictures that cover more of the page than this, are the page.
_MOST = 0.4
_PASSWORD = "password"
_NAMES = {"Title": "title", "Author": "creator", "CreationDate": "created"}
_DATE = re.compile(r"^D:(\d{4})(\d\d)(\d\d)")

Placed = tuple[int, float, Block]


def _load(source: Source) -> Iterator[Document]:
    document = _opened(source)
    try:
        if len(document) > source.limits.pages:
            raise UnreadableError("limit", f"{len(document)} 页 > {source.limits.pages} 页")
        if not len(document):
            raise UnreadableError("corrupt", "no pages")
        yield Document(source.name, "pdf", _blocks(document, source), _metadata(document))
    finally:
        document.close()


def _opened(source: Source) -> Any:
    try:
        return pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        told = str(error)
        reason = "encrypted" if _PASSWORD in told.lower() else "corrupt"
        raise UnreadableError(reason, told[:80]) from error


def _blocks(document: Any, source: Source) -> tuple[Block, ...]:
    limits = source.limits
    placed: list[Placed] = []
    pages: list[tuple[Line, ...]] = []
    heights: list[float] = []
    count = cells = 0
    for number in range(1, len(document) + 1):
        found, text, pictures = _page(document, number, limits.characters - count + 1)
        count += len(found)
        cells += sum(len(grid.cells) for _, grid in text.grids)
        if count > limits.characters or cells > limits.cells:
            raise UnreadableError("limit", f"第 {number} 页：{count} 字，{cells} 格")
        placed += [(number, top, grid) for top, grid in text.grids]
        placed += [(number, p.place.box[1] if p.place.box else 0.0, p) for p in pictures]
        pages.append(text.lines)
        heights.append(found.frame.size[1])
    if count < _FEW:
        raise NoTextError("no_text")
    placed += _running(without_furniture(pages, heights), placed)
    placed.sort(key=lambda item: (item[0], item[1]))
    return tuple(mended([block for _, _, block in placed]))


def _page(document: Any, number: int, most: int) -> tuple[Characters, PageText, list[Picture]]:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("corrupt", f"第 {number} 页") from error
    try:
        found = characters(page, most)
        shapes = drawn(page)
        upright = found.frame.upright
        text = page_text(found, upright(shapes.lines), upright(shapes.areas), number)
        return found, text, list(_pictures(upright(shapes.pictures), found, number))
    finally:
        page.close()


def _pictures(boxes: np.ndarray, found: Characters, number: int) -> Iterator[Picture]:
    width, height = found.frame.size
    for left, top, right, bottom in boxes.tolist():
        size = (right - left, bottom - top)
        if size[0] * size[1] > _SMALL * width * height:
            yield Picture(Place(page=number, box=(left, top, right, bottom)), size)


def _running(pages: list[list[Line]], cuts: list[Placed]) -> list[Placed]:
    """Paragraphs of the text outside tables; none runs across a table or picture."""
    margin = margin_of(pages)
    told: list[Placed] = []
    held: list[tuple[int, Line]] = []
    for number, lines in enumerate(pages, start=1):
        tops = sorted(top for page, top, _ in cuts if page == number)
        for line in lines:
            if tops and tops[0] < line.top:
                told += paragraphs(held, margin)
                held = []
                tops = [top for top in tops if top >= line.top]
            held.append((number, line))
        if tops:
            told += paragraphs(held, margin)
            held = []
    told += paragraphs(held, margin)
    return told


def _metadata(document: Any) -> dict[str, str]:
    told = {}
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        name, value = _NAMES.get(key), value.strip()
        if name == "created":
            date = _DATE.match(value)
            value = "-".join(date.groups()) if date else ""
        if name and value:
            told[name] = value
    return told


LOADER = Loader(
    name="pdf",
    version=2,
    suffixes=(".pdf",),
    sniff=lambda head: b"%PDF-" in head[:1024],
    load=_load,
)
