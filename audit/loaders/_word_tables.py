"""A docx table's rows and cells with their edges: gridSpan, hMerge, vMerge, what was deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from audit.loaders._word_model import Item, Merge, Slot
from audit.loaders._word_package import W, first
from audit.loaders._word_runs import ALTERNATE
from audit.loaders._word_styles import switched
from audit.loaders._xml import Element

_TR, _TC, _TABLE = f"{W}tr", f"{W}tc", f"{W}tbl"
_TCPR, _TRPR, _VAL = f"{W}tcPr", f"{W}trPr", f"{W}val"
_SPAN, _TCW, _DELETED = f"{W}gridSpan", f"{W}tcW", f"{W}cellDel"
_BEFORE = f"{W}gridBefore"
_ACROSS, _DOWN = (f"{W}hMerge", f"{W}hmerge"), (f"{W}vMerge", f"{W}vmerge")
#: Rows and cells that were deleted under tracked changes do not print.
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
#: Twips a column has where the table does not say.
_WIDTH = 1000
#: No table of a report has more columns; a span beyond it is a slip or an attack.
_MOST_COLUMNS = 500


#: Rows are equally wide where they differ by no more than this factor.
_EQUAL = 1.02


class Rows:
    """Reads tables; `story` reads what a cell holds."""

    def __init__(self, story: Callable[[Element], list[Item]]) -> None:
        self._story = story

    def of(self, table: Element) -> list[list[Slot]]:
        """The table's rows, without those deleted."""
        edges = _Edges(table)
        read = [self._row(row, edges) for row in _within(table, _TR) if not _unprinted(row)]
        _follow_widths(read)
        return [row.slots for row in read]

    def _row(self, row: Element, edges: _Edges) -> _Row:
        slots: list[Slot] = []
        widths: list[int] = []
        at = _whole(first(first(row, _TRPR), _BEFORE), 0)
        for cell in _within(row, _TC):
            properties = first(cell, _TCPR)
            told = {} if properties is None else {p.tag: p for p in properties}
            if _DELETED in told:
                continue
            end = min(at + _whole(told.get(_SPAN), 1), _MOST_COLUMNS)
            at = min(at, end - 1)
            width = _width(told.get(_TCW))
            if slots and _merge(told, _ACROSS) == "on":
                slots[-1].right = edges[end]
                widths[-1] += width
            else:
                slots.append(Slot(edges[at], edges[end], _merge(told, _DOWN), self._story(cell)))
                widths.append(width)
            at = end
        return _Row(slots, widths)


@dataclass(slots=True)
class _Row:
    """A row's cells, and the widths they ask for (0 where they ask for none)."""

    slots: list[Slot]
    widths: list[int]


def _follow_widths(rows: list[_Row]) -> None:
    """Where rows end at different columns, as programs write that know no spans, Word goes by the
    cells' widths: so do we if every cell has one and the rows come out equally wide.
    """
    rows = [row for row in rows if row.slots]
    if len({row.slots[-1].right for row in rows}) < 2:
        return
    totals = [sum(row.widths) for row in rows]
    known = all(all(row.widths) and row.slots[0].left == 0 for row in rows)
    if not known or max(totals) > min(totals) * _EQUAL:
        return
    for row in rows:
        at = 0
        for slot, width in zip(row.slots, row.widths, strict=True):
            slot.left, slot.right = at, at + width
            at += width


class _Edges:
    """The columns' edges in twips; columns that the table does not list have a common width."""

    def __init__(self, table: Element) -> None:
        grid = table.find(f"{W}tblGrid")
        widths = [] if grid is None else [c.get(f"{W}w", "") for c in grid.iter(f"{W}gridCol")]
        self._edges = [0]
        for width in widths[:_MOST_COLUMNS]:
            size = int(width) if width.isdecimal() else 0
            self._edges.append(self._edges[-1] + (size or _WIDTH))

    def __getitem__(self, number: int) -> int:
        beyond = number - len(self._edges) + 1
        return self._edges[number] if beyond <= 0 else self._edges[-1] + beyond * _WIDTH


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """The rows or cells of a table, also those inside content controls and the like."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == ALTERNATE:
            yield from _within(child[0], tag) if len(child) else ()
        elif child.tag not in (_TABLE, _TC, _TR, _TCPR, _TRPR) and child.tag not in _GONE:
            yield from _within(child, tag)


def _unprinted(row: Element) -> bool:
    properties = first(row, _TRPR)
    if properties is None:
        return False
    return bool(switched(properties, "hidden")) or any(child.tag in _GONE for child in properties)


def _width(width: Element | None) -> int:
    """The width a cell asks for in twips; 0 for none or one in other units."""
    if width is None or width.get(f"{W}type", "dxa") != "dxa":
        return 0
    text = width.get(f"{W}w", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _whole(element: Element | None, least: int) -> int:
    text = "" if element is None else element.get(_VAL, "")
    return max(least, int(text)) if text.isdecimal() and len(text) < 6 else least


def _merge(told: Mapping[str, Element], names: tuple[str, str]) -> Merge:
    """A merge's state; Word 2003 spells `vmerge`, and a merge without a value goes on."""
    element = told.get(names[0], told.get(names[1]))
    if element is None:
        return ""
    return "start" if element.get(_VAL) == "restart" else "on"
