"""Word files that are a web page inside: MIME archives (.mht named .doc) and imported chunks."""

from __future__ import annotations

import email
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders import html
from audit.loaders._marks import mime
from audit.loaders.base import Source


def read_page(source: Source, data: bytes, form: str) -> Iterator[Document]:
    """The document of a page, or of the first page of a MIME archive.

    Raises:
        UnreadableError: there is no page inside, or what the loader of web pages raises.
    """
    page = _page(data) if mime(data) else data
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(page)
        for document in html.load(replace(source, path=path)):
            if isinstance(document, Document):
                yield replace(document, format=form)


def _page(data: bytes) -> bytes:
    message = email.message_from_bytes(data.lstrip(), policy=policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            page = payload if isinstance(payload, bytes) else b""
            charset = part.get_content_charset()
            if charset and b"charset" not in page[:4096].lower():
                return f'<meta charset="{charset}">'.encode("ascii", "replace") + page
            return page
    raise UnreadableError("unknown_format", "a MIME archive without a page")
