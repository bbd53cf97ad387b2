"""What a page says of its document beside the text: fields in tables, lines and `meta` tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from audit.loaders._html_model import Placed, Text

#: A field's neutral name, and the words that portals print before it, the most telling first.
_FIELDS: dict[str, tuple[str, ...]] = {
    "index_number": ("信息索引号", "公开索引号", "索引编号", "索引号"),
    "published": (
        *("发布日期", "公开日期", "发布时间", "公开时间", "信息公开日期", "发文日期", "发文时间"),
        *("生成日期", "生成时间", "成文日期", "成文时间", "制发日期"),
    ),
    "publisher": (
        *("发布机构", "发文机构", "发文机关", "发布单位", "发文单位", "公开主体", "公开单位"),
        *("公开机构", "公开机关", "制发机关", "成文机关", "成文单位", "发布部门", "信息来源"),
        *("文章来源", "稿件来源", "来源"),
    ),
    "document_number": ("发文字号", "文件编号", "文号"),
}
#: Printed beside a table's fields alone: in a line of text the words would say little.
_TABLE_FIELDS = {"title": ("信息名称", "文件名称", "公文名称", "标题", "名称")}
_OTHERS = (
    *(
        "公开方式",
        "公开形式",
        "公开范围",
        "公开类别",
        "公开属性",
        "公开时限",
        "公开目录",
        "公开程序",
    ),
    *("主题分类", "体裁分类", "信息分类", "信息类别", "组配分类", "服务对象分类", "所属主题"),
    *("主题词", "关键词", "关键字", "有效性", "时效性", "是否有效", "生效日期", "生效时间"),
    *(
        "废止日期",
        "失效日期",
        "内容概述",
        "概述",
        "信息格式",
        "语种",
        "责任部门",
        "公文种类",
        "分类",
    ),
)
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "publishdate": "published",
    "publisheddate": "published",
    "contentsource": "publisher",
    "author": "creator",
}
#: Only lines near the top are about the document; further down they are the document.
_TOP, _LONGEST = 40, 120
_MOST_ROWS = 12


def _one_of(words: Sequence[str]) -> str:
    """A pattern for words that may be spaced out, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word)) for word in ordered)


_KEYS = {w: (k, n) for k, words in (_FIELDS | _TABLE_FIELDS).items() for n, w in enumerate(words)}
_LINE_WORDS = [w for words in _FIELDS.values() for w in words]


@cache
def _cell() -> re.Pattern[str]:
    """A cell with a field's name; compiled when the first page is read, as few runs read any."""
    names = _one_of([*_KEYS, *_OTHERS])
    return re.compile(rf"[\[【]?({names})[\]】]?\s*(?:[:：]\s*(.*)|$)", re.DOTALL)


@cache
def _line() -> re.Pattern[str]:
    """A field's name and its value in a line, up to the next field."""
    stop = rf"\s+\S{{1,6}}\s*[:：]|\s*(?:{_one_of([*_LINE_WORDS, *_OTHERS])})\s*[\]】]?[:：]|$"
    return re.compile(rf"[\[【]?({_one_of(_LINE_WORDS)})[\]】]?\s*[:：]\s*(.*?)(?={stop})")


class Facts:
    """Collects the fields; of several values the one with the more telling label stays."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}

    @property
    def values(self) -> dict[str, str]:
        """The fields found, under their neutral names."""
        return {key: value for key, (_, value) in self._found.items()}

    def add(self, key: str, value: str, rank: int) -> None:
        """Keep a value unless there is one of a lower rank already."""
        value = value.strip(" \n\t[]【】|")
        if value and rank < self._found.get(key, (1_000, ""))[0]:
            self._found[key] = (rank, value)

    def from_head(self, page: LexborHTMLParser) -> None:
        """`meta` tags, and the page's title without the site's name behind it."""
        for node in page.css("meta[name]"):
            key = _META.get((node.attributes.get("name") or "").strip().lower())
            if key is not None:
                self.add(key, node.attributes.get("content") or "", 0)
        title = page.css_first("head > title")
        if title is not None:
            text = " ".join(title.text().split())
            first = re.split(r"_|\s[-–—|]\s|\|", text)[0].strip()
            self.add("title", first if len(first) >= 8 else text, 200)

    def from_table(self, cells: Sequence[Placed]) -> bool:
        """Take the fields of a table that holds nothing else; False where it is no such table."""
        if not cells or cells[-1].row >= _MOST_ROWS:
            return False
        filled = [c for c in cells if c.slot.text.strip()]
        fields = list(_pairs(filled))
        used = sum(2 if apart else 1 for *_, apart in fields)
        if len(fields) < 2 or used * 3 < len(filled) * 2:
            return False
        for word, value, _ in fields:
            if word in _KEYS:
                key, rank = _KEYS[word]
                self.add(key, value, 10 + rank)
        return True

    def from_lines(self, lines: Sequence[Text]) -> None:
        """Take `发布日期：…` and the like from the lines at the top of a page."""
        top = [line.text for line in lines[:_TOP]]
        for text, following in pairwise((*top, "")):
            if len(text) > _LONGEST:
                continue
            for label, value in _line().findall(text):
                if not value and text.rstrip().endswith((":", "：")) and len(following) <= 60:
                    value = "" if _line().match(following) else following
                key, rank = _KEYS["".join(label.split())]
                self.add(key, value, 100 + rank)


def _pairs(cells: Sequence[Placed]) -> Iterator[tuple[str, str, bool]]:
    """Label, value, and whether the value stands in a cell of its own, of each field."""
    taken = -1
    for n, cell in enumerate(cells):
        found = _cell().match(cell.slot.text.strip())
        if found is None or n == taken:
            continue
        word, value = "".join(found[1].split()), found[2] or ""
        after = cells[n + 1] if n + 1 < len(cells) else None
        apart = after is not None and not value and after.row == cell.row
        if apart and after is not None and _cell().match(after.slot.text.strip()) is None:
            value, taken = after.slot.text, n + 1
        yield word, value.strip(), taken == n + 1
