"""Ways in which clerks and programs spoil a table, each a function of a matrix and a random source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.builder.matrix import Box, Matrix

Spoil = Callable[[Matrix, Random], Matrix]


def _made(table: Matrix, boxes: list[Box]) -> Matrix:
    return Matrix(table.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def _turned(table: Matrix) -> Matrix:
    boxes = [Box(b.text, b.column, b.row, b.column_span, b.row_span, b.header) for b in table.boxes]
    return _made(table, boxes)


def _value_rows(table: Matrix) -> list[int]:
    return sorted({b.row for b in table.boxes if not b.header})


def _value_columns(table: Matrix) -> list[int]:
    return sorted({b.column for b in table.boxes if not b.header})


def _without(table: Matrix, row: int) -> Matrix:
    boxes = []
    for b in table.boxes:
        if b.row <= row < b.row + b.row_span:
            if b.row_span > 1:
                boxes.append(replace(b, row_span=b.row_span - 1))
        else:
            boxes.append(replace(b, row=b.row - (b.row > row)))
    return _made(table, boxes)


def _opened(table: Matrix, row: int) -> list[Box]:
    """Room for a row before `row`; what spans it grows."""
    return [
        replace(b, row=b.row + 1)
        if b.row >= row
        else replace(b, row_span=b.row_span + 1)
        if b.row + b.row_span > row
        else b
        for b in table.boxes
    ]


def drop_row(table: Matrix, random: Random) -> Matrix:
    """A row of values is not there."""
    return _without(table, random.choice(_value_rows(table)))


def drop_any_row(table: Matrix, random: Random) -> Matrix:
    """Any row is not there, header rows among them."""
    return _without(table, random.randrange(table.height))


def drop_column(table: Matrix, random: Random) -> Matrix:
    """A column of values is not there."""
    return _turned(_without(_turned(table), random.choice(_value_columns(table))))


def _row_boxes(table: Matrix, row: int) -> list[Box]:
    return [b for b in table.boxes if b.row == row and b.row_span == 1]


def double_row(table: Matrix, random: Random) -> Matrix:
    """A row stands twice, with other numbers the second time."""
    row = random.choice(_value_rows(table))
    own = _row_boxes(table, row)
    again = [
        replace(b, row=row + 1, text=b.text if b.header else str(random.randint(90000, 99999)))
        for b in own
    ]
    return _made(table, [*_opened(table, row + 1), *again])


def insert_row(table: Matrix, random: Random) -> Matrix:
    """A row of the clerk's own."""
    row = random.choice(_value_rows(table))
    label = random.choice(
        ("小计", "合计", "（三）不予公开合计", "其中：网上申请", "备注", "乡镇规章")
    )
    again = [
        replace(b, row=row, text=label if b.header else str(random.randint(90000, 99999)))
        for b in _row_boxes(table, row)
    ]
    return _made(table, [*_opened(table, row), *again])


def insert_column(table: Matrix, random: Random) -> Matrix:
    """A column of the clerk's own, labelled or not."""
    turned = _turned(table)
    column = random.choice([*_value_columns(table), table.width])
    label = random.choice(("小计", "备注", "合计", "上年数", ""))
    head = min(_value_rows(table)) - 1
    free = {(r, c) for r in range(table.height) for c in [column]}
    boxes = _opened(turned, column)
    for b in boxes:
        if b.row <= column < b.row + b.row_span:
            free -= {(r, column) for r in range(b.column, b.column + b.column_span)}
    new = [
        Box(
            label if r == head else "" if r < head else str(random.randint(90000, 99999)),
            column,
            r,
            header=r <= head,
        )
        for r, _ in free
    ]
    return _turned(_made(table, [*boxes, *new]))


def swap_rows(table: Matrix, random: Random) -> Matrix:
    """Two rows of values, labels and all, in each other's place."""
    rows = _value_rows(table)
    if len(rows) < 2:
        return table
    a, b = sorted(random.sample(rows, 2))
    other = {a: b, b: a}
    return _made(
        table,
        [
            replace(x, row=other.get(x.row, x.row)) if x.row_span == 1 else x
            for x in table.boxes
            if x.row_span == 1 or x.row not in (a, b) or x.row_span > 1
        ],
    )


def swap_columns(table: Matrix, random: Random) -> Matrix:
    """Two columns of values, with the labels that stand right above them, in each other's place."""
    columns = _value_columns(table)
    if len(columns) < 2 or table.key == "disclosure":
        return table
    a, b = random.sample(columns, 2)
    if table.key == "disputes" and a // 5 != b // 5:
        return table  # under another channel it would be that channel's
    other = {a: b, b: a}
    rows = {x.row_span for x in table.boxes if x.column in (a, b) and x.header}
    if len(rows) > 1:
        return table
    return _made(
        table,
        [
            replace(x, column=other.get(x.column, x.column)) if x.column_span == 1 else x
            for x in table.boxes
        ],
    )


def _values(table: Matrix) -> list[Box]:
    return [b for b in table.boxes if not b.header]


def blank_value(table: Matrix, random: Random) -> Matrix:
    """A cell is left empty."""
    hit = random.choice(_values(table))
    return _made(table, [replace(b, text="") if b is hit else b for b in table.boxes])


def blank_row(table: Matrix, random: Random) -> Matrix:
    """A row's cells are left empty."""
    row = random.choice(_value_rows(table))
    return _made(
        table,
        [replace(b, text="") if b.row == row and not b.header else b for b in table.boxes],
    )


def lose_value(table: Matrix, random: Random) -> Matrix:
    """A cell is lost, and those behind it move up."""
    hit = random.choice(_values(table))
    boxes = [
        replace(b, column=b.column - 1)
        if b.row == hit.row and b.column > hit.column and not b.header
        else b
        for b in table.boxes
        if b is not hit
    ]
    return _made(table, boxes)


def stray_value(table: Matrix, random: Random) -> Matrix:
    """A row has a number too many; those behind it move down."""
    hit = random.choice(_values(table))
    boxes = [
        replace(b, column=b.column + 1)
        if b.row == hit.row and b.column >= hit.column and not b.header
        else b
        for b in table.boxes
    ]
    new = Box(str(random.randint(90000, 99999)), hit.row, hit.column, header=False)
    return _made(table, [*boxes, new])


def merge_values(table: Matrix, random: Random) -> Matrix:
    """Two or more neighbouring cells made one, with the first one's number in it."""
    row = random.choice(_value_rows(table))
    own = [b for b in _values(table) if b.row == row and b.column_span == 1]
    if len(own) < 2:
        return table
    start = random.randrange(len(own) - 1)
    joined = own[start : random.randint(start + 2, len(own))]
    one = replace(joined[0], column_span=len(joined))
    return _made(table, [one if b is joined[0] else b for b in table.boxes if b not in joined[1:]])


def merge_down(table: Matrix, random: Random) -> Matrix:
    """Two cells above one another made one."""
    pairs = [
        (a, b)
        for a in _values(table)
        for b in _values(table)
        if a.column == b.column and b.row == a.row + 1
    ]
    if not pairs:
        return table
    above, below = random.choice(pairs)
    one = replace(above, row_span=2)
    return _made(table, [one if b is above else b for b in table.boxes if b is not below])


def spoil_label(table: Matrix, random: Random) -> Matrix:
    """A character of a label lost, doubled, replaced or parted by a blank; or the label cut."""
    hit = random.choice([b for b in table.boxes if b.header and b.text])
    at = random.randrange(len(hit.text))
    text = random.choice(
        (
            hit.text[:at] + hit.text[at + 1 :],
            hit.text[: at + 1] + hit.text[at:],
            hit.text[:at] + "某" + hit.text[at + 1 :],
            hit.text[:at] + " " + hit.text[at:],
            hit.text[: max(1, at)],
            hit.text[at:],
            "",
        )
    )
    return _made(table, [replace(b, text=text) if b is hit else b for b in table.boxes])


def odd_value(table: Matrix, random: Random) -> Matrix:
    """Something other than a number in a cell."""
    hit = random.choice(_values(table))
    text = random.choice(("无", "/", "—", "约10", "见附件", "3、5", "1 2", "?", "O"))
    return _made(table, [replace(b, text=text) if b is hit else b for b in table.boxes])


SPOILS: dict[str, Spoil] = {
    f.__name__: f
    for f in (
        drop_row,
        drop_any_row,
        drop_column,
        double_row,
        insert_row,
        insert_column,
        swap_rows,
        swap_columns,
        blank_value,
        blank_row,
        lose_value,
        stray_value,
        merge_values,
        merge_down,
        spoil_label,
        odd_value,
    )
}
