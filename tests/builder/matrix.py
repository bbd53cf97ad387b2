"""A report's tables as rows of cells with spans, made once and rendered by every writer."""

from __future__ import annotations

from dataclasses import dataclass

from tests.builder.truth import ReportTruth, written


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


class Builder:
    """Places boxes row by row as HTML does: into the first free column."""

    def __init__(self, truth: ReportTruth) -> None:
        self.truth = truth
        self.boxes: list[Box] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = -1

    def new_row(self) -> None:
        """Begin the next row."""
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
        """The table as far as it was built."""
        return Matrix(key, tuple(sorted(self.boxes, key=lambda b: (b.row, b.column))))
