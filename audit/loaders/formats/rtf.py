"""Rich text."""

from __future__ import annotations

from audit.loaders._marks import BLANK
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """Rich text's opening."""
    return head.lstrip(BLANK).startswith(b"{\\rtf")


LOADER = Loader("rtf", (".rtf",), sniff, "audit.loaders.rtf")
