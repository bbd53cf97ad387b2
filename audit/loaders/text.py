"""Plain text: a paragraph for each line that is not blank; tables are the recogniser's to find."""

from __future__ import annotations

from collections.abc import Iterator

from audit.document import Document, Paragraph, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders.base import Loader, Source

_SUFFIXES = (".txt", ".text", ".md")


def _load(source: Source) -> Iterator[Document]:
    text = decode(source.data)
    if len(text) > source.limits.characters:
        raise UnreadableError("limit", f"{len(text)} > {source.limits.characters}")
    if not text.strip():
        raise UnreadableError("empty")
    lines = enumerate(text.split("\n"), start=1)
    blocks = tuple(Paragraph(line, Place(line=number)) for number, line in lines if line.strip())
    yield Document(source.name, "text", blocks)


LOADER = Loader(name="text", version=1, suffixes=_SUFFIXES, sniff=lambda head: False, load=_load)
