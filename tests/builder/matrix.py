"""A report's tables as rows of cells with spans, made once and rendered by every writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.form import Block, Label
from tests.builder.truth import ReportTruth, Row, written

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TABLES = ("disclosure", "applications", "disputes")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its text, where it begins (from 0) and how far it reaches; header cells are labels."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = True


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table, its boxes in reading order."""

    key: str
    boxes: tuple[Box, ...]

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((b.row + b.row_span for b in self.boxes), default=0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((b.column + b.column_span for b in self.boxes), default=0)

    def rows(self) -> list[list[Box]]:
        """The boxes that begin in each row."""
        return [[b for b in self.boxes if b.row == r] for r in range(self.height)]

    def part(self, first: int, last: int) -> Matrix:
        """Rows `first` to before `last` as a table of its own; a box that began earlier reaches in
        with an empty text, as where a clerk splits a table.
        """
        boxes = []
        for box in self.boxes:
            top, end = max(box.row, first), min(box.row + box.row_span, last)
            if top < end:
                text = box.text if box.row >= first else ""
                boxes.append(
                    Box(text, top - first, box.column, end - top, box.column_span, box.header)
                )
        return Matrix(self.key, tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


class _Builder:
    """Places boxes row by row as HTML does: into the first free column."""

    def __init__(self, truth: ReportTruth) -> None:
        self.truth = truth
        self.boxes: list[Box] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = -1

    def new_row(self) -> None:
        self.row += 1

    def put(self, text: str, columns: int = 1, rows: int = 1, *, header: bool = True) -> None:
        """The next box of the row; labels in the words this report prints."""
        column = 0
        while (self.row, column) in self.taken:
            column += 1
        if header:
            text = self.truth.labels.get(text, text)
        self.boxes.append(Box(text, self.row, column, rows, columns, header))
        self.taken.update(
            (r, c)
            for r in range(self.row, self.row + rows)
            for c in range(column, column + columns)
        )

    def value(self, address: str, columns: int = 1) -> None:
        """The cell at an address; a cell that is left out stays as an empty box."""
        text = written(self.truth.cells[address]) if self.truth.has(address) else ""
        self.put(text, columns, header=False)

    def done(self, key: str) -> Matrix:
        return Matrix(key, tuple(sorted(self.boxes, key=lambda b: (b.row, b.column))))


def matrix(truth: ReportTruth, table: str) -> Matrix | None:
    """One of the report's tables, None where it is left out."""
    if truth.dropped(table, f"sections.{table}"):
        return None
    if table == "disclosure":
        return _stacked(truth, disclosure_blocks(truth))
    return _applications(truth) if table == "applications" else _disputes(truth)


def _stacked(truth: ReportTruth, parts: list[Matrix]) -> Matrix:
    boxes, top, width = [], 0, max((p.width for p in parts), default=0)
    for part in parts:
        for box in part.boxes:
            reaches = box.column + box.column_span == part.width
            span = box.column_span + (width - part.width if reaches else 0)
            boxes.append(Box(box.text, top + box.row, box.column, box.row_span, span, box.header))
        top += part.height
    return Matrix("disclosure", tuple(boxes))


def disclosure_blocks(truth: ReportTruth) -> list[Matrix]:
    """Table two as a table for each item of article 20; an item without rows is left out."""
    blocks = (_disclosure_block(truth, b) for b in truth.form.tables["disclosure"].blocks)
    return [block for block in blocks if block is not None]


def _disclosure_block(truth: ReportTruth, block: Block) -> Matrix | None:
    columns = [
        c
        for c in block.columns
        if not truth.dropped(
            f"disclosure.*.{c.key}", *(f"disclosure.{r.key}.{c.key}" for r in block.rows[:1])
        )
    ]
    rows = [r for r in block.rows if not truth.dropped(f"disclosure.{r.key}")]
    if not rows or not columns:
        return None
    build = _Builder(truth)
    build.new_row()
    build.put(block.article or "", 1 + len(columns))
    build.new_row()
    build.put("信息内容")
    for column in columns:
        build.put(column.label)
    for row in rows:
        build.new_row()
        build.put(row.label)
        for column in columns:
            build.value(f"disclosure.{row.key}.{column.key}")
        _inserted(build, truth, f"disclosure.{row.key}", len(columns))
    return build.done("disclosure")


def _inserted(build: _Builder, truth: ReportTruth, after: str, width: int, labels: int = 1) -> None:
    for label, (place, values) in truth.rows.items():
        if _row_of(place) == after:
            build.new_row()
            build.put(label, labels)
            for value in values[:width]:
                build.put(written(value), header=False)


def _row_of(place: str) -> str:
    return ".".join(place.split(".")[:2])


def application_rows(truth: ReportTruth) -> list[Label]:
    """The rows of table three that the report has; the three of （六） as one where it merges them."""
    table = truth.form.tables["applications"]
    rows = list(table.rows)
    if truth.merged_other and table.merged is not None:
        at = [r.key for r in rows].index(table.merged.stands_for[0])
        rows = [r for r in rows if r.key not in table.merged.stands_for]
        rows.insert(at, table.merged.row)
    return [r for r in rows if not truth.dropped(f"applications.{r.key}")]


def _applications(truth: ReportTruth) -> Matrix:
    build = _Builder(truth)
    columns = [
        c
        for c in truth.form.tables["applications"].blocks[0].columns
        if not truth.dropped(f"applications.*.{c.key}")
    ]
    _application_header(build, columns)
    rows = application_rows(truth)
    last = ""
    for row in rows:
        build.new_row()
        result = _is_result(row)
        if result and "三、" not in last:
            last = "三、"
            build.put(
                "三、本年度办理结果", rows=sum(_height(truth, r) for r in rows if _is_result(r))
            )
        if not result:
            build.put(row.label, 3)
        elif (row.group or "").startswith("三、"):
            build.put(row.label, 2)
        else:
            if not last.endswith(f"/{row.group}"):
                last = f"三、/{row.group}"
                group = sum(_height(truth, r) for r in rows if r.group == row.group)
                build.put(row.group or "", rows=group)
            build.put(row.label)
        for column in columns:
            build.value(f"applications.{row.key}.{column.key}")
        labels = 3 if not result else 2 if (row.group or "").startswith("三、") else 1
        _inserted(build, truth, f"applications.{row.key}", len(columns), labels)
    return build.done("applications")


def _is_result(row: Label) -> bool:
    return row.group is not None


def _height(truth: ReportTruth, row: Label) -> int:
    """Rows on paper: the form's own, and those inserted after it."""
    return 1 + sum(_row_of(p) == f"applications.{row.key}" for p, _ in truth.rows.values())


def _application_header(build: _Builder, columns: list[Label]) -> None:
    build.new_row()
    build.put(NOTE, 3, 3)
    build.put("申请人情况", len(columns))
    build.new_row()
    organisations = [c for c in columns if c.group]
    for column in columns:
        if not column.group:
            build.put(column.label, rows=2)
        elif column is organisations[0]:
            build.put(column.group, len(organisations))
    build.new_row()
    for column in organisations:
        build.put(column.label)


def _disputes(truth: ReportTruth) -> Matrix:
    build = _Builder(truth)
    block = truth.form.tables["disputes"].blocks[0]
    channels = [r for r in block.rows if not truth.dropped(f"disputes.{r.key}")]
    columns = [c for c in block.columns if not truth.dropped(f"disputes.*.{c.key}")]
    wide = len(columns)
    extra: dict[str, list[tuple[str, Row]]] = {}
    for label, row in truth.rows.items():
        if row[0].startswith("disputes."):
            extra.setdefault(_row_of(row[0]), []).append((label, row))
    build.new_row()
    _channel_heads(build, channels, wide)
    for added in extra.values():
        for label, (_, values) in added:
            build.put(label, len(values), 2)
    build.new_row()
    for row in channels:
        if row.group:
            build.put(row.label, wide)
        else:
            for column in columns:
                build.put(column.label, rows=2)
    build.new_row()
    for row in channels:
        for column in columns if row.group else ():
            build.put(column.label)
    for added in extra.values():
        for _, (_, values) in added:
            for column in columns[: len(values)]:
                build.put(column.label)
    build.new_row()
    for row in channels:
        for column in columns:
            build.value(f"disputes.{row.key}.{column.key}")
    for added in extra.values():
        for _, (_, values) in added:
            for value in values[:wide]:
                build.put(written(value), header=False)
    return build.done("disputes")


def _channel_heads(build: _Builder, channels: list[Label], wide: int) -> None:
    seen: set[str] = set()
    for row in channels:
        if row.group is None:
            build.put(row.label, wide)
        elif row.group not in seen:
            seen.add(row.group)
            build.put(row.group, wide * sum(r.group == row.group for r in channels))


def tables(truth: ReportTruth) -> Iterator[tuple[str, Matrix]]:
    """The report's tables in the form's order, each with its key."""
    for key in TABLES:
        found = matrix(truth, key)
        if found is not None:
            yield key, found
