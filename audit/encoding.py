"""Bytes → text: byte-order mark, UTF-8, then what is declared, GB18030 and Big5, the likeliest."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache

from audit.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Declared by servers and editors for pages in whatever encoding; they decode any bytes at all.
_SAYS_NOTHING = re.compile(r"iso-?8859|latin|ascii|windows-125|cp125|utf-?16", re.IGNORECASE)
#: GB18030 holds both of its forerunners, and pages that declare one use characters of the other.
_WIDER = {"gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: Share of control characters above which bytes are no text, of damage above which it is lost,
#: and of everyday characters from which an encoding is beyond doubt.
_MOST_CONTROLS, _MOST_DAMAGE, _SURE = 0.01, 0.005, 0.9
_SAMPLE = 4_000


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes, line ends as `\\n`; single broken characters become U+FFFD.

    `declared` is the charset that the file or its server names: it decides only where the bytes do
    not, as it is often wrong.

    Raises:
        UnreadableError: the bytes are no text in any of the encodings (`corrupt`).
    """
    for text in _candidates(data, declared):
        if _is_text(text):
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError("corrupt", "不是文本")


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    for name in [*(n for mark, n in _MARKS if data.startswith(mark)), *_unmarked(data), "utf-8"]:
        text = _strict(data, name)
        if text is not None:
            yield text
    name = (declared or "").strip().lower()
    names = [_WIDER.get(name, name)] if name and not _SAYS_NOTHING.match(name) else []
    rated: list[tuple[float, str]] = []
    for name in dict.fromkeys((*names, "gb18030", "big5hkscs")):
        text = _strict(data, name)
        if text is None:
            continue
        rated.append((_likeness(text), text))
        if rated[-1][0] >= _SURE:
            break
    yield from (text for _, text in sorted(rated, key=lambda r: r[0], reverse=True))
    for name in ("utf-8", "gb18030"):
        text = data.decode(name, errors="replace")
        if text.count("\ufffd") <= _MOST_DAMAGE * len(text):
            yield text


def _unmarked(data: bytes) -> list[str]:
    """UTF-16 without a mark: every other byte of its digits, blanks and tags is zero."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.05 * len(sample):
        return []
    return ["utf-16-le"] if odd > even else ["utf-16-be"]


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _likeness(text: str) -> float:
    """Share of everyday characters among those beyond ASCII, from a sample: 0 to 1."""
    strange = [c for c in text[: 4 * _SAMPLE] if c > "\x7f"][:_SAMPLE]
    return sum(c in _everyday() for c in strange) / len(strange) if strange else 1.0


@cache
def _everyday() -> frozenset[str]:
    """Punctuation and the frequent characters of GB 2312 and Big5, as the standards order them."""
    frequent = [
        bytes((lead, trail)).decode("gb2312", errors="ignore")
        for lead in (0xA1, 0xA3, *range(0xB0, 0xD8))
        for trail in range(0xA1, 0xFF)
    ]
    frequent += [
        bytes((lead, trail)).decode("big5", errors="ignore")
        for lead in range(0xA4, 0xC7)
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    ]
    return frozenset(frequent) | {"\xa0", "\u3000"}


def _is_text(text: str) -> bool:
    sample = text[:20_000]
    return len(_CONTROLS.findall(sample)) <= _MOST_CONTROLS * len(sample)
