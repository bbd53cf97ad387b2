"""Plain text and Markdown: a paragraph for each line that is not blank; tables are the recogniser's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.document import Document, Paragraph, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders.base import Loader, Source

#: Markdown's headings, and emphasis around a whole line.
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>\S.*?)\s*#*\s*$")
_STRONG = re.compile(r"^\s*(\*\*|__)(?P<text>[^*_]+)\1\s*$")
_SUFFIXES = (".txt", ".text", ".md")


def _load(source: Source) -> Iterator[Document]:
    text = decode(source.data)
    if len(text) > source.limits.characters:
        raise UnreadableError("limit", f"{len(text)} > {source.limits.characters}")
    if not text.strip():
        raise UnreadableError("empty")
    lines = enumerate(text.split("\n"), start=1)
    blocks = tuple(_paragraph(line, number) for number, line in lines if line.strip())
    yield Document(source.name, "text", blocks)


def _paragraph(line: str, number: int) -> Paragraph:
    heading = _HEADING.match(line) if "#" in line[:4] else None
    text = heading["text"] if heading else line
    strong = _STRONG.match(text) if text.rstrip().endswith(("**", "__")) else None
    return Paragraph(strong["text"] if strong else text, Place(line=number), heading is not None)


LOADER = Loader(name="text", version=1, suffixes=_SUFFIXES, sniff=lambda head: False, load=_load)
