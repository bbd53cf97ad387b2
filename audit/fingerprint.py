"""What a reading depends on beside the file: our own code, the libraries, the ways of the call."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from audit.loaders.base import Source
from audit.reading.one_file import Task, Ways, digest

#: Libraries whose versions may change what is read.
_LIBRARIES = (
    *("pypdfium2", "lxml", "selectolax", "python-calamine", "olefile", "openpyxl"),
    *("opencc-python-reimplemented", "cn2an", "PyYAML", "numpy", "pandas", "pyarrow"),
    *("rapidocr", "onnxruntime", "opencv-python", "opencv-python-headless"),
)
_CODE = frozenset({".py", ".yaml", ".json", ".csv", ".txt"})


@cache
def program() -> str:
    """SHA-256 over our own files, the libraries' versions and Python's: the same reads the same.

    The files themselves, not a version that somebody must remember to raise: an entry of other code
    is never taken for one of this.
    """
    hashed = hashlib.sha256(sys.version.encode())
    for name, path in _own_files():
        hashed.update(f"{name}\0".encode())
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    hashed.update(json.dumps([_version(name) for name in _LIBRARIES]).encode())
    return hashed.hexdigest()


def of_ways(ways: Ways) -> str:
    """SHA-256 over what of a call changes readings: limits, helpers, roster, patterns."""
    from audit.loaders._office_program import found
    from audit.ocr import available

    told = [
        asdict(ways.limits),
        ways.ocr and available(),
        _program_file(found(ways.office)),
        ways.mark,
    ]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def of_file(task: Task, ways: Ways) -> str | None:
    """The digest of a task's file or pages; None for what is no plain file or over the limit."""
    return digest(Source(task.path, task.name, ways.limits, pages=task.pages)) or None


def _program_file(path: str | None) -> list[object]:
    """A helper's path, size and date: another version of it is another helper."""
    if path is None:
        return []
    try:
        told = Path(path).resolve().stat()
    except OSError:
        return [path]
    return [path, told.st_size, told.st_mtime_ns]


def _own_files() -> Iterator[tuple[str, Path]]:
    import audit
    import rules

    for package in (audit, rules):
        base = Path(package.__path__[0])
        for path in sorted(base.rglob("*")):
            if path.suffix in _CODE and path.is_file():
                yield path.relative_to(base.parent).as_posix(), path


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
