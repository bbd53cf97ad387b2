"""Scans and pictures: each number right or told as unsure; what is said where nothing can read them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from audit import ocr
from audit.document import LOST, Cell, Document, Grid, Paragraph
from audit.errors import NoTextError
from audit.loaders import loader_for
from audit.loaders.base import Source
from audit.ocr import page as ocr_page
from audit.recognise import recognise
from rules.status import Status
from tests.loaders.make_pdfs import DATA, distinct
from tests.loaders.word_compare import read

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="the extra ocr is not installed")
SCALE = 200 / 72


@cache
def page() -> np.ndarray:
    """The page of a report that holds table four, as a scanner at 200 dpi sees it."""
    path = DATA / "embedded.pdf"
    table = [b for b in read(path).blocks if isinstance(b, Grid)][-1]
    with pypdfium2.PdfDocument(path) as document:
        image = document[(table.place.page or 1) - 1].render(scale=SCALE).to_numpy()
    tops = [c.place.box[1] for c in table.cells if c.place.box]
    return np.ascontiguousarray(image[round(SCALE * (min(tops) - 60)) :, :, :3])


def scanned(tmp_path: Path, image: np.ndarray, suffix: str = ".png") -> Document:
    import cv2

    path = tmp_path / f"scan{suffix}"
    cv2.imwrite(str(path), image)
    return read(path)


def skewed(image: np.ndarray) -> np.ndarray:
    import cv2

    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 1.5, 1)
    return cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255))


def stamped(image: np.ndarray) -> np.ndarray:
    import cv2

    red = cv2.circle(image.copy(), (700, 160), 150, (60, 50, 215), 6)
    return np.minimum(image, red)


def figures(found: Document) -> list[Cell]:
    table = [b for b in found.blocks if isinstance(b, Grid)][-1]
    return [c for c in table.cells if c.row == table.height - 1]


WANTED = [str(v) for a, v in distinct().shown().items() if a.startswith("disputes.")]


@needs_ocr
@pytest.mark.parametrize(
    ("spoil", "suffix"),
    [
        (lambda image: image, ".jpg"),
        (skewed, ".png"),
        (lambda image: np.ascontiguousarray(np.rot90(image, 2)), ".tif"),
        (stamped, ".bmp"),
    ],
    ids=["as it is", "skewed", "upside down", "stamped"],
)
def test_every_number_is_right_or_told_as_unsure(tmp_path: Path, spoil, suffix):
    found = scanned(tmp_path, spoil(page()), suffix)
    read_as = figures(found)
    assert len(read_as) == len(WANTED)
    wrong = [(c.text, w) for c, w in zip(read_as, WANTED, strict=True) if c.text != w]
    assert not [pair for pair, c in zip(wrong, read_as, strict=False) if not c.doubt]
    assert sum(not c.doubt for c in read_as) >= 12
    headings = [b.text for b in found.blocks if isinstance(b, Paragraph)]
    assert "四、政府信息公开行政复议、行政诉讼情况" in headings


@needs_ocr
@pytest.mark.parametrize("name", ["none", "across", "tall", "landscape"])
def test_tables_without_upright_rulings_or_with_lines_set_close(tmp_path: Path, name: str):
    """Skewed as well: without rulings, the lines of text show by how much."""
    with pypdfium2.PdfDocument(DATA / f"{name}.pdf") as document:
        pages = [skewed(p.render(scale=SCALE).to_numpy()[:, :, :3].copy()) for p in document]
    import cv2

    assert cv2.imwritemulti(str(tmp_path / "scan.tif"), pages)
    (part,) = recognise(read(tmp_path / "scan.tif"))
    wanted = distinct().shown()
    cells = {c.address: c for c in part.body.cells}
    unsure = [a for a in wanted if cells[a].status is Status.UNSURE]
    wrong = {
        a: cells[a] for a, v in wanted.items() if cells[a].value != float(v) and a not in unsure
    }
    assert not wrong
    assert len(unsure) <= 30


@needs_ocr
def test_a_figure_of_a_line_that_is_not_surely_read_is_told_as_unsure(monkeypatch):
    """The recogniser reads 1 with little certainty, and the same ink as 7 when asked again."""
    image = np.full((60, 300), 255, np.uint8)
    image[20:40, 40:48] = 0
    told = iter([[("1", 0.72)], [("777", 0.99)], [("1", 0.99)], [("a", 0.97)], [("000", 0.99)]])
    monkeypatch.setattr(ocr_page, "boxes", lambda grey: np.array([[36.0, 18.0, 52.0, 42.0]]))
    monkeypatch.setattr(ocr_page, "texts", lambda crops: next(told) if crops else [])
    assert [line.text for line in ocr_page._lines(image, 1.0)[0]] == [f"1{LOST}"]
    assert [line.text for line in ocr_page._lines(image, 1.0)[0]] == ["1"]
    assert [line.text for line in ocr_page._lines(image, 1.0)[0]] == [f"a{LOST}"]


@needs_ocr
def test_that_it_is_a_scan_is_told_once(tmp_path: Path):
    (part,) = recognise(scanned(tmp_path, page()))
    assert [o.kind for o in part.body.observations].count("page_scanned") == 1
    (part,) = recognise(read(DATA / "embedded.pdf"))
    assert "page_scanned" not in {o.kind for o in part.body.observations}


@needs_ocr
def test_a_number_painted_over_is_told_as_unsure(tmp_path: Path):
    image = page().copy()
    cell = figures(scanned(tmp_path, image))[3]
    assert cell.place.box is not None
    left, top, right, bottom = (round(v) for v in cell.place.box)
    inside = image[top + 8 : bottom - 8, left + 8 : right - 8]
    inside[np.random.default_rng(1).random(inside.shape[:2]) < 0.35] = 0
    spoilt = figures(scanned(tmp_path, image))
    assert spoilt[3].doubt and spoilt[3].confidence < 0.9
    assert [c.text for c in spoilt[:3]] == WANTED[:3]


def test_without_the_extra_a_picture_has_no_text(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("audit.ocr.find_spec", lambda name: None)
    ocr.available.cache_clear()
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    try:
        source = Source(path, path.name)
        with pytest.raises(NoTextError):
            list(loader_for(source).load(source))
    finally:
        monkeypatch.undo()
        ocr.available.cache_clear()


@needs_ocr
def test_a_figure_1_beside_a_ruling_is_kept_or_told():
    """In a roomy cell it is as high as the others and no ruling; in a tight one it may be either."""
    import cv2

    from audit.ocr.crops import inked

    def cell(height: int) -> np.ndarray:
        page = np.full((height, 90), 255, np.uint8)
        for left in (20, 40):
            cv2.rectangle(page, (left, height // 2 - 9), (left + 10, height // 2 + 9), 0, 3)
        page[height // 2 - 10 : height // 2 + 11, 82:86] = 0
        return page

    roomy, tight = inked(cell(60), (0, 0, 90, 60)), inked(cell(31), (0, 0, 90, 31))
    assert (roomy.lines[0].shape[1] > 60, roomy.cut) == (True, False)
    assert (tight.lines[0].shape[1] < 50, tight.cut) == (True, True)


@needs_ocr
def test_a_line_within_a_cell_is_no_ink_of_its_figure():
    import cv2

    from audit.ocr.crops import inked

    page = np.full((60, 400), 255, np.uint8)
    cv2.rectangle(page, (190, 15), (200, 35), 0, 3)
    page[47:50] = 0
    (line,) = inked(page, (0, 0, 400, 60)).lines
    assert line.shape[1] < 40
