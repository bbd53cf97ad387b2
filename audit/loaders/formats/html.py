"""Web pages and web archives."""

from __future__ import annotations

import re

from audit.loaders._marks import web_archive
from audit.loaders.base import Loader

_STARTS = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<[!a-z/]", re.DOTALL)
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|meta|table|div|p|span|title|h[1-6])[\s>/:]")
#: XML of office programs, which has tables of its own.
_OTHERS = (b"office:spreadsheet", b"worddocument", b"<pkg:package", b"opendocument")


def sniff(head: bytes) -> bool:
    """A page or part of one in any encoding, or a web archive."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lower()
    if any(mark in plain for mark in _OTHERS):
        return False
    if web_archive(plain):
        return b"text/html" in plain or b"multipart/related" in plain
    return _STARTS.match(plain) is not None and _TAGS.search(plain) is not None


LOADER = Loader(
    "html", (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), sniff, "audit.loaders.html"
)
