"""Report truths in the formats that LibreOffice makes of ours: doc, odt, rtf, xls, ods."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.builder.truth import ReportTruth
from tests.builder.writers import docx, xlsx

LAYOUTS = ("merged", "blocks")
_FROM = {".doc": "docx", ".odt": "docx", ".rtf": "docx", ".xls": "xlsx", ".ods": "xlsx"}


class OfficeError(RuntimeError):
    """LibreOffice is not installed, or would not convert."""


def encode(truth: ReportTruth, layout: str, suffix: str) -> bytes:
    """The converted file's bytes.

    Raises:
        OfficeError: see there.
    """
    source = _FROM[suffix]
    data = docx.encode(truth, layout) if source == "docx" else xlsx.encode(truth, "sheet")
    return convert(data, source, suffix.removeprefix("."))


def convert(data: bytes, source: str, target: str) -> bytes:
    """A file's bytes from one office format to another, with a LibreOffice profile of our own."""
    program = shutil.which("soffice")
    if program is None:
        raise OfficeError("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        (inside / f"report.{source}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(inside / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(inside / "out"),
            str(inside / f"report.{source}"),
        ]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        made = inside / "out" / f"report.{target}"
        if not made.is_file():
            raise OfficeError(f"soffice made no {target}: {done.stderr.decode(errors='replace')}")
        return made.read_bytes()
