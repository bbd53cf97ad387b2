"""A number cell's text → value and how it was read; the only place where numbers are parsed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from audit.document import LOST
from rules.status import Status

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NUMBER = re.compile(
    r"(?P<sign>[+-])?(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<decimals>\.[0-9]+)?"
    r"(?P<unit>万元|亿元|元|件|条|份|项|宗|起|次|个|人|人次)?"
)
_PLACEHOLDERS = frozenset(
    {"/", "\\", "-", "--", "---", "—", "——", "–", "―", "无", ".", "*", "○", "N/A", "n/a"}
)
#: Figures with a blank between them: one number that was broken, or two that were run together.
_PARTED = re.compile(r"[0-9.,]\s+[0-9.,]")
#: No count or amount comes near it; beyond, sums are no longer exact, and misprints abound.
TOO_LARGE = 1e12
#: A figure beside a question mark: a hard space that was garbled, or a figure that was.
_GARBLED = re.compile(rf"[0-9]\s*\?|\?\s*[0-9]|{LOST}")
_GARBLED_NUMBER = re.compile(rf"[?？{LOST}]*[0-9]+(?:\.[0-9]+)?[?？{LOST}]*|[A-Za-z]{{1,2}}{LOST}")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
#: Raised, lowered and circled figures: a note's mark, which is no part of the number it stands at.
_NOTE_MARK = re.compile(r"[²³¹⁰-⁹₀-₉\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u32bf]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """`value` is set where `status` is NUMBER; `plain` is False if it was not written plainly."""

    value: float | None
    status: Status
    plain: bool = True
    #: The unit written into the cell; the value is not converted.
    unit: str = ""


_BLANK = Parsed(None, Status.BLANK)
_TEXT = Parsed(None, Status.TEXT)


@lru_cache(maxsize=65_536)
def parse(raw: str, kind: str = "count") -> Parsed:
    """A cell's text as a number of this kind (`count`, `amount`, `signed`: see the form).

    A signed cell may hold `0/0`, its increase and decrease, when both are zero.
    """
    if _PLAIN.fullmatch(raw) and len(raw) <= 12:
        return Parsed(float(raw), Status.NUMBER)
    text = unicodedata.normalize("NFKC", raw)
    if _PARTED.search(text) or _NOTE_MARK.search(raw) or _GARBLED.search(text):
        return Parsed(None, Status.UNSURE, plain=False)
    text = _SPACES.sub("", text)
    if not text:
        return _BLANK
    if text in _PLACEHOLDERS:
        return Parsed(None, Status.PLACEHOLDER)
    if kind == "signed" and text == "0/0":
        return Parsed(0.0, Status.NUMBER, plain=False)
    found = _NUMBER.fullmatch(text.replace("−", "-").replace("﹣", "-"))
    if found is None:
        return _TEXT
    value = float(found["digits"].replace(",", "") + (found["decimals"] or ""))
    if value >= TOO_LARGE:
        return Parsed(None, Status.UNSURE, plain=False)
    value = -value if found["sign"] == "-" else value
    only_signed = found["sign"] == "+" and kind == "signed" and not found["unit"]
    same = raw.strip() == text and (_PLAIN.fullmatch(text) is not None or only_signed)
    return Parsed(value, Status.NUMBER, plain=same, unit=found["unit"] or "")


@lru_cache(maxsize=65_536)
def looks_like_value(text: str) -> bool:
    """Whether an item between blanks or bars can be a number cell's content, a blank one apart."""
    status = parse(text, "signed").status
    return status in (Status.NUMBER, Status.PLACEHOLDER) or (
        status is Status.UNSURE and _GARBLED_NUMBER.fullmatch(text) is not None
    )
