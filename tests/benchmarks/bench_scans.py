"""Scanned pages: how many numbers are read, and how fast: `python -m tests.benchmarks.bench_scans`.

Renders the reports in `tests/loaders/data/pdf` as a scanner at 200 dpi sees them and spoils the
pages in ten ways; prints a line for each way, and one for each report that was read wrongly.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

from audit.reading.one_file import Task, Ways, read
from rules.status import Status
from tests.benchmarks.versus import Versus
from tests.loaders.make_pdfs import DATA, distinct

_DPI = 200
#: Seconds of CPU that a page may take.
_MOST = 2
_HEAD = ("pages", "right", "unsure", "absent", "wrong", "CPU s/page")
Spoil = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def _turned(page: np.ndarray, degrees: float) -> np.ndarray:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))


def _noisy(page: np.ndarray, much: float, chance: np.random.Generator) -> np.ndarray:
    noisy = page.astype(np.int16) + chance.normal(0, much, page.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _jpeg(page: np.ndarray, quality: int) -> np.ndarray:
    packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))


def _shaded(page: np.ndarray) -> np.ndarray:
    return np.asarray(page * np.linspace(1, 0.7, page.shape[1])[None, :, None], dtype=np.uint8)


def _stamped(page: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    height, width = page.shape[:2]
    middle = (int(width * chance.uniform(0.3, 0.8)), int(height * chance.uniform(0.3, 0.8)))
    red = cv2.circle(page.copy(), middle, width // 9, (60, 50, 215), max(3, width // 250))
    return np.minimum(page, red)


def _copied(page: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    grey = cv2.GaussianBlur(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), (0, 0), 0.8)
    black = cv2.threshold(_noisy(grey, 20, chance), 150, 255, cv2.THRESH_BINARY)[1]
    return cv2.cvtColor(black, cv2.COLOR_GRAY2BGR)


SPOILS: dict[str, Spoil] = {
    "as it is": lambda page, chance: page,
    "JPEG 75": lambda page, chance: _jpeg(page, 75),
    "skewed": lambda page, chance: _turned(page, chance.uniform(-1.2, 1.2)),
    "noisy": lambda page, chance: _noisy(page, 12, chance),
    "blurred": lambda page, chance: cv2.GaussianBlur(page, (0, 0), 1.0),
    "shaded": lambda page, chance: _shaded(page),
    "stamped": _stamped,
    "copied": _copied,
    "faint": lambda page, chance: 255 - (255 - page) // 2,
    "skewed, noisy, JPEG 60": lambda page, chance: _jpeg(
        _noisy(_turned(page, chance.uniform(-2, 2)), 8, chance), 60
    ),
}


def _pages(name: str, way: str) -> Iterator[np.ndarray]:
    chance = np.random.default_rng(1)
    with pypdfium2.PdfDocument(DATA / f"{name}.pdf") as document:
        for page in document:
            image = page.render(scale=_DPI / 72).to_numpy()[:, :, :3].copy()
            yield np.ascontiguousarray(SPOILS[way](image, chance))


def _verdicts(path: Path) -> Iterator[tuple[str, str]]:
    """Each number of the report with what became of it."""
    (found,) = read(Task(path, path.name), Ways())
    cells = {c.address: c for r in found.reports for c in r.body.cells}
    for address, value in distinct().shown().items():
        cell = cells.get(address)
        if cell is None or cell.status is Status.ABSENT:
            yield address, "absent"
        elif cell.status is Status.UNSURE:
            yield address, "unsure"
        else:
            yield address, "right" if cell.value == float(value) else "wrong"


def _tried(name: str, way: str, folder: Path) -> tuple[Counter[str], int, float]:
    """What became of a report's numbers, its pages, seconds of CPU for all of them."""
    pages = list(_pages(name, way))
    path = folder / f"{name}.tif"
    cv2.imwritemulti(str(path), pages)
    start = time.process_time()
    told = dict(_verdicts(path))
    taken = time.process_time() - start
    for address, verdict in told.items():
        if verdict == "wrong":
            print(f"wrong: {name}.pdf, {way}: {address}")
    return Counter(told.values()), len(pages), taken


def main(names: list[str]) -> None:
    """Print a line for each way and one for all."""
    print(f"{'':28}" + "".join(f"{head:>11}" for head in _HEAD))
    whole: Counter[str] = Counter()
    total, seconds = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        for way in SPOILS:
            found: Counter[str] = Counter()
            count, taken = 0, 0.0
            for name in names:
                verdicts, pages, cpu = _tried(name, way, Path(folder))
                found, count, taken = found + verdicts, count + pages, taken + cpu
            _line(way, count, found, taken)
            whole, total, seconds = whole + found, total + count, seconds + taken
    _line("all", total, whole, seconds)


def _line(title: str, pages: int, found: Counter[str], seconds: float) -> None:
    figures = [pages, *(found[verdict] for verdict in _HEAD[1:-1])]
    print(f"{title:<28}" + "".join(f"{n:>11}" for n in figures) + f"{seconds / pages:>11.2f}")


def test_scanned_page(versus: Versus, tmp_path: Path) -> None:
    way = "skewed, noisy, JPEG 60"
    path = tmp_path / "scan.tif"
    pages = list(_pages("embedded", way))
    cv2.imwritemulti(str(path), pages)
    taken: list[float] = []

    def once() -> None:
        start = time.process_time()
        assert all(verdict != "wrong" for _, verdict in _verdicts(path))
        taken.append((time.process_time() - start) / len(pages))

    row = versus(f"a scanned page (≤ {_MOST} s)", once, rounds=2)
    row.ours = min(taken)


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(p.stem for p in DATA.glob("*.pdf")))
