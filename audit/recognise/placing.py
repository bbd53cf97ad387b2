"""Value cells of a grid's row → the columns they stand under, or why that can't be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.document import Cell
from audit.recognise.columns import Column
from audit.recognise.rows import COUNT, CROWDED, MERGED, NO_CELL, NO_HEADER, RAGGED, Value
from audit.values import looks_like_value

_UNSURE = 0.9
#: Figures of table four under no label at all from which on labels are lost, not a column put in.
_ASTRAY = 2


def placed(columns: Sequence[Column], cells: Sequence[Cell]) -> tuple[list[Value], str]:
    """Values under the labels they stand under, and why the row can't be read if it can't.

    A cell under several labels is read under none. Where the file tells rows of cells and not
    positions, a row with a cell more or less than the header may have been shifted: all of it is
    in doubt then.
    """
    if cells and columns and _reaches_in(columns[0], cells[0]):
        cells = [replace(cells[0], doubt=MERGED), *cells[1:]]
    return _placed(columns, cells)


def _placed(columns: Sequence[Column], cells: Sequence[Cell]) -> tuple[list[Value], str]:
    if len(cells) == len(columns) and all(map(_over, columns, cells)):
        return [_value(cell, c.name) for c, cell in zip(columns, cells, strict=True)], ""
    under: list[list[Cell]] = [[] for _ in columns]
    told: list[Value] = []
    for cell in cells:
        hits = [n for n, column in enumerate(columns) if _over(column, cell)]
        if not hits and cell.text.strip():
            told.append(_value(cell, None))
        if len(hits) > 1:
            told += [_value(cell, columns[n].name, MERGED) for n in hits]
        for hit in hits:
            under[hit].append(cell)
    drawn = any(c.place.sheet is not None or c.place.page is not None for c in cells)
    if not drawn and (any(v.column is None for v in told) or _shifted(columns, under)):
        wide = [c for c in cells if c.text.strip()]
        labelled = all(c.label.strip() for c in columns)
        if labelled and len(wide) == len(columns) and not _beside(columns, wide):
            return [_value(cell, c.name) for c, cell in zip(columns, wide, strict=True)], ""
        return [_value(c, None) for c in cells], RAGGED.format(
            found=len(cells), wanted=len(columns)
        )
    merged = {id(c) for c in cells if sum(_over(column, c) for column in columns) > 1}
    for column, own in zip(columns, under, strict=True):
        if own:
            told += _one(column, [c for c in own if id(c) not in merged])
        elif cells:
            told.append(_nothing(column, cells[0]))
    if any(value.doubt == NO_CELL for value in told):
        # On a page a figure beside a place without cell may stand in one that reaches over it.
        told = [replace(v, doubt=v.doubt or MERGED) for v in told]
    return told, ""


def _reaches_in(column: Column, cell: Cell) -> bool:
    """Whether a row's first cell reaches from under a strange label to the first column."""
    beside = column.beside
    return beside is not None and not cell.doubt and cell.column <= beside and _over(column, cell)


def _shifted(columns: Sequence[Column], under: Sequence[Sequence[Cell]]) -> bool:
    """Whether a label has nothing under it, or several numbers, or there is a number under none."""
    for column, cells in zip(columns, under, strict=True):
        filled = sum(bool(c.text.strip()) for c in cells)
        if not cells or filled > 1 or (filled and not column.label.strip()):
            return True
    return False


def _beside(columns: Sequence[Column], cells: Sequence[Cell]) -> bool:
    """Whether the first of a row's cells stands before all labels while its last ends with them:
    under a column without label, no row that moved. Cells that reach over rows tell nothing either.
    """
    ends = cells[-1].column + cells[-1].column_span == columns[-1].end
    before = cells[0].column + cells[0].column_span <= columns[0].start
    return (ends and before) or any(c.row_span > 1 for c in cells)


def _nothing(column: Column, first: Cell) -> Value:
    """A position of a sheet without a cell is blank; a page without rulings there says nothing."""
    if first.place.sheet is None:
        return Value("", first.place, column.name, NO_CELL)
    at = (first.place.column or 0) + column.start - first.column
    return Value("", replace(first.place, column=at), column.name)


def _one(column: Column, cells: list[Cell]) -> list[Value]:
    """What stands under one label: one cell, or one with blanks beside it."""
    filled = [c for c in cells if c.text.strip()]
    if len(filled) > 1:
        return [_value(filled[0], column.name, CROWDED)]
    return [_value(c, column.name) for c in (filled or cells)[:1]]


def by_order(names: Sequence[str | None], cells: Sequence[Cell]) -> tuple[list[Value], str]:
    """Values in the order of a header that stands elsewhere: only if their number is just right."""
    if len(cells) != len(names):
        doubt = COUNT.format(found=len(cells), wanted=len(names)) if names else NO_HEADER
        return [_value(c, None) for c in cells], doubt
    return [_value(c, name) for c, name in zip(cells, names, strict=True)], ""


def all_headed(columns: Sequence[Column], values: Sequence[Cell]) -> bool:
    """Whether figures of table four stand under labels that can be trusted.

    A channel's label reaches over blanks: where other labels are lost, it may reach too far. A page
    shows no more than where words stand, so there every figure needs a label of the form.
    """
    figures = [c for c in values if looks_like_value(c.text)]
    labelled = [c for c in columns if c.label.strip()]
    named = [c for c in columns if c.name is not None]
    if any(c.place.page is not None for c in figures):
        return all(any(_over(c, f) for c in named) for f in figures)
    return sum(not any(_over(c, f) for c in labelled) for f in figures) < _ASTRAY


def _over(column: Column, cell: Cell) -> bool:
    return column.start < cell.column + cell.column_span and cell.column < column.end


def _value(cell: Cell, column: str | None, doubt: str = "") -> Value:
    if not doubt and cell.row_span > 1:
        doubt = MERGED
    if not doubt and (cell.doubt or cell.confidence < _UNSURE):
        doubt = cell.doubt or f"识别把握仅 {cell.confidence:.0%}"
    return Value(cell.text, cell.place, column, doubt)
