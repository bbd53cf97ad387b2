"""Whether a file's raw bytes look like Word 6/95, which only LibreOffice reads; nothing is parsed."""

from __future__ import annotations

import stat
from pathlib import Path

from audit.loaders._marks import OLE_MAGIC
from audit.loaders.base import Limits

SUFFIXES = (".doc", ".wps", ".dot", ".wpt")
#: A stream begins a sector. Word's begins with its mark and version: 101 to 105, or Word 97's.
_SECTOR = 512
_OLD = frozenset(b"\xdc\xa5%c\0" % version for version in range(101, 106))
_NEW = b"\xec\xa5"
#: Word puts its stream first, others after small ones; a mark beyond this costs only time.
_LOOKED_AT = 1 << 20


def is_old_word(path: Path, limits: Limits) -> bool:
    """A guess from the bytes; false for what is no plain file, or too large to be read at all.

    A file that holds a Word 97 stream as well is not for this: which of them is the document, and
    which only embedded in it, takes a reader to tell.
    """
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > limits.file_mb * 2**20:
            return False
        with path.open("rb", buffering=0) as stream:
            start = stream.read(min(seen.st_size, _LOOKED_AT))
    except (OSError, ValueError):
        return False
    if not start.startswith(OLE_MAGIC):
        return False
    firsts = {start[at : at + 4] for at in range(0, len(start), _SECTOR)}
    return not _OLD.isdisjoint(firsts) and not any(one.startswith(_NEW) for one in firsts)
