"""Text as it is compared: one form of every character, no blanks, no scraper's remnants."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

_SPACES = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-üāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7}\)")
_NOT_KEY = re.compile(r"[^\w\u3400-\u9fff]+|_")
#: Longer texts are not kept: who asks for a report's lines again is different kinds of evidence.
_LINE = 2_000
_SAME = str.maketrans({"它": "他", "〇": "零", "鈎": "勾", "钩": "勾"})


def folded(text: str) -> str:
    """NFKC, simplified characters, no pinyin in brackets behind a character; blanks stay."""
    if text.isascii():
        return text
    return _kept(text) if len(text) <= _LINE else _folded(text)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        text = _converter().convert(text) if any("\u4e00" <= c <= "\u9fff" for c in text) else text
    return _PINYIN.sub("", text) if "(" in text else text


_kept = lru_cache(maxsize=2048)(_folded)


def plain_characters(text: str) -> str:
    """Traditional characters as simplified ones, pinyin in brackets out; all else as it stands."""
    return _PINYIN.sub("", str(_converter().convert(text)))


def traditional(text: str) -> int:
    """How many characters of a text are not those of GB 2312 and have a simplified form."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        plain = _converter().convert(text)
        return sum(a != b for a, b in zip(text, plain, strict=False))
    return 0


def squeezed(text: str) -> str:
    """Folded, without any blank."""
    return _squeezed(text) if len(text) <= _LINE else _SPACES.sub("", folded(text))


@lru_cache(maxsize=2048)
def _squeezed(text: str) -> str:
    return _SPACES.sub("", folded(text))


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """What labels are compared by: squeezed, letters, figures and characters only."""
    return _NOT_KEY.sub("", squeezed(text)).translate(_SAME)


@cache
def _converter() -> Any:
    from opencc import OpenCC  # slow to load, and only needed for traditional characters

    return OpenCC("t2s")
