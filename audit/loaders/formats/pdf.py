"""PDF, with text or of scanned pages."""

from __future__ import annotations

from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """PDF's mark, behind whatever a server put before it."""
    return b"%PDF-" in head[:1024]


LOADER = Loader("pdf", (".pdf",), sniff, "audit.loaders.pdf")
