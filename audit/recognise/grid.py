"""Grids → labelled rows: labels to the left, column labels above, spans as they are drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from audit.document import Cell, Grid
from audit.recognise.blocks import choose_block, optional_row
from audit.recognise.columns import (
    Column,
    application_header,
    disclosure_header,
    dispute_header,
)
from audit.recognise.joined import part_joined
from audit.recognise.labels import (
    APPLICATION_KEYS,
    application_columns,
    application_rows,
    dispute_columns,
    dispute_rows,
    row_named,
)
from audit.recognise.listed import take_listed
from audit.recognise.normalise import key
from audit.recognise.placing import all_headed, by_order, placed
from audit.recognise.row_labels import heads, label_end, may_head, own_labels, row_of, row_within
from audit.recognise.rows import NO_HEADER, RawRow, TableRead, Value
from audit.recognise.turned import upright
from audit.recognise.unfilled import blank_row, unfilled_row
from audit.recognise.unseen import doubtful
from audit.values import looks_like_value

#: So many labels beside one another are a header; one is a title.
_HEADS = 2
_ORDINAL = re.compile(r"^\s*\d{1,2}[.．、]")


@dataclass
class Context:
    """What the header rows said last: which table, which columns, and in which grid."""

    table: str | None = None
    columns: list[Column] = field(default_factory=list)
    grid: int = -1


def read_grids(grids: Sequence[Grid]) -> TableRead:
    """Every row of the three tables in these grids, in order; a table may run over several."""
    found = TableRead()
    context = Context()
    for number, grid in enumerate(grids):
        _Reader(upright(grid), number, context, found).read()
    unfilled = blank_row(found)
    if unfilled is not None:
        found.rows.append(unfilled)
    part_joined(found.rows)
    return found


class _Reader:
    """Walks down one grid; `context` lives on to the next, for tables cut by a page."""

    def __init__(self, grid: Grid, number: int, context: Context, found: TableRead) -> None:
        self.number = number
        self.context = context
        self.found = found
        self.lines: list[list[Cell]] = [[] for _ in range(grid.height)]
        across = sorted(grid.cells, key=attrgetter("column", "row"))
        for cell in across:
            for row in range(cell.row, cell.row + cell.row_span):
                self.lines[row].append(cell)
        numbers = (c for c in across if looks_like_value(c.text) and not _ORDINAL.match(c.text))
        first = next(numbers, None)
        #: The leftmost grid column in which any number stands: blanks before it are label cells.
        self.first_value = 0 if first is None else first.column
        self.above: set[int] = set()

    def read(self) -> None:
        if self._is_another():
            self.found.told.append(frozenset())
            return
        header: list[list[Cell]] = []
        rows, headers = len(self.found.rows), len(self.found.headers)
        after = 0
        for number, line in enumerate(self.lines):
            if self._is_data(line, number):
                after = number + 1
                if header:
                    self._header(header)
                    header = []
                self._data(line, number)
            elif any(c.text.strip() for c in line):
                header.append(line)
        if header:
            self._last(header, unfilled_row(self.lines, after))
        tables = {row.table for row in self.found.rows[rows:]}
        tables |= {header.table for header in self.found.headers[headers:]}
        self.found.told.append(frozenset(tables))
        place = doubtful(cell for line in self.lines for cell in line)
        if place is not None:
            self.found.unread |= dict.fromkeys(self.found.told[-1], place) | self.found.unread

    def _is_another(self) -> bool:
        """Whether this is a table beside the form's, of channels or of single applications.

        Its header has no label of the form, its rows none but those that were read before.
        """
        numbered = list(enumerate(self.lines))
        first = next((n for n, line in numbered if self._is_data(line, n)), 0)
        head = self.lines[:first]
        cells = {id(c): c for line in head for c in line if c.text.strip()}.values()
        if max(Counter(c.row for c in cells).values(), default=0) < _HEADS:
            return False
        if any(may_head(c.text) for c in cells):
            return False
        labels = [self._parted(line, n)[0] for n, line in numbered if self._is_data(line, n)]
        read = {(r.table, r.name) for r in self.found.rows if not r.doubt}
        return all(labels) and {row_of(own_labels(line)) for line in labels} - {None} <= read

    def _is_data(self, line: list[Cell], number: int) -> bool:
        fresh = [c for c in line if c.row == number]
        if any(looks_like_value(c.text) for c in fresh):
            return True
        if sum(heads(c.text) for c in fresh) > 1:
            return False
        end = label_end(line)
        if end:
            return any(c.column >= end for c in line)
        labels = [c for c in fresh if c.text.strip()]
        if not labels or len(fresh) < 3 or heads(labels[-1].text):
            return False
        blank = any(not c.text.strip() for c in fresh if c.column > labels[-1].column)
        return blank and row_named(labels[-1].text, labels[-1].text) is not None

    # ---- headers

    def _header(self, lines: list[list[Cell]]) -> None:
        cells = list({id(c): c for line in lines for c in line}.values())
        self.above |= {id(c) for c in cells}
        texts = {key(c.text) for c in cells}
        results = sum(dispute_columns().names.get(t) is not None for t in texts)
        kinds = {application_columns().names.get(t) for t in texts} - {None, "total", "other"}
        if results >= 3 or texts & {key("未经复议直接起诉"), key("复议后起诉")}:
            columns, header = dispute_header(cells, 0)
            table = "disputes"
        elif len(kinds) >= 2 or texts & {key("申请人情况"), "自然人"}:
            columns, header = application_header(cells, 0)
            table = "applications"
        else:
            columns, header = disclosure_header(cells, 0)
            table = "disclosure"
            self._fee(cells)
        if columns or header.seen:
            self.found.headers.append(header)
            self.context.table, self.context.columns = table, columns
            self.context.grid = self.number

    def _last(self, lines: list[list[Cell]], unfilled: int | None) -> None:
        """The header that ends a grid, and the row of table four that stands there without figures."""
        values = [] if unfilled is None else self.lines[unfilled]
        self._header([line for line in lines if line is not values])
        if values and self.context.table == "disputes":
            self._dispute_row([c for c in values if c.row == unfilled], "")

    def _fee(self, cells: list[Cell]) -> None:
        for cell in cells:
            if "收费金额" in key(cell.text):
                self.found.fee_header = (cell.text, cell.place)

    # ---- data

    def _data(self, line: list[Cell], number: int) -> None:
        labels, values = self._parted(line, number)
        own = own_labels(labels)
        leaf = own[-1].text if own else ""
        whole = "".join(c.text for c in own)
        row = row_within(self.context.table, leaf, whole)
        if row is None and not key(whole) and self._strange(values):
            return
        if row is None and self.context.table == "disputes":
            self._dispute_row(values, whole)
            return
        if row is None and labels and self._continues(values, whole):
            return
        table = row[0] if row else self.context.table
        name = row[1] if row else None
        if table == "applications":
            several = len({application_rows().names.get(key(c.text)) for c in own} - {None}) > 1
            label = leaf if name and not several else whole
            self._application_row(name, label, labels, values)
        elif table == "disclosure":
            self._disclosure_row(name, leaf or whole, values)

    def _strange(self, values: list[Cell]) -> bool:
        """Whether unlabelled numbers are none of the table's that went on before: page numbers."""
        here = self.context.grid == self.number
        return not here and len(values) != len(self.context.columns)

    def _parted(self, line: list[Cell], number: int) -> tuple[list[Cell], list[Cell]]:
        """A data row's label cells and value cells, those reaching in from above among them.

        Labels end with the one the form knows; where none is known, before the first value.
        """
        texts = [c for c in line if c.text.strip() and not looks_like_value(c.text)]
        end = label_end(line)
        if not end:
            first = min((c.column for c in line if looks_like_value(c.text)), default=None)
            texts = [c for c in texts if first is None or c.column < first]
            # Blank cells between the last label and the first number are values left blank.
            end = max((c.column + c.column_span for c in texts), default=0)
        values = [c for c in line if c.column >= end and id(c) not in self.above]
        # The first result of table four may be blank as any other.
        begin = min([self.first_value, *(c.start for c in self._columns("disputes"))])
        values = [c for c in values if c.text.strip() or c.column >= begin]
        return [c for c in texts if c.column < end], values

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

    def _columns(self, table: str) -> list[Column]:
        """The columns whose header stands in this very grid."""
        here = self.context.grid == self.number and self.context.table == table
        return self.context.columns if here else []

    def _application_row(
        self, name: str | None, label: str, labels: list[Cell], values: list[Cell]
    ) -> None:
        place = (values or labels)[0].place
        columns = self._columns("applications")
        known = self.context.columns if self.context.table == "applications" else []
        if columns:
            told, doubt = placed(columns, values)
        else:
            told, doubt = by_order([c.name for c in known] or APPLICATION_KEYS, values)
        assumed = not known
        if self.context.table != "applications":
            self.context.table, self.context.columns = "applications", []
        row = RawRow("applications", label, name, told, place, doubt=doubt, assumed=assumed)
        self.found.rows.append(row)

    def _disclosure_row(self, name: str | None, label: str, values: list[Cell]) -> None:
        if not values:
            return
        if name and len(values) == 2 and take_listed(self.found.rows, name, label, *values):
            return
        columns = self._columns("disclosure")
        place = values[0].place
        block = choose_block(name, [c.name for c in columns if c.name], len(values))
        if block is None:
            told = [Value(c.text, c.place, None) for c in values]
            self.found.rows.append(RawRow("disclosure", label, None, told, place))
            return
        if name is None and not key(label):
            name = optional_row(block, self.found.rows)
        if columns and any(block.columns.find(c.name or "") for c in columns):
            own = [c.called(block.columns.find(c.name) if c.name else None) for c in columns]
            told, doubt = placed(own, values)
        else:
            told, doubt = by_order([c.key for c in block.block.columns], values)
            doubt = doubt or ("" if len(block.block.columns) == 1 else NO_HEADER)
        self.found.rows.append(RawRow("disclosure", label, name, told, place, block, doubt))

    def _dispute_row(self, values: list[Cell], whole: str) -> None:
        values = [c for c in values if c.row_span == 1 or not heads(c.text)]
        if not values:
            return
        place = values[0].place
        columns = self._columns("disputes")
        if columns:
            told, doubt = placed(columns, values)
            doubt = doubt or ("" if all_headed(columns, values) else NO_HEADER)
        else:
            told, doubt = by_order([c.name for c in self.context.columns], values)
        channel = dispute_rows().find(whole) if whole else None
        for value in told:
            if value.column is not None and "." not in value.column:
                value.column = None if channel is None else f"{channel}.{value.column}"
        self.found.rows.append(RawRow("disputes", whole, "cases", told, place, doubt=doubt))
