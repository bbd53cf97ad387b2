"""What kind of file a zip is: a document of some office program, or a plain archive."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable

#: All that reading a damaged zip raises; NotImplementedError is a RuntimeError.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, RuntimeError, IndexError, OverflowError),
)

_ZIP = b"PK\x03\x04"
#: A folder or part that only one kind of package has.
_PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MIME = b"mimetypeapplication/vnd.oasis.opendocument."
_ODF = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}


def zip_kind(head: bytes, members: Callable[[], Iterable[str] | None] | None = None) -> str | None:
    """`docx`, `xlsx`, `pptx`, `odt`, `ods`, `odp`, `ofd`, `office`, `zip`; None for what is no zip.

    `head` is the file's beginning. It often says all; where it does not, the names of the file's
    `members` do (None for a damaged file). `office` is an office package of which the head tells no
    more.
    """
    if not head.startswith(_ZIP):
        return None
    at = head.find(_MIME)
    if 0 <= at < 100:
        rest = head[at + len(_MIME) :]
        return next((kind for name, kind in _ODF.items() if rest.startswith(name)), "zip")
    told = members() if members is not None else None
    if told is None:
        found = next((k for part, k in _PARTS.items() if _names_in_head(head, part)), None)
        is_office = b"[Content_Types].xml" in head or b"_rels/.rels" in head
        return found if found and is_office else "office" if is_office else "zip"
    names = {name.replace("\\", "/").lower() for name in told}
    if "ofd.xml" in names:
        return "ofd"
    if {"content.xml", "meta-inf/manifest.xml"} <= names:
        return "office"
    if not names & {"[content_types].xml", "_rels/.rels"}:
        return "zip"
    for part, kind in _PARTS.items():
        if any(name.startswith(part) for name in names):
            return kind
    return "office"


def _names_in_head(head: bytes, part: str) -> bool:
    """Whether a local header names a member of this folder: names stand behind 26 bytes."""
    at = head.find(_ZIP)
    wanted = part.encode()
    while at >= 0:
        if head[at + 30 : at + 30 + len(wanted)].lower() == wanted:
            return True
        at = head.find(_ZIP, at + 4)
    return False
