"""Web pages: running text, tables with their spans, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from audit.document import Block, Document, Grid
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders._html_flow import Flow
from audit.loaders._html_meta import Metadata
from audit.loaders.base import Loader, Source

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_TAGS = (b"<html", b"<!doctype html", b"<table", b"<body", b"<div", b"<p>", b"<p ", b"<meta")
#: Comments, conditional ones of Word among them, and declarations that only Office reads.
_COMMENT = re.compile(r"<!--.*?-->|<!\[(?:if|endif)[^>]*>|<\?xml[^>]*>", re.DOTALL)


def _load(source: Source) -> Iterator[Document]:
    declared = _CHARSET.search(source.data[:4096])
    text = decode(source.data, declared[1].decode("ascii") if declared else None)
    if len(text) > 4 * source.limits.characters:
        raise UnreadableError("limit", f"{len(text)} > {4 * source.limits.characters}")
    root = _root(_COMMENT.sub("", text))
    meta = Metadata()
    meta.head(root)
    flow = Flow(meta, source.limits)
    body = root.find(".//body")
    flow.walk(body if body is not None else root)
    blocks: tuple[Block, ...] = tuple(flow.blocks())
    if not any(isinstance(b, Grid) or getattr(b, "text", "").strip() for b in blocks):
        raise UnreadableError("empty")
    yield Document(source.name, "html", blocks, meta.told)


def _root(text: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)[:80]) from error
    return root


def _sniff(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<!--", *_TAGS)):
        return any(tag in start for tag in _TAGS)
    return start.startswith(b"<") and any(tag in start for tag in _TAGS)


LOADER = Loader(
    name="html",
    version=1,
    suffixes=(".html", ".htm", ".shtml", ".xhtml"),
    sniff=_sniff,
    load=_load,
)
