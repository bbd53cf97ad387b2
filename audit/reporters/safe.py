"""What strangers' text may not do in an output: escape sequences, formulas, markup, commands."""

from __future__ import annotations

import json
import re
from typing import Any

#: C0 and C1 controls but line break and tab, the marks that turn the direction of text, and what
#: no XML and no UTF-8 holds (lone surrogates stand in names of files that are not UTF-8).
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)
#: What names of files may not hold on one system or another, and names that Windows keeps.
_NO_NAME = re.compile(r'[\\/:*?"<>|\s]+')
_KEPT = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＠")


def plain(text: str) -> str:
    """Text without control characters: nothing in it can move a cursor or hide other text."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """Plain text on one line."""
    return " ".join(plain(text).split())


def cell(text: str) -> str:
    """Text that a spreadsheet takes for text: what would be a formula gets an apostrophe before."""
    text = plain(text)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def json_text(value: Any) -> str:
    """Plain values as JSON in which every character that `plain` strips is escaped, none lost."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def json_line(value: Any) -> str:
    """Plain values as JSON on one line, escaped like `json_text`."""
    text = json.dumps(value, ensure_ascii=False)
    return _CONTROL.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def markdown(text: str) -> str:
    """Text that stands in markdown, also in a table's cell, as what it says."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$@-])", r"\\\1", one_line(text))


def file_name(text: str, most: int = 60) -> str:
    """Text as the stem of a file's name that every system takes; `_` where nothing is left of it."""
    name = _NO_NAME.sub("_", one_line(text))[:most].strip("._ ")
    return f"_{name}" if not name or _KEPT.match(name) else name


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", text) is not None
