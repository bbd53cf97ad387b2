"""Pictures of pages."""

from __future__ import annotations

from audit.loaders.base import Loader

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")


def sniff(head: bytes) -> bool:
    """A picture of a kind that scanners and cameras write."""
    return head.startswith(_PICTURES) or (head[:2] == b"BM" and head[6:10] == b"\0" * 4)


LOADER = Loader(
    "image", (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"), sniff, "audit.loaders.image"
)
