"""Page numbers before form feeds: out where every page ends in the next one, else left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.document import Document, Paragraph
from audit.loaders.base import Source
from audit.loaders.text import load


def _lines(folder: Path, text: str) -> list[tuple[str, int | None]]:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = load(Source(path, "a.txt"))
    assert isinstance(document, Document)
    return [(b.text.strip(), b.place.line) for b in document.blocks if isinstance(b, Paragraph)]


def test_numbers_of_pages_are_no_text(tmp_path: Path) -> None:
    found = _lines(tmp_path, "规章\n0\n\n 4\n\f0\n0\n 5\n\n\f7\n完\n6\n\f")
    assert found == [("规章", 1), ("0", 2), ("0", 5), ("0", 6), ("7", 9), ("完", 10)]


@pytest.mark.parametrize(
    "text", ["a\n1\n\fb\n2\n\f", "a\n1\n\fb\n3\n\fc\n4\n\f", "a\n1\n\fb\n\fc\n3"]
)
def test_cells_at_the_end_of_pages_stay(tmp_path: Path, text: str) -> None:
    figures = [t for t, _ in _lines(tmp_path, text) if t.isdigit()]
    assert figures == [c for c in text if c.isdigit()]
