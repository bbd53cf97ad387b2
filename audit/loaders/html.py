"""Web pages (.html, .mht, and what portals export as .doc or .xls but is HTML) → blocks.

Paragraphs are counted from 1 (`line`), tables from 1 in reading order; tables that only lay out the
page, hold nothing but links or tell of the document (索引号 …) are not among them. A cell's column
is its number in its row, as in the page's source.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from collections.abc import Iterable, Iterator

from audit.document import Block, Cell, Document, Grid, Paragraph, Picture, Place
from audit.encoding import decode
from audit.errors import UnreadableError
from audit.loaders._html_embedded import embedded
from audit.loaders._html_events import parsed
from audit.loaders._html_facts import Facts
from audit.loaders._html_flow import Reader
from audit.loaders._html_looks import rules
from audit.loaders._html_model import Board, Image, Item, Placed, Text
from audit.loaders._html_trim import trimmed
from audit.loaders._marks import web_archive
from audit.loaders.base import Limits, Source

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_NESTED = "单元格内另有表格，内容未并入本单元格"
_PICTURE = "单元格内是图片，无法读取"


def load(source: Source) -> Iterator[Document]:
    """The page's document.

    Raises:
        UnreadableError: no text, or over the limits.
    """
    facts = Facts()
    items: list[Item] = []
    data = source.data
    if web_archive(data[:8192]):
        pages = _pages(data)
    else:
        declared = _CHARSET.search(data[:8192]) or _DECLARED.search(data[:200])
        pages = [decode(data, declared[1].decode("ascii", "replace") if declared else None)]
    for text in pages:
        found = _items(text, facts, source.limits)
        facts.from_lines([i for i in found if isinstance(i, Text)])
        items += trimmed(found)
    blocks = tuple(_blocks(items, source.limits))
    if not blocks:
        raise UnreadableError("empty")
    yield Document(source.name, "html", blocks, facts.values)


def tables_in(text: str, limits: Limits, before: int) -> list[Block]:
    """The tables of a piece of a page, numbered on from `before`.

    Raises:
        UnreadableError: over the limits.
    """
    boards = [item for item in _items(text, Facts(), limits) if isinstance(item, Board)]
    return list(_blocks(boards, limits, before))


def _items(text: str, facts: Facts, limits: Limits) -> list[Item]:
    page = parsed(text)
    root = page.root
    if root is None:
        return []
    facts.from_head(page)
    told = rules(page)
    items = Reader(facts, limits.characters).read(root, told)
    if not any(isinstance(i, Board) for i in items):
        # Portals hide the article and let a script show it: nobody runs scripts here.
        all_items = Reader(facts, limits.characters).read(root, told, hidden=True)
        if any(isinstance(i, Board) for i in all_items):
            return all_items
        inner = parsed(embedded(page)).root
        if inner is not None:
            return items + Reader(facts, limits.characters).read(inner, told)
    return items


def _pages(data: bytes) -> list[str]:
    """The pages of a web archive (.mht), pictures and styles left out."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = []
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                found = _CHARSET.search(content[:8192])
                declared = found[1].decode("ascii", "replace") if found else None
                pages.append(decode(content, declared or part.get_content_charset()))
    if not pages:
        raise UnreadableError("unknown_format", "no page in the archive")
    return pages


def _blocks(items: Iterable[Item], limits: Limits, before: int = 0) -> Iterator[Block]:
    lines = cells = 0
    tables: dict[int, int] = {}
    for item in items:
        if isinstance(item, Text):
            lines += 1
            yield Paragraph(item.text, Place(line=lines), item.heading)
        elif isinstance(item, Image):
            yield Picture(Place(line=lines or None), (item.width, item.height))
        else:
            cells += len(item.cells)
            if cells > limits.cells:
                raise UnreadableError("limit", f"{cells} cells")
            table = tables.setdefault(id(item.table), before + len(tables) + 1)
            yield Grid(tuple(_cell(c, table) for c in item.cells), Place(table=table))
            for cell in item.cells:
                for inside in cell.slot.items:
                    if isinstance(inside, Image):
                        yield Picture(_place(cell, table), (inside.width, inside.height))


def _cell(cell: Placed, table: int) -> Cell:
    text = cell.slot.text
    doubt = ""
    if any(isinstance(i, Board) for i in cell.slot.items):
        doubt = _NESTED
    elif not text and any(isinstance(i, Image) and _is_seen(i) for i in cell.slot.items):
        doubt = _PICTURE
    return Cell(
        text,
        cell.row,
        cell.column,
        _place(cell, table),
        cell.row_span,
        cell.column_span,
        0.0 if doubt else 1.0,
        doubt,
    )


def _is_seen(image: Image) -> bool:
    """Whether a picture shows anything: spacers are a pixel or two in size."""
    return not (0 < image.width <= 2 or 0 < image.height <= 2)


def _place(cell: Placed, table: int) -> Place:
    return Place(table=table, row=cell.line, column=cell.ordinal)
