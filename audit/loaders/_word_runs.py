"""A docx paragraph's text as it prints, and the pictures and text boxes that hang on it."""

from __future__ import annotations

import re
from collections.abc import Callable

from audit.loaders._raised import MOVED, moved, raised
from audit.loaders._word_model import Image, Item
from audit.loaders._word_package import W, first
from audit.loaders._word_styles import Styles, unseen, value
from audit.loaders._xml import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = f"{_MC}AlternateContent"
_CHOICE, _FALLBACK = f"{_MC}Choice", f"{_MC}Fallback"
_V = "{urn:schemas-microsoft-com:vml}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH, _DENOMINATOR = f"{_M}t", f"{_M}den"
#: Parts of a formula that stand above or below its line.
_OFF_LINE = frozenset((f"{_M}sup", f"{_M}sub", f"{_M}lim"))
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMU_PER_POINT = 12_700
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d*\.?\d+)\s*(pt|in|cm|mm|px|pc)?", re.I)

#: Text that does not print: what was deleted or moved away, properties, instructions, notes.
DROPPED = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "trPr"),
        *("tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rt"),
        *("footnoteReference", "endnoteReference", "commentReference", "annotationRef", "binData"),
        *("footnote", "endnote", "annotation", "fldData", "tblPrEx", "softHyphen", "hdr", "ftr"),
    )
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_T, _R, _SYM, _FIELD = f"{W}t", f"{W}r", f"{W}sym", f"{W}fldChar"
_RPR, _BOX = f"{W}rPr", f"{W}txbxContent"
_OBJECT = f"{W}object"
_SHAPES = frozenset({f"{W}drawing", f"{W}pict", _OBJECT})
_PRINTED = frozenset({_T, _MATH, _SYM, *_SIGNS}) | _SHAPES


class Runs:
    """Collects one story's text; fields may reach over several of its paragraphs."""

    def __init__(
        self,
        styles: Styles,
        story: Callable[[Element], list[Item]],
        workbook: Callable[[Element], Item | None],
    ) -> None:
        self._styles = styles
        self._story = story
        self._workbook = workbook
        #: For each open field whether its instruction, which does not print, is still going on.
        self._fields: list[bool] = []
        self._pieces: list[str] = []
        self._hanging: list[Item] = []
        self._raised = self._off = False
        #: Which pieces are moved off the line.
        self._moved: set[int] = set()

    def read(self, paragraph: Element, hidden: bool) -> tuple[str, list[Item]]:
        """The paragraph's text and what hangs on it; `hidden` is what its style says of runs."""
        self._pieces, self._hanging = [], []
        self._moved.clear()
        self._walk(paragraph, hidden)
        if self._moved:
            moved(self._pieces, self._moved)
        # A field that never came to its result must not swallow the rest of the document.
        self._fields = [instruction for instruction in self._fields if not instruction]
        return "".join(self._pieces).replace("\u00ad", ""), self._hanging

    def _walk(self, parent: Element, hidden: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                properties = first(child, _RPR)
                if properties is None or not len(properties):
                    self._walk(child, hidden)
                    continue
                self._raised, self._off = self._place(properties)
                self._walk(child, self._hidden(properties, hidden))
                self._raised = self._off = False
            elif tag == _FIELD:
                self._field(child)
            elif tag in DROPPED or not isinstance(tag, str):
                continue
            elif tag in _PRINTED:
                if not hidden:
                    self._print(child)
            elif tag == ALTERNATE:
                self._alternate(child, hidden)
            elif tag in _OFF_LINE:
                self._raised = True
                self._walk(child, hidden)
                self._raised = False
            else:
                if tag == _DENOMINATOR and not hidden:
                    self._put("/")
                self._walk(child, hidden)

    def _print(self, child: Element) -> None:
        if child.tag in (_T, _MATH):
            self._put(child.text or "")
        elif child.tag == _SYM:
            self._put(_symbol(child))
        elif child.tag in _SHAPES:
            self._shape(child)
        else:
            self._put(_SIGNS[child.tag])

    def _hidden(self, properties: Element, inherited: bool) -> bool:
        own = unseen(properties)
        if own is None and (style := value(properties, "rStyle")) is not None:
            own = self._styles.get(style).hidden
        return inherited if own is None else own

    def _place(self, properties: Element) -> tuple[bool, bool]:
        """Whether a run is raised or lowered, and whether it is moved off the line."""
        align, off = value(properties, "vertAlign"), value(properties, "position")
        if align is None and (style := value(properties, "rStyle")) is not None:
            align = self._styles.get(style).align
        is_off = off is not None and off.lstrip("-").isdecimal() and abs(int(off)) >= MOVED
        return align in ("superscript", "subscript"), is_off

    def _put(self, text: str) -> None:
        if not any(self._fields):
            if self._off:
                self._moved.add(len(self._pieces))
            self._pieces.append(raised(text) if self._raised else text)

    def _field(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._put(_chosen(mark))
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _alternate(self, element: Element, hidden: bool) -> None:
        """One of the ways in which the same thing is written: the first that says anything."""
        before = len(self._pieces), len(self._hanging)
        ways = [*element.iterchildren(_CHOICE), *element.iterchildren(_FALLBACK)]
        for way in ways:
            self._walk(way, hidden)
            if (len(self._pieces), len(self._hanging)) != before:
                return

    def _shape(self, shape: Element) -> None:
        """A drawing: its text boxes as stories of their own, a workbook's table, or its picture."""
        if any(self._fields):
            return
        table = self._workbook(shape) if shape.tag == _OBJECT else None
        if table is not None:
            self._hanging.append(table)
            return
        self._boxes(shape)
        if next(shape.iter(_BLIP), None) is not None:
            extent = next(shape.iter(_EXTENT), None)
            self._hanging.append(_drawn(extent))
        elif next(shape.iter(f"{_V}imagedata"), None) is not None:
            self._hanging.append(_styled(shape))

    def _boxes(self, parent: Element) -> None:
        for child in parent:
            if child.tag == _BOX:
                self._hanging.extend(self._story(child))
            elif child.tag == ALTERNATE:
                before = len(self._hanging)
                for way in [*child.iterchildren(_CHOICE), *child.iterchildren(_FALLBACK)]:
                    self._boxes(way)
                    if len(self._hanging) > before:
                        break
            else:
                self._boxes(child)


def _symbol(element: Element) -> str:
    """`w:sym`: the character itself; the symbol fonts keep ASCII signs at F020 and on."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if element.get(f"{W}font", "").lower() == "symbol" and 0xF020 <= code <= 0xF03F:
        code -= 0xF000
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x10000 else ""


def _chosen(mark: Element) -> str:
    """What a drop-down form field shows: it has no result text of its own."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [e.get(f"{W}val", "") for e in choices.iterchildren(f"{W}listEntry")]
    number = value(choices, "result") or value(choices, "default") or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


def _drawn(extent: Element | None) -> Image:
    if extent is None:
        return Image()
    sides = (extent.get("cx", "0"), extent.get("cy", "0"))
    width, height = (int(s) / _EMU_PER_POINT if s.isdecimal() else 0.0 for s in sides)
    return Image(width, height)


def _styled(shape: Element) -> Image:
    """A VML picture: its size stands in the CSS of the shape around it."""
    image = next(shape.iter(f"{_V}imagedata"))
    holder = image.getparent()
    sides = _LENGTH.findall("" if holder is None else holder.get("style", ""))
    sizes = {side.lower(): float(n) * _POINTS[(unit or "px").lower()] for side, n, unit in sides}
    return Image(sizes.get("width", 0.0), sizes.get("height", 0.0))
