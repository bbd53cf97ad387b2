"""Paths of the call → files to read, in a fixed order, each path accounted for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path, PurePath

from audit.pages import together

#: Files that lie beside reports and are none; only met in folders, never when named themselves.
NOT_REPORTS = frozenset(
    {
        *{".md", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".lock", ".log", ".license"},
        *{".py", ".pyc", ".sh", ".bat", ".ps1", ".js", ".css", ".sarif"},
        *{".svg", ".ico", ".gif", ".mp3", ".mp4", ".exe", ".dll", ".db", ".sqlite", ".bak", ".tmp"},
    }
)
#: Folders that belong to programs; what lies in them is not counted as met.
IGNORED_FOLDERS = frozenset({"__pycache__", "__MACOSX", "node_modules"})
#: What systems and office programs leave beside files.
_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"})
_LOCKS = ("~$", "._", ".~")
_NO_SUFFIX = frozenset({"LICENSE", "Makefile"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file met: where it lies, how outputs call it, and why it is not read.

    `skipped` is the reason's key for what is no report; `refused` for what may be one and can't be
    read (finding F001).
    """

    path: Path
    name: str
    skipped: str | None = None
    refused: str | None = None
    #: The pictures of the same report's other pages.
    pages: tuple[Path, ...] = ()


def find(
    paths: Iterable[Path],
    exclude: Iterable[str] = (),
    but: Iterable[Path] = (),
    taken: Iterable[Path] = (),
) -> list[Found]:
    """Every file under the paths once, folders walked in order of names, no two called alike.

    `exclude` holds globs against the name shown; `but` are files and folders that are no reports (the roster,
    the configuration, a folder of outputs); `taken` are files met before, in another role. Links are
    followed to files under the paths alone: a folder from a stranger may point anywhere.
    """
    paths = list(paths)
    others = {_real(p) for p in but}
    roots = [_real(p) for p in paths]
    globs = tuple(exclude)
    seen = {at: "" for p in taken for at in (_real(p), _stands(p))}
    found: list[Found] = []
    names: Counter[str] = Counter()
    for one in (f for path in paths for f in _walk(path, roots)):
        real = _stands(one.path) if one.refused or one.skipped else _real(one.path)
        if real in seen:
            if seen[real] in ("", one.name):
                continue  # met in another role, or by another path of the call
            one = replace(one, skipped="link")
        seen.setdefault(real, one.name)
        inside = real in others or not others.isdisjoint(real.parents)
        if inside or any(fnmatch(one.name, g) for g in globs):
            one = replace(one, skipped="set_aside", refused=None)
        names[one.name] += 1
        if names[one.name] > 1:
            suffix = PurePath(one.name).suffix
            stem = one.name.removesuffix(suffix)
            one = replace(one, name=f"{stem} ({names[one.name]}){suffix}")
        found.append(one)
    return _bound(found)


def _bound(found: Sequence[Found]) -> list[Found]:
    """Pictures of one report's pages as its first page; the others are met and read with it."""
    told = together(["" if f.skipped or f.refused else f.name for f in found])
    rest = {page for pages in told.values() for page in pages}
    return [
        replace(one, skipped="page")
        if number in rest
        else replace(one, pages=tuple(found[page].path for page in told.get(number, ())))
        for number, one in enumerate(found)
    ]


def _walk(path: Path, roots: Sequence[Path]) -> Iterator[Found]:
    """A file, or the files of a folder and its folders: those of a folder first, then deeper ones."""
    if not path.is_dir():
        yield Found(path, _shown(path))
        return
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda e: e.name)
        except OSError:
            yield Found(folder, _shown(folder), refused="folder")
            continue
        deeper = []
        for entry in inside:
            if _is_folder(entry):
                if entry.name not in IGNORED_FOLDERS and not entry.name.startswith("."):
                    deeper.append(Path(entry.path))
            else:
                yield _entry(entry, roots)
        folders += reversed(deeper)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _entry(entry: os.DirEntry[str], roots: Sequence[Path]) -> Found:
    """What is met in a folder and is no folder."""
    path = Path(entry.path)
    name = _shown(path)
    if entry.name.startswith(_LOCKS) or entry.name.lower() in _LEFT_BEHIND:
        return Found(path, name, skipped="left_behind")
    if entry.name.startswith(".") or entry.name in _NO_SUFFIX or path.suffix.lower() in NOT_REPORTS:
        return Found(path, name, skipped="not_format")
    if not entry.is_symlink():
        return Found(path, name)
    real = _real(path)
    if not any(real == root or root in real.parents for root in roots):
        return Found(path, name, refused="link_outside")
    return Found(path, name, skipped="link" if real.is_dir() else None)


def _real(path: Path) -> Path:
    """Where a path leads; a link that leads round in circles leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _stands(path: Path) -> Path:
    """Where a link itself lies."""
    return _real(path.parent) / path.name


def _shown(path: Path) -> str:
    """A path as outputs call it; names in GBK, of archives unpacked elsewhere, are told as such."""
    raw = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
