"""The paragraphs and tables of a binary Word file's story, put together from its marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from audit.loaders._word_lists import ListUse, next_number, numbered
from audit.loaders._word_marks import Marks, Paragraphs, marks
from audit.loaders._word_model import Item, Merge, Slot, Table, Text
from audit.loaders._word_ole import Binary, NotWord97Error
from audit.loaders._word_sheet import Sheet, list_uses
from audit.loaders._word_sprm import Edge, Paragraph

_ENDS = re.compile("[\r\x07\x0c]")
_FIELDS = re.compile("[\x13\x14\x15]")
_HALVES = re.compile("[\ud800-\udfff]")
#: No document nests tables so deep; a garbled number does.
_DEEPEST = 50
_NO_LIST = frozenset({None, 0, 0xF801})


class _Open:
    """A table that is being read: rows done, cells of this row, items of this cell."""

    def __init__(self) -> None:
        self.rows: list[list[Slot]] = []
        self.cells: list[list[Item]] = []
        self.items: list[Item] = []

    def end_cell(self) -> None:
        self.cells.append(self.items)
        self.items = []

    def end_row(self, edges: tuple[Edge, ...], gone: bool) -> None:
        if len(edges) != len(self.cells):
            raise NotWord97Error(f"row of {len(self.cells)} cells has {len(edges)} in its layout")
        # A row was deleted where its mark was and nothing of it is left: LibreOffice marks the end
        # of the row above, too.
        if not gone or any(_prints(item) for cell in self.cells for item in cell):
            self.rows.append(_slots(edges, self.cells))
        self.cells, self.items = [], []


def _prints(item: Item) -> bool:
    return not isinstance(item, Text) or bool(item.text.strip())


class Reader:
    """Reads stories: the body, and the text boxes that hang in it."""

    def __init__(self, binary: Binary) -> None:
        self._text = binary.text
        self._stories = binary.stories
        sheet = Sheet(binary)
        self._marks: Marks = marks(binary, sheet)
        self._paragraphs = Paragraphs(binary, sheet)
        self._uses: Mapping[int, ListUse] = list_uses(binary)

    def body(self) -> list[Item]:
        """The body's items in reading order.

        Raises:
            NotWord97Error: a table's rows and cells don't fit each other.
        """
        return self._items(0, self._stories[0])

    def _items(self, start: int, end: int) -> list[Item]:
        story = OpenStory()
        in_instruction: list[bool] = []
        for match in _ENDS.finditer(self._text, start, end):
            at = match.start()
            if match[0] == "\x0c" and not self._paragraphs.ends_at(at):
                continue
            told = self._paragraphs.at(at)
            text = self._printed(start, at, in_instruction)
            hanging = self._hanging(start, at)
            self._put(story, told, text, at)
            story.hang(told.nesting, hanging)
            start = at + 1
        if start < end and (rest := self._printed(start, end, in_instruction)):
            story.put(0, [Text(rest)])
        return story.done()

    def _put(self, story: OpenStory, told: Paragraph, text: str, at: int) -> None:
        mark, depth = self._text[at], told.nesting
        if depth > _DEEPEST:
            raise NotWord97Error(f"a paragraph {depth} tables deep")
        if mark == "\x07" and not depth:
            raise NotWord97Error("a cell ends outside any table")
        gone = bool(self._marks.gone[at])
        row_end = told.row_end if mark == "\x07" else told.inner_row_end and depth > 1
        if row_end:
            story.at(depth).end_row(told.cells, gone)
            return
        cell_end = mark == "\x07" or (told.inner_cell and depth > 1)
        if gone and not cell_end:
            story.carried += text
            return
        whole = numbered(self._number(told), story.carried + text)
        story.carried = ""
        story.put(depth, [Text(whole, told.outline is not None and told.outline < 9)])
        if cell_end and depth:
            story.at(depth).end_cell()

    def _number(self, told: Paragraph) -> str:
        if told.list_use in _NO_LIST:
            return ""
        use = self._uses.get(told.list_use or 0)
        return "" if use is None else next_number(use, told.list_level)

    def _printed(self, start: int, end: int, fields: list[bool]) -> str:
        """The text between two places, without fields' instructions; `fields` are those open."""
        if not fields and _FIELDS.search(self._text, start, end) is None:
            return _whole("".join(self._marks.shown[start:end]))
        signs = {m.start() for m in _FIELDS.finditer(self._text, start, end)}
        cuts = [*sorted({start} | signs), end]
        parts = []
        for first, last in pairwise(cuts):
            self._field(self._text[first], fields)
            if not any(fields):
                parts.extend(self._marks.shown[first:last])
        # A field that never came to its result must not swallow the rest of the document.
        fields[:] = [instruction for instruction in fields if not instruction]
        return _whole("".join(parts))

    @staticmethod
    def _field(mark: str, fields: list[bool]) -> None:
        if mark == "\x13":
            fields.append(True)
        elif mark == "\x14" and fields:
            fields[-1] = False
        elif mark == "\x15" and fields:
            fields.pop()

    def _hanging(self, start: int, end: int) -> list[Item]:
        found: list[Item] = []
        for at in sorted(p for p in self._marks.pictures if start <= p < end):
            drawing = self._marks.pictures[at]
            found.extend([drawing.image] if drawing.box is None else self._items(*drawing.box))
        return found


def _whole(text: str) -> str:
    """The text without what does not print, characters kept as two halves put together."""
    text = text.replace("\0", "")
    if _HALVES.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class OpenStory:
    """Items so far, and the tables that are open, the outermost first."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._open: list[_Open] = []
        #: Text of a paragraph whose mark was deleted: it runs on into the next.
        self.carried = ""

    def at(self, depth: int) -> _Open:
        """The table open at this depth; deeper ones are closed, lacking ones opened."""
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open())
        return self._open[-1]

    def put(self, depth: int, items: list[Item]) -> None:
        """Items at a depth: into the cell that is open there, or into the story itself."""
        if depth:
            self.at(depth).items.extend(items)
            return
        while self._open:
            self._close()
        self._items.extend(items)

    def hang(self, depth: int, items: list[Item]) -> None:
        """What hangs on the paragraph that was put last, though its cell may be closed by now."""
        table = self._open[-1] if depth and self._open else None
        if table is None:
            self._items.extend(items)
        elif not table.items and table.cells:
            table.cells[-1].extend(items)
        else:
            table.items.extend(items)

    def done(self) -> list[Item]:
        """All items, every table closed."""
        self.put(0, [Text(self.carried)] if self.carried else [])
        return self._items

    def _close(self) -> None:
        table = self._open.pop()
        if table.cells or table.items:
            raise NotWord97Error("a table ends within a row")
        (self._open[-1].items if self._open else self._items).append(Table(table.rows))


def _slots(edges: tuple[Edge, ...], contents: list[list[Item]]) -> list[Slot]:
    """A row's cells; those merged sideways are one, of which only the first's content prints.

    Of the two values for "merged" readers disagree which is the first cell's, so that the one met
    first in a row of merged cells is taken for it.
    """
    slots: list[Slot] = []
    begins = 0
    for edge, items in zip(edges, contents, strict=True):
        if edge.sideways and begins and edge.sideways != begins:
            slots[-1].right = edge.right
            continue
        begins = edge.sideways
        merge: Merge = "on" if edge.downwards == 1 else "start" if edge.downwards else ""
        slots.append(Slot(edge.left, edge.right, merge, items))
    return slots
