"""Pictures of reports (scans, photographs, long screenshots): read by recognition, if at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from audit import ocr
from audit.document import Block, Document
from audit.errors import NoTextError, UnreadableError
from audit.loaders._pdf_breaks import mended
from audit.loaders._pdf_lines import Line
from audit.loaders._pdf_text import Placed, running, without_furniture
from audit.loaders.base import Source

#: A picture higher than so many widths is several pages; each is cut off where nothing stands.
_TALL, _PAGE = 1.7, 1.45
#: Grey values below this are ink.
_INK = 200
_NOISE = 0.002


def load(source: Source) -> Iterator[Document]:
    """The document of a picture, a page or more.

    Raises:
        UnreadableError: it is no picture, or too large, or there is no OCR at hand (`NoTextError`).
    """
    if not (source.ocr and ocr.available()):
        raise NoTextError("no_text")
    from audit.ocr.page import read_page

    placed: list[Placed] = []
    pages: list[list[Line]] = []
    heights: list[float] = []
    width = 0.0
    for number, image in enumerate(_pictures(source), start=1):
        lines: list[Line] = []
        for top, part in _parts(image):
            grids, own = read_page(part, number, 1.0, (0.0, float(top)))
            placed += [(number, above, grid) for above, grid in grids]
            lines += own
        pages.append(lines)
        heights.append(float(image.shape[0]))
        width = max(width, float(image.shape[1]))
    if not placed and not any(pages):
        raise NoTextError("no_text")
    placed += running(without_furniture(pages, heights), placed, width)
    placed.sort(key=lambda item: (item[0], item[1]))
    blocks: tuple[Block, ...] = tuple(mended([block for *_, block in placed]))
    yield Document(source.name, "image", blocks)


def _pictures(source: Source) -> list[np.ndarray]:
    """The pictures of the file and its further pages (height × width × 3, BGR)."""
    found = [image for path in (source.path, *source.pages) for image in _decoded(path, source)]
    if len(found) > source.limits.pages:
        raise UnreadableError("limit", f"{len(found)} 页 > {source.limits.pages} 页")
    return found


def _decoded(path: Path, source: Source) -> Iterator[np.ndarray]:
    """One file's pictures; only TIFF holds several."""
    import cv2

    if path.stat().st_size > source.limits.file_mb * 2**20:
        raise UnreadableError("limit", f"{path.name} > {source.limits.file_mb} MB")
    data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    try:
        fine, found = cv2.imdecodemulti(data, cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise UnreadableError("corrupt", f"{path.name}: {error}"[:80]) from error
    if not fine or not len(found):
        raise UnreadableError("corrupt", path.name if source.pages else "")
    yield from map(np.asarray, found)


def _parts(image: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """A long picture in pages, each with its top; cut where rows are blank."""
    height, width = image.shape[:2]
    if height <= _TALL * width:
        yield 0, image
        return
    blank = (image.min(axis=2) < _INK).mean(axis=1) < _NOISE
    top, page = 0, int(_PAGE * width)
    while height - top > _TALL * width:
        rows = np.flatnonzero(blank[top + page // 2 : top + page])
        end = top + page // 2 + int(rows[-1]) if len(rows) else top + page
        yield top, image[top:end]
        top = end
    yield top, image[top:]
