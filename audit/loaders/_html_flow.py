"""A page's events → text, pictures and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from audit.errors import UnreadableError
from audit.loaders._html_events import events
from audit.loaders._html_facts import Facts
from audit.loaders._html_layout import settled
from audit.loaders._html_looks import Look
from audit.loaders._html_model import Image, Item, Row, Slot, Text
from audit.loaders._raised import moved, raised

#: What stands in a paragraph or line of its own.
_OWN_LINE = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre section summary table tbody td tfoot th thead title tr ul br listing xmp"
)
_BLOCKS = frozenset(_OWN_LINE.split())
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("pre", "listing", "xmp"), "typed"),
    **dict.fromkeys(("sup", "sub"), "raised"),
    "moved": "moved",
}
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
#: Fields that show what was typed into them.
_FIELDS = frozenset(("", "text", "number", "tel"))
_HAN = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
#: A line end of the source between two Han characters is no blank; any other run of blanks is one.
_SOURCE_BREAK = re.compile(rf"(?<={_HAN})[ \t]*\n\s*(?={_HAN})")
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\xad")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|cm|mm|in|%)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0}
_FIGURE = re.compile(r"[-+]?\d[\d,.]*")
_SPAN = re.compile(r"\s*(\d{1,6})")
#: Pages nest tables to lay themselves out; more than this is no page that anyone wrote.
_DEEPEST = 64


class Reader:
    """Reads one page; the outermost flow is its result."""

    def __init__(self, facts: Facts, characters: int) -> None:
        self._facts = facts
        self._left = characters
        #: The flows that are open: the page's, and that of each cell around what is read now.
        self._flows: list[list[Item]] = [[]]
        self._tables: list[list[Row]] = []
        self._groups = 0
        #: The groups that stand at their table's foot, wherever the source has them.
        self._feet: set[int] = set()
        self._words: list[str] = []
        self._linked = 0
        #: For each open `a` whether it leads anywhere: Word marks places in a text by it as well.
        self._links: list[bool] = []
        #: How many open tags make what is read now a heading, text as typed, raised, or moved.
        self._open_of = dict.fromkeys(("heading", "typed", "raised", "moved"), 0)
        #: Which of the words are moved off their line.
        self._off: set[int] = set()

    def read(self, root: LexborNode, rules: Mapping[str, Look], hidden: bool = False) -> list[Item]:
        """What stands under a node, by the page's `rules`; `hidden` takes what styles hide for seen.

        Raises:
            UnreadableError: more text or deeper tables than the limits allow.
        """
        for kind, node, text in events(root, rules, hidden):
            if kind == "text":
                self._text(text)
            elif node is not None and kind == "open":
                self._open(node, text)
            else:
                self._close(text)
        self._flush()
        return self._flows[0]

    def _text(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise UnreadableError("limit", "characters")
        if self._open_of["typed"] and "\n" in text:
            for line in text.split("\n"):
                self._words.append(line)
                self._flush()
            return
        if self._open_of["moved"]:
            self._off.add(len(self._words))
        self._words.append(raised(text) if self._open_of["raised"] else text)
        if any(self._links):
            self._linked += len(_BLANKS.sub("", text))

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in ("td", "th"):
            self._cell(node)
        elif tag == "tr" and self._tables:
            self._tables[-1].append(Row(self._groups))
        elif tag in _GROUPS:
            self._groups += 1
            if tag == "tfoot":
                self._feet.add(self._groups)
        elif tag == "table":
            self._tables.append([])
            if len(self._tables) > _DEEPEST:
                raise UnreadableError("limit", f"tables nested {len(self._tables)} deep")
        elif tag == "a":
            self._links.append("href" in node.attributes)
        elif tag in _KINDS:
            self._open_of[_KINDS[tag]] += 1
        elif tag == "img":
            self._flush()
            self._flows[-1].append(_image(node))
        elif tag in ("input", "select") and len(self._flows) > 1:
            self._words.append(_typed(node) if tag == "input" else _chosen(node))

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in ("td", "th") and len(self._flows) > 1:
            self._flows.pop()
        elif tag == "table":
            self._flows[-1].extend(settled(self._in_order(self._tables.pop()), self._facts))
        elif tag == "a" and self._links:
            self._links.pop()
        elif tag in _KINDS:
            self._open_of[_KINDS[tag]] -= 1

    def _cell(self, node: LexborNode) -> None:
        attributes = node.attributes
        slot = Slot(_span(attributes.get("rowspan")), _span(attributes.get("colspan")) or 1)
        if self._tables:
            if not self._tables[-1]:
                self._tables[-1].append(Row(self._groups))
            self._tables[-1][-1].slots.append(slot)
        self._flows.append(slot.items)

    def _in_order(self, rows: list[Row]) -> list[Row]:
        """Rows as they are shown: those of `tfoot` last."""
        if not self._feet.isdisjoint(row.group for row in rows):
            for number, row in enumerate(rows, start=1):
                row.line = number
            rows.sort(key=lambda row: row.group in self._feet)
        return rows

    def _flush(self) -> None:
        """End the paragraph."""
        if not self._words:
            return
        if self._off:
            moved(self._words, self._off)
            self._off.clear()
        text = "".join(self._words)
        self._words = []
        linked, self._linked = self._linked, 0
        if not text.isalnum():
            if "\n" in text:
                text = _SOURCE_BREAK.sub("", text)
            text = _BLANKS.sub(" ", text.translate(_INVISIBLE)).strip()
        if text:
            self._flows[-1].append(Text(text, self._open_of["heading"] > 0, linked))


def _span(value: str | None) -> int:
    """The number a span begins with: `8px` is 8, what has no number is 1."""
    if not value:
        return 1
    found = _SPAN.match(value)
    return int(found[1]) if found else 1


def _typed(node: LexborNode) -> str:
    attributes = node.attributes
    shown = (attributes.get("type") or "").lower() in _FIELDS
    return (attributes.get("value") or "") if shown else ""


def _chosen(node: LexborNode) -> str:
    """The figure that a list to choose from shows; other lists are a page's, for its visitors."""
    options = node.css("option")
    chosen = next(
        (o for o in options if "selected" in o.attributes), options[0] if options else None
    )
    text = chosen.text().strip() if chosen is not None else ""
    return text if _FIGURE.fullmatch(text) else ""


def _image(node: LexborNode) -> Image:
    attributes = node.attributes
    style = (attributes.get("style") or "").lower()
    sizes = []
    for name in ("width", "height"):
        found = re.search(rf"(?<![-\w]){name}\s*:([^;]*)", style)
        sizes.append(_pixels(found[1] if found else attributes.get(name)))
    return Image(*sizes)


def _pixels(length: str | None) -> float:
    found = _LENGTH.match(length or "")
    return float(found[1]) * _PIXELS.get(found[2] or "", 0.0) if found else 0.0
