"""Paths of the call → files to read, in a fixed order, each path accounted for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

#: Files that lie beside reports and are none; only met in folders, never when named themselves.
NOT_REPORTS = frozenset(
    {
        *{".md", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".lock", ".log", ".license"},
        *{".py", ".pyc", ".sh", ".bat", ".ps1", ".js", ".css", ".sarif"},
        *{".svg", ".ico", ".gif", ".mp3", ".mp4", ".exe", ".dll", ".db", ".sqlite", ".bak", ".tmp"},
    }
)
IGNORED_FOLDERS = frozenset({"__pycache__", "__MACOSX", "node_modules"})
IGNORED_FILES = frozenset({"Thumbs.db", "desktop.ini", "LICENSE", "Makefile"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file met: where it lies, how outputs call it, and the reason's key if it is not read."""

    path: Path
    name: str
    skipped: str | None = None


def find(
    paths: Iterable[Path],
    exclude: Iterable[str] = (),
    but: Iterable[Path] = (),
    taken: Iterable[Path] = (),
) -> list[Found]:
    """Every file under the paths once, folders walked in order of names, links to folders not.

    `exclude` holds globs against the name shown; `but` are files and folders that are no reports (the roster,
    the configuration, a folder of outputs); `taken` are files met before, in another role.
    """
    others = {p.resolve() for p in but}
    globs = tuple(exclude)
    seen = {p.resolve() for p in taken}
    found: list[Found] = []
    for path in paths:
        for one in _walk(path):
            real = one.path.resolve()
            if real in seen:
                continue
            seen.add(real)
            inside = real in others or not others.isdisjoint(real.parents)
            shut_out = inside or any(fnmatch(one.name, g) for g in globs)
            found.append(Found(one.path, one.name, "not_format") if shut_out else one)
    return found


def _walk(path: Path) -> Iterator[Found]:
    if not path.is_dir():
        yield Found(path, _shown(path))
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(
            f for f in folders if f not in IGNORED_FOLDERS and not f.startswith(".")
        )
        for name in sorted(files):
            if name.startswith((".", "~$")) or name in IGNORED_FILES:
                continue
            one = Path(folder) / name
            reason = "not_format" if one.suffix.lower() in NOT_REPORTS else None
            yield Found(one, _shown(one), reason)


def _shown(path: Path) -> str:
    """A path as outputs call it; names in GBK, of archives unpacked elsewhere, are told as such."""
    raw = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
