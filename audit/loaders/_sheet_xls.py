"""Excel's binary workbooks (.xls, .et, .xlsb) → sheets, by calamine."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import olefile
import python_calamine as calamine

from audit.errors import UnreadableError
from audit.loaders._marks import OLE_MAGIC
from audit.loaders._raised import STRUCK
from audit.loaders._sheet_model import NOT_CALCULATED, Book, Entry, Sheet, moment_text, number_text
from audit.loaders._sheet_xls_looks import Looks, looks
from audit.loaders.base import Limits

#: Records of the workbook's stream.
_FORMULA, _END, _FILE_PASS, _SHEET = 0x06, 0x0A, 0x2F, 0x85
#: A formula's result that is no number: here, the empty string or nothing at all.
_EMPTY_RESULT = (3, 0xFFFF)


def read(data: bytes, limits: Limits) -> Book:
    """The workbook's visible sheets.

    Raises:
        UnreadableError: damaged, encrypted, or more cells than the limits allow.
    """
    stream = _stream(data) if data.startswith(OLE_MAGIC) else b""
    try:
        return Book(list(_sheets(data, stream, limits)), {})
    except calamine.PasswordError as error:
        raise UnreadableError("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError, struct.error) as error:
        raise UnreadableError("corrupt", str(error)) from error
    except BaseException as error:
        # Rust's panics are no Exception: calamine has them on some damaged files.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError("corrupt", str(error)) from error


def _sheets(data: bytes, stream: bytes, limits: Limits) -> Iterator[Sheet]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    starts = _starts(stream)
    uncalculated = dict(_uncalculated(stream, starts))
    told = looks(_records(stream, 0))
    visible = calamine.SheetVisibleEnum.Visible
    worksheet = calamine.SheetTypeEnum.WorkSheet
    left = limits.cells
    for number, kind in enumerate(book.sheets_metadata):
        if kind.visible == visible and kind.typ == worksheet:
            sheet = _sheet(book.get_sheet_by_index(number), left)
            for at in uncalculated.get(number, ()):
                sheet.cells.setdefault(at, Entry("", NOT_CALCULATED))
            if told:
                _as_seen(sheet, told, _records(stream, starts[number]))
            left -= len(sheet.cells)
            yield sheet


def _sheet(found: calamine.CalamineSheet, most: int) -> Sheet:
    sheet = Sheet(found.name)
    left = found.start[1] if found.start is not None else 0
    # Rows come one by one, from the sheet's first row and from its first filled column on.
    for row, values in enumerate(found.iter_rows()):
        for column, value in enumerate(values, left):
            if value != "":
                text = _text(value)
                if text.strip():
                    sheet.cells[row, column] = Entry(text)
        if len(sheet.cells) > most:
            raise UnreadableError("limit", "cells")
    for (first_row, first), (last_row, last) in found.merged_cell_ranges or ():
        sheet.merges.append((first_row, first, last_row, last))
    return sheet


def _stream(data: bytes) -> bytes:
    """The workbook's stream. Raises UnreadableError: damaged, encrypted, no workbook."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise UnreadableError("encrypted")
            name = next((n for n in ("Workbook", "Book") if ole.exists(n)), None)
            if name is None:
                raise UnreadableError("unknown_format", "no workbook inside")
            stream: bytes = ole.openstream(name).read()
    except (OSError, struct.error, IndexError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError("corrupt", str(error)) from error
    if any(kind == _FILE_PASS for kind, _ in _records(stream, 0)):
        raise UnreadableError("encrypted")
    return stream


def _as_seen(sheet: Sheet, told: Looks, records: Iterator[tuple[int, bytes]]) -> None:
    """Leave out or doubt what is struck out, set apart what is raised."""
    for at, struck, number in told.cells(records):
        entry = sheet.cells.get(at)
        if entry is not None:
            text = entry.text if number is None else told.shown(number, entry.text)
            sheet.cells[at] = Entry(text, STRUCK if struck else entry.doubt)


def _starts(stream: bytes) -> list[int]:
    """Where the sheets' records begin."""
    return [
        struct.unpack_from("<I", body)[0]
        for kind, body in _records(stream, 0)
        if kind == _SHEET and len(body) >= 6
    ]


def _uncalculated(stream: bytes, starts: list[int]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Cells whose formula has no result, by the sheet's number."""
    for number, start in enumerate(starts):
        found = [
            (int(row), int(column))
            for row, column, _, low, _, _, high in (
                struct.unpack_from("<HHHBB4sH", body)
                for kind, body in _records(stream, start)
                if kind == _FORMULA and len(body) >= 14
            )
            if (low, high) == _EMPTY_RESULT
        ]
        yield number, found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on to the end of that part of the stream: kind and body."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END:
            return
        at += 4 + length


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, (date, datetime, time, timedelta)):
        return moment_text(value)
    return ""
