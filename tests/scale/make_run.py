"""A folder of reports in several formats, and a whole run on it, as text to compare."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from audit.config import Config
from audit.findings import Result
from audit.reading.queue import Means
from audit.reading.worker import warm_all
from audit.reporters import Look, reporters
from audit.run import Call, audit
from tests.builder import encode
from tests.builder.truth import base_report
from tests.commands.county import BROKEN, COUNTY, SOUND, report

warm_all()  # here once, and not in every process that the tests fork

UNITS = ("青石镇", "白水乡", "松岗镇", "柳荫镇")
SUFFIXES = (".txt", ".docx", ".html", ".csv")


def folder_of_reports(folder: Path) -> Path:
    """Four reports of four formats, every other one wrong; an archive, junk, a file of no kind."""
    for number, (unit, suffix) in enumerate(zip(UNITS, SUFFIXES, strict=True)):
        report(folder, unit, BROKEN if number % 2 else SOUND, suffix)
    packed = {f"{u}2023年报.txt": base_report(u, 2023, county=COUNTY) for u in ("东山镇", "西溪乡")}
    with zipfile.ZipFile(folder / "补报.zip", "w") as archive:
        for name, truth in packed.items():
            archive.writestr(name, encode(truth, ".txt"))
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "说明.md").write_text("不是年报", encoding="utf-8")
    return folder


def run(folder: Path, means: Means, progress: Callable[..., None] | None = None) -> Result:
    """Audit the folder; the day is fixed."""
    more = {} if progress is None else {"progress": progress}
    return audit(
        Call(paths=[folder], config=Config(), means=means, today="2024-06-01", **more)  # type: ignore[arg-type]
    )


def told(result: Result) -> str:
    """The result in the format that holds everything."""
    json = reporters()["json"]
    assert json.text is not None
    return json.text(result, Look())
