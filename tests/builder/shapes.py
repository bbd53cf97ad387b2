"""The three tables of the form as a report prints them: labels, spans, what is left out or put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.form import Block, Label
from tests.builder.matrix import Box, Builder, Matrix
from tests.builder.truth import ReportTruth, written

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TABLES = ("disclosure", "applications", "disputes")


def matrix(truth: ReportTruth, table: str) -> Matrix | None:
    """One of the report's tables, None where it is left out."""
    if truth.dropped(table, f"sections.{table}"):
        return None
    if table == "disclosure":
        made = _stacked(truth, disclosure_blocks(truth))
    else:
        made = _applications(truth) if table == "applications" else _disputes(truth)
    return made if truth.spoil is None else truth.spoil(made)


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
    build = Builder(truth)
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


def _inserted(build: Builder, truth: ReportTruth, after: str, width: int, labels: int = 1) -> None:
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
    build = Builder(truth)
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


def _application_header(build: Builder, columns: list[Label]) -> None:
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


@dataclass(frozen=True, slots=True)
class _Channel:
    """A group of columns of table four: the form's own, or one that a clerk put in."""

    label: str
    group: str | None
    heads: tuple[str, ...]
    values: tuple[str, ...]


def _channels(truth: ReportTruth) -> list[_Channel]:
    block = truth.form.tables["disputes"].blocks[0]
    columns = [c for c in block.columns if not truth.dropped(f"disputes.*.{c.key}")]
    heads = tuple(c.label for c in columns)
    found = []
    for row in block.rows:
        if not truth.dropped(f"disputes.{row.key}"):
            places = [f"disputes.{row.key}.{c.key}" for c in columns]
            values = tuple(written(truth.cells[a]) if truth.has(a) else "" for a in places)
            found.append(_Channel(row.label, row.group, heads, values))
    for label, (place, added) in truth.rows.items():
        if place.startswith("disputes."):
            values = tuple(written(v) for v in added[: len(heads)])
            found.append(_Channel(label, None, heads[: len(values)], values))
    return found


def _disputes(truth: ReportTruth) -> Matrix:
    build = Builder(truth)
    channels = _channels(truth)
    build.new_row()
    seen: set[str] = set()
    for channel in channels:
        if channel.group is None:
            build.put(channel.label, len(channel.heads))
        elif channel.group not in seen:
            seen.add(channel.group)
            build.put(
                channel.group, sum(len(c.heads) for c in channels if c.group == channel.group)
            )
    build.new_row()
    for channel in channels:
        if channel.group is not None:
            build.put(channel.label, len(channel.heads))
        else:
            for head in channel.heads:
                build.put(head, rows=2)
    build.new_row()
    for head in (h for c in channels if c.group is not None for h in c.heads):
        build.put(head)
    build.new_row()
    for value in (v for c in channels for v in c.values):
        build.put(value, header=False)
    return build.done("disputes")


def tables(truth: ReportTruth) -> Iterator[tuple[str, Matrix]]:
    """The report's tables in the form's order, each with its key."""
    for key in TABLES:
        found = matrix(truth, key)
        if found is not None:
            yield key, found
