"""Pictures of a report's pages, a file each: read as one report, each file accounted for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from audit import ocr
from audit.errors import REASONS
from audit.fingerprint import of_file
from audit.pages import together
from audit.reading.one_file import Task, Ways
from tests.hostile.audited import fates, told
from tests.loaders.make_pdfs import DATA, distinct

PAGE = REASONS["page"]["zh"][0]
needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")


@pytest.mark.parametrize(
    "names",
    [
        ["年报-1.png", "年报-2.png"],
        ["年报1.jpg", "年报2.jpg", "年报3.jpg"],
        ["年报 (1).JPG", "年报 (2).jpg"],
        ["年报_01.png", "年报_02.png"],
        ["年报第1页.tif", "年报第2页.tif"],
        ["1.png", "2.png"],
        ["柳荫镇2023年报-1.png", "柳荫镇2023年报-2.png"],
    ],
)
def test_names_that_differ_by_a_pages_number(names: list[str]) -> None:
    assert together(names) == {0: list(range(1, len(names)))}
    assert together(names[::-1]) == {len(names) - 1: list(range(len(names) - 2, -1, -1))}


@pytest.mark.parametrize(
    "names",
    [
        ["柳荫镇2021.png", "柳荫镇2022.png"],
        ["年报-1.png", "年报-3.png"],
        ["年报-2.png", "年报-3.png"],
        ["年报-1.png", "年报1.png", "年报-2.png"],
        ["甲/年报-1.png", "乙/年报-2.png"],
        ["年报-1.docx", "年报-2.docx"],
        ["年报-1.png", "年报-2.jpg"],
        [f"年报-{n}.png" for n in range(1, 40)],
    ],
)
def test_other_pictures_are_reports_of_their_own(names: list[str]) -> None:
    assert together(names) == {}


def _blank() -> bytes:
    stream = BytesIO()
    Image.new("L", (300, 400), 255).save(stream, "PNG")
    return stream.getvalue()


def test_pages_in_folders_and_archives_are_accounted_for(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"年报-{number}.png").write_bytes(_blank())
    with zipfile.ZipFile(folder / "两页.zip", "w") as archive:
        archive.writestr("年报2.png", _blank())
        archive.writestr("年报1.png", _blank())
    found = fates(told(folder), folder)
    assert found["年报-2.png"] == found["年报-3.png"] == found["两页.zip!年报2.png"] == PAGE
    assert found["年报-1.png"].startswith("F003")
    assert found["两页.zip!年报1.png"].startswith("F003")


def test_a_change_of_any_page_is_a_change(tmp_path: Path) -> None:
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    first.write_bytes(_blank())
    second.write_bytes(_blank())
    task = Task(first, "1.png", pages=(second,))
    before = of_file(task, Ways())
    assert before != of_file(Task(first, "1.png"), Ways())
    second.write_bytes(_blank() + b"\n")
    assert of_file(task, Ways()) != before


@needs_ocr
def test_a_report_in_pictures_is_read_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    with pypdfium2.PdfDocument(DATA / "embedded.pdf") as document:
        for number, page in enumerate(document, start=1):
            page.render(scale=150 / 72).to_pil().save(folder / f"年报-{number}.png")
            pages = number
    payload = told(folder)
    (one,) = payload["reports"]
    truth = distinct()
    assert (one["unit"], one["year"]) == (truth.unit, truth.year)
    assert list(fates(payload, folder).values()).count(PAGE) == pages - 1
    assert one["cells_read"] > 150
