"""What an OpenDocument file's styles say: hidden (or struck out), raised, a title; how its lists are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.loaders._sheet_package import attribute, local
from audit.loaders._word_lists import Level, ListKind
from audit.loaders._xml import Element

#: OpenDocument writes a number format as its first number, or as a sample of its first few.
_FORMS = {
    "": "none",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "壱": "japaneseLegal",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
}
_LENGTH = re.compile(r"(\d*\.?\d+)(pt|in|cm|mm|px|pc)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}
_PLACE = re.compile(r"%([1-9])%?")


@dataclass(frozen=True, slots=True)
class Look:
    """A style with what it inherits; None where nothing says."""

    hidden: bool | None = None
    raised: bool | None = None
    title: bool = False


class Styles:
    """The styles of a document (content and styles parts) by name; lists by the style's name."""

    def __init__(self, roots: list[Element]) -> None:
        self._elements: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._lists: dict[str, Element] = {}
        self.outline = ListKind({})
        for root in roots:
            for element in root.iter("{*}style", "{*}list-style", "{*}outline-style"):
                kind, name = local(element), attribute(element, "name")
                if kind == "style":
                    self._elements[name] = element
                elif kind == "list-style":
                    self._lists[name] = element
                else:
                    self.outline = ListKind(_levels(element))

    def look(self, name: str, seen: frozenset[str] = frozenset()) -> Look:
        """A style's look; the plain one where the name is unknown."""
        element = self._elements.get(name)
        if element is None or name in seen:
            return Look()
        if name not in self._looks:
            base = self.look(attribute(element, "parent-style-name"), seen | {name})
            self._looks[name] = _own(element, name, base)
        return self._looks[name]

    def width(self, name: str) -> float:
        """The width of a column of this style in points; 0 where the style does not say."""
        element = self._elements.get(name)
        found = () if element is None else element.iterchildren("{*}table-column-properties")
        return next((points(attribute(p, "column-width")) for p in found), 0.0)

    def numbering(self, name: str) -> ListKind:
        """A list of this style, counting from its start."""
        element = self._lists.get(name)
        return ListKind({} if element is None else _levels(element))


def points(length: str) -> float:
    """A length such as `2.5cm` in points; 0 for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0


def _own(element: Element, name: str, base: Look) -> Look:
    hidden, raised = base.hidden, base.raised
    for properties in element.iterchildren("{*}text-properties", "{*}section-properties"):
        through = attribute(properties, "text-line-through-style")
        hidden = through != "none" if through else hidden
        display = attribute(properties, "display")
        hidden = display == "none" if display else hidden
        position = attribute(properties, "text-position").split()
        raised = _is_raised(position[0]) if position else raised
    level = attribute(element, "default-outline-level")
    return Look(hidden, raised, base.title or name == "Title" or level.isdecimal())


def _is_raised(position: str) -> bool:
    """Raised or lowered: no part of the line."""
    off = position.endswith("%") and position.strip("0%.-")[:1].isdigit()
    return off or position in ("super", "sub")


def _levels(style: Element) -> dict[int, Level]:
    found = {}
    for element in style:
        level = attribute(element, "level")
        if level.isdecimal() and 0 < int(level) < 11:
            found[int(level) - 1] = _level(element, int(level))
    return found


def _level(element: Element, level: int) -> Level:
    if local(element) == "list-level-style-bullet":
        return Level(form="bullet")
    form = _FORMS.get(attribute(element, "num-format")[:1], "decimal")
    text = _PLACE.sub(r"%\1", attribute(element, "num-list-format"))
    if not text:
        shown = attribute(element, "display-levels")
        first = level - (int(shown) if shown.isdecimal() else 1) + 1
        numbers = ".".join(f"%{n}" for n in range(max(first, 1), level + 1))
        prefix, suffix = attribute(element, "num-prefix"), attribute(element, "num-suffix")
        text = f"{prefix}{numbers}{suffix}"
    start = attribute(element, "start-value")
    followed = next(
        (attribute(e, "label-followed-by") for e in element.iter("{*}list-level-label-alignment")),
        "listtab",
    )
    return Level(
        start=int(start) if start.isdecimal() else 1,
        form=form,
        text="" if form == "none" else text,
        suffix={"nothing": "nothing", "space": "space"}.get(followed, "tab"),
    )
