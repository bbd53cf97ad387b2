"""What a web page says of itself: its head's metadata, the table of 索引号, 发布机构, 公开日期."""

from __future__ import annotations

import re
from typing import Any

_NAMES = {
    "发布机构": "publisher",
    "发布单位": "publisher",
    "发文机关": "publisher",
    "发文机构": "publisher",
    "信息来源": "publisher",
    "稿件来源": "publisher",
    "文章来源": "publisher",
    "来源": "publisher",
    "公开日期": "published",
    "发布日期": "published",
    "发布时间": "published",
    "成文日期": "published",
    "生成日期": "published",
    "信息公开日期": "published",
    "索引号": "index_number",
    "信息索引号": "index_number",
    "名称": "title",
    "标题": "title",
    "文号": "number",
    "发文字号": "number",
    "公开方式": "",
    "公开形式": "",
    "主题分类": "",
    "主题词": "",
    "有效性": "",
    "字号": "",
    "浏览次数": "",
    "公开范围": "",
    "信息分类": "",
    "分类": "",
    "关键词": "",
    "内容概述": "",
    "生效日期": "",
    "废止日期": "",
    "责任编辑": "",
}
_HEAD = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "publisher",
    "publisheddate": "published",
}
_PAIR = re.compile(
    r"(?P<name>" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")\s*[:：]\s*"
    r"(?P<value>[^\s:：|｜\[【]{2,40}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?)"
)


class Metadata:
    """Collects them under the neutral names of `audit.document.Document`; the first one stands."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def head(self, root: Any) -> None:
        """From `<meta name=…>` and `<title>`."""
        for meta in root.iter("meta"):
            name = _HEAD.get((meta.get("name") or "").lower())
            self._add(name, meta.get("content") or "")
        title = root.find(".//title")
        if title is not None:
            self._add("title", "".join(title.itertext()))

    def table(self, rows: list[list[str]]) -> bool:
        """Take a table's pairs of name and value, if that is what it holds; whether it was."""
        texts = [re.sub(r"\s+", "", t).strip("：:[]【】") for row in rows for t in row if t.strip()]
        known = [i for i, text in enumerate(texts) if text in _NAMES]
        glued = [m for t in (t for row in rows for t in row) for m in _PAIR.finditer(t)]
        if len(known) < 2 and len(glued) < 2:
            return False
        if len(known) >= 2 and len(known) * 4 < len(texts):
            return False
        flat = [t.strip() for row in rows for t in row if t.strip()]
        for i in known:
            if i + 1 < len(flat) and i + 1 not in known:
                self._add(_NAMES[texts[i]], flat[i + 1])
        self.line(" ".join(flat))
        return True

    def line(self, text: str) -> bool:
        """Take pairs out of a line such as 发布日期：2024-01-15 来源：…; whether it was one."""
        found = list(_PAIR.finditer(text))
        for pair in found:
            self._add(_NAMES[pair["name"]], pair["value"])
        return sum(len(m[0]) for m in found) > 0.5 * len(text.strip()) > 0

    def _add(self, name: str | None, value: str) -> None:
        value = " ".join(value.split())
        if name and value:
            self.told.setdefault(name, value)
