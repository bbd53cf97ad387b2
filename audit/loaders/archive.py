"""Archives (zip): their members as files of their own, within limits and inside one folder."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from audit.errors import UnreadableError
from audit.loaders.base import Limits, Source

#: Members by which a zip is known to be an office document, not an archive of reports.
_OFFICE = frozenset({"[Content_Types].xml", "mimetype"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A member: where it was put, how outputs call it, or why it could not be unpacked."""

    path: Path
    name: str
    error: UnreadableError | None = None


def is_archive(source: Source) -> bool:
    """Whether the file is a zip that is no office document; by content, whatever its name."""
    try:
        with source.path.open("rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
        with zipfile.ZipFile(source.path) as archive:
            return not _OFFICE & {i.filename for i in archive.infolist()[:50]}
    except (OSError, zipfile.BadZipFile):
        return source.suffix == ".zip" and source.path.is_file()


@contextmanager
def unpacked(source: Source) -> Iterator[list[Member]]:
    """The members of an archive and of archives in it, in a folder that goes with the context.

    A member that can't be unpacked is there with its error; the others are whole.

    Raises:
        UnreadableError: the archive itself is damaged, or has too many members.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        yield _Unpacking(Path(folder), source.limits).members(source.path, source.name, 1)


@dataclass
class _Unpacking:
    """One archive's unpacking: the budget of bytes and members is shared by archives inside."""

    folder: Path
    limits: Limits
    _bytes: int = field(default=0)
    _count: int = field(default=0)

    def members(self, path: Path, name: str, depth: int) -> list[Member]:
        try:
            with zipfile.ZipFile(path) as archive:
                found: list[Member] = []
                for info in archive.infolist():
                    found += self._member(archive, info, name, depth)
                return found
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError("corrupt", str(error)[:80]) from error

    def _member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int
    ) -> list[Member]:
        inner = PurePosixPath(_readable(info))
        if info.is_dir() or _beside(inner):
            return []
        self._count += 1
        if self._count > self.limits.members:
            raise UnreadableError("limit", f"> {self.limits.members} 个文件")
        told = f"{name}!{inner.as_posix().lstrip('/')}"
        # Members are numbered: no name from inside an archive ever becomes a path.
        target = self.folder / f"{self._count:06}{inner.suffix.lower()[:12]}"
        try:
            self._inflate(archive, info, target)
        except UnreadableError as error:
            return [Member(target, told, error)]
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
            return [Member(target, told, UnreadableError("corrupt", str(error)[:80]))]
        if inner.suffix.lower() == ".zip":
            if depth >= self.limits.depth:
                return [Member(target, told, UnreadableError("limit", "嵌套过深"))]
            try:
                return self.members(target, told, depth + 1)
            except UnreadableError as error:
                return [Member(target, told, error)]
        return [Member(target, told)]

    def _inflate(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
        if info.flag_bits & 1:
            raise UnreadableError("encrypted")
        most = self.limits.unpacked_mb * 2**20
        with archive.open(info) as stream, target.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                self._bytes += len(chunk)
                if self._bytes > most:  # counted as it comes: headers may lie
                    raise UnreadableError("limit", f"解压后 > {self.limits.unpacked_mb} MB")
                out.write(chunk)


def _readable(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows tools write GBK where the standard says cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _beside(inner: PurePosixPath) -> bool:
    return "__MACOSX" in inner.parts or inner.name.startswith((".", "~$")) or not inner.name
