"""`write(truth, path, layout)`: a report document in the format of the path's suffix."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from tests.builder.truth import ReportTruth

#: Suffix → the module of `tests.builder.writers` that makes it.
WRITERS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".csv": "tidy",
    ".json": "tidy",
    ".doc": "office",
    ".odt": "office",
    ".rtf": "office",
    ".ods": "office",
    ".xls": "office",
    ".png": "scan",
    # A PDF of pictures; written to a path that ends in .pdf.
    ".scan": "scan",
}


def layouts(suffix: str) -> tuple[str, ...]:
    """The layouts a format can be written in, the plainest first."""
    return tuple(_writer(suffix).LAYOUTS)


def encode(truth: ReportTruth, suffix: str, layout: str | None = None) -> bytes:
    """A report as the bytes of a file; without a layout, in the format's plainest one.

    Raises:
        KeyError: the format has no writer, or no such layout.
        OfficeError: the format is made by LibreOffice, which is not installed.
    """
    if truth.raw is not None:
        return truth.raw
    writer = _writer(suffix)
    if layout is not None and layout not in writer.LAYOUTS:
        raise KeyError(f"{suffix} has no layout {layout}: {', '.join(writer.LAYOUTS)}")
    done: bytes = writer.encode(truth, layout or next(iter(writer.LAYOUTS)), suffix)
    return done


def write(truth: ReportTruth, path: Path, layout: str | None = None) -> Path:
    """Write a report to a file; see `encode`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(truth, path.suffix.lower(), layout))
    return path


def _writer(suffix: str) -> Any:
    return importlib.import_module(f"tests.builder.writers.{WRITERS[suffix]}")
