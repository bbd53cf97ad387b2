"""A table of units → the labels of each column and the cells of each unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audit.document import Cell, Paragraph, Place
from audit.recognise.normalise import squeezed
from audit.recognise.roll import bare_name, is_head, is_unit
from audit.recognise.rows import CROWDED, MERGED, NO_CELL, SHORT, Value
from audit.recognise.summary.grids import Table, is_numbering
from audit.values import looks_like_value

#: The line that adds up the others.
_SUM = re.compile(
    r".*(?:合计|总计|小计|共计|总和|汇总|累计)数?|全[省市县区州旗镇乡]|.*平均(?:数|值)?"
)
#: What stands below a table: notes, who filled it in.
_FOOT = re.compile(r"(?:注|备注|说明|填表|填报|制表|审核|负责|联系|电话|统计).*")
_NAME = re.compile(r"[\u3400-\u9fff〇（）()·、]{2,30}")
_DATED = re.compile(r"^[^（(]*[:：]|20\d\d")
#: The form has some 200 cells, under five levels of labels or so.
_WIDEST, _DEEPEST = 400, 12
#: A line above the header has no more cells: who filled it in, when, in which unit.
_MOST = 4
_UNSURE = 0.9


@dataclass(frozen=True, slots=True)
class Column:
    """Grid columns `start` to before `end` and the labels above them, top to bottom.

    `gap` says that a cell between these labels is blank, `open` that one below them is; `reaching`
    are labels that stand elsewhere and reach here over blanks beside them.
    """

    start: int
    end: int
    labels: tuple[Cell, ...]
    gap: bool
    open: bool
    reaching: frozenset[Cell]
    place: Place

    @property
    def texts(self) -> tuple[str, ...]:
        """The labels' texts."""
        return tuple(c.text for c in self.labels)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's row: the cell with its name (blank where it has none); grid column → other cell."""

    name: Cell
    at: Mapping[int, Cell]

    @property
    def is_filled(self) -> bool:
        """Whether anything stands there."""
        return any(c.text.strip() for c in self.at.values())

    def under(self, column: Column) -> list[Cell]:
        """The cells in a column, from the left."""
        reach = range(column.start, column.end)
        return list({id(c): c for at in reach if (c := self.at.get(at)) is not None}.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of units as it can be read: titles, columns, lines."""

    table: Table
    titles: tuple[Paragraph, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def listing(table: Table) -> Listing | None:
    """The columns and lines of a table; None where a unit has several rows, labels (or names)
    may have been shifted, or it is larger than the form can make one.
    """
    lines = _lines(table)
    wide = max((_end(c) for c in table.cells), default=0)
    above = [c for c in table.cells if c.row < table.first]
    titles, header = _parted(table, above)
    names = {table.unit} if table.turned else {c.row for c in header}
    shifted = any(table.ragged.get(row, SHORT) != SHORT for row in names)
    if lines is None or shifted or wide > _WIDEST or len({c.row for c in header}) > _DEEPEST:
        return None
    own = (Paragraph(c.text, c.place) for c in titles if c.text.strip())
    columns = tuple(_columns(table, header))
    return Listing(table, (*table.titles, *own), columns, tuple(lines))


# ---- lines


def _lines(table: Table) -> list[Line] | None:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row + cell.row_span > table.first:
            for row in range(max(cell.row, table.first), cell.row + cell.row_span):
                rows.setdefault(row, []).append(cell)
    lines = []
    for row in sorted(rows):
        name = next((c for c in rows[row] if _covers(c, table.unit)), None)
        others = [c for c in rows[row] if c is not name]
        figures = sum(looks_like_value(c.text) for c in others)
        if name is not None and name.row_span > 1 and figures:
            return None
        text = bare_name(name.text) if name is not None else ""
        kind = _kind(text, figures, others)
        if kind is None:
            return None
        if kind:
            cell = replace(name or others[0], text="" if is_numbering(text) else text)
            at = {n: c for c in others for n in range(c.column, _end(c))}
            lines.append(Line(cell, at))
    return lines


def _kind(text: str, figures: int, others: Sequence[Cell]) -> bool | None:
    """Whether a row so named is a unit's; None where that can't be told."""
    if is_numbering(text):
        return figures > 0 and not _counts(others) and not _sums(others)
    if is_head(text) or _SUM.fullmatch(text):
        return False
    if _DATED.search(text) or _FOOT.fullmatch(text) or _NAME.fullmatch(text) is None:
        # A line of notes; with figures beside it whose they are can't be told.
        return False if figures < 2 else None
    return figures > 0 or is_unit(text)


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether figures are 1, 2, 3 … and number the columns."""
    texts = [c.text.strip() for c in cells if c.text.strip()]
    numbers = [int(t) for t in texts if t.isdecimal()]
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    return len(numbers) == len(texts) > 2 and numbers[0] in (0, 1, 2) and rising


def _sums(cells: Sequence[Cell]) -> bool:
    return any(_SUM.fullmatch(squeezed(c.text)) for c in cells)


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < _end(cell)


def _end(cell: Cell) -> int:
    return cell.column + cell.column_span


# ---- columns


def _parted(table: Table, above: Sequence[Cell]) -> tuple[list[Cell], list[Cell]]:
    """Titles above a table and the cells of its header."""
    rows: dict[int, list[Cell]] = {}
    before = [c for c in above if table.turned and _end(c) <= table.unit]
    for cell in above:
        if cell not in before:
            rows.setdefault(cell.row, []).append(cell)
    head = next((c.row for c in above if c.column == table.unit and is_head(c.text)), None)
    titles: list[Cell] = before
    header: list[Cell] = []
    begun = table.turned
    for row in sorted(rows):
        filled = [c for c in rows[row] if c.text.strip()]
        dated = any(_DATED.search(c.text) for c in filled) and (head is None or row < head)
        if (
            not begun
            and (head is None or row < head)
            and (len(filled) < 2 or (dated and len(filled) <= _MOST))
        ):
            titles += filled
        elif not _counts([c for c in rows[row] if c.column > table.unit]):
            header += rows[row]
            begun = True
    return titles, [c for c in header if not _covers(c, table.unit)]


def _columns(table: Table, header: Sequence[Cell]) -> Iterator[Column]:
    """Each column with its labels, from the left; labels of several columns reach over them."""
    over: dict[tuple[int, int], Cell] = {}
    for cell in header:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                over[row, column] = cell
    rows = sorted({row for row, _ in over})
    reach = _reaching(rows, over, table)
    width = max((c.column + c.column_span for c in table.cells), default=0)
    held: Column | None = None
    for column in range(width):
        if column == table.unit:
            continue
        stack = [reach.get((row, column)) for row in rows]
        labels = tuple(dict.fromkeys(c for c in stack if c is not None and c.text.strip()))
        marks = "".join("1" if c is not None and c.text.strip() else "0" for c in stack)
        gap, below = "0" in marks.strip("0"), marks.endswith("0")
        reached = frozenset(c for c in labels if not _covers(c, column))
        lowest = over.get((rows[-1], column)) if rows else None
        place = labels[-1].place if labels else table.place
        now = Column(column, column + 1, labels, gap, below, reached, place)
        if held is not None and lowest is not None and _covers(lowest, held.start):
            held = replace(held, end=column + 1)
            continue
        if held is not None:
            yield held
        held = now
    if held is not None:
        yield held


def _reaching(
    rows: Sequence[int], over: dict[tuple[int, int], Cell], table: Table
) -> dict[tuple[int, int], Cell]:
    """The label over each place; one that is drawn as a cell and blanks beside it reaches over these.

    Only where no cell of its row is merged, and as far as the same labels stand above.
    """
    told = dict(over)
    width = max((c.column + c.column_span for c in table.cells), default=0)
    for number, row in enumerate(rows[:-1]):
        own = [c for (r, _), c in over.items() if r == row and c.row == row]
        if any(c.column_span > 1 for c in own if c.text.strip()):
            continue
        last: Cell | None = None
        for column in range(width):
            cell = told.get((row, column))
            if cell is not None and cell.text.strip():
                last = cell if cell.row_span == 1 else None
                continue
            before = last is not None and all(
                told.get((r, column)) is told.get((r, last.column)) for r in rows[:number]
            )
            if column == table.unit or not before:
                last = None
            elif last is not None:
                told[row, column] = last
    return told


# ---- figures


def value(line: Line, column: Column, listing: Listing) -> Value:
    """What a line has in a column, and why it may not be what it means."""
    table = listing.table
    cells = line.under(column)
    filled = [c for c in cells if c.text.strip()]
    if not cells:
        place = _blank(line.name, column, table)
        return Value("", place, None, "" if place.sheet is not None else NO_CELL)
    cell = (filled or cells)[0]
    doubt = ""
    if len(filled) > 1:
        doubt = CROWDED
    elif cell.row_span > 1 or (cell.column, _end(cell)) != (column.start, column.end):
        doubt = MERGED
    elif cell.doubt or cell.confidence < _UNSURE:
        doubt = cell.doubt or f"识别把握仅 {cell.confidence:.0%}"
    row = column.start if table.turned else line.name.row
    return Value(cell.text, cell.place, None, doubt or table.ragged.get(row, ""))


def _blank(name: Cell, column: Column, table: Table) -> Place:
    """Where in a sheet a cell would stand that is not there."""
    place = name.place
    if place.sheet is None or place.row is None or place.column is None:
        return place
    if table.turned:
        return replace(place, row=column.start)
    return replace(place, column=column.start)
