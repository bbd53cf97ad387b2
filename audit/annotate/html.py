"""Notes as marked text of a web page, written in the encoding that the page came in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, document_fromstring, tostring

from audit.annotate.notes import NotAnnotatableError, Spot, bare
from audit.encoding import decode
from audit.errors import UnreadableError
from rules.vocabulary import Text

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
#: Encodings with a mark at the start → the mark; others are tried in their order.
_MARKS = {"utf-8-sig": (b"\xef\xbb\xbf",), "utf-16": (b"\xff\xfe", b"\xfe\xff")}
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-8", "gb18030", "big5hkscs")
#: Tags that part text into blocks; a mark may not hold them.
_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "section", "ul"),
        *("table", "tbody", "td", "th", "tr"),
    }
)
_STYLE = "background:#ffe08a;color:#000"
_BOX = "background:#ffe08a;color:#000;border:1px solid #b58900;padding:8px;white-space:pre-wrap"


def write(
    source: Path, target: Path, notes: Mapping[str | None, str], at: Mapping[str, Spot]
) -> int:
    """Write the copy; gives the number of notes that found no place and stand at the top.

    Raises:
        NotAnnotatableError: no page, or one in an archive with its pictures.
    """
    data = source.read_bytes()
    declared = _CHARSET.search(data[:8192])
    try:
        text = decode(data, declared[1].decode("ascii", "replace") if declared else None)
        root = document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (UnreadableError, etree.ParserError, ValueError) as error:
        raise NotAnnotatableError(Text("无法作为网页打开", "can't be opened as a page")) from error
    body = root.find("body")
    if body is None or (data[:200].lstrip()[:1] != b"<" and b"<" not in data[:200]):
        raise NotAnnotatableError(Text("不是单独的网页文件", "no page of its own"))
    tables = list(root.iter("table"))
    lost = []
    # All places are looked for before any is marked: marking moves text about.
    found = [(t, _find(body, tables, at.get(p) if p else None)) for p, t in notes.items()]
    for words, element in found:
        if element is None:
            lost.append(words)
        else:
            _mark(element, words)
    if lost:
        box = etree.Element("div", {"style": _BOX, "class": "nianbao"})
        box.text = "\n".join(lost)
        box.tail, body.text = body.text, None
        body.insert(0, box)
    page = tostring(
        root, encoding="unicode", include_meta_content_type=True, doctype=_doctype(text)
    )
    target.write_bytes(page.encode(_encoding(data, text), "xmlcharrefreplace"))
    return len(lost)


def _doctype(text: str) -> str | None:
    found = re.match(r"\s*(?:<\?xml[^>]*\?>\s*)?(<!doctype[^>]*>)", text, re.IGNORECASE)
    return found[1] if found else None


def _encoding(data: bytes, text: str) -> str:
    """The encoding in which the bytes are this text."""
    for name in _ENCODINGS:
        if name in _MARKS and not data.startswith(_MARKS[name]):
            continue
        try:
            whole = data.decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if whole.replace("\r\n", "\n").replace("\r", "\n") == text:
            return name
    return "utf-8"


def _find(body: HtmlElement, tables: list[HtmlElement], spot: Spot | None) -> Any:
    if spot is None:
        return None
    return _cell(tables, spot) if spot.cell is not None else _paragraph(body, spot)


def _cell(tables: list[HtmlElement], spot: Spot) -> Any:
    """The cell at that place of a table which says there what the loader read."""
    cell = spot.cell
    if cell is None or cell.place.table is None or not cell.place.row or not cell.place.column:
        return None
    number = cell.place.table - 1
    for table in [*tables[number : number + 1], *tables]:
        rows = list(_rows(table))
        if cell.place.row > len(rows):
            continue
        slots = [s for s in rows[cell.place.row - 1] if s.tag in ("td", "th")]
        if cell.place.column > len(slots):
            continue
        slot = slots[cell.place.column - 1]
        labels = {bare(s.text_content()) for s in slots[: cell.place.column]}
        same = bare(slot.text_content()) == spot.text
        if same and (spot.before in labels or not spot.before):
            return slot
    return None


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """A table's own rows, those of tables in it left out."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield row


def _paragraph(body: HtmlElement, spot: Spot) -> Any:
    """The smallest element that holds a paragraph's text; of several the one in its order."""
    holding = [e for e in body.iter() if isinstance(e.tag, str) and spot.text in _said(e)]
    smallest = [e for e in holding if not any(spot.text in _said(c) for c in e)]
    exact = [e for e in smallest if _said(e) == spot.text]
    if exact:
        return exact[spot.nth] if spot.nth < len(exact) else None
    return smallest[0] if len(smallest) == 1 and smallest[0] is not body else None


def _said(element: Any) -> str:
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return ""
    return bare(element.text_content())


def _mark(element: HtmlElement, words: str) -> None:
    """Put what an element holds into a mark; before blocks only a sign can stand."""
    mark = element.makeelement("mark", {"title": words, "style": _STYLE, "class": "nianbao"})
    if any(c.tag in _BLOCKS for c in element.iter() if c is not element):
        inner = next((c for c in element.iter("p", "div", "span") if c is not element), None)
        if inner is not None and _said(inner) == _said(element):
            _mark(inner, words)
            return
        mark.text = "⚑"
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
        return
    mark.text, element.text = element.text, None
    for child in list(element):
        mark.append(child)
    if not _said(mark):
        mark.text = "\u2003"
    element.append(mark)
