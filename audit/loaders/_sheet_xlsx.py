"""Excel's XML workbooks (.xlsx, .xlsm, new .et) → sheets, cell by cell.

Own code, as the libraries at hand lay a sheet out whole: one stray cell in the last row and column
makes calamine ask for 512 GB and abort the process. It also tells formulas without a result.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from audit.errors import UnreadableError
from audit.loaders._raised import STRUCK, raised
from audit.loaders._sheet_model import (
    MAYBE_STALE,
    NOT_CALCULATED,
    WHOLE,
    Book,
    Entry,
    Sheet,
    date_text,
    number_text,
)
from audit.loaders._sheet_package import Parts, cell_address, local
from audit.loaders._xml import Element
from audit.loaders.base import Limits

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT = frozenset((9, 10))
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def read(parts: Parts, limits: Limits) -> Book:
    """The workbook's visible sheets.

    Raises:
        UnreadableError: damaged, no workbook, or more cells than the limits allow.
    """
    main = _main(parts)
    root = parts.root(main)
    if root is None:
        raise UnreadableError("unknown_format", "no workbook inside")
    targets = _targets(parts, main)
    reader = _Reader(parts, limits, posixpath.dirname(main), targets, root)
    sheets = []
    for element in root.iter("{*}sheet"):
        target = targets.get(_relation(element), ("", ""))
        if element.get("state", "visible") == "visible" and target[0].endswith("/worksheet"):
            sheets.append(reader.sheet(element.get("name", ""), target[1]))
    return Book(sheets, parts.facts("docProps/core.xml"))


class _Reader:
    """What the sheets of one workbook share: strings, formats, the first day, the cells left."""

    def __init__(
        self,
        parts: Parts,
        limits: Limits,
        folder: str,
        targets: dict[str, tuple[str, str]],
        workbook: Element,
    ) -> None:
        self._parts = parts
        self._cells, self._characters = limits.cells, limits.characters
        named = {kind.rpartition("/")[2]: name for kind, name in targets.values()}
        self._strings = self._shared(named.get("sharedStrings", f"{folder}/sharedStrings.xml"))
        #: Styles of cells whose text is struck out.
        self._struck: set[str] = set()
        self._formats = self._styles(named.get("styles", f"{folder}/styles.xml"))
        self._from_1904 = _is_on(workbook.find("{*}workbookPr"), "date1904")
        #: Set by programs that write formulas without calculating them.
        self._stale = _is_on(workbook.find("{*}calcPr"), "fullCalcOnLoad")

    def sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        row = -1
        for element in self._parts.stream(part, ("row", "mergeCell")):
            if element.tag.endswith("}row"):
                row = self._row(element, row, sheet)
                continue
            first, _, last = element.get("ref", "").partition(":")
            start, end = cell_address(first), cell_address(last or first)
            if start is not None and end is not None:
                sheet.merges.append((*start, *end))
        return sheet

    def _row(self, element: Element, before: int, sheet: Sheet) -> int:
        """Take a row's cells into the sheet; the number of the row, which may be told nowhere."""
        number = element.get("r", "")
        row, column = int(number) - 1 if number.isdigit() else before + 1, -1
        found: dict[tuple[int, int], Entry] = {}
        for cell in element.iterchildren("{*}c"):
            at = cell_address(cell.get("r", "")) or (row, column + 1)
            column = at[1]
            entry = self._entry(cell) if len(cell) else None
            if entry is not None:
                found[at] = entry
        self._count(found.values())
        sheet.cells.update(found)
        return row

    def _count(self, entries: Collection[Entry]) -> None:
        self._cells -= len(entries)
        self._characters -= sum([len(entry.text) for entry in entries])
        if self._cells < 0 or self._characters < 0:
            raise UnreadableError("limit", "cells" if self._cells < 0 else "characters")

    def _entry(self, cell: Element) -> Entry | None:
        only = cell[0]
        if len(cell) == 1 and only.tag.endswith("}v"):  # nearly all
            value = only.text
            return self._told(cell, self._shown(cell, value)) if value else None
        value, has_formula = None, False
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text or ""
            elif tag.endswith("}f"):
                has_formula = True
            elif tag.endswith("}is"):
                return _filled(_rich(child))
        if not value:
            calculated = not has_formula or (cell.get("t") == "str" and value is not None)
            return None if calculated else Entry("", NOT_CALCULATED)
        text = self._shown(cell, value)
        if has_formula and self._stale:
            return Entry(text, MAYBE_STALE)
        return self._told(cell, text)

    def _told(self, cell: Element, text: str) -> Entry | None:
        if not text.strip():
            return None
        struck = self._struck and cell.get("s") in self._struck
        return Entry(text, STRUCK) if struck else Entry(text)

    def _shown(self, cell: Element, raw: str) -> str:
        kind = cell.get("t", "n")
        if kind == "n":
            return self._number(raw, self._formats.get(cell.get("s", "0"), ""))
        if kind == "s":
            number = int(raw) if raw.isdigit() else -1
            if not 0 <= number < len(self._strings):
                raise UnreadableError("corrupt", f"no string {raw}")
            return self._strings[number]
        if kind == "b":
            return "TRUE" if raw == "1" else "FALSE"
        return raw.removesuffix("T00:00:00").replace("T", " ") if kind == "d" else raw

    def _number(self, raw: str, shown: str) -> str:
        if not shown and WHOLE.fullmatch(raw):
            return raw  # nearly all figures: as they stand
        try:
            value = float(raw)
        except ValueError:
            return raw
        if shown == "date" and value >= 0:
            return date_text(value, self._from_1904)
        return number_text(value, shown == "percent")

    def _shared(self, part: str) -> list[str]:
        if part.lower() not in self._parts.names:
            return []
        return [_rich(element) for element in self._parts.stream(part, ("si",))]

    def _styles(self, part: str) -> dict[str, str]:
        """Cell styles by number: which show dates, which percentages; those struck out are kept."""
        root = self._parts.root(part)
        formats = root.find("{*}cellXfs") if root is not None else None
        if root is None or formats is None:
            return {}
        fonts = root.find("{*}fonts")
        struck = [_is_struck(font) for font in (() if fonts is None else fonts)]
        codes = {f.get("numFmtId"): f.get("formatCode", "") for f in root.iter("{*}numFmt")}
        found = {}
        for number, style in enumerate(formats):
            font = style.get("fontId", "")
            if font.isdigit() and int(font) < len(struck) and struck[int(font)]:
                self._struck.add(str(number))
            which = style.get("numFmtId", "0")
            shown = _kind_of(which, codes.get(which))
            if shown:
                found[str(number)] = shown
        return found


def _kind_of(number: str, code: str | None) -> str:
    if code is None:
        which = int(number) if number.isdigit() else 0
        return "date" if which in _DATES else "percent" if which in _PERCENT else ""
    plain = _NOT_CODE.sub("", code.split(";")[0]).lower()
    if "%" in plain:
        return "percent"
    return "date" if plain != "general" and re.search("[ymdhs年月日]", plain) else ""


def _main(parts: Parts) -> str:
    relations = parts.root("_rels/.rels")
    for one in () if relations is None else relations:
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).lstrip("/")
    return "xl/workbook.xml"


def _targets(parts: Parts, main: str) -> dict[str, tuple[str, str]]:
    """The workbook's relations by id: type and the name of the part."""
    folder, name = posixpath.split(main)
    relations = parts.root(f"{folder}/_rels/{name}.rels")
    found = {}
    for one in () if relations is None else relations:
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))
        found[one.get("Id", "")] = (one.get("Type", ""), target.lstrip("/"))
    return found


def _relation(sheet: Element) -> str:
    """The id of a sheet's relation, in whichever namespace the edition of the format has it."""
    return next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")


def _rich(element: Element) -> str:
    """A string's text, its runs joined, raised ones apart.

    What is struck out, and how it is pronounced, are no part of it.
    """
    if len(element) == 1 and not len(only := element[0]) and only.tag.endswith("}t"):
        return (only.text or "").replace("_x000D_", "")  # nearly all strings
    return "".join(map(_run, element.iter("{*}t"))).replace("_x000D_", "")


def _run(text: Element) -> str:
    parent = text.getparent()
    if parent is None or local(parent) == "rPh" or _is_struck(parent.find("{*}rPr")):
        return ""
    align = parent.find("{*}rPr/{*}vertAlign")
    up = align is not None and align.get("val") in ("superscript", "subscript")
    return raised(text.text or "") if up else text.text or ""


def _is_struck(font: Element | None) -> bool:
    mark = None if font is None else font.find("{*}strike")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _filled(text: str) -> Entry | None:
    return Entry(text) if text.strip() else None


def _is_on(element: Element | None, name: str) -> bool:
    return element is not None and element.get(name, "") in ("1", "true", "on")
