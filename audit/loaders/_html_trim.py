"""A page's items → those of its article: menus, lists of links and what stands below it are left out.

What a portal prints round a report names other units and other years; read as the report's own
text it would accuse the report of naming them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from audit.loaders._html_model import Item, Text
from audit.loaders._portal import may_stand_below, stands_below

#: So many lines of links one after the other are a menu or a list of other pages.
_RUN = 3
#: From this share of its characters on, dates left out, a line is a link.
_LINKED = 0.6
_DATE = re.compile(r"\s*[\[【（(]?\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?[\]】）)]?\s*")


def trimmed(items: Sequence[Item]) -> list[Item]:
    """The items without runs of links, and up to the first that can only stand below an article."""
    kept: list[Item] = []
    for linked, group in groupby(items, key=_is_link):
        run = list(group)
        if not linked or len(run) < _RUN:
            kept += run
    end = len(kept)
    cut = end
    while end and _may_stand_below(kept[end - 1]):
        end -= 1
        if _stands_below(kept[end]):
            cut = end
    return kept[:cut]


def _is_link(item: Item) -> bool:
    if not isinstance(item, Text) or not item.linked:
        return False
    return _LINKED * len(_DATE.sub("", item.text)) <= item.linked


def _stands_below(item: Item) -> bool:
    return isinstance(item, Text) and stands_below(item.text)


def _may_stand_below(item: Item) -> bool:
    return isinstance(item, Text) and (_is_link(item) or may_stand_below(item.text))
