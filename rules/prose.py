"""A section's text as whole sentences: lines joined, blanks and full-width forms evened out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_WIDE = {
    i: i - 0xFEE0 for i in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_EVEN = str.maketrans(
    {
        **_WIDE,
        "％": "%",
        "﹪": "%",
        "．": ".",
        ",": "，",
        ";": "；",
        ":": "：",
        "(": "（",
        ")": "）",
        "[": "〔",
        "]": "〕",
        "［": "〔",
        "］": "〕",
        "—": "-",
        "－": "-",
        "﹒": ".",
        "⽇": "日",
        "⽉": "月",
        "⼀": "一",
        "｡": "。",
        "\ufeff": "",
        "\u200b": "",
    }
)
#: Thousands: 1,136 and 1，136, but not 5，120 of a list whose groups don't fit.
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[，']\d{3})+(?!\d)")
_BLANKS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])（[a-zà-ü]+）")
_MARKER = re.compile(
    r"（?[一二三四五六七八九十]{1,3}[）、]|（\d{1,2}）|\d{1,2}[)）、]|\d{1,2}\.(?!\d)|[①-⑳]|第[一二三四五六七八九十]+[，章]"
    r"|[一二三四五六七八九十]是"
)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’」』）]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section; `line` counts the section's lines from 0, `first` is its number."""

    text: str
    line: int
    first: int


def even(line: str) -> str:
    """One line with half-width digits, Chinese punctuation, no blanks but between two digits."""
    text = _BLANKS.sub("", line.translate(_EVEN).strip())
    if "（" in text:
        text = _PINYIN.sub("", text)
    if "，" in text or "'" in text:
        text = _THOUSANDS.sub(lambda m: re.sub("[，']", "", m.group()), text)
    return text


def sentences(text: str) -> list[Sentence]:
    """The sentences of a section's text, in order.

    Lines that were broken by a page's width are joined again, numbers included; a heading, an item
    of a list and a line after a full stop begin anew.
    """
    joined: list[str] = []
    starts: list[int] = []
    numbers: list[int] = []
    size, before = 0, ""
    for number, raw in enumerate(text.split("\n")):
        line = even(raw)
        if not line:
            continue
        glue, line = _glue(before, line)
        starts.append(size + len(glue))
        numbers.append(number)
        joined += (glue, line)
        size += len(glue) + len(line)
        before = line
    return list(_cut(_THOUSANDS.sub(_plain, "".join(joined)), starts, numbers))


def _plain(match: re.Match[str]) -> str:
    return re.sub("[，']", "", match.group())


def _cut(flat: str, starts: list[int], numbers: list[int]) -> Iterator[Sentence]:
    for count, match in enumerate(_SENTENCE.finditer(flat)):
        at = bisect_right(starts, match.start()) - 1
        yield Sentence(match.group(), numbers[max(at, 0)], count)


def _glue(before: str, line: str) -> tuple[str, str]:
    """What to put between two lines, and the second without its list marker if they belong together."""
    if not before:
        return "", line
    marker = _MARKER.match(line)
    if before[-1] in "，、；：":
        return "", line[marker.end() :] if marker else line
    if before[-1] in "。！？" or marker or _is_heading(before):
        return "\n", line
    return "", line


def _is_heading(line: str) -> bool:
    return bool(_MARKER.match(line)) and len(line) <= 26 and not re.search("[，。；]", line)
