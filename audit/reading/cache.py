"""Readings kept from run to run in `.nianbao_cache/`: content + name + code + ways → what was read.

A cache in a folder that somebody else made could say anything. So its file is named after, and its
entries are sealed with, a secret of the user's own that lies outside the data; entries are JSON,
which can't run anything. Whatever is wrong with the cache, the file is read instead.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import sys
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from audit.fingerprint import of_ways, program
from audit.reading.one_file import Task, Ways
from audit.reading.packed import Packed, plain, unplain

#: Bytes kept in all, and of one file; the entries used last stay.
MOST = 512 * 2**20
MOST_ONE = 16 * 2**20
#: Bytes an entry may unpack to.
_UNPACKED = 256 * 2**20
_BATCH = 64
#: Reasons that say something of the file itself; others may be gone next time.
_LASTING = frozenset(
    {None, "empty", "corrupt", "encrypted", "unknown_format", "no_text"}
    | {"archive", "ofd", "not_report", "unit_list", "no_unit", "no_year", "old_form"}
)
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS readings "
    "(key BLOB PRIMARY KEY, seal BLOB, body BLOB, size INTEGER, used INTEGER)"
)


class Cache:
    """One run's door to the readings kept in a folder; closed by `with`."""

    def __init__(self, folder: Path, ways: Ways) -> None:
        """Without a place for the secret, or a folder of our own, nothing is kept."""
        self._secret = _secret()
        self._base = f"{program()}\n{of_ways(ways)}"
        self._put: list[tuple[bytes, bytes, bytes, int, int]] = []
        self._used: list[bytes] = []
        self._path: Path | None = None
        self._store: sqlite3.Connection | None = None
        if self._secret is not None and _is_ours(folder):
            name = hmac.new(self._secret, b"name", hashlib.sha256).hexdigest()[:16]
            self._path = folder / f"readings-{name}.sqlite3"
            self._open()

    def __enter__(self) -> Cache:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is still to be kept, and drop what is over the size."""
        self._flush()
        with suppress(sqlite3.Error):
            if self._store is not None:
                self._touch(self._store)
                self._shrink(self._store)
                self._store.close()

    def has(self, task: Task, digest: str) -> bool:
        """Whether something is kept for this file; what it is worth `find` tells."""
        if self._store is None:
            return False
        try:
            found = self._store.execute(
                "SELECT 1 FROM readings WHERE key = ?", (self._key(task, digest),)
            ).fetchone()
        except sqlite3.DatabaseError as error:
            self._spoilt(error)
            return False
        return found is not None

    def find(self, task: Task, digest: str) -> list[Packed] | None:
        """What was read of this file before; None if it must be read."""
        key = self._key(task, digest)
        try:
            if self._store is None:
                return None
            row = self._store.execute(
                "SELECT seal, body FROM readings WHERE key = ?", (key,)
            ).fetchone()
            if row is None or not hmac.compare_digest(self._seal(key, row[1]), row[0]):
                return None
            readings = unplain(json.loads(_unpacked(row[1])), task.role)
        except sqlite3.DatabaseError as error:
            self._spoilt(error)
            return None
        except (ValueError, TypeError, LookupError, zlib.error):
            return None
        self._used.append(key)
        return readings

    def keep(self, task: Task, digest: str, readings: Sequence[Packed]) -> None:
        """Keep what was read of a file, unless it may be otherwise next time."""
        if self._store is None or not all(_lasts(r) for r in readings):
            return
        body = zlib.compress(json.dumps([plain(r) for r in readings]).encode(), 1)
        if len(body) > MOST_ONE:
            return
        key = self._key(task, digest)
        self._put.append((key, self._seal(key, body), body, len(body), int(time.time())))
        if len(self._put) >= _BATCH:
            self._flush()

    def _key(self, task: Task, digest: str) -> bytes:
        name = task.name.encode("utf-8", "surrogatepass")
        return hashlib.sha256(f"{self._base}\n{digest}\n".encode() + name).digest()

    def _seal(self, key: bytes, body: bytes) -> bytes:
        assert self._secret is not None
        return hmac.new(self._secret, key + body, hashlib.sha256).digest()

    def _open(self) -> None:
        assert self._path is not None
        try:
            self._path.parent.mkdir(exist_ok=True)
            ignore = self._path.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self._store = sqlite3.connect(self._path, timeout=10)
            self._store.execute("PRAGMA trusted_schema = OFF")
            self._store.execute("PRAGMA synchronous = OFF")  # a lost cache is a slow run, no more
            with self._store:
                self._store.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            self._spoilt(error)
        except OSError:
            self._store = None

    def _flush(self) -> None:
        if self._store is None or not self._put:
            return
        try:
            with self._store:
                self._store.executemany(
                    "INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", self._put
                )
        except sqlite3.DatabaseError as error:
            self._spoilt(error)
        self._put.clear()

    def _touch(self, store: sqlite3.Connection) -> None:
        now = int(time.time())
        with store:
            store.executemany(
                "UPDATE readings SET used = ? WHERE key = ?", [(now, k) for k in self._used]
            )

    def _shrink(self, store: sqlite3.Connection) -> None:
        """Drop what was used longest ago until the rest fits."""
        total = store.execute("SELECT coalesce(sum(size), 0) FROM readings").fetchone()[0]
        if total <= MOST:
            return
        gone: list[tuple[bytes]] = []
        for key, size in store.execute("SELECT key, size FROM readings ORDER BY used, rowid"):
            if total <= MOST * 0.9:
                break
            gone.append((key,))
            total -= size
        with store:
            store.executemany("DELETE FROM readings WHERE key = ?", gone)

    def _spoilt(self, error: sqlite3.DatabaseError) -> None:
        """A damaged file is thrown away and begun anew; one that is locked or full is let be."""
        store, self._store = self._store, None
        if store is not None:
            with suppress(sqlite3.Error):
                store.close()
        if isinstance(error, sqlite3.OperationalError) or self._path is None:
            return
        path, self._path = self._path, None
        with suppress(OSError):
            path.unlink()
            self._path = path
            self._open()


def _lasts(reading: Packed) -> bool:
    return reading.crash is None and reading.reason in _LASTING and not reading.blocks


def _unpacked(body: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(body, _UNPACKED)
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return text


def _is_ours(folder: Path) -> bool:
    """Whether the folder is not there yet, or is a plain one of this user's."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    plain_folder = folder.is_dir() and not folder.is_symlink()
    return plain_folder and (sys.platform == "win32" or found.st_uid == os.getuid())


def _secret() -> bytes | None:
    """This user's secret, made where there is none; None where it can't be kept."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_STATE_HOME") or (
            str(Path(os.environ["HOME"]) / ".local/state") if os.environ.get("HOME") else None
        )
    if not base:
        return None
    path = Path(base) / "nianbao" / "cache.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(secrets.token_bytes(32))
        found = path.read_bytes()
    except OSError:
        return None
    return found if len(found) == 32 else None
