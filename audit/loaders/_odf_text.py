"""An OpenDocument text's body → paragraphs, pictures and tables as they print."""

from __future__ import annotations

import re

from audit.loaders._odf_styles import Styles, points
from audit.loaders._odf_tables import table_rows
from audit.loaders._raised import raised
from audit.loaders._sheet_package import attribute, attributes, local, number_of
from audit.loaders._word_lists import ListUse, next_number, numbered
from audit.loaders._word_model import Image, Item, Table, Text
from audit.loaders._xml import Element

#: What does not print where it stands, or not at all.
_DROPPED = frozenset(
    (
        *("tracked-changes", "note", "annotation", "annotation-end", "ruby-text", "hidden-text"),
        *("hidden-paragraph", "sequence-decls", "variable-decls", "user-field-decls", "forms"),
        *("index-title-template", "table-of-content-source", "alphabetical-index-source", "script"),
        *("desc", "title", "event-listeners", "number", "soft-page-break"),
    )
)
_BLANKS = re.compile(r"[ \t\r\n]+")
#: A hyphen that may not break, and one that shows only where a line breaks.
_SIGNS = {0x2011: "-", 0xAD: ""}


class Story:
    """Reads a body, a text box or a cell; all share the styles and the lists' counters."""

    def __init__(self, styles: Styles, cells: int) -> None:
        self._styles = styles
        self._cells = cells
        self._lists: dict[str, ListUse] = {}
        self._latest: dict[str, ListUse] = {}
        self._outline = ListUse(styles.outline)
        #: The lists that are open, outermost first, and whether an item waits for its number.
        self._open: list[ListUse] = []
        self._waiting = False
        self._pieces: list[str] = []
        self._hanging: list[Item] = []

    def items(self, container: Element) -> list[Item]:
        """What a container holds, in reading order."""
        found: list[Item] = []
        for child in container:
            kind = local(child) if isinstance(child.tag, str) else ""
            if not kind or kind in _DROPPED:
                continue
            if kind in ("p", "h"):
                found += self._paragraph(child, kind == "h")
            elif kind == "table":
                rows = table_rows(child, self._styles.width, self._apart, self._cells)
                found.append(Table(rows))
            elif kind == "list":
                found += self._list(child)
            elif kind == "list-item":
                self._waiting = True
                self._start(child)
                found += self.items(child)
                self._waiting = False
            elif kind in ("frame", "custom-shape", "rect", "g", "text-box"):
                found += self._shape(child)
            elif kind != "section" or not self._is_hidden_section(child):
                found += self.items(child)
        return found

    def _apart(self, cell: Element) -> list[Item]:
        """What a cell or a shape holds; the lists around it do not reach into it."""
        held = self._open, self._waiting
        self._open, self._waiting = [], False
        found = self.items(cell)
        self._open, self._waiting = held
        return found

    def _is_hidden_section(self, section: Element) -> bool:
        look = self._styles.look(attribute(section, "style-name"))
        return attribute(section, "display") == "none" or bool(look.hidden)

    # ---- lists

    def _list(self, element: Element) -> list[Item]:
        if self._open:
            self._open.append(self._open[-1])
        else:
            self._open.append(self._use(element))
        found = self.items(element)
        self._open.pop()
        return found

    def _use(self, element: Element) -> ListUse:
        """The list an element begins or goes on with."""
        style = attribute(element, "style-name")
        before = attribute(element, "continue-list")
        use = self._lists.get(before) if before else None
        if use is None and attribute(element, "continue-numbering") == "true":
            use = self._latest.get(style)
        if use is None:
            use = ListUse(self._styles.numbering(style))
        self._lists[attribute(element, "id")] = self._latest[style] = use
        return use

    def _start(self, item: Element) -> None:
        start = attribute(item, "start-value")
        if start.isdecimal() and self._open:
            self._open[-1].starts[len(self._open) - 1] = int(start)

    def _number(self, paragraph: Element, heading: bool) -> str:
        if self._open:
            if not self._waiting:
                return ""
            self._waiting = False
            return next_number(self._open[-1], len(self._open) - 1)
        if not heading:
            return ""
        level = attribute(paragraph, "outline-level")
        listed = attribute(paragraph, "is-list-header") != "true"
        if listed and level.isdecimal() and 0 < int(level) < 11:
            return next_number(self._outline, int(level) - 1)
        return ""

    # ---- paragraphs

    def _paragraph(self, element: Element, heading: bool) -> list[Item]:
        look = self._styles.look(attribute(element, "style-name"))
        held = self._pieces, self._hanging
        self._pieces, self._hanging = [], []
        number = self._number(element, heading)
        self._walk(element, bool(look.hidden), bool(look.raised))
        text = "".join(self._pieces).translate(_SIGNS).strip(" ")
        hanging = self._hanging
        self._pieces, self._hanging = held
        told = Text(numbered(number, text) if text else "", heading or look.title)
        return [told, *hanging]

    def _walk(self, parent: Element, hidden: bool, high: bool) -> None:
        self._put(parent.text, hidden, high)
        for child in parent:
            kind = local(child) if isinstance(child.tag, str) else ""
            if kind == "s":
                self._put(
                    " " * min(number_of(attributes(child), "c"), 1000), hidden, high, as_is=True
                )
            elif kind in ("tab", "line-break"):
                sign = "\t" if kind == "tab" else "\n"
                self._put(sign, hidden, high, as_is=True)
            elif kind in ("frame", "custom-shape", "rect", "g", "a") and not hidden:
                self._anchored(child, kind, high)
            elif (
                kind
                and kind not in _DROPPED
                and (told := attributes(child)).get("display") != "none"
            ):
                look = self._styles.look(told.get("style-name", ""))
                inner = hidden if look.hidden is None else look.hidden
                self._walk(child, inner, high if look.raised is None else look.raised)
            self._put(child.tail, hidden, high)

    def _anchored(self, child: Element, kind: str, high: bool) -> None:
        if kind == "a" and "text" in child.tag:
            self._walk(child, False, high)
        else:
            self._hanging += self._shape(child)

    def _put(self, text: str | None, hidden: bool, high: bool, as_is: bool = False) -> None:
        if not text or hidden:
            return
        text = text if as_is else _BLANKS.sub(" ", text)
        self._pieces.append(raised(text) if high else text)

    def _shape(self, shape: Element) -> list[Item]:
        """A frame or drawing: what its text box says, else the picture it holds."""
        found = self._apart(shape)
        if any(not isinstance(item, Text) or item.text.strip() for item in found):
            return found
        pictured = any(True for _ in shape.iterchildren("{*}image", "{*}object", "{*}object-ole"))
        return [_image(shape)] if pictured else []


def _image(frame: Element) -> Image:
    return Image(points(attribute(frame, "width")), points(attribute(frame, "height")))
