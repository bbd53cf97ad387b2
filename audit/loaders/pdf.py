"""PDF: ruled tables by their geometry, characters by their boxes, running text as paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import tablers

from audit.document import Block, Document, Paragraph, Picture, Place
from audit.errors import NoTextError, UnreadableError
from audit.loaders._pdf_chars import Characters, characters
from audit.loaders._pdf_lines import Line, lines_of, paragraphs, without_furniture
from audit.loaders._pdf_tables import cell_boxes, grids
from audit.loaders.base import Loader, Source

#: Pages with fewer characters than this have no text of their own.
_FEW = 12
#: Share of a page that a picture must cover to be the page.
_MOST = 0.4


def _load(source: Source) -> Iterator[Document]:
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            "encrypted" if "password" in str(error).lower() else "corrupt"
        ) from error
    with document:
        if len(document) > source.limits.pages:
            raise UnreadableError("limit", f"{len(document)} 页 > {source.limits.pages} 页")
        if not len(document):
            raise UnreadableError("corrupt")
        yield Document(source.name, "pdf", tuple(_blocks(document, source)), _metadata(document))


def _blocks(document: Any, source: Source) -> list[Block]:
    try:
        drawn = tablers.Document(bytes=source.data)
    except RuntimeError as error:
        raise UnreadableError("corrupt", str(error)[:80]) from error
    placed: list[tuple[int, float, Block]] = []
    rest: list[list[Line]] = []
    heights: list[float] = []
    count = 0
    with drawn:
        for number, (page, lines) in enumerate(zip(document, drawn.pages(), strict=False), start=1):
            found = characters(page, source.limits.characters)
            count += len(found.text)
            if len(found.text) < _FEW:
                placed += [
                    (number, p.place.box[1] if p.place.box else 0.0, p)
                    for p in _pictures(page, number)
                ]
            tables, inside = _tables(lines, found, number, page)
            placed += [(number, top, grid) for top, grid in tables]
            outside = np.flatnonzero(~inside)
            rest.append(lines_of([found.text[i] for i in outside], found.boxes[outside]))
            heights.append(found.size[1])
            page.close()
    if count < _FEW:
        raise NoTextError("no_text")
    cut = {(page, top) for page, top, _ in placed}
    placed += _running(without_furniture(rest, heights), cut)
    placed.sort(key=lambda item: (item[0], item[1]))
    blocks = [block for _, _, block in placed]
    cells = sum(len(b.cells) for b in blocks if hasattr(b, "cells"))
    if cells > source.limits.cells:
        raise UnreadableError("limit", f"{cells} > {source.limits.cells}")
    return blocks


def _tables(lines: Any, found: Characters, number: int, page: Any) -> Any:
    boxes = cell_boxes(lines)
    width, height = page.get_size()
    if page.get_rotation() in (90, 270):
        width, height = height, width
    return grids(boxes, found, number, (width, height))


def _running(
    pages: list[list[Line]], cut: set[tuple[int, float]]
) -> list[tuple[int, float, Paragraph]]:
    """Paragraphs of the text outside tables; none runs across a table."""
    told: list[tuple[int, float, Paragraph]] = []
    held: list[tuple[int, Line]] = []
    for number, lines in enumerate(pages, start=1):
        tops = sorted(top for page, top in cut if page == number)
        for line in lines:
            while tops and tops[0] < line.top:
                tops.pop(0)
                told += paragraphs(held)
                held = []
            held.append((number, line))
        if tops:
            told += paragraphs(held)
            held = []
    told += paragraphs(held)
    return told


def _pictures(page: Any, number: int) -> Iterator[Picture]:
    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _MOST * width * height:
            box = (left, height - top, right, height - bottom)
            yield Picture(Place(page=number, box=box), (right - left, top - bottom))


def _metadata(document: Any) -> dict[str, str]:
    names = {"Title": "title", "Author": "creator"}
    told = document.get_metadata_dict(skip_empty=True)
    return {names[k]: v.strip() for k, v in told.items() if k in names and v.strip()}


LOADER = Loader(
    name="pdf",
    version=1,
    suffixes=(".pdf",),
    sniff=lambda head: b"%PDF-" in head[:1024],
    load=_load,
)
