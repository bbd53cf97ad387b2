"""What strangers' text may not do in an output: escape sequences, formulas, markup, commands."""

from __future__ import annotations

import re

#: C0 and C1 controls but line break and tab, and the marks that turn the direction of text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def markdown(text: str) -> str:
    """Text that stands in markdown, also in a table's cell, as what it says."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$@-])", r"\\\1", one_line(text))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", text) is not None
