"""What a file's first bytes say of its format; nothing here needs what reads the format."""

from __future__ import annotations

import re

from audit.loaders._zipkind import zip_kind

BLANK = b"\xef\xbb\xbf\r\n\t "
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET = b"PAR1"
#: The namespace of Excel's XML of 2003.
SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_STARTS = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<[!a-z/]", re.DOTALL)
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|meta|table|div|p|span|title|h[1-6])[\s>/:]")
_WEB = re.compile(rb"(?:^|\n)(?:mime-version:|content-type:\s*multipart/related)")
_MIME = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE)
#: XML of office programs, which has tables of its own.
_OTHERS = (b"office:spreadsheet", b"worddocument", b"<pkg:package", b"opendocument")


def doc(head: bytes) -> bool:
    """An OLE container (whether Word wrote it shows only at its end), or Word's web archive."""
    return head.startswith(OLE_MAGIC) or mime(head)


def docx(head: bytes) -> bool:
    """A zip that holds a word-processor document, or the same as one XML file."""
    if head.startswith(b"PK\x03\x04"):
        others = (b"xl/", b"ppt/")
        return b"mimetypeapplication/" not in head[:60] and (
            b"word/" in head
            or (b"[Content_Types].xml" in head and not any(other in head for other in others))
        )
    return _is_xml(head) and (b"wordDocument" in head or b"<pkg:package" in head)


def html(head: bytes) -> bool:
    """A page or part of one in any encoding, or a web archive."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").lower()
    if any(mark in plain for mark in _OTHERS):
        return False
    if web_archive(plain):
        return b"text/html" in plain or b"multipart/related" in plain
    return _STARTS.match(plain) is not None and _TAGS.search(plain) is not None


def image(head: bytes) -> bool:
    """A picture of a kind that scanners and cameras write."""
    return head.startswith(_PICTURES) or (head[:2] == b"BM" and head[6:10] == b"\0" * 4)


def odt(head: bytes) -> bool:
    """A zip that says it is one, or may be (then the name decides), or the same as one XML file."""
    return zip_kind(head) in ("odt", "office") or (flat_odf(head) and b":spreadsheet" not in head)


def pdf(head: bytes) -> bool:
    """PDF's mark, behind whatever a server put before it."""
    return b"%PDF-" in head[:1024]


def rtf(head: bytes) -> bool:
    """Rich text's opening."""
    return head.lstrip(BLANK).startswith(b"{\\rtf")


def sheet(head: bytes) -> bool:
    """A zip that holds a workbook as far as its beginning tells, an OLE container, Excel's XML."""
    if _is_xml(head) and SHEET_XML in head:
        return True
    return head.startswith(OLE_MAGIC) or zip_kind(head) in ("xlsx", "ods", "office")


def tidy(head: bytes) -> bool:
    """Parquet's mark; text formats are told by their names."""
    return head.startswith(PARQUET)


def text(head: bytes) -> bool:
    """Anything may be text: only its name says so."""
    return False


def mime(head: bytes) -> bool:
    """Whether a file begins with the head of a MIME archive."""
    return _MIME.match(head[:1000]) is not None


def web_archive(head: bytes) -> bool:
    """Whether a page is a MIME archive of several parts."""
    plain = head.lower()
    if b"mime-version:" not in plain and b"content-type:" not in plain:
        return False  # nearly all files, and the expression looks at every line
    return _WEB.search(plain) is not None and not plain.lstrip().startswith(b"<")


def flat_odf(head: bytes) -> bool:
    """Whether this is an OpenDocument file as a single XML file."""
    return _is_xml(head) and _FLAT in head


def _is_xml(head: bytes) -> bool:
    return head.lstrip(BLANK).startswith(b"<?xml")
