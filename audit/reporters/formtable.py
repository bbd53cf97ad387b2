"""The form's tables of one report as cells to draw: labels, values, spans, what is wrong where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from audit import wording
from audit.reporters.marks import Mark
from audit.reporters.safe import one_line
from audit.texts import say
from rules.form import TABLES, Block, Form, Label, Table, load_form, positions
from rules.status import Status

if TYPE_CHECKING:
    from rules.dataset import Dataset

#: Printed over the columns of the form's table of applications; no cell's label holds it.
_APPLICANTS = "申请人情况"
_CONTENT = "信息内容"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One cell to draw at `row` and `column` (from 0), spanning `height` × `width`.

    `kind` is `head`, `label` or `value`. A value has its `address`, how it was read, and what is
    wrong with it, if anything is.
    """

    text: str
    kind: str
    row: int
    column: int
    height: int = 1
    width: int = 1
    address: str | None = None
    number: float | None = None
    status: Status = Status.OUTSIDE
    mark: Mark | None = None


@dataclass(frozen=True)
class DrawnTable:
    """One table of the form, its cells by rows; `marked` where a finding is about a cell of it."""

    key: str
    name: str
    title: str
    width: int
    #: Columns at the left that hold labels.
    labels: int
    rows: tuple[tuple[Drawn, ...], ...]

    @property
    def marked(self) -> bool:
        """Whether any cell is wrong or may be."""
        return any(c.mark is not None for row in self.rows for c in row)


@dataclass(frozen=True)
class _Sheet:
    """Where a report's values are looked up while its tables are drawn."""

    report: int
    data: Dataset
    form: Form
    raw: Mapping[str, str]
    marks: Mapping[str, Mark]
    language: str

    def value(self, address: str, row: int, column: int, width: int = 1) -> Drawn:
        status = Status(int(self.data.status[self.report, positions()[address]]))
        number = None
        if status is Status.NUMBER:
            number = float(self.data.values[self.report, positions()[address]])
            text = wording.number(number)
        elif status in (Status.ABSENT, Status.OUTSIDE):
            text = say("absent", self.language)
        else:
            text = one_line(self.raw.get(address, ""))
        return Drawn(
            text=text,
            kind="value",
            row=row,
            column=column,
            width=width,
            address=address,
            number=number,
            status=status,
            mark=self.marks.get(address),
        )

    def merged(self, table: Table) -> bool:
        """Whether this report has one row for the three of （六）."""
        if table.merged is None:
            return False
        key = table.merged.row.key
        cells = (f"{table.key}.{key}.{c.key}" for c in table.blocks[0].columns)
        return any(self.data.status[self.report, positions()[a]] < Status.ABSENT for a in cells)


def raw_texts(data: Dataset, reports: set[int]) -> dict[int, dict[str, str]]:
    """What stood in the cells of these reports: report → address → text."""
    cells = data.cells[data.cells["report"].isin(reports) & data.cells["raw"].notna()]
    found: dict[int, dict[str, str]] = {}
    for report, cell, raw in zip(
        cells["report"].tolist(), cells["cell"].tolist(), cells["raw"].tolist(), strict=True
    ):
        found.setdefault(report, {})[cell] = raw
    return found


def draw(
    data: Dataset, report: int, raw: Mapping[str, str], marks: Mapping[str, Mark], language: str
) -> tuple[DrawnTable, ...]:
    """The three tables of a report as the form of its edition has them."""
    edition = data.reports["edition"].iloc[report]
    form = load_form(2021 if pd.isna(edition) else int(edition))
    sheet = _Sheet(report, data, form, raw, marks, language)
    makers = {"disclosure": _disclosure, "applications": _applications, "disputes": _disputes}
    return tuple(makers[key](form.tables[key], sheet) for key in TABLES)


def _table(table: Table, sheet: _Sheet, width: int, labels: int, cells: list[Drawn]) -> DrawnTable:
    height = 1 + max(c.row for c in cells)
    rows: list[list[Drawn]] = [[] for _ in range(height)]
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(cell)
    name = wording.table_name(table.key, sheet.form, sheet.language)
    return DrawnTable(table.key, name, table.title, width, labels, tuple(map(tuple, rows)))


def _disclosure(table: Table, sheet: _Sheet) -> DrawnTable:
    """Block under block; a block with fewer columns than others has them wider."""
    most = max(len(b.columns) for b in table.blocks)
    cells: list[Drawn] = []
    at = 0
    for block in table.blocks:
        cells.append(Drawn(block.article or "", "head", at, 0, width=most + 1))
        cells.append(Drawn(_CONTENT, "head", at + 1, 0))
        spans = list(_spans(block, most))
        cells += [
            Drawn(c.label, "head", at + 1, left, width=width)
            for c, (left, width) in zip(block.columns, spans, strict=True)
        ]
        for number, row in enumerate(block.rows, start=at + 2):
            cells.append(Drawn(row.label, "label", number, 0))
            cells += [
                sheet.value(f"{table.key}.{row.key}.{c.key}", number, left, width)
                for c, (left, width) in zip(block.columns, spans, strict=True)
            ]
        at += 2 + len(block.rows)
    return _table(table, sheet, most + 1, 1, cells)


def _spans(block: Block, most: int) -> Iterator[tuple[int, int]]:
    last = len(block.columns) - 1
    for number in range(len(block.columns)):
        yield 1 + number, (most - last if number == last else 1)


def _applications(table: Table, sheet: _Sheet) -> DrawnTable:
    """Labels in up to three columns at the left, applicants across."""
    columns = table.blocks[0].columns
    rows = list(table.rows)
    if table.merged is not None and sheet.merged(table):
        at = [r.key for r in rows].index(table.merged.stands_for[0])
        rows = [r for r in rows if r.key not in table.merged.stands_for]
        rows.insert(at, table.merged.row)
    cells = [
        Drawn("", "head", 0, 0, height=3, width=3),
        Drawn(_APPLICANTS, "head", 0, 3, width=len(columns)),
    ]
    cells += _column_heads(columns, 1, 3)
    cells += _row_labels(rows, 3)
    cells += [
        sheet.value(f"{table.key}.{row.key}.{column.key}", number, place)
        for number, row in enumerate(rows, start=3)
        for place, column in enumerate(columns, start=3)
    ]
    return _table(table, sheet, 3 + len(columns), 3, cells)


def _column_heads(columns: tuple[Label, ...], top: int, left: int) -> Iterator[Drawn]:
    """Two rows of heads: groups over their columns, columns of no group over both rows."""
    for number, column in enumerate(columns):
        if column.group is None:
            yield Drawn(column.label, "head", top, left + number, height=2)
            continue
        yield Drawn(column.label, "head", top + 1, left + number)
        if number == 0 or columns[number - 1].group != column.group:
            size = sum(c.group == column.group for c in columns)
            yield Drawn(column.group, "head", top, left + number, width=size)


def _row_labels(rows: list[Label], top: int) -> Iterator[Drawn]:
    """Each row's own label, and the groups it stands under, once at their first row."""
    outer = _outer(rows)
    groups = [(outer.get(r.group or ""), r.group) for r in rows]
    for number, row in enumerate(rows):
        around, group = groups[number]
        chain = [g for g in (around, group) if g]
        for depth, name in enumerate(chain):
            inside = [i for i, g in enumerate(groups) if name in g]
            if number == inside[0]:
                yield Drawn(name, "label", top + number, depth, height=len(inside))
        yield Drawn(row.label, "label", top + number, len(chain), width=3 - len(chain))


def _outer(rows: list[Label]) -> dict[str, str]:
    """Group → the group around it: one that has rows both before and after."""
    where: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if row.group:
            where.setdefault(row.group, []).append(number)
    return {
        inner: around
        for inner, inside in where.items()
        for around, at in where.items()
        if at[0] < inside[0] and inside[-1] < at[-1]
    }


def _disputes(table: Table, sheet: _Sheet) -> DrawnTable:
    """The form prints this table sideways: its rows beside each other over one line of figures."""
    columns = table.blocks[0].columns
    size = len(columns)
    cells: list[Drawn] = []
    seen: set[str] = set()
    for number, row in enumerate(table.rows):
        left = number * size
        if row.group is None:
            cells.append(Drawn(row.label, "head", 0, left, height=2, width=size))
        else:
            cells.append(Drawn(row.label, "head", 1, left, width=size))
            if row.group not in seen:
                seen.add(row.group)
                beside = sum(r.group == row.group for r in table.rows)
                cells.append(Drawn(row.group, "head", 0, left, width=size * beside))
        for place, column in enumerate(columns, start=left):
            cells.append(Drawn(column.label, "head", 2, place))
            cells.append(sheet.value(f"{table.key}.{row.key}.{column.key}", 3, place))
    return _table(table, sheet, size * len(table.rows), 0, cells)
