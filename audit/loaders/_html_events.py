"""A parsed page → what a reader sees of it, in order: tags that open and close, and text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.loaders._html_looks import WORDS, Look, look

Event = tuple[Literal["open", "close", "text"], LexborNode | None, str]

#: Never seen, or seen as something else than the document's text.
_UNSEEN = (
    "script style head title meta link template noscript iframe object embed applet audio video"
    " canvas svg math map datalist button xml rt rp del s strike -comment !doctype"
)
_DROPPED = frozenset(_UNSEEN.split())
#: What stands inside is for its own reader.
_CLOSED = frozenset(("select",))
_TAGS = {"raised": "sup", "moved": "moved"}


def events(root: LexborNode, rules: Mapping[str, Look], hidden: bool = False) -> Iterator[Event]:
    """What stands under a node, however deep; `hidden` keeps what styles hide.

    `rules` are those of the page's own styles. A tag comes as `("open", node, tag)` and
    `("close", node, tag)`, text as `("text", None, text)`; what a style raises comes as `sup`,
    what it moves off its line as `moved`.
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
        elif tag not in _DROPPED and ((seen := look(node, tag, rules)) != "hidden" or hidden):
            tag = _TAGS.get(seen, tag) if tag in WORDS else tag
            yield "open", node, tag
            above.append((node, tag))
            shut = tag in _CLOSED or (seen == "blank" and not hidden)
            node = None if shut else node.child
            continue
        node = node.next


def parsed(text: str) -> LexborHTMLParser:
    """The page as browsers understand it, whatever is left open or out of place."""
    return LexborHTMLParser(text)
