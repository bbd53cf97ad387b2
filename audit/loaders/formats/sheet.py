"""Workbooks of every spreadsheet program."""

from __future__ import annotations

from audit.loaders._marks import OLE_MAGIC, SHEET_XML, flat_sheet, is_xml
from audit.loaders._zipkind import zip_kind
from audit.loaders.base import Loader


def sniff(head: bytes) -> bool:
    """A zip that holds a workbook as far as its beginning tells, an OLE container, XML."""
    if (is_xml(head) and SHEET_XML in head) or flat_sheet(head):
        return True
    return head.startswith(OLE_MAGIC) or zip_kind(head) in ("xlsx", "ods", "office")


_SUFFIXES = (
    *(".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".fods", ".xlsb"),
)
LOADER = Loader("sheet", _SUFFIXES, sniff, "audit.loaders.sheet")
