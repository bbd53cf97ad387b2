"""Reading one report, from file to packed columns, against the fastest library for the text alone."""

from __future__ import annotations

import gc
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import olefile
import pandas as pd
import pdfplumber
import pypdfium2
import pytest
import python_calamine
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from audit.document import Document
from audit.identity import identify
from audit.loaders import loader_for
from audit.loaders.base import Source
from audit.process import SELDOM
from audit.reading.one_file import Task, Ways
from audit.reading.packing import packed_stepwise
from audit.recognise import recognise
from tests.benchmarks.versus import Row, Versus
from tests.builder import ReportTruth, base_report, encode
from tests.loaders.make_word import DATA

_SAMPLES = Path(__file__).parents[2] / "sample_data"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_ROUNDS = 25
Rival = Callable[[bytes], object]


@pytest.fixture(autouse=True, scope="module")
def _as_the_command_does() -> Iterator[None]:
    """Cycles are searched as seldom as in a process of the command's own."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM)
    yield
    gc.set_threshold(*before)


def _report() -> ReportTruth:
    """A report in which no two cells hold the same number: nothing is cheap because it is zero."""
    addresses = base_report("青石镇", 2023, 2021).form.addresses
    numbers = Random(1).sample(range(10, 9999), len(addresses))
    return base_report(
        "青石镇", 2023, 2021, county="永安县", cells=dict(zip(addresses, numbers, strict=True))
    )


def _docx(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return "".join(t.text or "" for t in root.iter(_W))


def _odf(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    return "".join(map(str, root.itertext()))


def _calamine(data: bytes) -> object:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names]


def _ole(data: bytes) -> object:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        return [ole.openstream(name).read() for name in ("WordDocument", "1Table")]


def _pdfium(data: bytes) -> object:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


def _plumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


#: Format → rivals by name, and the milliseconds one report may take on one core.
FORMATS: dict[str, tuple[dict[str, Rival], int]] = {
    ".txt": ({"bytes.decode": lambda data: data.decode()}, 5),
    ".html": ({"selectolax text": lambda data: LexborHTMLParser(data.decode()).text()}, 10),
    ".docx": ({"lxml text": _docx}, 20),
    ".odt": ({"lxml text": _odf}, 20),
    ".doc": ({"olefile streams": _ole}, 10),
    ".rtf": ({"bytes.decode": lambda data: data.decode("ascii", "replace")}, 20),
    ".xlsx": ({"calamine": _calamine}, 5),
    ".xls": ({"calamine": _calamine}, 5),
    ".ods": ({"calamine": _calamine}, 5),
    ".pdf": ({"pdfium text": _pdfium, "pdfplumber tables": _plumber}, 100),
}
#: The same for reports that are tidy cells.
TIDY: dict[str, tuple[dict[str, Rival], int]] = {
    ".csv": ({"pandas": lambda data: pd.read_csv(io.BytesIO(data), dtype=str)}, 10),
    ".json": ({"json": json.loads}, 10),
    ".parquet": ({"pandas": lambda data: pd.read_parquet(io.BytesIO(data))}, 10),
}
#: What only LibreOffice makes is taken from files that it made.
MADE = {
    ".doc": DATA / "merged.doc",
    ".odt": DATA / "merged.odt",
    ".rtf": DATA / "merged.rtf",
    ".xls": _SAMPLES / "2023" / "松涛镇年报表2023.xls",
    ".ods": _SAMPLES / "2022" / "松涛镇年报表2022.ods",
}


def _whole(path: Path) -> float:
    """Seconds of CPU that a file takes from its bytes to what a run keeps of it."""
    start = time.process_time()
    found = list(packed_stepwise(Task(path, path.name), Ways()))
    taken = time.process_time() - start
    assert all(one is not None and one.outcome == "audited" for one in found)
    return taken


def _stages(path: Path) -> list[float]:
    """Seconds of CPU that loading, recognising and identifying a file's reports take."""
    source = Source(path, path.name)
    marks = [time.process_time()]
    documents = [d for d in loader_for(source).load(source) if isinstance(d, Document)]
    marks.append(time.process_time())
    bodies = [(d, part.body) for d in documents for part in recognise(d)]
    marks.append(time.process_time())
    found = [identify(document, body) for document, body in bodies]
    marks.append(time.process_time())
    assert any(who.unit for who in found)
    return [b - a for a, b in pairwise(marks)]


def _row(versus: Versus, title: str, path: Path, rivals: dict[str, Rival]) -> Row:
    """The line of a file: our seconds of CPU, which other work on the machine does not add to."""
    data = path.read_bytes()
    taken: list[float] = []
    work = {name: partial(rival, data) for name, rival in rivals.items()}
    row = versus(title, lambda: taken.append(_whole(path)), work, rounds=_ROUNDS)
    row.ours = min(taken)
    return row


@pytest.mark.parametrize("suffix", FORMATS)
def test_one_report(versus: Versus, tmp_path: Path, suffix: str) -> None:
    rivals, most = FORMATS[suffix]
    data = MADE[suffix].read_bytes() if suffix in MADE else encode(_report(), suffix)
    path = tmp_path / f"青石镇2023年年报{suffix}"
    path.write_bytes(data)
    row = _row(versus, f"{suffix} (≤ {most} ms)", path, rivals)
    best = min((_stages(path) for _ in range(_ROUNDS)), key=sum)
    shares = [*best, max(row.ours - sum(best), 0.0)]
    share = "/".join(f"{part / sum(shares):.0%}" for part in shares)
    row.note(**{"reports/s": f"{1 / row.ours:.0f}", "load/recognise/identify/pack": share})


@pytest.mark.parametrize("suffix", TIDY)
def test_one_report_as_cells(versus: Versus, tmp_path: Path, suffix: str) -> None:
    rivals, most = TIDY[suffix]
    data = encode(_report(), ".csv" if suffix == ".parquet" else suffix)
    if suffix == ".parquet":
        frame = pd.read_csv(io.BytesIO(data), dtype={"raw": str, "file": str, "location": str})
        data = frame.to_parquet()
    path = tmp_path / f"青石镇2023年年报{suffix}"
    path.write_bytes(data)
    row = _row(versus, f"{suffix} (≤ {most} ms)", path, rivals)
    row.note(**{"reports/s": f"{1 / row.ours:.0f}"})
