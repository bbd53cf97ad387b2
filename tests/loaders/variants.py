"""The form's tables as clerks keep them: cut, merged otherwise, labels spaced, headers repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Box, Matrix
from tests.builder.truth import ReportTruth

Change = Callable[[Matrix], list[Matrix]]
_HEADER = 3
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def pieces(truth: ReportTruth, change: Change) -> list[Piece]:
    """A report's pieces, its tables changed; one may become several."""
    found = []
    for piece in flow(truth):
        tables = [piece.table] if piece.table is None else change(piece.table)
        found += [replace(piece, table=table) for table in tables]
    return found


def _sorted(key: str, boxes: list[Box]) -> Matrix:
    return Matrix(key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def _cut(table: Matrix, at: int, repeat: bool = False) -> list[Matrix]:
    """Two tables; what reached over the cut is blank in the second, or repeated."""
    above, below = [], []
    for box in table.boxes:
        end = box.row + box.row_span
        if box.row < at:
            above.append(replace(box, row_span=min(end, at) - box.row))
        if end > at:
            text = box.text if repeat or box.row >= at else ""
            first = max(box.row, at)
            below.append(replace(box, text=text, row=first - at, row_span=end - first))
    return [_sorted(table.key, above), _sorted(table.key, below)]


def _only(key: str, change: Change) -> Change:
    return lambda table: change(table) if table.key == key else [table]


def _in_three(table: Matrix) -> list[Matrix]:
    first, rest = _cut(table, 10)
    return [first, *_cut(rest, 9)]


def _with_header(table: Matrix) -> list[Matrix]:
    first, rest = _cut(table, 12)
    head = [b for b in table.boxes if b.row < _HEADER]
    return [first, _sorted(table.key, head + [replace(b, row=b.row + _HEADER) for b in rest.boxes])]


def _divided(rows: bool, columns: bool, repeat: bool) -> Change:
    """Merged cells drawn as single ones, the text in the first or in each."""

    def change(table: Matrix) -> list[Matrix]:
        boxes = []
        for box in table.boxes:
            for row in range(box.row_span if rows else 1):
                for column in range(box.column_span if columns else 1):
                    text = box.text if repeat or row == column == 0 else ""
                    place = replace(box, text=text, row=box.row + row, column=box.column + column)
                    down = 1 if rows else box.row_span
                    wide = 1 if columns else box.column_span
                    boxes.append(replace(place, row_span=down, column_span=wide))
        return [_sorted(table.key, boxes)]

    return change


def _text(write: Callable[[str], str], header: bool) -> Change:
    def change(table: Matrix) -> list[Matrix]:
        boxes = [replace(b, text=write(b.text)) if b.header == header else b for b in table.boxes]
        return [Matrix(table.key, tuple(boxes))]

    return change


def _one_label(table: Matrix) -> list[Matrix]:
    """The three label columns of table three as one, the groups' labels left out."""
    boxes = []
    for box in table.boxes:
        if box.column >= _HEADER:
            boxes.append(replace(box, column=box.column - 2))
        elif box.column + box.column_span == _HEADER:
            boxes.append(replace(box, column=0, column_span=1))
    return [_sorted(table.key, boxes)]


def _groups_as_rows(table: Matrix) -> list[Matrix]:
    """One label column; the groups' labels in rows of their own without values."""
    boxes = [b for t in _one_label(table) for b in t.boxes if b.row < _HEADER]
    line = _HEADER
    for row in range(_HEADER, table.height):
        own = [b for b in table.boxes if b.row == row]
        labels = [b for b in own if b.column < _HEADER]
        for label in labels[:-1]:
            boxes += [Box(label.text, line, 0)]
            boxes += [Box("", line, n) for n in range(1, table.width - 2)]
            line += 1
        boxes.append(Box(labels[-1].text, line, 0))
        values = [b for b in own if b.column >= _HEADER]
        boxes += [replace(b, row=line, column=b.column - 2) for b in values]
        line += 1
    return [_sorted(table.key, boxes)]


def _channels_as_rows(table: Matrix) -> list[Matrix]:
    """Table four with a row for each channel, the results above once."""
    head = [b for b in table.boxes if b.row == 1 and b.row_span == 2]
    labels = ("行政复议", "行政诉讼（未经复议直接起诉）", "复议后起诉")
    boxes = [Box("", 0, 0), *(Box(b.text, 0, 1 + n) for n, b in enumerate(head))]
    values = [b for b in table.boxes if b.row == table.height - 1]
    for row, label in enumerate(labels):
        boxes.append(Box(label, 1 + row, 0))
        for n, b in enumerate(values[row * len(head) : (row + 1) * len(head)]):
            boxes.append(replace(b, row=1 + row, column=1 + n))
    return [_sorted(table.key, boxes)]


def _titled(table: Matrix) -> list[Matrix]:
    """A title over the table's whole width in its first row."""
    moved = [replace(b, row=b.row + 1) for b in table.boxes]
    return [_sorted(table.key, [Box("附表（统计数据）", 0, 0, 1, table.width), *moved])]


def _broken(text: str) -> str:
    return "\n".join(text[n : n + 2] for n in range(0, len(text), 2)) if len(text) < 7 else text


CHANGES: dict[str, Change] = {
    "as it is": lambda table: [table],
    "cut, no header": _only("applications", lambda t: _cut(t, 12)),
    "cut within the header's rows": _only("applications", lambda t: _cut(t, 4)),
    "cut, labels again": _only("applications", lambda t: _cut(t, 20, repeat=True)),
    "cut, header again": _only("applications", _with_header),
    "cut in three": _only("applications", _in_three),
    "labels not merged": _divided(rows=True, columns=False, repeat=False),
    "labels in each row": _divided(rows=True, columns=False, repeat=True),
    "nothing merged": _divided(rows=True, columns=True, repeat=False),
    "text in every cell": _divided(rows=True, columns=True, repeat=True),
    "one label column": _only("applications", _one_label),
    "groups as rows": _only("applications", _groups_as_rows),
    "channels as rows": _only("disputes", _channels_as_rows),
    "title in the table": _titled,
    "blanks behind numbers": _text(lambda t: f"{t}  ", header=False),
    "no-break blanks": _text(lambda t: f"\u00a0{t}\u200b", header=False),
    "full-width figures": _text(lambda t: t.translate(_FULL), header=False),
    "labels spaced": _text(lambda t: " ".join(t) if len(t) < 5 else t, header=True),
    "labels broken": _text(_broken, header=True),
    "half-width brackets": _text(
        lambda t: t.replace("（", "(").replace("）", ")").replace("、", "."), header=True
    ),
}
