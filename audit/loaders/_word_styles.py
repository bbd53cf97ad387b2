"""What a docx's styles and numbering parts say of a paragraph: hidden, heading, its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from audit.loaders._word_lists import Level, ListKind, ListUse
from audit.loaders._word_package import W, first
from audit.loaders._xml import Element

_VAL = f"{W}val"
_STYLE, _ID = f"{W}style", f"{W}styleId"
#: What is struck out is no more part of the text than what is hidden.
_UNSEEN = frozenset((f"{W}vanish", f"{W}strike", f"{W}dstrike"))


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child, None where either lacks."""
    child = first(parent, f"{W}{name}")
    return None if child is None else child.get(_VAL)


def switched(parent: Element | None, name: str) -> bool | None:
    """An on/off property: None where it is not given."""
    child = first(parent, f"{W}{name}")
    return None if child is None else child.get(_VAL, "1").lower() not in ("0", "false", "off")


def unseen(properties: Element | None) -> bool | None:
    """Whether a run is hidden or struck out; None where its properties say nothing of it."""
    found = None
    for child in () if properties is None else properties:
        if child.tag in _UNSEEN:
            found = found or child.get(_VAL, "1").lower() not in ("0", "false", "off")
    return found


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits: outline level from 0, list and list level, hidden or not.

    `align` is how characters stand to the line: `superscript`, `subscript`, or as others do.
    """

    outline: int | None = None
    number: str | None = None
    depth: int | None = None
    hidden: bool | None = None
    align: str | None = None


PLAIN = Style()


class Styles:
    """The styles of a document by id; their part is only looked at when one is asked for.

    What has no style of its own has the default one, which hides, heads and counts nothing.
    """

    def __init__(self, root: Callable[[], Element | None]) -> None:
        self._root = root
        self._styles: dict[str, Style] = {}

    @cached_property
    def _elements(self) -> dict[str, Element]:
        root = self._root()
        return {e.get(_ID, ""): e for e in (() if root is None else root.iter(_STYLE))}

    def get(self, key: str | None, seen: frozenset[str] = frozenset()) -> Style:
        """A style with all it inherits; the plain one where the id is unknown."""
        if not key or key in seen or key not in self._elements:
            return PLAIN
        if key not in self._styles:
            element = self._elements[key]
            base = self.get(value(element, "basedOn"), seen | {key})
            self._styles[key] = _own(element, base)
        return self._styles[key]


def _own(element: Element, base: Style) -> Style:
    properties = first(element, f"{W}pPr")
    outline = _integer(value(properties, "outlineLvl"))
    name = (value(element, "name") or "").lower()
    if outline is None and (name == "title" or name.startswith(("heading ", "标题 "))):
        outline = 0
    numbering = first(properties, f"{W}numPr")
    if numbering is None:
        numbering = first(properties, f"{W}listPr")
    number, depth = value(numbering, "numId"), _integer(value(numbering, "ilvl"))
    run = first(element, f"{W}rPr")
    hidden, align = unseen(run), value(run, "vertAlign")
    return replace(
        base,
        outline=base.outline if outline is None else outline,
        number=base.number if number is None else number,
        depth=base.depth if depth is None else depth,
        hidden=base.hidden if hidden is None else hidden,
        align=align or base.align,
    )


class Lists:
    """The lists of a document by the number paragraphs name, each with its counters."""

    def __init__(self, root: Element | None) -> None:
        self._uses: dict[str, ListUse] = {}
        #: style id → level at which a list claims that style.
        self.depth_of_style: dict[str, int] = {}
        kinds: dict[str, ListKind] = {}
        by_style: dict[str, ListKind] = {}
        aliases: dict[str, str] = {}
        for tag, key in (("abstractNum", "abstractNumId"), ("listDef", "listDefId")):
            for element in () if root is None else root.iter(f"{W}{tag}"):
                kind = ListKind(_levels(element))
                kinds[element.get(f"{W}{key}", "")] = kind
                self._claim(element)
                if (named := value(element, "styleLink")) is not None:
                    by_style[named] = kind
                if (alias := value(element, "numStyleLink")) is not None:
                    aliases[element.get(f"{W}{key}", "")] = alias
        for key, alias in aliases.items():
            kinds[key] = by_style.get(alias, kinds[key])
        self._collect(root, kinds)

    def get(self, number: str | None) -> ListUse | None:
        """The list of this number; None for no list (0 switches a style's list off)."""
        return None if number is None else self._uses.get(number)

    def _claim(self, element: Element) -> None:
        for level in element.iterchildren(f"{W}lvl"):
            if (style := value(level, "pStyle")) is not None:
                self.depth_of_style[style] = _integer(level.get(f"{W}ilvl")) or 0

    def _collect(self, root: Element | None, kinds: dict[str, ListKind]) -> None:
        pairs = (("num", "numId", "abstractNumId"), ("list", "ilfo", "ilst"))
        for tag, key, names in pairs:
            for element in () if root is None else root.iter(f"{W}{tag}"):
                kind = kinds.get(value(element, names) or "")
                number = element.get(f"{W}{key}")
                if kind is not None and number is not None:
                    self._uses[number] = _use(element, kind)


def _use(element: Element, kind: ListKind) -> ListUse:
    use = ListUse(kind)
    levels: dict[int, Level] = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        depth = _integer(override.get(f"{W}ilvl")) or 0
        start = _integer(value(override, "startOverride"))
        if start is not None:
            use.starts[depth] = start
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[depth] = _level(own)
    use.levels = levels
    return use


def _levels(element: Element) -> dict[int, Level]:
    return {_integer(e.get(f"{W}ilvl")) or 0: _level(e) for e in element.iterchildren(f"{W}lvl")}


def _level(element: Element) -> Level:
    start = _integer(value(element, "start"))
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or _nfc(value(element, "nfc")),
        text=value(element, "lvlText") or "",
        suffix=(value(element, "suff") or "tab").lower(),
        restart=_integer(value(element, "lvlRestart")),
        legal=bool(switched(element, "isLgl")),
    )


def _nfc(code: str | None) -> str:
    return NUMBER_FORMATS.get(_integer(code) or 0, "decimal")


def _integer(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


#: The number formats of Word's binary files and of Word 2003's XML, by code.
NUMBER_FORMATS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    15: "decimal",
    16: "japaneseLegal",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    57: "numberInDash",
    255: "none",
}
