"""A parsed page → what a reader sees of it, in order: tags that open and close, and text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

Event = tuple[Literal["open", "close", "text"], LexborNode | None, str]

#: Never seen, or seen as something else than the document's text.
_UNSEEN = (
    "script style head title meta link template noscript iframe object embed applet audio video"
    " canvas svg math map datalist button xml rt rp del s strike -comment !doctype"
)
_DROPPED = frozenset(_UNSEEN.split())
#: What stands inside is for its own reader.
_CLOSED = frozenset(("select",))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)


def events(root: LexborNode, hidden: bool = False) -> Iterator[Event]:
    """What stands under a node, however deep; `hidden` keeps what styles hide.

    A tag comes as `("open", node, tag)` and `("close", node, tag)`, text as `("text", None, text)`;
    what a style raises comes as `sup`.
    """
    above: list[tuple[LexborNode, str]] = []
    node = root.child
    while node is not None or above:
        if node is None:
            node, tag = above.pop()
            yield "close", node, tag
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield "text", None, node.text_content or ""
        elif tag not in _DROPPED and ((look := _look(node)) != "hidden" or hidden):
            tag = "sup" if look == "raised" and tag == "span" else tag
            yield "open", node, tag
            above.append((node, tag))
            node = None if tag in _CLOSED else node.child
            continue
        node = node.next


def _look(node: LexborNode) -> Literal["", "hidden", "raised"]:
    attributes = node.attributes
    if not attributes:
        return ""
    style = attributes.get("style")
    if "hidden" in attributes or (attributes.get("type") or "").lower() == "hidden":
        return "hidden"
    if style is None:
        return ""
    return "hidden" if _HIDDEN.search(style) else "raised" if _RAISED.search(style) else ""


def parsed(text: str) -> LexborHTMLParser:
    """The page as browsers understand it, whatever is left open or out of place."""
    return LexborHTMLParser(text)
