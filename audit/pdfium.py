"""PDFs opened alike on every machine: characters of fonts that a file leaves out have boxes of our own.

pdfium measures the characters of fonts that are not embedded by fonts of the machine; where it has
no Chinese one, they have no height, and a character that stands alone in a line is dropped. So it
is given a font of one box for each character (`boxes.ttf`, made by `tests/loaders/make_font.py`).
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_CHINESE = frozenset(
    {
        pdfium.FXFONT_SHIFTJIS_CHARSET,
        pdfium.FXFONT_HANGEUL_CHARSET,
        pdfium.FXFONT_GB2312_CHARSET,
        pdfium.FXFONT_CHINESEBIG5_CHARSET,
    }
)
#: How pdfium knows the font later; any number but 0.
_HANDLE = 1


def opened(source: bytes | Path) -> Any:
    """A `pypdfium2.PdfDocument`; raises what that raises."""
    _fonts()
    return pypdfium2.PdfDocument(source)


def plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of `pypdfium2.raw` that takes addresses as plain numbers: for what is called often.

    Without `arguments` nothing is converted but int (to C's): twice as fast again, for calls with
    handles and `ctypes.byref` made beforehand.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


@cache
def _fonts() -> Any:
    """Have pdfium ask us for fonts; what is given back must live as long as pdfium does."""
    font = files("audit").joinpath("boxes.ttf").read_bytes()

    def mapped(_this: Any, _weight: int, _italic: int, charset: int, *_rest: Any) -> int | None:
        # Of Latin fonts pdfium has its own.
        return _HANDLE if charset in _CHINESE else None

    def data(_this: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
        if table:
            return 0
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    given = {
        "MapFont": mapped,
        "GetFontData": data,
        "GetFont": lambda _this, _face: None,
        "GetFaceName": lambda _this, _font, _buffer, _size: 0,
        "GetFontCharset": lambda _this, _font: pdfium.FXFONT_GB2312_CHARSET,
    }
    told = pdfium.FPDF_SYSFONTINFO(version=1)
    for name, kind in pdfium.FPDF_SYSFONTINFO._fields_[1:]:
        setattr(told, name, kind(given.get(name, lambda *_: None)))
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(told))
    return told
