"""Where LibreOffice's program is; apart from what uses it, as the cache asks too."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_PROGRAMS = ("soffice", "libreoffice", "soffice.com", "soffice.exe")
_WINDOWS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)


def found(office: str | None = None) -> str | None:
    """LibreOffice's program: the one named, else on PATH, else where it is usually installed."""
    if office is not None:
        return shutil.which(office)
    usual = [
        str(Path(os.environ[name]) / "LibreOffice" / "program" / "soffice.com")
        for name in _WINDOWS
        if name in os.environ
    ]
    return next(filter(None, map(shutil.which, (*_PROGRAMS, *usual, *_ELSEWHERE))), None)
