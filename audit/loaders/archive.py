"""Archives: their members as files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.errors import UnreadableError
from audit.loaders.base import Source


@dataclass(frozen=True, slots=True)
class Member:
    """A member: where it was put, how outputs call it, or why it could not be unpacked."""

    path: Path
    name: str
    error: UnreadableError | None = None


def is_archive(source: Source) -> bool:
    """Whether the file is an archive of reports."""
    return source.suffix == ".zip"


@contextmanager
def unpacked(source: Source) -> Iterator[list[Member]]:
    """The members, in a folder that goes when the context ends."""
    yield []
