"""Excel 2003's XML workbooks, which systems export under the name .xls → sheets."""

from __future__ import annotations

from lxml import etree

from audit.errors import UnreadableError
from audit.loaders._raised import raised
from audit.loaders._sheet_model import NOT_CALCULATED, Book, Entry, Sheet, number_text
from audit.loaders._sheet_package import local
from audit.loaders._xml import Element, xml
from audit.loaders.base import Limits

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read(data: bytes, limits: Limits) -> Book:
    """The workbook's visible sheets.

    Raises:
        UnreadableError: damaged, or more cells than the limits allow.
    """
    try:
        root = xml(data)
        sheets = [_sheet(s) for s in root.iterchildren(f"{_SS}Worksheet") if _is_visible(s)]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)) from error
    if sum(len(s.cells) for s in sheets) > limits.cells:
        raise UnreadableError("limit", "cells")
    return Book(sheets, {})


def _sheet(element: Element) -> Sheet:
    sheet = Sheet(element.get(f"{_SS}Name", ""))
    row = -1
    for line in element.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _number(line, "Index", row + 2) - 1
        column = -1
        for cell in line.iterchildren(f"{_SS}Cell"):
            column = _number(cell, "Index", column + 2) - 1
            entry = _entry(cell)
            if entry is not None:
                sheet.cells[row, column] = entry
            right = column + _number(cell, "MergeAcross", 0)
            bottom = row + _number(cell, "MergeDown", 0)
            if (bottom, right) != (row, column):
                sheet.merges.append((row, column, bottom, right))
            column = right
        row += _number(line, "Span", 0)
    return sheet


def _entry(cell: Element) -> Entry | None:
    data = next((c for c in cell if local(c) == "Data"), None)
    text = _text(data) if data is not None else ""
    if data is not None and data.get(f"{_SS}Type") == "Number":
        text = number_text(float(text))
    if data is not None and data.get(f"{_SS}Type") == "DateTime":
        text = text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    if not text.strip():
        is_open = cell.get(f"{_SS}Formula") is not None and data is None
        return Entry("", NOT_CALCULATED) if is_open else None
    return Entry(text)


def _text(data: Element) -> str:
    """The text as it is shown: what is raised or lowered is set apart, what is struck out left out."""
    parts = [data.text or ""]
    for child in data:
        kind = local(child) if isinstance(child.tag, str) else "S"
        if kind != "S":
            inner = _text(child)
            parts.append(raised(inner) if kind in ("Sup", "Sub") else inner)
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: Element, name: str, otherwise: int) -> int:
    value = element.get(f"{_SS}{name}", "")
    return int(value) if value.isdigit() else otherwise


def _is_visible(sheet: Element) -> bool:
    return not any(e.text in ("SheetHidden", "SheetVeryHidden") for e in sheet.iter("{*}Visible"))
