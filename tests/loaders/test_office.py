"""Formats that go through LibreOffice; where it is not installed only the refusals are tested."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audit.errors import UnreadableError
from audit.loaders import office
from audit.loaders.base import Source
from tests.loaders.make_word import DATA, distinct
from tests.loaders.word_cases import CASES
from tests.loaders.word_compare import expected_grids, grids, lines, read

#: Rich text with a cell too many in a row: our reader leaves it to LibreOffice, which wrote it.
ODD = DATA / "deep.rtf"
needs_office = pytest.mark.skipif(office.found() is None, reason="LibreOffice is not installed")


def _reason(path: Path, program: str | None = None, seconds: float = 120) -> str:
    with pytest.raises(UnreadableError) as raised:
        read(path, office=program, seconds=seconds)
    return raised.value.reason


def test_without_libreoffice():
    assert _reason(ODD, "no-such-program") == "needs_office"


def test_random_bytes_are_not_given_to_it(tmp_path: Path):
    path = tmp_path / "a.rtf"
    path.write_bytes(bytes(range(256)) * 8)
    assert _reason(path) == "corrupt"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_that_hangs_is_ended(tmp_path: Path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    assert _reason(ODD, str(program), seconds=0.3) == "timeout"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_that_makes_nothing(tmp_path: Path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    assert _reason(ODD, str(program)) == "corrupt"


@needs_office
def test_every_cell_of_a_report():
    (found,) = office.load(Source(DATA / "merged.rtf", "merged.rtf"))
    assert found.format == "rtf"
    assert grids(found) == expected_grids(distinct(), "merged")
    assert set(distinct().titles.values()) <= set(lines(found))


@needs_office
def test_many_files_by_one_call(tmp_path: Path):
    bad = tmp_path / "other.odt"
    bad.write_bytes(b"PK\x03\x04 not a zip at all")
    paths = [DATA / "merged_cells.odt", DATA / "merged.rtf", DATA / "deep.doc", bad]
    made = office.convert_all(paths, tmp_path / "out")
    assert set(made) >= set(paths[:3])
    assert grids(read(made[paths[2]])) == [sorted(g) for g in CASES["deep"].grids]
    assert grids(read(made[paths[1]])) == expected_grids(distinct(), "merged")
