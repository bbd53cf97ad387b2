"""What portals print below an article, as it reads in pages and in what is printed of them."""

from __future__ import annotations

import re

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


def stands_below(text: str) -> bool:
    """Whether a line can only stand below an article: who keeps the site, buttons, other pages."""
    return not text.endswith(_CLOSED) and _BELOW.search(text) is not None


def may_stand_below(text: str) -> bool:
    """Whether a line may stand there: it is such a line, or short and no sentence."""
    return stands_below(text) or (len(text) < _SHORT and not text.endswith(_CLOSED))
