"""Word 97–2003's binary documents (.doc, and WPS's .wps) → blocks, without any office program."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from audit.document import Document
from audit.loaders import office
from audit.loaders._marks import mime
from audit.loaders._word_flow import blocks
from audit.loaders._word_model import Item
from audit.loaders._word_ole import Binary, NotWord97Error, opened
from audit.loaders._word_page import read_page
from audit.loaders._word_story import Reader
from audit.loaders.base import Source


def load(source: Source) -> Iterator[Document]:
    """The document of a file; by way of LibreOffice where the file is older or not understood.

    Raises:
        UnreadableError: damaged, encrypted, over the limits, or LibreOffice is needed and lacking.
    """
    if mime(source.data):
        yield from read_page(source, source.data, "doc")
        return
    try:
        binary = opened(source.data, source.limits)
        items = _items(binary)
    except NotWord97Error:
        yield from office.load(source)
        return
    yield Document(source.name, "doc", blocks(items, source.limits), binary.metadata)


def _items(binary: Binary) -> list[Item]:
    """What a file holds; text without sound formatting would lose its tables, so it is not read."""
    try:
        return Reader(binary).body()
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise NotWord97Error(str(error)) from error
