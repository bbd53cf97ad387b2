"""Plain text and Markdown: a paragraph for each line that is not blank; tables are the recogniser's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.document import Document, Paragraph, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders.base import Source

#: Markdown's headings, and emphasis around a whole line.
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>\S.*?)\s*#*\s*$")
_STRONG = re.compile(r"^\s*(\*\*|__)(?P<text>[^*_]+)\1\s*$")
#: A line that may be a page's number; so many pages in a row that end in one prove it.
_NUMBER = re.compile(r"\s*(?P<number>[1-9]\d{0,2})\s*")
_PAGES = 3


def load(source: Source) -> Iterator[Document]:
    """The document of a text, a paragraph a line.

    Raises:
        UnreadableError: too long, or nothing but blanks.
    """
    text = decode(source.data)
    if len(text) > source.limits.characters:
        raise UnreadableError("limit", f"{len(text)} > {source.limits.characters}")
    if not text.strip():
        raise UnreadableError("empty")
    feet = _feet(text)
    lines = ((n, t) for n, t in enumerate(text.split("\n"), start=1) if n not in feet)
    blocks = tuple(_paragraph(line, number) for number, line in lines if line.strip())
    yield Document(source.name, "text", blocks)


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
    heading = _HEADING.match(line) if "#" in line[:4] else None
    text = heading["text"] if heading else line
    strong = _STRONG.match(text) if text.rstrip().endswith(("**", "__")) else None
    return Paragraph(strong["text"] if strong else text, Place(line=number), heading is not None)
