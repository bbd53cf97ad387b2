"""A page's elements in reading order → paragraphs, pictures and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from audit.document import Block, Cell, Grid, Paragraph, Picture, Place
from audit.errors import UnreadableError
from audit.loaders._html_meta import Metadata
from audit.loaders.base import Limits

_BLOCK = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
        ),
        *(
            "dt",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
        ),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "td", "th", "tr", "ul"),
    }
)
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "select", "option", "button", "textarea", "iframe"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u3000\u200b\ufeff]+")
_NUMBER = re.compile(r"\d+")
#: A layout table has at most this share of its cells filled with short text.
_LONG = 60


class Flow:
    """Walks a page; paragraphs are numbered as they come, tables as they stand."""

    def __init__(self, meta: Metadata, limits: Limits) -> None:
        self._meta = meta
        self._limits = limits
        self._found: list[Block] = []
        self._text: list[str] = []
        self._heading = False
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0

    def blocks(self) -> Iterator[Block]:
        """All that was found."""
        self._close()
        yield from self._found

    def walk(self, element: Any, depth: int = 0) -> None:
        """An element and all in it, in order."""
        if depth > 400:
            raise UnreadableError("limit", "嵌套过深")
        if not isinstance(element.tag, str):
            return
        tag = element.tag.rpartition(":")[2].lower()
        if tag in _SILENT or _is_hidden(element):
            return
        if tag == "table":
            self._close()
            self._table(element, depth)
            return
        if tag in ("img", "image", "imagedata"):
            self._picture(element)
        if tag == "br":
            self._close()
        block = tag in _BLOCK
        if block:
            self._close()
        self._heading = self._heading or tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        self._text.append(element.text or "")
        for child in element:
            self.walk(child, depth + 1)
            self._text.append(child.tail or "")
        if block:
            self._close()

    def _close(self) -> None:
        text = _SPACES.sub(" ", "".join(self._text)).strip()
        if text:
            self._paragraphs += 1
            if not (len(text) < 200 and self._meta.line(text)):
                place = Place(line=self._paragraphs)
                self._found.append(Paragraph(text, place, self._heading))
        self._text, self._heading = [], False

    def _picture(self, element: Any) -> None:
        size = (_length(element.get("width")), _length(element.get("height")))
        self._close()
        self._found.append(Picture(Place(line=self._paragraphs + 1), size))

    # ---- tables

    def _table(self, table: Any, depth: int) -> None:
        rows = list(_rows(table))
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    self.walk(cell, depth + 1)
            return
        texts = [[_text_of(c) for c in row] for row in rows]
        if len(rows) <= 12 and self._meta.table(texts):
            return
        self._tables += 1
        grid = self._grid(rows, self._tables)
        if grid.cells:
            self._found.append(grid)

    def _grid(self, rows: list[list[Any]], number: int) -> Grid:
        taken: set[tuple[int, int]] = set()
        cells = []
        for row, elements in enumerate(rows):
            column = 0
            for element in elements:
                while (row, column) in taken:
                    column += 1
                height = min(_span(element.get("rowspan")), len(rows) - row)
                width = min(_span(element.get("colspan")), 60)
                while width > 1 and any((row, column + w) in taken for w in range(width)):
                    width -= 1
                area = {(row + h, column + w) for h in range(height) for w in range(width)}
                self._cells += len(area)
                if self._cells > self._limits.cells:
                    raise UnreadableError("limit", f"> {self._limits.cells} 格")
                taken |= area
                place = Place(table=number, row=row + 1, column=column + 1)
                cells.append(Cell(_text_of(element), row, column, place, height, width))
                column += width
        return Grid(tuple(cells), Place(table=number))


def _rows(table: Any) -> Iterator[list[Any]]:
    """The table's own rows with their cells; tables inside are the cells' business."""
    for part in table:
        if not isinstance(part.tag, str) or _is_hidden(part):
            continue
        if part.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(part)
        elif part.tag == "tr":
            yield [c for c in part if c.tag in ("td", "th") and not _is_hidden(c)]


def _is_layout(rows: list[list[Any]]) -> bool:
    """Whether a table only arranges the page: one column, tables inside, or long texts."""
    cells = [c for row in rows for c in row]
    if not cells or max(len(row) for row in rows) <= 1:
        return True
    if any(next(c.iter("table"), None) is not None for c in cells):
        return True
    long = sum(len(_text_of(c)) > 4 * _LONG for c in cells)
    return long > 0


def _text_of(element: Any) -> str:
    """All text inside, silent and hidden parts left out, one blank for any run of them."""
    parts: list[str] = []
    _gather(element, parts)
    return _SPACES.sub(" ", "".join(parts)).strip()


def _gather(element: Any, parts: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _SILENT or _is_hidden(element):
        return
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag in ("br", "p", "div"):
            parts.append(" ")
        _gather(child, parts)
        parts.append(child.tail or "")


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (bool(style) and _HIDDEN.search(style) is not None)


def _span(value: str | None) -> int:
    found = _NUMBER.search(value or "")
    return max(1, min(int(found[0]), 1000)) if found else 1


def _length(value: str | None) -> float:
    found = _NUMBER.search(value or "")
    return float(found[0]) if found else 0.0
