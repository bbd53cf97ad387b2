"""Rich text (.rtf, and what systems export as .doc but is rich text) → blocks."""

from __future__ import annotations

from collections.abc import Iterator

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders import office
from audit.loaders._marks import BLANK
from audit.loaders._rtf_text import Reader
from audit.loaders._rtf_tokens import code_page, tokens
from audit.loaders._word_flow import blocks
from audit.loaders._word_ole import NotWord97Error
from audit.loaders.base import Source
from audit.loaders.formats.rtf import sniff


def load(source: Source) -> Iterator[Document]:
    """The document of a file; by way of LibreOffice where its tables are not understood.

    Raises:
        UnreadableError: damaged, over the limits, or LibreOffice is needed and lacking.
    """
    data = source.data.lstrip(BLANK)
    if not sniff(data):
        raise UnreadableError("corrupt", "no rich text")
    if data.rstrip(b"\0\r\n\t ")[-1:] != b"}":
        raise UnreadableError("corrupt", "cut off")
    reader = Reader(code_page(data))
    try:
        items = reader.items(tokens(data))
    except NotWord97Error:
        yield from office.load(source)
        return
    metadata = {key: value for key, value in reader.metadata.items() if value}
    yield Document(source.name, "rtf", blocks(items, source.limits), metadata)
