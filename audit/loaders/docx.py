"""Word's XML documents (.docx, flat OPC and Word 2003's XML) → blocks, by lxml alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from lxml import etree

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders._word_flow import blocks
from audit.loaders._word_inserts import Inserts
from audit.loaders._word_lists import next_number, numbered
from audit.loaders._word_model import Item, Table, Text
from audit.loaders._word_package import RELATION, Package, W, first, opened
from audit.loaders._word_page import read_page
from audit.loaders._word_runs import ALTERNATE, DROPPED, Runs
from audit.loaders._word_styles import Lists, Style, Styles, switched, value
from audit.loaders._word_tables import Rows
from audit.loaders._xml import Element
from audit.loaders.base import Source

_CHUNK = f"{W}altChunk"
_P, _TABLE, _PPR = f"{W}p", f"{W}tbl", f"{W}pPr"
_RPR = f"{W}rPr"
#: What a deleted or moved paragraph mark is called inside the mark's properties.
_UNMARKED = frozenset({f"{W}del", f"{W}moveFrom"})


def load(source: Source) -> Iterator[Document]:
    """The document of a file.

    Raises:
        UnreadableError: damaged, encrypted, over the limits or no word-processor document.
    """
    package = opened(source)
    root = package.part(package.main)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise UnreadableError("unknown_format", "no word-processor document inside")
    chunk = _only_chunk(package, body)
    if chunk:
        yield from read_page(source, chunk, "docx")
        return
    # Both parts can be much longer than the text, which often names no style and no list.
    styles = Styles(lambda: package.related("styles", "styles.xml"))
    lists = cache(lambda: Lists(package.related("numbering", "numbering.xml")))
    try:
        items = _Story(styles, lists, Inserts(package, source)).items(body)
    except RecursionError as error:
        raise UnreadableError("limit", "nesting") from error
    yield Document(source.name, "docx", blocks(items, source.limits), _metadata(package))


def _only_chunk(package: Package, body: Element) -> bytes:
    """The web page that some programs put in place of a body."""
    chunks = list(body.iterchildren(_CHUNK))
    if len(chunks) != 1 or any(t.text for t in body.iter(f"{W}t")):
        return b""
    _, name = package.targets().get(chunks[0].get(f"{RELATION}id", ""), ("", ""))
    return package.raw(name)


class _Story:
    """Reads the body or a text box; each story has fields of its own, all share the lists."""

    def __init__(self, styles: Styles, lists: Callable[[], Lists], inserts: Inserts) -> None:
        self._styles = styles
        self._lists = lists
        self._inserts = inserts
        self._runs = Runs(styles, self._apart, inserts.workbook)
        #: Text of a paragraph whose mark was deleted: it runs on into the next.
        self._carried = ""

    def _apart(self, container: Element) -> list[Item]:
        """What a cell or a text box holds: a story of its own."""
        return _Story(self._styles, self._lists, self._inserts).items(container)

    def items(self, container: Element) -> list[Item]:
        """The paragraphs, tables and pictures of a story in reading order."""
        found: list[Item] = []
        self._collect(container, found)
        if self._carried:
            found.append(Text(self._carried))
        return found

    def _collect(self, container: Element, found: list[Item]) -> None:
        for child in container:
            tag = child.tag
            if tag == _P:
                self._paragraph(child, found)
            elif tag == _TABLE:
                found.append(Table(Rows(self._apart).of(child)))
            elif tag == ALTERNATE:
                self._collect(child[0] if len(child) else child, found)
            elif tag == _CHUNK:
                found.append(self._inserts.page(child))
            elif tag not in DROPPED and isinstance(tag, str):
                self._collect(child, found)

    def _paragraph(self, element: Element, found: list[Item]) -> None:
        properties = first(element, _PPR)
        key = value(properties, "pStyle") or ""
        style = self._styles.get(key)
        text, hanging = self._runs.read(element, bool(style.hidden))
        mark = first(properties, _RPR)
        if mark is not None and any(child.tag in _UNMARKED for child in mark):
            self._carried += text
        else:
            number = self._number(properties, style, key)
            found.append(
                Text(numbered(number, self._carried + text), _is_heading(properties, style))
            )
            self._carried = ""
        found.extend(hanging)

    def _number(self, properties: Element | None, style: Style, key: str) -> str:
        number, depth = style.number, style.depth
        own = first(properties, f"{W}numPr")
        if own is None:
            own = first(properties, f"{W}listPr")
        if own is not None:
            number = value(own, "numId") or value(own, "ilfo") or number
            level = value(own, "ilvl")
            depth = int(level) if level is not None and level.isdecimal() else depth
        use = None if number is None else self._lists().get(number)
        if use is None or _mark_hidden(properties):
            return ""
        if depth is None:
            depth = self._lists().depth_of_style.get(key, 0)
        return next_number(use, depth)


def _mark_hidden(properties: Element | None) -> bool:
    return bool(switched(first(properties, _RPR), "vanish"))


def _is_heading(properties: Element | None, style: Style) -> bool:
    outline = value(properties, "outlineLvl")
    level = int(outline) if outline is not None and outline.isdecimal() else style.outline
    return level is not None and level < 9


def _metadata(package: Package) -> dict[str, str]:
    """Title and creator from the core properties; a damaged part costs only them."""
    found: dict[str, str] = {}
    try:
        root = package.part("docProps/core.xml")
    except UnreadableError:
        return found
    for element in () if root is None else root:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("title", "creator") and (element.text or "").strip():
            found[name] = str(element.text).strip()
    return found
