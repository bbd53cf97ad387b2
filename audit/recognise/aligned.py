"""Table three in text whose columns stand below one another: labels in pieces around their figures.

Programs that print a PDF's page as text, in place, break a label over the lines that it has in its
cell, and set the figures on one of these. Read as running text the rest of a label falls to the
next row. Here a label's pieces are those that stand below one another, its row is the line of
figures among them, and nothing is told unless every label of the table has exactly one such line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import east_asian_width

from audit.document import Paragraph, Place
from audit.recognise.items import FOOT
from audit.recognise.labels import APPLICATION_KEYS, application_rows
from audit.recognise.normalise import key
from audit.recognise.rows import RawRow, Value
from audit.recognise.sequence import application_sequence
from audit.values import looks_like_value
from rules.form import load_form

#: How a label begins; whatever stands above it belongs to another.
_BEGINS = re.compile(r"^(?:[（(][一二三四五六七][）)]|[1-9][.．、]|[一二三四][、.．])")
#: Numbers of groups, which begin no label of a row unless figures stand right behind it.
_GROUPED = re.compile(r"^[（(][三四五六][）)]")
#: What programs take for a Chinese character's width, a letter's being 1; 0 for those that set one
#: blank between columns, where no piece shows by its position which it belongs to.
_WIDTHS = (1, 2, 0)
_FIRST = key("一、本年新收")
_NUMBER = re.compile(r"\s*\d{1,3}\s*$")
_WORD = re.compile(r"\S+")
#: Labels stand apart from one another by more than a blank.
_LABEL = re.compile(r"\S+(?: \S+)*")
#: The table ends at the next section's heading, or where its last row has been told.
_END = re.compile(r"^\s*四、(?!结转)|^\s*第?四[、部章]?\s*.{0,8}行政复议")
_ORDERS = tuple(
    {r.key: n for n, r in enumerate(load_form(e).tables["applications"].rows)} for e in (2021, 2019)
)
#: Of `labels.GROUPS` those of rows: a piece such as 信息 is one of 信息内容 and of rows' own labels.
_GROUP_LABELS = {
    key(row.group) for row in load_form(2021).tables["applications"].rows if row.group is not None
}
#: Fewer rows than this are no table three.
_LEAST = 20


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its label's last piece with left and right edge (in half characters), its figures."""

    number: int
    place: Place
    label: str
    left: int
    right: int
    figures: tuple[str, ...]
    #: Whether it is a page's first: there the columns may stand elsewhere than on the page before.
    top: bool


@dataclass(slots=True)
class _Label:
    """A label's pieces so far: its lines, where its first piece stands, its lines of figures."""

    left: int
    right: int
    lines: list[_Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The pieces put together."""
        return "".join(line.label for line in self.lines)

    def name(self) -> str | None:
        """The row it names, pieces of a group's label that got between its own left out."""
        known = application_rows().names.get(key(self.text))
        own = [line.label for line in self.lines if not _of_group(line.label)]
        return known or application_rows().find("".join(own))

    def below(self, line: _Line) -> bool:
        """Whether a line's label stands below the first piece."""
        return line.left < self.right and line.right > self.left


@dataclass(frozen=True, slots=True)
class Aligned:
    """The rows of table three, and the lines it stands on (positions)."""

    rows: list[RawRow]
    lines: range


def read_aligned(paragraphs: Sequence[Paragraph], first: int) -> Aligned | None:
    """Table three from position `first` on; None unless all of it is beyond doubt."""
    start = next((n for n in range(first, len(paragraphs)) if _is_first(paragraphs[n].text)), None)
    if start is None:
        return None
    end = next(
        (n for n in range(start, len(paragraphs)) if n > start and _END.match(paragraphs[n].text)),
        len(paragraphs),
    )
    header = [_WORD.findall(p.text) for p in paragraphs[first:start]]
    columns = application_sequence(header)
    if columns is None or sorted(map(str, columns)) != sorted(APPLICATION_KEYS):
        return None
    names = [str(c) for c in columns]
    for wide in _WIDTHS:
        lines = list(_lines(paragraphs, range(start, end), wide))
        rows = _rows(_labels(lines), lines, names)
        if rows:
            return Aligned(rows, range(first, lines[-1].number + 1))
    return None


def _is_first(text: str) -> bool:
    return key(text).startswith(_FIRST)


def _lines(paragraphs: Sequence[Paragraph], where: range, wide: int) -> Iterator[_Line]:
    """The lines with labels or figures.

    `wide`: see `_WIDTHS`; without it every label reaches over the whole line.
    """
    top = False
    for number in where:
        text = paragraphs[number].text
        top = top or "\f" in text
        following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
        if FOOT.match(text) or ("\f" in following and _NUMBER.match(text)):
            continue
        words = [(m.group(), m.start()) for m in _WORD.finditer(text)]
        figures: list[str] = []
        while words and looks_like_value(words[-1][0]):
            figures.insert(0, words.pop()[0])
        rest = text[: words[-1][1] + len(words[-1][0])] if words else ""
        pieces = list((_LABEL if wide else _WORD).finditer(rest))
        label = pieces[-1].group() if pieces else ""
        left = _width(rest[: pieces[-1].start()].lstrip("\f"), wide) if pieces else 0
        left, right = (left, left + _width(label, wide)) if wide else (0, 1)
        yield _Line(number, paragraphs[number].place, label, left, right, tuple(figures), top)
        top = False


def _labels(lines: Sequence[_Line]) -> list[_Label]:
    """Labels from top to bottom, each with the lines that hold its pieces."""
    found: list[_Label] = []
    turned: list[_Line] = []
    page = False
    for line in lines:
        page = page or line.top
        if not line.label:
            continue
        if _BEGINS.match(line.label) and (line.figures or not _GROUPED.match(line.label)):
            label = _Label(line.left, line.right, [line])
            if found and _level(found[-1]) == _level(label):
                found[-1].lines += filter(label.below, turned)
            found.append(label)
            turned, page = [], False
        elif page:
            turned.append(line)
        elif found and found[-1].below(line):
            found[-1].lines.append(line)
    return found


def _of_group(piece: str) -> bool:
    """Whether a piece can be one of a group's label."""
    return any(key(piece) in group for group in _GROUP_LABELS)


def _level(label: _Label) -> str:
    """How a label is numbered: labels numbered alike stand in one column."""
    return "1" if label.text[0].isdigit() else label.text[0]


def _rows(labels: Sequence[_Label], lines: Sequence[_Line], columns: Sequence[str]) -> list[RawRow]:
    """A row for each label, if each has one line of figures and no line of figures is left over."""
    figured = [line for line in lines if line.figures]
    rows: list[RawRow] = []
    for label in labels:
        own = [
            line
            for line in figured
            if label.lines[0].number <= line.number <= label.lines[-1].number
        ]
        name = label.name()
        if len(own) != 1 or len(own[0].figures) != len(columns) or name is None:
            return []
        values = [
            Value(figure, own[0].place, column)
            for figure, column in zip(own[0].figures, columns, strict=True)
        ]
        rows.append(RawRow("applications", label.text, name, values, own[0].place))
    whole = len(rows) == len(figured) >= _LEAST
    return rows if whole and any(_rising(rows, order) for order in _ORDERS) else []


def _rising(rows: Sequence[RawRow], order: dict[str, int]) -> bool:
    """Whether the rows are the form's, one after the other."""
    places = [order.get(str(row.name), -1) for row in rows]
    return -1 not in places and all(a < b for a, b in pairwise(places))


def _width(text: str, wide: int) -> int:
    """How far a text reaches, in characters of half width."""
    return sum(wide if east_asian_width(c) in "WF" else 1 for c in text)
