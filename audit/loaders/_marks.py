"""Marks in a file's first bytes that several formats ask for."""

from __future__ import annotations

import re

BLANK = b"\xef\xbb\xbf\r\n\t "
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARQUET = b"PAR1"
#: The namespace of Excel's XML of 2003.
SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"

_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_WEB = re.compile(rb"(?:^|\n)(?:mime-version:|content-type:\s*multipart/related)")
_MIME = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE)


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
    return is_xml(head) and _FLAT in head


def flat_sheet(head: bytes) -> bool:
    """Whether this is an OpenDocument spreadsheet as a single XML file."""
    return flat_odf(head) and b"application/vnd.oasis.opendocument.spreadsheet" in head


def is_xml(head: bytes) -> bool:
    """Whether a file declares itself to be XML."""
    return head.lstrip(BLANK).startswith(b"<?xml")
