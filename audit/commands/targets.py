"""Where outputs go: `-o` in its forms told apart, files whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from audit.errors import UsageError
from audit.reporters import Reporter, reporters
from audit.reporters.base import needs_file
from rules.vocabulary import Text

#: Endings that are taken for text where no format is named.
_TEXT = frozenset({"", ".txt", ".log"})
_OPEN = Text(
    "请关闭正在打开它的程序（如 Excel、Word）并检查权限后重试",
    "close the program that has it open (Excel, Word) and check the permissions",
)

Target = tuple[str, Path | None]


def targets(formats: Sequence[str], outputs: Sequence[str]) -> list[Target]:
    """What to write where: `FORMAT:FILE` pairs, or one format and one file; None is the screen.

    Raises:
        UsageError: formats and files do not go together, or a file can't be one.
    """
    if not formats and not outputs:
        return [("text", None)]
    known = reporters()
    parted = [_parted(output, known) for output in outputs]
    found: list[Target] = [(name, path) for name, path in parted if name]
    plain = [path for name, path in parted if not name]
    if len(plain) > 1 or (plain and len(formats) > 1):
        raise UsageError(
            Text(
                "多个输出文件要写明各自的格式",
                "several output files need a format each",
            ),
            Text("例如 -o json:结果.json -o html:结果.html", "e.g. -o json:a.json -o html:a.html"),
        )
    if plain:
        found.append((formats[0] if formats else _guess(plain[0], known), plain[0]))
    else:
        found += [(f, None) for f in formats]
    for name, path in found:
        _check(known[name], path, found)
    return found


def _parted(output: str, known: Mapping[str, Reporter]) -> tuple[str, Path]:
    """Format and file; no format where none is named. A single letter is a drive of Windows."""
    head, colon, tail = output.partition(":")
    named = colon and len(head) > 1 and head.isascii() and head.isalpha()
    if not named:
        if not output:
            raise UsageError(Text("-o 没有写明文件", "-o names no file"))
        return "", Path(output)
    if head not in known:
        raise UsageError(
            Text(f"-o {output}: 没有 {head} 这种格式", f"-o {output}: there is no format {head}"),
            _listed(known),
        )
    if not tail:
        raise UsageError(Text(f"-o {output}: 没有写明文件", f"-o {output}: no file is named"))
    return head, Path(tail)


def _listed(known: Mapping[str, Reporter]) -> Text:
    names = " ".join(known)
    return Text(f"可用的格式：{names}", f"formats: {names}")


def _guess(path: Path, known: Mapping[str, Reporter]) -> str:
    ending = path.suffix.lower()
    if ending in _TEXT or path.is_dir():
        return "text"
    for name, reporter in known.items():
        if reporter.suffix == ending:
            return name
    raise UsageError(
        Text(
            f"-o {path}: 从 {ending} 看不出要哪种格式",
            f"-o {path}: {ending} does not tell the format",
        ),
        Text(
            f"请写成 -o 格式:文件，或加 -f。{_listed(known).zh}",
            f"write -o FORMAT:FILE, or add -f; {_listed(known).en}",
        ),
    )


def _check(reporter: Reporter, path: Path | None, found: Sequence[Target]) -> None:
    """Refuse before the work what could not be written after it."""
    if path is None:
        if reporter.text is None:
            raise UsageError(needs_file(reporter.name))
        return
    if path.is_dir() and not reporter.folder:
        raise UsageError(
            Text(f"{path}: 是文件夹，不能写成文件", f"{path}: a folder, not a file to write"),
            Text("请写明文件名", "name a file in it"),
        )
    if [p for _, p in found].count(path) > 1:
        raise UsageError(
            Text(f"{path}: 两种格式写到同一个文件", f"{path}: two formats for one file")
        )


def write_whole(path: Path, write: Callable[[Path], object], folder: bool = False) -> None:
    """Let `write` make a file beside the target and put it in place when it is whole.

    With `folder` it fills a folder, whose files are then put into the target one by one; what else
    stands there stays.

    Raises:
        UsageError: the system does not let it be written.
    """
    try:
        _write_whole(path, write, folder)
    except OSError as error:
        why = error.strerror or str(error)
        hint: str | Text = _OPEN if isinstance(error, PermissionError) else ""
        raise UsageError(
            Text(f"{path}: 无法写入：{why}", f"{path}: can't be written: {why}"), hint
        ) from error


def _write_whole(path: Path, write: Callable[[Path], object], folder: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if folder:
        path.mkdir(exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=path, prefix=".nianbao."))
    else:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:40]}.", suffix=path.suffix
        )
        os.close(handle)
        scratch = Path(name)
    try:
        write(scratch)
        made = sorted(scratch.iterdir()) if folder else [scratch]
        for one in made:
            one.chmod(0o644)
            one.replace(path / one.name if folder else path)
    finally:
        if folder:
            shutil.rmtree(scratch, ignore_errors=True)
        else:
            scratch.unlink(missing_ok=True)
