"""Report truths in the formats that LibreOffice makes of ours: doc, odt, rtf, xls, ods."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.builder.truth import ReportTruth
from tests.builder.writers import docx, xlsx

LAYOUTS = ("merged", "blocks")
#: Suffix → what it is converted from.
FROM = {".doc": "docx", ".odt": "docx", ".rtf": "docx", ".xls": "xlsx", ".ods": "xlsx"}


class OfficeError(RuntimeError):
    """LibreOffice is not installed, or would not convert."""


def encode(truth: ReportTruth, layout: str, suffix: str) -> bytes:
    """The converted file's bytes.

    Raises:
        OfficeError: see there.
    """
    return convert(source(truth, layout, suffix), FROM[suffix], suffix.removeprefix("."))


def source(truth: ReportTruth, layout: str, suffix: str) -> bytes:
    """The file that is converted: our docx in that layout, or our xlsx."""
    if FROM[suffix] == "docx":
        return docx.encode(truth, layout)
    return xlsx.encode(truth, "sheet")


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """A file's bytes from one office format to another, with a LibreOffice profile of our own."""
    program = shutil.which("soffice")
    if program is None:
        raise OfficeError("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        (inside / f"report.{suffix}").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(inside / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(inside / "out"),
            str(inside / f"report.{suffix}"),
        ]
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
        made = inside / "out" / f"report.{target}"
        if not made.is_file():
            raise OfficeError(f"soffice made no {target}: {done.stderr.decode(errors='replace')}")
        return made.read_bytes()
