"""From a file to the loader that reads it: by content first, by suffix where content is silent.

A format is a module of this package with a function `load`, and an entry in `LOADERS`.
"""

from __future__ import annotations

from audit.errors import UnreadableError
from audit.loaders import _kinds as kinds
from audit.loaders.base import Loader, Source

HEAD_BYTES = 8192

#: All formats, in the order in which content is asked.
LOADERS = (
    Loader("doc", (".doc", ".wps", ".dot", ".wpt", ".mht", ".mhtml"), kinds.doc),
    Loader("docx", (".docx", ".docm", ".dotx", ".dotm"), kinds.docx),
    Loader("html", (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), kinds.html),
    Loader("image", (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"), kinds.image),
    Loader("odt", (".odt", ".ott", ".fodt"), kinds.odt),
    Loader("pdf", (".pdf",), kinds.pdf),
    Loader("rtf", (".rtf",), kinds.rtf),
    Loader(
        "sheet",
        (".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".xlsb"),
        kinds.sheet,
    ),
    Loader("text", (".txt", ".text", ".md"), kinds.text),
    Loader("tidy", (".csv", ".tsv", ".json", ".parquet"), kinds.tidy),
)


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
        with source.path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
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
