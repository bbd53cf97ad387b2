"""What hides, strikes out or raises a page's text: its attributes, and the rules in its own styles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: `moved` is off its line by a length: a note's mark, or a way to centre a cell's text.
#: `blank` is a cell that is there without its text.
Look = Literal["", "hidden", "blank", "raised", "moved"]

_GONE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN = re.compile(
    rf"{_GONE.pattern}|visibility\s*:\s*hidden"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through|(?<![-\w])color\s*:\s*transparent"
    r"|(?<![-\w])opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub\b)", re.IGNORECASE)
_MOVED = re.compile(
    r"mso-text-raise\s*:\s*-?[1-9]|position\s*:\s*relative\s*;\s*(?:top|bottom)\s*:\s*-?[1-9]",
    re.IGNORECASE,
)
#: Tags of words within a line. Larger parts are hidden by rules for scripts to show.
_WORDS = "span font b i u em strong small big a ins label sup sub code mark"
WORDS = frozenset(_WORDS.split())
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
#: A rule for one class or id; any other may not hold where it seems to.
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?([.#][-\w]+)", re.IGNORECASE)


def look(node: LexborNode, tag: str, rules: Mapping[str, Look]) -> Look:
    """How a node is seen, by its own attributes or else by the `rules` for its class or id."""
    attributes = node.attributes
    if not attributes:
        return ""
    style = attributes.get("style")
    if "hidden" in attributes or (attributes.get("type") or "").lower() == "hidden":
        return "hidden"
    if style is not None and (own := _told(style)):
        shut = own == "hidden" and tag in ("td", "th") and not _GONE.search(style)
        return "blank" if shut else own
    if not rules or tag not in WORDS:
        return ""
    names = [f".{name}" for name in (attributes.get("class") or "").split()]
    names.append(f"#{attributes.get('id')}")
    return next((told for name in names if (told := rules.get(name, ""))), "")


def rules(page: LexborHTMLParser) -> dict[str, Look]:
    """By class (`.x`) or id (`#x`) what the page's own style rules say; those for some media left out."""
    found: dict[str, Look] = {}
    for sheet in page.css("style"):
        text = sheet.text()
        if _told(text):
            for selectors, body in _plain(_COMMENT.sub("", text)):
                for selector in selectors.split(","):
                    if simple := _SIMPLE.fullmatch(selector.strip()):
                        # A later rule for the same name takes the place of the one before.
                        found[simple[1]] = _told(body) or _kept(found, simple[1], body)
    return found


def _kept(found: Mapping[str, Look], name: str, body: str) -> Look:
    changed = re.search(r"display|visibility|text-decoration|vertical-align|color|opacity", body)
    return "" if changed else found.get(name, "")


def _plain(text: str) -> list[tuple[str, str]]:
    """Selectors and bodies of the rules that hold always: no block stands around them."""
    found: list[tuple[str, str]] = []
    depth, selectors = 0, ""
    for before, brace in _RULE.findall(text):
        if brace == "{":
            depth += 1
            selectors = before if depth == 1 else ""
        else:
            if depth == 1 and selectors and not selectors.lstrip().startswith("@"):
                found.append((selectors, before))
            depth = max(0, depth - 1)
    return found


def _told(style: str) -> Look:
    if _HIDDEN.search(style):
        return "hidden"
    if _RAISED.search(style):
        return "raised"
    return "moved" if _MOVED.search(style) else ""
