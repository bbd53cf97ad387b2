"""Tables of cells as `extract` writes them, and any other csv."""

from __future__ import annotations

from audit.loaders._marks import PARQUET
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """Parquet's mark; text formats are told by their names."""
    return head.startswith(PARQUET)


LOADER = Loader("tidy", (".csv", ".tsv", ".json", ".parquet"), sniff, "audit.loaders.tidy")
