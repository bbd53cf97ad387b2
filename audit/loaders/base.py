"""What every loader is given and what it declares of itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from audit.document import Document

if TYPE_CHECKING:
    import pandas as pd

HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may take. The defaults let the largest real report pass ten times over."""

    #: Seconds of wall time for reading one file.
    seconds: float = 120.0
    #: Mebibytes of memory the reading process may use.
    memory_mb: int = 2048
    #: Mebibytes a file may have on disk, and unpacked (archives and office files alike).
    file_mb: int = 200
    unpacked_mb: int = 500
    #: Pages, table cells and characters one document may have.
    pages: int = 500
    cells: int = 200_000
    characters: int = 5_000_000
    #: Members of an archive, and how deep archives and tables may nest.
    members: int = 2_000
    depth: int = 4


@dataclass(frozen=True)
class Source:
    """One file to be read: `path` is where it lies, `name` how outputs call it."""

    path: Path
    name: str
    limits: Limits = field(default_factory=Limits)
    #: Read pictures and scans, if the extra `ocr` is installed.
    ocr: bool = True
    #: LibreOffice's program; None looks for it on PATH.
    office: str | None = None
    #: Files with the pages that follow (pictures).
    pages: tuple[Path, ...] = ()
    #: A folder of files that LibreOffice has converted already, by digest.
    converted: Path | None = None

    @cached_property
    def head(self) -> bytes:
        """What formats are told by: the file's first 8 KiB."""
        with self.path.open("rb") as stream:
            return stream.read(HEAD_BYTES)

    @cached_property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()

    @cached_property
    def zipped(self) -> zipfile.ZipFile:
        """The file as a zip, all of it in memory; raises what `zipfile` does (`_zipkind.DAMAGE`)."""
        return zipfile.ZipFile(io.BytesIO(self.data))

    @cached_property
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True)
class Tidy:
    """Cells as `extract` writes them: a frame with the columns of `TIDY_COLUMNS` plus `line`.

    `frame` (one row per cell): unit, table, row, column, raw, file, location as str; year, edition,
    line as Int64; value as Float64. Missing is missing. `line` is the row's line in a text file
    (from 1) and missing where the format has no lines.
    """

    file: str
    frame: pd.DataFrame


TIDY_COLUMNS = (
    "unit",
    "year",
    "edition",
    "table",
    "row",
    "column",
    "value",
    "raw",
    "file",
    "location",
)

Loaded = Document | Tidy


@dataclass(frozen=True)
class Loader:
    """One format. `sniff` looks at the first 8 KiB; the function `load` of the module `reader` reads."""

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    reader: str

    def load(self, source: Source) -> Iterator[Loaded]:
        """What a file holds; only now is imported what reads it.

        Raises:
            UnreadableError: it can't be read, for one of `audit.errors.REASONS`; nothing else for
                bad input.
        """
        found: Iterator[Loaded] = self.module().load(source)
        return found

    def module(self) -> ModuleType:
        """The module that reads the format."""
        return import_module(self.reader)
