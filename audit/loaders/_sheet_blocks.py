"""A sheet's cells → blocks: tables stay grids, rows that hold only text become paragraphs.

A row of a sheet does not say whether it is a heading or a line of a table left blank. It is text if
one of its cells is longer than any label, or if its only cell heads what follows: with no table
right above it, or numbered 一、 and followed by text or by a row of column labels, or the title of
a year's report. Everything else stays in the grid, blank cells included, as a blank row of a table
must not be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.document import Block, Cell, Grid, Paragraph, Place
from audit.loaders._sheet_model import Entry, Sheet
from audit.loaders._sheet_view import View
from audit.loaders.base import Limits

#: No label of a table is as long as this.
_LONG = 60
_NUMBER = re.compile(r"[-+]?\d[\d,.]*\s*\S{0,2}")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|第[一二三四五六七八九十]部分)")
_TITLE = re.compile(r"20\d\d\s*年.*(?:报告|年报|[一-鿿]表)\s*$|20\d\d.{0,4}信息公开", re.DOTALL)
#: A short cell over all of a row of labels is one of them: 第二十条第（一）项, 行政复议.
_SHORT = 12
_BLANK = Entry("")
_ALONE = (1, 1)
#: So many empty rows end a table; a single one may stand inside it.
_GAP = 2


def blocks(sheet: Sheet, limits: Limits) -> Iterator[Block]:
    """The sheet's name as a heading, then its content from top to bottom.

    Raises:
        UnreadableError: more cells than the limits allow, blank ones counted.
    """
    view = View(sheet, limits.cells)
    texts = text_rows(view)
    if not view.rows:
        return
    yield Paragraph(sheet.name, Place(sheet=sheet.name), heading=True)
    held: list[int] = []
    reach = -1
    for row in view.rows:
        if held and (row in texts or row > reach + _GAP):
            yield _grid(view, held[0], reach)
            held = []
        if row in texts:
            yield from _paragraphs(view, row)
        else:
            held.append(row)
            reach = max(reach, view.bottom(row))
    if held:
        yield _grid(view, held[0], reach)


def _paragraphs(view: View, row: int) -> Iterator[Paragraph]:
    for column, entry in view.rows[row].items():
        for line in entry.text.split("\n"):
            if line.strip():
                yield Paragraph(line.strip(), view.place(row, column))


def _grid(view: View, first: int, last: int) -> Grid:
    """The rows from first to last, blank cells filled in under and beside the filled ones."""
    rows = range(first, last + 1)
    filled = {(row, column) for row in rows for column in view.rows.get(row, ())}
    anchors = filled | {at for at in view.spans if at[0] in rows}
    columns = sorted({column for _, column in anchors})
    left = columns[0]
    view.spend(len(rows) * len(columns))
    covered, spans, place = view.covered, view.spans, view.place
    cells = []
    for row in rows:
        entries = view.rows.get(row, {})
        for column in columns:
            at = (row, column)
            if at in covered:
                continue
            entry = entries.get(column, _BLANK)
            height, width = spans.get(at, _ALONE)
            cells.append(
                Cell(
                    entry.text,
                    row - first,
                    column - left,
                    place(row, column),
                    height,
                    width,
                    0.0 if entry.doubt else 1.0,
                    entry.doubt,
                )
            )
    return Grid(tuple(cells), view.place(first, left))


# ---- which rows are text


def text_rows(view: View) -> set[int]:
    """The rows that are text and no part of a table."""
    found: set[int] = set()
    rows = list(view.rows)
    for position, row in enumerate(rows):
        if row in view.tied:
            continue
        entries = list(view.rows[row].values())
        if any(len(e.text) > _LONG for e in entries):
            found.add(row)
        elif len(entries) == 1 and not _is_number(entries[0]):
            before = rows[position - 1] if position else None
            after = rows[position + 1] if position + 1 < len(rows) else None
            in_table = before is not None and before not in found and view.bottom(before) >= row - 1
            if _heads(view, row, after, in_table):
                found.add(row)
    return found


def _heads(view: View, row: int, after: int | None, in_table: bool) -> bool:
    """Whether a row's only cell heads what follows; `in_table`: a table's row is right above it."""
    ((column, entry),) = view.rows[row].items()
    numbered = _NUMBERED.match(entry.text) is not None
    beside = after is not None and after - row <= 1
    kind = _kind(view, after) if after is not None else ""
    width = view.spans.get((row, column), (1, 1))[1]
    if width > 1 and beside and after is not None and kind in ("figures", "labels"):
        last = max(c + view.spans.get((after, c), (1, 1))[1] for c in view.rows[after])
        short = kind == "labels" and len(entry.text) <= _SHORT and not numbered
        if column + width < last or short:
            return False
    if in_table:
        title = _TITLE.search(entry.text) is not None
        return title or (numbered and kind in ("long", "line", "labels"))
    return numbered or not (beside and kind == "figures")


def _kind(view: View, row: int) -> str:
    """What a row is: `long` text, a `line`, a `numbered` one, `labels`, or `figures`."""
    entries = list(view.rows[row].values())
    if any(len(e.text) > _LONG for e in entries):
        return "long"
    if any(_is_number(e) for e in entries):
        return "figures"
    if len(entries) > 1 or row in view.tied:
        return "labels"
    return "numbered" if _NUMBERED.match(entries[0].text) else "line"


def _is_number(entry: Entry) -> bool:
    return bool(entry.doubt) or _NUMBER.fullmatch(entry.text.strip()) is not None
