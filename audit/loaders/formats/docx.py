"""Word's files since 2007, zipped or as one XML file."""

from __future__ import annotations

from audit.loaders._marks import is_xml
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """A zip that holds a word-processor document, or the same as one XML file."""
    if head.startswith(b"PK\x03\x04"):
        others = (b"xl/", b"ppt/")
        return b"mimetypeapplication/" not in head[:60] and (
            b"word/" in head
            or (b"[Content_Types].xml" in head and not any(other in head for other in others))
        )
    return is_xml(head) and (b"wordDocument" in head or b"<pkg:package" in head)


LOADER = Loader("docx", (".docx", ".docm", ".dotx", ".dotm"), sniff, "audit.loaders.docx")
