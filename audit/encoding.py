"""Bytes → text: byte-order mark, declared charset, UTF-8, GB18030, Big5, in this order."""

from __future__ import annotations

import codecs

from audit.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Share of control characters above which bytes are no text.
_MOST_CONTROLS = 0.01


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of bytes, line ends as `\\n`.

    Raises:
        UnreadableError: the bytes are no text in any of the encodings (`corrupt`).
    """
    names = [name for mark, name in _MARKS if data.startswith(mark)]
    names += [declared] if declared else []
    for name in (*names, "utf-8", "gb18030", "big5"):
        try:
            text = data.decode("gb18030" if name.lower() in {"gb2312", "gbk"} else name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError("corrupt", "不是文本")


def _is_text(text: str) -> bool:
    sample = text[:20_000]
    odd = sum(not c.isprintable() and c not in "\n\r\t\f\v\u3000\xa0\ufeff\u200b" for c in sample)
    return odd <= _MOST_CONTROLS * max(len(sample), 1)
