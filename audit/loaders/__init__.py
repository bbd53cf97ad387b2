"""From a file to the loader that reads it: by content first, by suffix where content is silent.

Every module of this package that has a `LOADER` is one format; a new format is a new module.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from audit.errors import UnreadableError
from audit.loaders.base import Loader, Source

HEAD_BYTES = 8192


@cache
def loaders() -> tuple[Loader, ...]:
    """All loaders, in the order of their modules' names."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        loader = getattr(importlib.import_module(f"{__name__}.{module.name}"), "LOADER", None)
        if isinstance(loader, Loader):
            found.append(loader)
    return tuple(found)


def loader_for(source: Source) -> Loader:
    """The loader of a file.

    Raises:
        UnreadableError: the file is empty, missing, over the size limit or of no known kind.
    """
    try:
        size = source.path.stat().st_size
        with source.path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableError("missing", error.strerror or "") from error
    if size > source.limits.file_mb * 2**20:
        raise UnreadableError("limit", f"{size / 2**20:.0f} MB > {source.limits.file_mb} MB")
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("empty")
    named = [loader for loader in loaders() if source.suffix in loader.suffixes]
    for loader in (*named, *loaders()):
        if loader.sniff(head):
            return loader
    if named:
        return named[0]
    raise UnreadableError("unknown_format")
