"""What a loader yields: one file's text and grids, each piece with its place; nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from audit.record import record

#: What loaders put for a character that they can't tell, or behind a figure that they can't.
LOST = "\ufffd"


@record
class Place:
    """Where a person finds something, in its document's own terms.

    All numbers count from 1. `row` and `column` count inside the table of the page or document, or
    are the sheet's own. `box` is (left, top, right, bottom) from the page's upper left corner, in
    points for PDF and in pixels for pictures; it does not show in the written form.
    """

    line: int | None = None
    page: int | None = None
    table: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        """The place as outputs write it: `line 120`, `page 3 R8C4`, `表2 R5C3`, `Sheet1!C7`."""
        if self.sheet is not None:
            if self.row is None or self.column is None:
                return self.sheet
            return f"{self.sheet}!{column_letters(self.column)}{self.row}"
        parts = []
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        elif self.table is not None:
            parts.append(f"表{self.table}")
        if self.row is not None and self.column is not None:
            parts.append(f"R{self.row}C{self.column}")
        return " ".join(parts)


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """A sheet's column number (from 1) in letters: 1 → A, 28 → AB."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@record
class Cell:
    """One cell of a grid: its text as it stands, and the rows and columns it covers (from 0)."""

    text: str
    row: int
    column: int
    place: Place
    row_span: int = 1
    column_span: int = 1
    #: How sure the reading is, 0 to 1. Below 1 only for OCR or where the loader had to guess.
    confidence: float = 1.0
    #: Why the reading is unsure, in words for the clerk (zh); empty where it is sure.
    doubt: str = ""


@record
class Grid:
    """A table: cells in reading order, none overlapping another. A position may be uncovered."""

    cells: tuple[Cell, ...]
    place: Place

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((c.column + c.column_span for c in self.cells), default=0)


@record
class Paragraph:
    """A line or paragraph of text. `heading` is set where the format itself says so."""

    text: str
    place: Place
    heading: bool = False


@record
class Picture:
    """A picture in the document's flow, which may be a table that nobody can read."""

    place: Place
    #: Width and height, in the document's unit; a stamp is small, a table is wide.
    size: tuple[float, float] = (0.0, 0.0)


Block = Paragraph | Grid | Picture


@record
class Document:
    """One report as a loader found it: blocks in reading order, and what the file says of itself.

    `metadata` holds what stands beside the text, under neutral names where known: `title`,
    `publisher` (发布机构, 来源), `published` (公开日期, 发布日期), `index_number` (索引号), `creator`.
    A file that holds several reports (an archive, a workbook) yields several documents; `part` is
    the member's or sheet's name then.
    """

    file: str
    format: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    part: str | None = None

    @property
    def name(self) -> str:
        """The file, and the part of it where it holds several documents."""
        return self.file if self.part is None else f"{self.file}!{self.part}"
