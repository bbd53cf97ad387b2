"""Notes as comments on coloured cells of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from audit.annotate.notes import AUTHOR, NotAnnotatableError, Spot
from rules.vocabulary import Text

_FILL = "FFFFE08A"
_LONGEST = 8_000
#: Size of a comment's box in pixels.
_WIDTH, _LINE = 360, 22


def write(
    source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
) -> int:
    """Write the copy; gives the number of notes that found no place and stand on the first cell.

    Raises:
        NotAnnotatableError: openpyxl can't open the file.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(source)
        first = book.worksheets[0]
    except Exception as error:  # whatever zip, XML or openpyxl make of a damaged file
        raise NotAnnotatableError(
            Text("无法作为 Excel 工作簿打开", "can't be opened as a workbook")
        ) from error
    lost = []
    for place, text in notes.items():
        cell = _find(book, place) if place else None
        if cell is None:
            lost.append(text)
        else:
            _mark(cell, text)
    if lost:
        _mark(_anchor(first, "A1"), "\n".join(lost), fill=False)
    book.save(target)
    return len(lost)


def _find(book: Any, place: str) -> Any:
    """The cell of `Sheet1!C7`; a place that names a sheet only is none."""
    name, mark, address = place.rpartition("!")
    if not mark or name not in book.sheetnames or not hasattr(book[name], "merged_cells"):
        return None
    try:
        return _anchor(book[name], address)
    except ValueError:
        return None


def _anchor(sheet: Any, address: str) -> Any:
    """The cell, or the one that a merge shows in its place."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[address]


def _mark(cell: Any, text: str, fill: bool = True) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if cell.comment is not None:
        text = f"{text}\n\n{cell.comment.text}"
    lines = sum(1 + len(line) // 26 for line in text.split("\n"))
    height = min(900, _LINE * (lines + 1))
    cell.comment = Comment(text[:_LONGEST], AUTHOR, height=height, width=_WIDTH)
    if fill:
        cell.fill = PatternFill("solid", fgColor=_FILL)
