"""An OpenDocument table's rows and cells on its columns, cells merged downwards told row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.errors import UnreadableError
from audit.loaders._sheet_package import attribute, attributes, local, number_of
from audit.loaders._word_model import Item, Merge, Slot
from audit.loaders._xml import Element

#: Width in twips of a column whose style does not say; twips a point has.
_WIDTH, _TWIPS = 1000, 20
#: No table of a report has more columns; more of them are a slip or an attack.
_MOST_COLUMNS = 500
_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))


def table_rows(
    table: Element,
    width: Callable[[str], float],
    story: Callable[[Element], list[Item]],
    most: int,
) -> list[list[Slot]]:
    """The rows of a table; `width` tells a column style's points, `story` what a cell holds.

    Raises:
        UnreadableError: more than `most` cells, repeated ones counted.
    """
    rows: list[list[Slot]] = []
    edges = _edges(table, width)
    #: Merged ranges that reach further down: first and last column, and rows still to come.
    reaching: list[tuple[int, int, int]] = []
    cells = 0
    for row in _rows(table):
        for _ in range(number_of(attributes(row), "number-rows-repeated")):
            slots = [Slot(edges[a], edges[b], "on") for a, b, _ in reaching]
            begun = list(_cells(row, {c for a, b, _ in reaching for c in range(a, b)}))
            cells += len(slots) + len(begun)
            if cells > most:
                raise UnreadableError("limit", f"{cells} cells")
            reaching = [(a, b, left - 1) for a, b, left in reaching if left > 1]
            for cell, down, start, end in begun:
                merge: Merge = "start" if down > 1 else ""
                slots.append(Slot(edges[start], edges[end], merge, story(cell)))
                if down > 1:
                    reaching.append((start, end, down - 1))
            rows.append(sorted(slots, key=lambda s: s.left))
    return rows


def _edges(table: Element, width: Callable[[str], float]) -> list[int]:
    """The columns' edges in twips from the left, those that the table does not list among them."""
    edges = [0]
    for column in table.iter("{*}table-column"):
        if len(edges) > _MOST_COLUMNS or _table_of(column) is not table:
            continue
        size = round(width(attribute(column, "style-name")) * _TWIPS) or _WIDTH
        for _ in range(
            min(number_of(attributes(column), "number-columns-repeated"), _MOST_COLUMNS)
        ):
            edges.append(edges[-1] + size)
    while len(edges) <= _MOST_COLUMNS:
        edges.append(edges[-1] + _WIDTH)
    return edges


def _table_of(element: Element) -> Element | None:
    return next((e for e in element.iterancestors() if local(e) == "table"), None)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        kind = local(child) if isinstance(child.tag, str) else ""
        if kind == "table-row":
            yield child
        elif kind in _GROUPS:
            yield from _rows(child)


def _cells(row: Element, busy: set[int]) -> Iterator[tuple[Element, int, int, int]]:
    """The cells that begin in a row, each with its height, its first and the column after its last.

    Positions under a merged cell should be filled with covered cells; where a program left those
    out, the next cell stands behind it.
    """
    at = 0
    for cell in row:
        kind = local(cell) if isinstance(cell.tag, str) else ""
        if kind == "covered-table-cell":
            at += number_of(attributes(cell), "number-columns-repeated")
        elif kind == "table-cell":
            told = attributes(cell)
            down = number_of(told, "number-rows-spanned")
            for _ in range(number_of(told, "number-columns-repeated")):
                while at in busy:
                    at += 1
                wide = number_of(told, "number-columns-spanned")
                if at + wide > _MOST_COLUMNS:
                    return
                yield cell, down, at, at + wide
                busy = busy | set(range(at, at + wide)) if wide > 1 else busy
                at += 1
