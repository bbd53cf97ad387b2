"""An article that a page keeps as data, for a script to show: in strings, hidden fields, templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

#: A string of JavaScript or JSON; one that is not closed ends with its line, so that none is tried
#: twice.
_STRING = re.compile(
    r'"((?:[^"\\\n]|\\.)*)"?|\'((?:[^\'\\\n]|\\.)*)\'?|`((?:[^`\\]|\\.)*)`?', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": "", "v": "", "\n": ""}
_OUTER = re.compile(r"^<[^>]*>|</\w+>\s*$")
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
#: Fewer cells are no report; calendars and menus are kept as data, too.
_CELLS = 60
#: So often a string may hold a string that holds the page.
_DEEPEST = 3
#: Tags whose content is read as it stands, and attributes that hold a page.
_HOLDERS = "template, noscript, textarea, xmp"
_ATTRIBUTES = {"iframe": "srcdoc", "input": "value"}


def embedded(page: LexborHTMLParser) -> str:
    """The markup with the most table cells that the page holds but does not show, or nothing."""
    found = max(_kept(page), key=_cells, default="")
    return found if _cells(found) >= _CELLS else ""


def _cells(text: str) -> int:
    return len(_CELL.findall(text))


def _kept(page: LexborHTMLParser) -> Iterator[str]:
    for tag, name in _ATTRIBUTES.items():
        for node in page.css(f"{tag}[{name}]"):
            yield from _markup(node.attributes.get(name) or "")
    for node in page.css(_HOLDERS):
        held = node.text() if node.tag == "textarea" else _OUTER.sub("", node.html or "")
        yield from _markup(held)
    for node in page.css("script"):
        yield from _markup(node.text())


def _markup(text: str, depth: int = 0) -> Iterator[str]:
    """The text as markup, if it is any, and what the strings inside it hold."""
    if "td" not in text.lower():
        return
    begin = text.lstrip()[:4]
    if begin.startswith("<") or begin == "&lt;":
        yield unescape(text) if begin == "&lt;" else text
    elif depth < _DEEPEST:
        for match in _STRING.finditer(text):
            string = next(group for group in match.groups() if group is not None)
            yield from _markup(_ESCAPE.sub(_unescaped, string), depth + 1)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SIGNS.get(match[3], match[3])
