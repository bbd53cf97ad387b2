"""Runs too large for memory: what is put away in files changes nothing in what comes out."""

from pathlib import Path

import pandas as pd
import pytest

from audit.reading.queue import Means
from audit.run import Call, load
from tests.benchmarks.generate import write as generate
from tests.commands.county import BROKEN, nianbao, report
from tests.scale.make_run import run, told

#: More than `audit.reading.packed.SMALL` cells hold, so that the file's cells are put away.
REPORTS = 150


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A large tidy file in the middle of documents, half of its reports wrong."""
    base = tmp_path / "年报"
    report(base, "白水乡", BROKEN)
    generate(REPORTS, base / "百.parquet", wrong=0.5)
    report(base / "后", "松岗镇", BROKEN)
    return base


def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.reading.packing.SMALL", 10**9)


def test_findings_are_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spilled = run(folder, Means(jobs=1))
    assert type(spilled.data).__name__ == "SpilledDataset"
    assert any(f.file == "百.parquet" or f.location for f in spilled.findings)
    _whole(monkeypatch)
    assert told(run(folder, Means(jobs=1))) == told(spilled)


def test_parts_of_a_file_are_the_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(run(folder, Means(jobs=1)))
    monkeypatch.setattr("audit.loaders._tidy_parts.PART", 5_000)
    assert told(run(folder, Means(jobs=1))) == whole


def test_scattered_rows_are_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = generate(30, tmp_path / "a.parquet")
    pd.read_parquet(path).sort_values(["table", "row", "column"]).to_parquet(path)
    monkeypatch.setattr("audit.loaders._tidy_parts.PART", 1_000)
    data = load(Call(paths=[path], means=Means(jobs=1))).data
    assert len(data) == 30 and len(data.cells) == 30 * 200


def test_cells_are_extracted_in_the_reports_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder.parent / "out.parquet"
    assert nianbao("extract", folder, "-f", "parquet", "-o", out).exit_code == 0
    spilled = pd.read_parquet(out)
    _whole(monkeypatch)
    nianbao("extract", folder, "-f", "parquet", "-o", out)
    pd.testing.assert_frame_equal(pd.read_parquet(out), spilled)
    assert spilled["unit"].iloc[0] == "白水乡" and spilled["unit"].iloc[-1] == "松岗镇"
