"""OpenDocument spreadsheets (.ods, .fods) → sheets; cells have the text that is shown."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from audit.errors import UnreadableError
from audit.loaders._marks import BLANK
from audit.loaders._odf_styles import Styles
from audit.loaders._raised import STRUCK, raised
from audit.loaders._sheet_model import NOT_CALCULATED, WHOLE, Book, Entry, Sheet, number_text
from audit.loaders._sheet_package import Parts, attribute, attributes, facts_of, local, number_of
from audit.loaders._xml import Element, xml
from audit.loaders.base import Limits

_NUMBERS = frozenset(("float", "currency"))


def read(parts: Parts, limits: Limits) -> Book:
    """The document's visible sheets.

    Raises:
        UnreadableError: damaged, encrypted, no spreadsheet, or over the limits.
    """
    manifest = parts.root("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise UnreadableError("encrypted")
    root = parts.root("content.xml")
    if root is None:
        raise UnreadableError("unknown_format", "no spreadsheet inside")
    return Book(_sheets(root, limits), parts.facts("meta.xml"))


def read_flat(data: bytes, limits: Limits) -> Book:
    """The same of a document that is one XML file; raises what `read` does."""
    try:
        root = xml(data.lstrip(BLANK))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("corrupt", str(error)) from error
    meta = root.find("{*}meta")
    return Book(_sheets(root, limits), {} if meta is None else facts_of(meta))


def _sheets(root: Element, limits: Limits) -> list[Sheet]:
    body = root.find(".//{*}body/{*}spreadsheet")
    if body is None:
        raise UnreadableError("unknown_format", "no spreadsheet inside")
    hidden, looks = _hidden_styles(root), _Looks(root)
    budget = _Budget(limits)
    tables = [t for t in body.iterchildren("{*}table") if attribute(t, "style-name") not in hidden]
    return [_sheet(t, budget, looks) for t in tables]


class _Looks:
    """What is struck out or raised by the document's own styles, which nearly always is nothing."""

    def __init__(self, root: Element) -> None:
        own = list(root.iterfind("{*}automatic-styles"))
        marked = any(
            (attribute(p, "text-line-through-style") or "none") != "none"
            or attribute(p, "text-position")
            for part in own
            for p in part.iterfind("{*}style/{*}text-properties")
        )
        self._styles = Styles(own) if marked else None

    def struck(self, style: str) -> bool:
        """Whether what has the style is struck out."""
        return self._styles is not None and bool(self._styles.look(style).hidden)

    def shown(self, text: str, style: str) -> str:
        """A run's text as it counts."""
        if self._styles is None:
            return text
        look = self._styles.look(style)
        return "" if look.hidden else raised(text) if look.raised else text


class _Budget:
    """Counts down cells and characters over all sheets."""

    def __init__(self, limits: Limits) -> None:
        self._cells, self._characters = limits.cells, limits.characters

    def spend(self, cells: int, characters: int) -> None:
        self._cells -= cells
        self._characters -= cells * characters
        if self._cells < 0 or self._characters < 0:
            raise UnreadableError("limit", "cells" if self._cells < 0 else "characters")


def _sheet(table: Element, budget: _Budget, looks: _Looks) -> Sheet:
    sheet = Sheet(attribute(table, "name"))
    number = 0
    for row in table.iter("{*}table-row"):
        repeat = number_of(attributes(row), "number-rows-repeated")
        column = 0
        for cell in row:
            kind = local(cell)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            told = attributes(cell)
            wide = number_of(told, "number-columns-repeated")
            entry = _entry(cell, told, looks) if kind == "table-cell" else None
            if entry is not None:
                if looks.struck(told.get("style-name", "")):
                    entry = Entry(entry.text, STRUCK)
                budget.spend(wide * repeat, len(entry.text))
                for down in range(repeat):
                    for across in range(wide):
                        sheet.cells[number + down, column + across] = entry
            rows = number_of(told, "number-rows-spanned")
            columns = number_of(told, "number-columns-spanned")
            if rows * columns > 1 and kind == "table-cell":
                sheet.merges.append(
                    (number, column, number + rows - 1, column + columns - 1),
                )
            column += wide
        number += repeat
    return sheet


def _entry(cell: Element, told: Mapping[str, str], looks: _Looks) -> Entry | None:
    kind = told.get("value-type", "")
    if kind in _NUMBERS:
        value = told.get("value", "")
        if WHOLE.fullmatch(value):
            return Entry(value)
        try:
            return Entry(number_text(float(value)))
        except ValueError:
            pass
    if kind == "date":
        return Entry(told.get("date-value", "").removesuffix("T00:00:00").replace("T", " "))
    shown = "\n".join(_text(p, looks) for p in cell.iterchildren("{*}p")).strip()
    if shown:
        return Entry(shown)
    if told.get("formula") and not kind:
        return Entry("", NOT_CALCULATED)
    return None


def _text(paragraph: Element, looks: _Looks) -> str:
    """A paragraph's text with its blanks and line breaks; notes hang elsewhere."""
    if not len(paragraph):
        return paragraph.text or ""
    parts = [paragraph.text or ""]
    for child in paragraph:
        kind = local(child)
        if kind == "s":
            parts.append(" " * number_of(attributes(child), "c"))
        elif kind in ("tab", "line-break"):
            parts.append("\n" if kind == "line-break" else "\t")
        elif kind not in ("annotation", "ruby-text"):
            parts.append(looks.shown(_text(child, looks), attribute(child, "style-name")))
        parts.append(child.tail or "")
    return "".join(parts)


def _hidden_styles(root: Element) -> set[str]:
    """Names of the styles of sheets that are not shown."""
    return {
        attribute(style, "name")
        for style in root.iterfind("{*}automatic-styles/{*}style")
        for properties in style.iterchildren("{*}table-properties")
        if attribute(properties, "display") == "false"
    }
