"""Word's binary files, and web archives that Word saved under their name."""

from __future__ import annotations

from audit.loaders._marks import OLE_MAGIC, mime
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """An OLE container (whether Word wrote it shows only at its end), or Word's web archive."""
    return head.startswith(OLE_MAGIC) or mime(head)


LOADER = Loader(
    "doc", (".doc", ".wps", ".dot", ".wpt", ".mht", ".mhtml"), sniff, "audit.loaders.doc"
)
