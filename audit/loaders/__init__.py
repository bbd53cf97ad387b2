"""From a file to the loader that reads it: by content first, by suffix where content is silent.

A format is a module of `formats` with a `LOADER`. It names the module that reads it, which may be
itself: that one is imported when the first such file is met.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from audit.errors import UnreadableError
from audit.loaders import formats
from audit.loaders.base import Loader, Source


def _all() -> tuple[Loader, ...]:
    found = []
    for module in iter_modules(formats.__path__):
        loader = import_module(f"{formats.__name__}.{module.name}").LOADER
        assert isinstance(loader, Loader)
        found.append(loader)
    return tuple(found)


#: All formats, in the order in which content is asked.
LOADERS = _all()


def import_all() -> None:
    """Import what reads any format, for processes that many files are given to."""
    for loader in LOADERS:
        loader.module()


def loader_for(source: Source) -> Loader:
    """The loader of a file.

    Raises:
        UnreadableError: the file is empty, missing, over the size limit or of no known kind.
    """
    try:
        size = source.path.stat().st_size
        head = source.head
    except OSError as error:
        raise UnreadableError("missing", error.strerror or "") from error
    if size > source.limits.file_mb * 2**20:
        raise UnreadableError("limit", f"{size / 2**20:.0f} MB > {source.limits.file_mb} MB")
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError("empty")
    named = [loader for loader in LOADERS if source.suffix in loader.suffixes]
    for loader in (*named, *LOADERS):
        if loader.sniff(head):
            return loader
    if named:
        return named[0]
    raise UnreadableError("unknown_format")
