"""OpenDocument texts (.odt, .ott, and the same as one XML file, .fodt) → blocks, by lxml alone."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders._marks import BLANK, flat_odf
from audit.loaders._odf_styles import Styles
from audit.loaders._odf_text import Story
from audit.loaders._sheet_package import Parts, facts_of
from audit.loaders._word_flow import blocks
from audit.loaders._xml import Element, xml
from audit.loaders.base import Source


def load(source: Source) -> Iterator[Document]:
    """The document of a file.

    Raises:
        UnreadableError: damaged, encrypted, over the limits or no OpenDocument text.
    """
    roots, metadata = _flat(source) if flat_odf(source.data[:8192]) else _zipped(source)
    body = roots[0].find(".//{*}body/{*}text")
    if body is None:
        raise UnreadableError("unknown_format", "no OpenDocument text inside")
    try:
        items = Story(Styles(roots), source.limits.cells).items(body)
        found = blocks(items, source.limits)
    except RecursionError as error:
        raise UnreadableError("limit", "nesting") from error
    form = "fodt" if source.suffix == ".fodt" else "odt"
    yield Document(source.name, form, found, metadata)


def _zipped(source: Source) -> tuple[list[Element], dict[str, str]]:
    """The content's and the styles' roots, and what the file says of itself."""
    if not source.data.startswith(b"PK"):
        raise UnreadableError("corrupt", "no OpenDocument package")
    parts = Parts(source)
    if b"encryption-data" in (parts.raw("META-INF/manifest.xml") or b""):
        raise UnreadableError("encrypted")
    content = parts.root("content.xml")
    if content is None:
        raise UnreadableError("corrupt", "no content.xml")
    try:
        styles = parts.root("styles.xml")
    except UnreadableError:
        styles = None
    return [content, *([] if styles is None else [styles])], parts.facts("meta.xml")


def _flat(source: Source) -> tuple[list[Element], dict[str, str]]:
    try:
        root = xml(source.data.lstrip(BLANK))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)) from error
    meta = root.find("{*}meta")
    return [root], {} if meta is None else facts_of(meta)
