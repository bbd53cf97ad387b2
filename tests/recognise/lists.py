"""Lists of units as county offices keep them: a row (or a column) a unit, the form's labels above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from random import Random

from rules.form import Label, load_form
from tests.builder.flow import Piece
from tests.builder.matrix import Box, Matrix

UNITS = ("青石镇", "桐溪镇", "白鹭镇", "教育局", "水利局")
TITLE = "永安县2023年政府信息公开年报数据汇总表"
OUTCOMES = "三、本年度办理结果"
#: A column's labels, one a level from the top; None goes on with the label above it.
Path = tuple[str | None, ...]
Cells = Mapping[str, int]


def distinct(units: Sequence[str] = UNITS) -> dict[str, dict[str, int]]:
    """Figures for each unit of which no two are the same."""
    addresses = [*load_form(2021).addresses, *load_form(2019).addresses]
    addresses += [f"applications.other_all.{c}" for c in ("natural_person", "other", "total")]
    addresses = list(dict.fromkeys(addresses))
    numbers = iter(Random(1).sample(range(1000, 99999), len(addresses) * len(units)))
    return {unit: {a: next(numbers) for a in addresses} for unit in units}


def path(address: str, edition: int = 2021) -> Path:
    """The form's labels for a cell, its groups above it."""
    table, row_key, column_key = address.split(".")
    form = load_form(edition)
    row, column = form.row(table, row_key), form.column(table, row_key, column_key)
    if table == "disclosure":
        return form.tables[table].block_of(row_key).article, row.label, column.label
    if table == "disputes":
        return row.group or row.label, row.label if row.group else None, column.label
    return (
        *_outcome(row),
        *((column.group, column.label) if column.group else (column.label, None)),
    )


def totals(address: str) -> Path:
    """The labels of an outcome, without those of applicants, whose total alone is listed."""
    return _outcome(load_form(2021).row("applications", address.split(".")[1]))


def _outcome(row: Label) -> Path:
    if row.group is None:
        return row.label, None, None
    if row.group == OUTCOMES:
        return OUTCOMES, row.label, None
    return OUTCOMES, row.group, row.label


def addresses(table: str, edition: int = 2021) -> list[str]:
    """The cells of a table in the form's order."""
    return list(load_form(edition).tables[table].addresses())


def sums(edition: int = 2021) -> list[str]:
    """Table three's column of totals."""
    return [a for a in addresses("applications", edition) if a.endswith(".total")]


def listing(
    columns: Mapping[str, Path] | Sequence[tuple[str, Path]],
    figures: Mapping[str, Cells],
    *,
    head: str = "单位名称",
    merged: bool = True,
    numbered: bool = True,
    behind: Sequence[Sequence[str]] = (),
) -> Matrix:
    """The list as a table: column by column an address and its labels; a row for each unit.

    An address that is none of the form's is what stands in every row. `behind` are rows below.
    """
    pairs = list(columns.items()) if isinstance(columns, Mapping) else list(columns)
    depth = max(len(labels) for _, labels in pairs)
    paths = [(*labels, *[None] * (depth - len(labels))) for _, labels in pairs]
    left = 2 if numbered else 1
    corner = ["序号", head][-left:]
    boxes = [Box(text, 0, n, depth if merged else 1) for n, text in enumerate(corner)]
    for level in range(depth):
        at = left
        above = [_upto(labels, level) for labels in paths]
        for _, own in groupby(range(len(paths)), above.__getitem__):
            run = list(own)
            text = paths[run[0]][level]
            if text is not None:
                deep = 1
                while level + deep < depth and all(paths[n][level + deep] is None for n in run):
                    deep += 1
                wide = len(run)
                boxes.append(Box(text, level, at, deep if merged else 1, wide if merged else 1))
            at += len(run)
    rows = [
        [*[str(n), unit][-left:], *(str(cells.get(a, a)) for a, _ in pairs)]
        for n, (unit, cells) in enumerate(figures.items(), start=1)
    ]
    for number, row in enumerate([*rows, *behind]):
        for column, text in enumerate(row):
            boxes.append(Box(text, depth + number, column, header=column < left))
    return filled(boxes)


def _upto(labels: Path, level: int) -> Path:
    """What tells apart the columns under one label of this level."""
    return labels[: level + 1] if labels[level] is not None else (*labels[:level], str(labels))


def filled(boxes: Sequence[Box]) -> Matrix:
    """The table with blank cells where nothing is."""
    taken = {
        (r, c)
        for b in boxes
        for r in range(b.row, b.row + b.row_span)
        for c in range(b.column, b.column + b.column_span)
    }
    height, width = max(r for r, _ in taken) + 1, max(c for _, c in taken) + 1
    blank = [Box("", r, c) for r in range(height) for c in range(width) if (r, c) not in taken]
    return Matrix("list", tuple(sorted([*boxes, *blank], key=lambda b: (b.row, b.column))))


def turned(table: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    boxes = [Box(b.text, b.column, b.row, b.column_span, b.row_span, b.header) for b in table.boxes]
    return Matrix(table.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def pieces(*tables: Matrix, title: str = TITLE) -> list[Piece]:
    """A document of a title and these tables."""
    return [Piece("title", title), *(Piece("table", table=table) for table in tables)]
