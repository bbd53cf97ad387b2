"""Plain text and Markdown: a paragraph for each line that is not blank, tables only where they are HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.document import Block, Document, Paragraph, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders._text_tables import tables
from audit.loaders.base import Limits, Source

#: Markdown's headings, and emphasis around a whole line.
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>\S.*?)\s*#*\s*$")
_STRONG = re.compile(r"^\s*(\*\*|__)(?P<text>[^*_]+)\1\s*$")
#: A line that may be a page's number; so many pages in a row that end in one prove it.
_NUMBER = re.compile(r"\s*(?P<number>[1-9]\d{0,2})\s*")
_PAGES = 3
#: A line's end within a cell, and what programs write into cells that hold nothing.
_BREAK = re.compile(r"(?P<before>.?)<br\s*/?>(?=(?P<after>.?))", re.IGNORECASE)
_NOTHING = re.compile(r"(?<=\|)\s*(?:NaN|nan|None|Unnamed: \d+)\s*(?=\|)")
#: What Markdown puts before a character that would mean something to it. Bars and tags would mean
#: something to us as well: they stay escaped.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~])")


def load(source: Source) -> Iterator[Document]:
    """The document of a text, a paragraph a line; tables where they are HTML.

    Raises:
        UnreadableError: too long, or nothing but blanks.
    """
    text = decode(source.data)
    if len(text) > source.limits.characters:
        raise UnreadableError("limit", f"{len(text)} > {source.limits.characters}")
    if not text.strip():
        raise UnreadableError("empty")
    if source.suffix == ".md":
        text = _ESCAPED.sub(r"\1", text)
    yield Document(source.name, "text", tuple(_blocks(text, source.limits)))


def _blocks(text: str, limits: Limits) -> Iterator[Block]:
    """Paragraphs by line, and the tables that stand between them as HTML."""
    feet = _feet(text)
    done, line = 0, 1
    for start, end, table in (*tables(text, limits), (len(text), len(text), ())):
        for number, own in enumerate(text[done:start].split("\n"), line):
            if own.strip() and number not in feet:
                yield _paragraph(own, number)
        yield from table
        line += text.count("\n", done, end)
        done = end


def _feet(text: str) -> frozenset[int]:
    """Lines with bare page numbers: the last before each form feed, if every page ends so, one on
    from the page before.
    """
    pages = text.rstrip("\f\n ").split("\f") if "\f" in text else []
    found: dict[int, int] = {}
    line = 1
    for page in pages:
        own = page.split("\n")
        last = max((n for n, t in enumerate(own) if t.strip()), default=None)
        if last is not None and (number := _NUMBER.fullmatch(own[last])):
            found[line + last] = int(number["number"])
        line += len(own) - 1
    ends = list(found.values())
    told = len(ends) == len(pages) >= _PAGES and ends == list(range(ends[0], ends[0] + len(ends)))
    return frozenset(found) if told else frozenset()


def _paragraph(line: str, number: int) -> Paragraph:
    if line.lstrip().startswith("|"):
        return Paragraph(_row(line), Place(line=number))
    heading = _HEADING.match(line) if "#" in line[:4] else None
    text = heading["text"] if heading else line
    strong = _STRONG.match(text) if text.rstrip().endswith(("**", "__")) else None
    return Paragraph(strong["text"] if strong else text, Place(line=number), heading is not None)


def _row(line: str) -> str:
    """A line of a table of bars; where programs filled it up around a single text, that text."""
    told, filled_up = _NOTHING.subn("", _BREAK.sub(_joined, line))
    alone = [cell.strip() for cell in told.split("|") if cell.strip()]
    return alone[0] if filled_up and len(alone) == 1 else told


def _joined(broken: re.Match[str]) -> str:
    """Lines of a cell as one, a blank kept between digits: they may be two figures, or one."""
    digits = broken["before"].isdigit() and broken["after"].isdigit()
    return broken["before"] + (" " if digits else "")
