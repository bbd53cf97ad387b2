"""A page's items → those of its article: menus, lists of links and what stands below it are left out.

What a portal prints round a report names other units and other years; read as the report's own
text it would accuse the report of naming them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from audit.loaders._html_model import Item, Text

#: So many lines of links one after the other are a menu or a list of other pages.
_RUN = 3
#: From this share of its characters on, dates left out, a line is a link.
_LINKED = 0.6
_DATE = re.compile(r"\s*[\[【（(]?\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?[\]】）)]?\s*")
#: A line shorter than this that closes no sentence may be anything.
_SHORT = 30
_BELOW = re.compile(
    r"版权所有|主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|网站标识码|ICP\s*备|公网安备|技术支持|网站地图|关于我们"
    r"|联系我们|[上下]一[篇条]|打印(?:本页|文章|此文)|[\[【(（]\s*打\s*印\s*[\]】)）]|关闭(?:窗口|本页)|分享[到至]"
    r"|相关(?:链接|文档|信息|文章|附件|稿件|解读|新闻)\s*[:：]?\s*$|扫一扫|返回顶部|责任编辑|浏览(?:次数|量)"
    r"|阅读(?:次数|量)|友情链接|无障碍|copyright|©",
    re.IGNORECASE,
)
_CLOSED = ("。", "；", "！", "？")


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
    if not isinstance(item, Text) or item.text.endswith(_CLOSED):
        return False
    return _BELOW.search(item.text) is not None


def _may_stand_below(item: Item) -> bool:
    if not isinstance(item, Text):
        return False
    return (
        _stands_below(item)
        or _is_link(item)
        or (len(item.text) < _SHORT and not item.text.endswith(_CLOSED))
    )
