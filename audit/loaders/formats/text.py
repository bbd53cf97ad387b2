"""Plain text and Markdown."""

from __future__ import annotations

from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """Anything may be text: only its name says so."""
    return False


LOADER = Loader("text", (".txt", ".text", ".md"), sniff, "audit.loaders.text")
