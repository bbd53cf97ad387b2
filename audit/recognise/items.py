"""Lines of text → items (labels, values, blanks between bars) and runs of a label with its values."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audit.document import Paragraph, Place
from audit.recognise.labels import BARE, application_rows, disclosure_rows
from audit.recognise.normalise import folded, key
from audit.recognise.sentences import said
from audit.values import looks_like_value

_BARS = re.compile(r"[|｜\t│┃]")
#: Hard spaces beside a cell's content that an encoding did not have.
_GARBAGE = re.compile(r"^(?:[?？]\s+)+(?=\S)|(?<=\S)(?:\s+[?？])+$")
_EDGES = ("|", "｜", "│", "┃")
#: A line drawn between rows: of Markdown, of hyphens and crosses, of box characters.
_RULE = re.compile(r"^[\s|+:=\-\u2500-\u257f]*[-=\u2500-\u257f]{3,}[\s|+:=\-\u2500-\u257f]*$")
_COMMAS = re.compile(r"[,;]")
_BULLET = re.compile(r"^\s*[•·●◆◇■□▪▶►※*]\s*(?=\S)|(?<=\s)[•●◆◇■□▪▶►※](?=\s)")
#: A page's number as it is printed at its foot; one without anything beside it can't be told.
FOOT = re.compile(
    r"^\s*(?:[-—–－~·•]{1,3}\s*[1-9]\d{0,2}\s*[-—–－~·•]{1,3}|第\s*\d{1,3}\s*页(?:[,，/\s]*共\s*\d{1,3}\s*页)?)\s*$"
)
_ORDINAL = re.compile(r"^\d{1,2}$")
_UNIT = re.compile(r"[件条份个起宗项次家人年月日类％%，。；]")
#: Share of a table's lines with the same number of cells from which others are suspect.
_UNIFORM = 0.75
#: Values parted by commas that are a row without any label: those of table four.
_MANY = 10
#: No row of comma-separated values is longer than this, in characters.
_LONGEST_ROW = 300
_DIGIT = re.compile(r"\d")
#: A figure with words right behind it: the line beside it may have run into its own.
_RUN_ON = re.compile(r"\d+[\u4e00-\u9fff]{2}")
_GLUED = re.compile(r"(.*[\u4e00-\u9fff）)”])(\d+(?:\.\d+)?)", re.DOTALL)


@dataclass(slots=True)
class Item:
    """A piece between blanks, bars or line ends: a value, a label, or the blank between two bars."""

    text: str
    place: Place
    line: int
    value: bool
    bars: bool
    #: Digits that stood right behind a label's last character: their cells can't be seen.
    glued: bool = False
    #: Its line has another number of cells than nearly all others.
    ragged: bool = False
    #: The words right before a figure of a row written as a sentence; None of any other.
    said: str | None = None


@dataclass(slots=True)
class Run:
    """A label's pieces and the values that follow them."""

    label: list[Item] = field(default_factory=list)
    values: list[Item] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where the values stand, or the label of a run without any."""
        return (self.values or self.label)[0].place

    @property
    def lines(self) -> set[int]:
        """The lines it stands on."""
        return {i.line for i in (*self.label, *self.values)}


def runs(paragraphs: Sequence[Paragraph], first: int) -> Iterator[Run]:
    """Labels with their values, from line `first` on.

    Blank cells before the last label of a barred line are no values.
    """
    odd = _ragged(paragraphs[first:])
    items = [
        replace(item, ragged=True) if paragraph.text in odd else item
        for number, paragraph in enumerate(paragraphs[first:], first)
        for item in _items(paragraph, number)
    ]
    items = [_settled(items, n) for n in range(len(items))]
    run = Run()
    for number, item in enumerate(items):
        blank = item.value and not item.text
        if blank and _label_follows(items, number):
            continue
        if item.value and (item.text or run.label):
            run.values.append(item)
        elif not item.value:
            if run.values:
                yield run
                run = Run()
            run.label.append(item)
    if run.label or run.values:
        yield run


def _ragged(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """Lines with more or fewer cells than the others, where nearly all have the same number."""
    sizes = {p.text: len(_parts(p.text)) for p in paragraphs if _BARS.search(p.text)}
    usual, lines = Counter(sizes.values()).most_common(1)[0] if sizes else (0, 0)
    if usual < 3 or lines < _UNIFORM * len(sizes):
        return frozenset()
    return frozenset(text for text, size in sizes.items() if size != usual)


def _parts(text: str) -> list[str]:
    parts = [p.strip() for p in _BARS.split(text)]
    parts = parts[1:] if not parts[0] and text.lstrip(" ").startswith(_EDGES) else parts
    return parts[:-1] if text.rstrip(" \u3000").endswith(_EDGES) else parts


def _items(paragraph: Paragraph, line: int) -> Iterator[Item]:
    plain = paragraph.text.strip()
    if plain.isascii() and plain.isdigit():  # most lines are that, where each holds one cell
        yield Item(plain, paragraph.place, line, True, False)
        return
    text = _BULLET.sub("", paragraph.text)
    if _RULE.match(text) or FOOT.match(text):
        return
    if not _BARS.search(text):
        if (row := said(text)) is not None:
            yield Item(folded(row.label), paragraph.place, line, False, True)
            for words, figure in row.figures:
                yield Item(figure, paragraph.place, line, True, True, said=words)
            return
        parts = _by_commas(text)
        if not parts:
            yield from _words(text.split(), paragraph.place, line)
            return
    else:
        parts = _parts(text)
    filled = [p for p in parts if p]
    label = _label_end(parts)
    if len(filled) <= 1 and not (label and len(parts) > 1):
        # a cell a line: the bars only part cells, blank ones can't be told
        yield from _words(" ".join(filled).split(), paragraph.place, line)
        return
    for number, part in enumerate(parts):
        if (label and number >= label) or not part or looks_like_value(part):
            yield Item(_GARBAGE.sub("", part), paragraph.place, line, True, True)
        else:
            yield from _words(part.split(), paragraph.place, line)


def _by_commas(text: str) -> list[str]:
    """The cells of a line of comma-separated values: a row's label and values; else none."""
    if len(text) > _LONGEST_ROW or not _COMMAS.search(text):
        return []
    parts = [p.strip() for p in (next(csv.reader([text])) if '"' in text else _COMMAS.split(text))]
    label = _label_end(parts)
    values = parts[label:]
    plain = all(not p or looks_like_value(p) for p in values)
    return parts if plain and values and (label or len(parts) >= _MANY) else []


def _label_end(parts: Sequence[str]) -> int:
    """Behind which part of a line its row's label ends; 0 where none is a label as the form has it.

    What stands behind it are values, even if they are no numbers.
    """
    for number in range(min(len(parts), 4), 0, -1):
        whole = key(parts[number - 1])
        if whole in application_rows().names or whole in disclosure_rows().names:
            return number if whole not in BARE else 0
    return 0


def _words(words: Sequence[str], place: Place, line: int) -> Iterator[Item]:
    if len(words) > 1:  # hard spaces that an encoding did not have
        words = [w for w in words if w not in ("?", "？")]
    label = _label_end(words)
    if label and not any(looks_like_value(w) for w in words[label:]):
        label = 0
    for number, word in enumerate(words):
        if label and number >= label and _RUN_ON.match(word) and not looks_like_value(word):
            yield Item(word, place, line, True, False, True)
        elif (label and number >= label) or (
            looks_like_value(word) and not _numbers(words, number)
        ):
            yield Item(word, place, line, True, False)
        elif (glued := _GLUED.fullmatch(word)) and _ends_label(glued[1]):
            yield Item(folded(glued[1]), place, line, False, False)
            yield Item(glued[2], place, line, True, False, True)
        else:
            yield Item(folded(word), place, line, False, False)


def _numbers(words: Sequence[str], at: int) -> bool:
    """Whether a number only numbers the label behind it: `3 .其他`."""
    follows = at + 1 < len(words) and words[at + 1].startswith((".", "、", "．"))
    return bool(follows and _ORDINAL.match(words[at]))


def _settled(items: Sequence[Item], at: int) -> Item:
    """An item that is 无, / or - is a value beside values or behind a row's label, else label.

    A number with a unit behind it, parted by a blank, is part of a sentence.
    """
    item = items[at]
    if not item.value or item.bars or not item.text:
        return item
    before = items[at - 1] if at else None
    behind = items[at + 1] if at + 1 < len(items) else None
    if _DIGIT.search(item.text):
        sentence = behind is not None and behind.line == item.line and _UNIT.match(behind.text)
        return replace(item, value=False) if sentence else item
    if before is not None and (before.value or _row_label(before.text)):
        return item
    if behind is not None and behind.value:
        return item
    return replace(item, value=False)


def _ends_label(text: str) -> bool:
    whole = key(text)
    return _row_label(text) or (len(whole) > 3 and application_rows().find(text) is not None)


def _row_label(text: str) -> bool:
    whole = key(text)
    return whole in application_rows().names or whole in disclosure_rows().names


def _label_follows(items: Sequence[Item], number: int) -> bool:
    """Whether the next thing on the same line that is not blank is a label."""
    for item in items[number + 1 :]:
        if item.line != items[number].line:
            return False
        if item.text:
            return not item.value
    return False
