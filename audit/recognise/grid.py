"""Grids → labelled rows: labels to the left, column labels above, spans as they are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audit.document import Cell, Grid
from audit.recognise.labels import (
    EditionBlock,
    application_columns,
    application_rows,
    disclosure_blocks,
    disclosure_columns,
    disclosure_rows,
    dispute_columns,
    dispute_rows,
)
from audit.recognise.normalise import key
from audit.recognise.rows import COUNT, CROWDED, MERGED, NO_HEADER, Header, RawRow, TableRead, Value
from audit.values import looks_like_value
from rules.form import load_form

APPLICATION_KEYS = tuple(c.key for c in load_form(2021).tables["applications"].blocks[0].columns)
DISPUTE_KEYS = tuple(c.key for c in load_form(2021).tables["disputes"].blocks[0].columns)
CHANNELS = tuple(r.key for r in load_form(2021).tables["disputes"].rows)
_GROUPS = frozenset(key(t) for t in ("申请人情况", "法人或其他组织", "信息内容", "行政诉讼"))
#: Row labels that are column labels too.
_BARE = frozenset({"其他", "总计", "合计"})
_UNSURE = 0.9
_ORDINAL = re.compile(r"^\s*\d{1,2}[.．、]")


@dataclass
class Context:
    """What the header rows said last: which table, and grid columns → the form's column."""

    table: str | None = None
    #: (first grid column, column after the last, the form's key), left to right.
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    #: Printed labels of table two's columns, by grid column.
    labels: list[tuple[int, int, str]] = field(default_factory=list)
    grid: int = -1


def read_grids(grids: Sequence[Grid]) -> TableRead:
    """Every row of the three tables in these grids, in order; a table may run over several."""
    found = TableRead()
    context = Context()
    for number, grid in enumerate(grids):
        _Reader(grid, number, context, found).read()
    return found


class _Reader:
    """Walks down one grid; `context` lives on to the next, for tables cut by a page."""

    def __init__(self, grid: Grid, number: int, context: Context, found: TableRead) -> None:
        self.number = number
        self.context = context
        self.found = found
        self.lines: list[list[Cell]] = [[] for _ in range(grid.height)]
        for cell in sorted(grid.cells, key=lambda c: (c.column, c.row)):
            for row in range(cell.row, cell.row + cell.row_span):
                self.lines[row].append(cell)
        #: The leftmost grid column in which any number stands: blanks before it are label cells.
        self.first_value = min(
            (
                c.column
                for c in grid.cells
                if looks_like_value(c.text) and not _ORDINAL.match(c.text)
            ),
            default=0,
        )

    def read(self) -> None:
        above: list[list[Cell]] = []
        for number, line in enumerate(self.lines):
            if self._is_data(line, number):
                if above:
                    self._header(above)
                    above = []
                self._data(line, number)
            elif any(c.text.strip() for c in line):
                above.append(line)
        if above:
            self._header(above)

    def _is_data(self, line: list[Cell], number: int) -> bool:
        fresh = [c for c in line if c.row == number]
        if any(looks_like_value(c.text) for c in fresh):
            return True
        end = _label_end(line)
        if end:
            return any(c.column >= end for c in fresh)
        labels = [c for c in fresh if c.text.strip()]
        if not labels or len(fresh) < 3:
            return False
        if 0 < self.first_value <= labels[0].column:
            return False  # column labels, in a sheet where nothing is merged
        blank = any(not c.text.strip() for c in fresh if c.column > labels[-1].column)
        return blank and _find_row(labels[-1].text, labels[-1].text) is not None

    # ---- headers

    def _header(self, lines: list[list[Cell]]) -> None:
        cells = list({id(c): c for line in lines for c in line}.values())
        texts = {key(c.text) for c in cells}
        results = sum(1 for c in cells if _found(dispute_columns(), c.text))
        kinds = {k for c in cells if (k := _exact(application_columns(), c.text))}
        if results >= 5 or texts & {key("未经复议直接起诉"), key("复议后起诉")}:
            self._dispute_header(cells)
        elif (
            len(kinds - {"total", "other"}) >= 2 or key("申请人情况") in texts or "自然人" in texts
        ):
            self._application_header(cells)
        else:
            self._disclosure_header(cells)

    def _application_header(self, cells: list[Cell]) -> None:
        columns: list[tuple[int, int, str]] = []
        header = Header("applications", place=cells[0].place)
        for start, end, stack in _stacks(cells):
            texts = [c.text for c in stack if key(c.text) not in _GROUPS]
            name = _stacked(application_columns(), texts)
            if name is None:
                if texts and columns and len(key(texts[-1])) <= 12:
                    header.extra.append(texts[-1])
                continue
            if columns and columns[-1][2] == name and _same_cell(stack, cells, columns[-1]):
                columns[-1] = (columns[-1][0], end, name)
            elif any(c[2] == name for c in columns):
                header.twice.append(name)
            else:
                columns.append((start, end, name))
        if columns:
            header.seen = [c[2] for c in columns]
            self.found.headers.append(header)
            self.context.table, self.context.columns = "applications", columns
            self.context.grid = self.number

    def _dispute_header(self, cells: list[Cell]) -> None:
        columns: list[tuple[int, int, str]] = []
        leaves: list[tuple[int, int, str | None, str]] = []
        for start, end, stack in _stacks(cells):
            channel = next(
                (n for c in reversed(stack) if (n := _found(dispute_rows(), c.text))), None
            )
            result = next(
                (n for c in reversed(stack) if (n := _found(dispute_columns(), c.text))), None
            )
            if result is not None:
                if leaves and leaves[-1][2:] == (channel, result) and start == leaves[-1][1]:
                    leaves[-1] = (leaves[-1][0], end, channel, result)
                else:
                    leaves.append((start, end, channel, result))
        if any(channel is None for *_, channel, _ in leaves):
            order = [r for *_, r in leaves]
            if order == list(DISPUTE_KEYS) * 3:
                leaves = [(a, b, CHANNELS[i // 5], r) for i, (a, b, _, r) in enumerate(leaves)]
        columns = [(a, b, f"{c}.{r}") for a, b, c, r in leaves if c is not None]
        seen = list(dict.fromkeys(c[2] for c in columns))
        twice = [n for n in seen if sum(c[2] == n for c in columns) > 1]
        columns = [c for c in columns if c[2] not in twice]
        self.found.headers.append(Header("disputes", seen=seen, twice=twice, place=cells[0].place))
        self.context.table, self.context.columns = "disputes", columns
        self.context.grid = self.number

    def _disclosure_header(self, cells: list[Cell]) -> None:
        labels = [
            (start, end, stack[-1].text)
            for start, end, stack in _stacks(cells)
            if key(stack[-1].text) not in _GROUPS and disclosure_columns().find(stack[-1].text)
        ]
        merged: list[tuple[int, int, str]] = []
        for start, end, text in labels:
            if merged and merged[-1][2] == text and merged[-1][1] == start:
                merged[-1] = (merged[-1][0], end, text)
            else:
                merged.append((start, end, text))
        if merged:
            self.context.table, self.context.labels = "disclosure", merged
            self.context.grid = self.number
            for cell in cells:
                if "收费金额" in key(cell.text):
                    self.found.fee_header = (cell.text, cell.place)

    # ---- data

    def _data(self, line: list[Cell], number: int) -> None:
        labels, values = _parted(line, number)
        values = [c for c in values if c.text.strip() or c.column >= self.first_value]
        leaf = labels[-1].text if labels else ""
        whole = "".join(c.text for c in labels)
        if self.context.table == "disputes" and not _known_label(leaf, whole):
            self._dispute_row(values, whole)
            return
        row = _find_row(leaf, whole)
        if row is None and labels and self._continues(values, whole):
            return
        table = row[0] if row else self.context.table
        if table == "applications":
            self._application_row(row[1] if row else None, whole, leaf, labels, values)
        elif table == "disclosure":
            self._disclosure_row(row[1] if row else None, leaf or whole, values, line)

    def _continues(self, values: list[Cell], whole: str) -> bool:
        """Whether this is the rest of a label that a page break cut, its values standing above."""
        if not self.found.rows or any(c.text.strip() for c in values):
            return False
        last = self.found.rows[-1]
        joined = application_rows().find(last.label + whole)
        if last.table != "applications" or joined is None or joined != (last.name or joined):
            return False
        last.name, last.label = joined, last.label + whole
        return True

    def _application_row(
        self, name: str | None, whole: str, leaf: str, labels: list[Cell], values: list[Cell]
    ) -> None:
        place = (values or labels)[0].place
        columns = self.context.columns if self.context.table == "applications" else []
        if self.context.grid == self.number and columns:
            told, doubt = _by_header(columns, values), ""
        else:
            order = [c[2] for c in columns] or list(APPLICATION_KEYS)
            told, doubt = _by_order(order, values)
        self.context.table = "applications"
        label = leaf if name is not None else whole
        self.found.rows.append(RawRow("applications", label, name, told, place, doubt=doubt))

    def _disclosure_row(
        self, name: str | None, label: str, values: list[Cell], line: list[Cell]
    ) -> None:
        if not values:
            return
        here = self.context.grid == self.number
        labels = self.context.labels if self.context.table == "disclosure" and here else []
        block = choose_block(name, [text for *_, text in labels], len(values))
        place = values[0].place
        if block is None:
            self.found.rows.append(
                RawRow("disclosure", label, None, [_value(c, None) for c in values], place)
            )
            return
        if name is None and not key(label):
            name = optional_row(block, self.found.rows)
        if labels:
            columns = [
                (a, b, k) for a, b, text in labels if (k := block.columns.find(text)) is not None
            ]
            told, doubt = _by_header(columns, values), ""
        else:
            told, doubt = _by_order([c.key for c in block.block.columns], values)
            doubt = doubt or ("" if len(block.block.columns) == 1 else NO_HEADER)
        self.found.rows.append(RawRow("disclosure", label, name, told, place, block, doubt))

    def _dispute_row(self, values: list[Cell], whole: str) -> None:
        columns = self.context.columns
        if not values:
            return
        place = values[0].place
        if self.context.grid == self.number or len(columns) != len(values):
            told, doubt = _by_header(columns, values), ""
        else:
            told, doubt = _by_order([c[2] for c in columns], values)
        self.found.rows.append(RawRow("disputes", whole, "cases", told, place, doubt=doubt))


def choose_block(name: str | None, labels: Sequence[str], values: int) -> EditionBlock | None:
    """The block (and edition) a row of table two stands in, by the column labels above it."""
    best: tuple[float, EditionBlock] | None = None
    for block in disclosure_blocks():
        if name is not None and all(r.key != name for r in block.block.rows):
            continue
        hits = {k for text in labels if (k := block.columns.find(text)) is not None}
        size = len(block.block.columns)
        score = float(size == values)
        if labels:
            score = len(hits) / size + len(hits) / len(labels)
        if score and (best is None or score > best[0]):
            best = (score, block)
    if name is None and best is not None and not any(r.optional_label for r in best[1].block.rows):
        return None
    return best[1] if best is not None else None


def optional_row(block: EditionBlock, rows: Sequence[RawRow]) -> str | None:
    """The row whose label reports leave out, if it has not come yet."""
    for row in block.block.rows:
        if row.optional_label and not any(r.block is block and r.name == row.key for r in rows):
            return row.key
    return None


def _parted(line: list[Cell], number: int) -> tuple[list[Cell], list[Cell]]:
    """A data row's label cells and value cells.

    Labels end with the one the form knows; where none is known, before the first value.
    """
    fresh = [c for c in line if c.row == number]
    texts = [c for c in line if c.text.strip() and not looks_like_value(c.text)]
    end = _label_end(line)
    if not end:
        first = min((c.column for c in fresh if looks_like_value(c.text)), default=None)
        texts = [c for c in texts if first is None or c.column < first]
        # Blank cells between the last label and the first number are values left blank.
        end = max((c.column + c.column_span for c in texts), default=0)
    return [c for c in texts if c.column < end], [c for c in fresh if c.column >= end]


def _label_end(line: list[Cell]) -> int:
    """The grid column behind the last cell that is a row's label word for word; 0 if none is."""
    end = 0
    for cell in line:
        whole = key(cell.text)
        known = whole in application_rows().names or whole in disclosure_rows().names
        if known and whole not in _BARE:
            end = cell.column + cell.column_span
    return end


def _known_label(leaf: str, whole: str) -> bool:
    return _find_row(leaf, whole) is not None


def _find_row(leaf: str, whole: str) -> tuple[str, str] | None:
    """Table and row that a label stands for."""
    if not key(leaf):
        return None
    for text in (leaf, whole):
        exact = key(text)
        if exact in application_rows().names:
            return "applications", application_rows().names[exact]
        if exact in disclosure_rows().names:
            return "disclosure", disclosure_rows().names[exact]
    for text in (whole, leaf):
        name = application_rows().find(text)
        if name is not None:
            return "applications", name
    name = disclosure_rows().find(leaf)
    return ("disclosure", name) if name is not None else None


def _by_header(columns: Sequence[tuple[int, int, str]], values: Sequence[Cell]) -> list[Value]:
    """Values under the labels they stand under; what stands under several, or under none, is told."""
    told: list[Value] = []
    under: dict[str, list[Cell]] = {}
    for cell in values:
        start, end = cell.column, cell.column + cell.column_span
        names = [n for a, b, n in columns if a < end and start < b]
        if not names:
            if cell.text.strip():
                told.append(_value(cell, None))
        elif len(names) > 1:
            told += [_value(cell, name, MERGED) for name in names]
        else:
            under.setdefault(names[0], []).append(cell)
    for name, cells in under.items():
        filled = [c for c in cells if c.text.strip()]
        if len(filled) > 1:
            told.append(_value(filled[0], name, CROWDED))
        else:
            told.append(_value((filled or cells)[0], name))
    return told


def _by_order(keys: Sequence[str], values: Sequence[Cell]) -> tuple[list[Value], str]:
    """Values in the order of a header that stands elsewhere: only if their number is just right."""
    if len(values) != len(keys):
        doubt = COUNT.format(found=len(values), wanted=len(keys))
        return [_value(c, None) for c in values], doubt
    return [_value(c, k) for c, k in zip(values, keys, strict=True)], ""


def _value(cell: Cell, column: str | None, doubt: str = "") -> Value:
    if not doubt and (cell.doubt or cell.confidence < _UNSURE):
        doubt = cell.doubt or f"识别把握仅 {cell.confidence:.0%}"
    return Value(cell.text, cell.place, column, doubt)


def _stacks(cells: Sequence[Cell]) -> Iterator[tuple[int, int, list[Cell]]]:
    """Grid columns that no header cell divides, with the cells above one another there."""
    edges = sorted({c.column for c in cells} | {c.column + c.column_span for c in cells})
    for start, end in pairwise(edges):
        stack = [c for c in cells if c.column <= start and end <= c.column + c.column_span]
        stack = sorted((c for c in stack if c.text.strip()), key=lambda c: c.row)
        if stack:
            yield start, end, stack


def _stacked(wordings: object, texts: list[str]) -> str | None:
    """The column a stack of header cells names: its last cell, or the last two read as one."""
    columns = application_columns()
    if not texts:
        return None
    for text in (texts[-1], "".join(texts[-2:]), "".join(texts)):
        name = _exact(columns, text)
        if name is not None:
            return name
    return _found(columns, texts[-1])


def _same_cell(stack: list[Cell], cells: Sequence[Cell], before: tuple[int, int, str]) -> bool:
    """Whether a stack's last cell also covers the grid column before it (one label, two columns)."""
    return stack[-1].column <= before[0]


def _exact(wordings: object, text: str) -> str | None:
    names = wordings.names  # type: ignore[attr-defined]
    return names.get(key(text))


def _found(wordings: object, text: str) -> str | None:
    return wordings.find(text) if len(key(text)) <= 14 else None  # type: ignore[attr-defined]
