"""Word-processor files that our readers do not understand (old .doc …) → docx by LibreOffice → blocks."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from audit.document import Document
from audit.errors import UnreadableError
from audit.loaders import docx
from audit.loaders._marks import OLE_MAGIC
from audit.loaders._office_program import found
from audit.loaders.base import Source

_RTF = b"{\\rtf"
_BLANK = b"\xef\xbb\xbf\r\n\t "
#: How much of a file tells its kind.
_HEAD = 8192
#: Macros never run, links are never followed, nobody is asked: LibreOffice's own settings.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
#: A proxy that answers nothing: what a document links to is not fetched.
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")


def load(source: Source) -> Iterator[Document]:
    """The document of a file, converted to docx beforehand, or else in a folder of its own.

    Raises:
        UnreadableError: not of a kind that LibreOffice reads safely, no LibreOffice, too slow.
    """
    kind = _kind(source)
    for document in _made_ahead(source, kind) or _alone(source, kind):
        yield replace(document, format=kind.removeprefix("."))


def convert_ahead(sources: Sequence[Source], folder: Path, seconds: float) -> None:
    """Convert files by one call into `folder`, where `load` finds them if the sources say so.

    Raises:
        UnreadableError: no LibreOffice, or it took more than `seconds`; some may be there.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as inside:
        copies = []
        for source in map(replace, sources):  # which keep their bytes once they have them
            with suppress(OSError, UnreadableError):
                kind = _kind(source)
                copy = Path(inside) / f"{_stem(source, kind)}{kind}"
                copy.write_bytes(source.data)
                copies.append(copy)
        if copies:
            convert_all(copies, folder, sources[0].office, seconds)


def _made_ahead(source: Source, kind: str) -> list[Document]:
    """What a call for many files made of this one; none where it can't be read, cut off perhaps."""
    made = source.converted and source.converted / f"{_stem(source, kind)}.docx"
    if not made or not made.is_file():
        return []
    try:
        return list(docx.load(replace(source, path=made)))
    except UnreadableError:
        return []


def _stem(source: Source, kind: str) -> str:
    """By content: what was converted is this very file, or it is not found."""
    return f"{hashlib.sha256(source.data).hexdigest()}-{kind.removeprefix('.')}"


def _alone(source: Source, kind: str) -> Iterator[Document]:
    program = found(source.office)
    if program is None:
        raise UnreadableError("needs_office")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        # A plain name of our own: the file's could be taken for an option or a filter.
        copy = Path(folder) / f"report{kind}"
        copy.write_bytes(source.data)
        made = convert_all([copy], Path(folder) / "out", program, source.limits.seconds)
        if copy not in made:
            raise UnreadableError("corrupt", "LibreOffice can't open it")
        yield from docx.load(replace(source, path=made[copy]))


def convert_all(
    paths: Sequence[Path], out_dir: Path, office: str | None = None, seconds: float = 120.0
) -> dict[Path, Path]:
    """Convert many files to docx by one call of LibreOffice: path → docx, without those it refused.

    Of paths with the same stem only the first is converted, as the results share a folder.

    Raises:
        UnreadableError: no LibreOffice, or it took more than `seconds` in all.
    """
    program = found(office)
    if program is None:
        raise UnreadableError("needs_office")
    by_stem: dict[str, Path] = {}
    for path in paths:
        by_stem.setdefault(path.stem, path)
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nianbao-profile-") as folder:
        profile = Path(folder)
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out_dir)),
            *(str(p.resolve()) for p in by_stem.values()),
        ]
        _run(command, seconds)
    made = {path: out_dir / f"{stem}.docx" for stem, path in by_stem.items()}
    return {path: docx_path for path, docx_path in made.items() if docx_path.is_file()}


def _kind(source: Source) -> str:
    """The suffix by content: LibreOffice would "convert" random bytes as well."""
    head = source.data[:_HEAD]
    if head.lstrip(_BLANK).startswith(_RTF):
        return ".rtf"
    if head.startswith(OLE_MAGIC):
        return ".wps" if source.suffix == ".wps" else ".doc"
    raise UnreadableError("corrupt", "neither RTF nor OLE")


def _run(command: list[str], seconds: float) -> None:
    """Run LibreOffice, which starts a process of its own: all of them end with the time."""
    own_group = sys.platform != "win32"
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_NO_NETWORK},
        start_new_session=own_group,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("timeout", f"LibreOffice, {seconds:g} s") from error
    finally:
        if process.poll() is None:
            _kill(process, own_group)


def _kill(process: subprocess.Popen[bytes], own_group: bool) -> None:
    with suppress(OSError):
        if own_group:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()
