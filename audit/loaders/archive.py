"""Zip archives → their members as files of their own, each readable or with the reason it is not."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from audit.errors import UnreadableError
from audit.loaders._zipkind import DAMAGE, zip_kind
from audit.loaders.base import Limits, Source

_CHUNK = 1 << 20
#: A member that grows this much, beyond a size that any text can have, is made to fill the disk.
_MOST_GROWTH, _HARMLESS = 200, 16 << 20
_NAMED_IN_UTF8, _ENCRYPTED = 0x800, 0x1
_JUNK = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
#: How archives begin that are none of ours: where, and with what (rar, 7z, gzip, bzip2, xz, cab, tar).
_OTHERS = (
    *((0, b"Rar!\x1a\x07"), (0, b"7z\xbc\xaf\x27\x1c"), (0, b"\x1f\x8b\x08"), (0, b"BZh")),
    *((0, b"\xfd7zXZ\0"), (0, b"MSCF\0\0\0\0"), (257, b"ustar")),
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member: where it was put, how outputs call it, or why it could not be unpacked."""

    path: Path
    name: str
    error: UnreadableError | None = None


def is_archive(source: Source) -> bool:
    """Whether the file is an archive of files, by content, whatever its name.

    Office documents are zips as well, and no archives; what is only named `.zip` is a broken one.

    Raises:
        UnreadableError: it is an archive of another kind (`archive`), or a package of pages (`ofd`).
    """
    try:
        head = source.head
    except OSError:
        return False
    if any(head[at:].startswith(mark) for at, mark in _OTHERS):
        raise UnreadableError("archive")
    kind = zip_kind(head, partial(_names, source))
    if kind == "ofd":
        raise UnreadableError("ofd")
    return kind == "zip" or (source.suffix == ".zip" and kind is None and bool(head))


def _names(source: Source) -> list[str] | None:
    """The names of a zip's members; None where it is damaged."""
    try:
        if zip_kind(source.head) != "zip":  # a document, of which its loader wants more
            return source.zipped.namelist()
        with zipfile.ZipFile(source.path) as archive:
            return archive.namelist()
    except DAMAGE:
        return None


@contextmanager
def unpacked(source: Source) -> Iterator[list[Member]]:
    """The members, in a folder that goes when the context ends; archives in it are unpacked too.

    Members are named `a.zip!folder/b.docx`. What a system leaves behind (`__MACOSX`, `~$…`) is not
    among them. A member that can't be unpacked is there with its error.

    Raises:
        UnreadableError: the archive itself is damaged, over the limits, or no archive.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        yield list(_Unpacker(Path(folder), source.limits).members(source.path, source.name, 1))


class _Unpacker:
    """Counts files and bytes over an archive and all archives within it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._bytes_left = limits.unpacked_mb * 2**20
        self._files = 0
        self._names: dict[str, int] = {}

    def members(self, path: Path, name: str, depth: int) -> Iterator[Member]:
        """The members of the archive at `path`. Raises UnreadableError if it is none."""
        if path.stat().st_size > self._limits.file_mb * 2**20:
            raise UnreadableError("limit", f"> {self._limits.file_mb} MB")
        try:
            archive = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise UnreadableError("corrupt", str(error)) from error
        with archive:
            found = [(i, n) for i in archive.infolist() if (n := _name(i)) and not i.is_dir()]
            if self._files + len(found) > self._limits.members:
                raise UnreadableError("limit", f"> {self._limits.members} files")
            for info, inside in found:
                self._files += 1
                yield from self._member(archive, info, self._unique(f"{name}!{inside}"), depth)

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member]:
        suffix = PurePosixPath(name).suffix.lower()
        plain = suffix if _SUFFIX.fullmatch(suffix) else ""
        member = Member(self._folder / f"{self._files}{plain}", name)
        try:
            self._inflate(archive, info, member.path)
            if not is_archive(Source(member.path, name)):
                yield member
                return
            if depth >= self._limits.depth:
                raise UnreadableError("limit", f"archives nested {depth + 1} deep")
            yield from self.members(member.path, name, depth + 1)
        except UnreadableError as error:
            yield replace(member, error=error)

    def _inflate(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
        """Write a member out, counting what comes and not what the archive says will come."""
        # The file is there even if nothing gets into it: readers take its size and digest.
        with target.open("wb") as out:
            if info.flag_bits & _ENCRYPTED:
                raise UnreadableError("encrypted")
            written = 0
            try:
                with archive.open(info) as stream:
                    while chunk := stream.read(_CHUNK):
                        written += len(chunk)
                        self._spend(len(chunk), written, info.compress_size)
                        out.write(chunk)
            except NotImplementedError as error:
                raise UnreadableError("unknown_format", str(error)) from error
            except DAMAGE as error:
                raise UnreadableError("corrupt", str(error)) from error

    def _spend(self, size: int, written: int, packed: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise UnreadableError("limit", f"> {self._limits.unpacked_mb} MB unpacked")
        if written > self._limits.file_mb * 2**20:
            raise UnreadableError("limit", f"> {self._limits.file_mb} MB")
        if written > max(_HARMLESS, _MOST_GROWTH * packed):
            raise UnreadableError("limit", f"grows {written // max(packed, 1)} times")

    def _unique(self, name: str) -> str:
        """The name, numbered where an archive has it twice."""
        times = self._names[name] = self._names.get(name, 0) + 1
        return name if times == 1 else f"{name} ({times})"


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker saw it; empty for what is no document."""
    name = info.filename
    if not info.flag_bits & _NAMED_IN_UTF8:
        name = _repaired(name)
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    if not parts or "__MACOSX" in parts or parts[-1].lower() in _JUNK:
        return ""
    return "" if parts[-1].startswith(("~$", ".", "._")) else "/".join(parts)


def _repaired(name: str) -> str:
    """Names without the UTF-8 mark are taken for cp437, and are GBK or unmarked UTF-8 instead."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
