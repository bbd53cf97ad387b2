"""Rich text's bytes → its tokens: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?"
_HEX = rb"\\'([0-9a-fA-F]{2})"
#: In files that hold characters of two bytes as they are, the second may look like a bracket.
_PLAIN, _DOUBLE = rb"[^\\{}\r\n]+", rb"(?:[\x81-\xfe][\x40-\xfe]|[^\\{}\r\n])+"
_TOKEN = {
    double: re.compile(rb"|".join((_WORD, _HEX, rb"\\(.)", rb"([{}])", b"(" + text + b")")), re.S)
    for double, text in ((False, _PLAIN), (True, _DOUBLE))
}
#: Encodings of fonts' character sets and of code pages, where their names do not tell.
CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 0: "cp1252"}
PAGES = {936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}
_WIDE = frozenset(("gb18030", "big5hkscs", "cp932", "cp949", "utf-8"))
#: What control words and signs print.
SIGNS = {
    "line": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "", "\r": ""}
_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


class Token(NamedTuple):
    """One token: `kind` is word, sign, open, close or text; `number` is a word's parameter."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def code_page(data: bytes) -> int:
    """The code page that a file names for bytes beyond ASCII; Windows' western one if it names none."""
    found = _PAGE.search(data[:4096])
    return int(found[1]) if found else 1252


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens in order; embedded binary data is left out."""
    pattern = _TOKEN[code_page(data) in (936, 950)]
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for found in pattern.finditer(data, start):
            word, number, pair, sign, bracket, text = found.groups()
            if word is not None:
                told = _told(word, number)
                if told.word == "bin":
                    at = found.end() + max(0, told.number or 0)
                    break
                yield told
            elif pair is not None:
                yield Token("text", data=bytes((int(pair, 16),)))
            elif sign is not None:
                yield Token("sign", sign.decode("latin-1"))
            elif bracket is not None:
                yield _OPEN if bracket == b"{" else _CLOSE
            else:
                yield Token("text", data=text)


@lru_cache(maxsize=4096)
def _told(word: bytes, number: bytes | None) -> Token:
    return Token("word", word.decode("ascii"), None if number is None else int(number))


def decoded(data: bytes, own: str, page: str) -> str:
    """Bytes beyond ASCII as text: in the font's own encoding or the file's, one of several bytes first.

    Programs mark Chinese text with western fonts often enough; western text in a Chinese encoding
    would not decode.
    """
    for name in (*(n for n in (own, page) if n in _WIDE), page, own or "gb18030"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")
