"""Cells written by `extract` are audited as the documents they came from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builder import base_report, encode
from tests.builder.make_samples import SAMPLES
from tests.commands.county import nianbao

#: Rules over cells alone; what speaks of the text can't be told of data that holds none.
OVER_CELLS = ("A", "L401", "P701", "P702", "P703", "S105", "S106", "V", "Y501", "Y502", "Y505")
ROSTER = SAMPLES / "roster.csv"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county's reports of two years, without scans and files that can't be read."""
    folder = tmp_path_factory.mktemp("documents")
    for file in sorted(SAMPLES.glob("202[23]/*")):
        if file.suffix in (".txt", ".html", ".docx", ".doc", ".odt", ".xlsx", ".xls", ".ods"):
            (folder / file.parent.name).mkdir(exist_ok=True)
            shutil.copy(file, folder / file.parent.name / file.name)
    return folder


@pytest.fixture(scope="module")
def of_documents(documents: Path) -> list[tuple[Any, ...]]:
    return sorted(found(documents), key=str)


def found(path: Path) -> Iterator[tuple[Any, ...]]:
    told = json.loads(nianbao("check", path, "--roster", ROSTER, "-f", "json").stdout)
    for one in told["findings"]:
        if one["rule"].startswith(OVER_CELLS):
            keys = ("rule", "severity", "unit", "year", "expected", "actual")
            yield (*(one[k] for k in keys), *one["cells"])


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_the_same_findings(
    documents: Path, of_documents: list[tuple[Any, ...]], tmp_path: Path, form: str
) -> None:
    cells = tmp_path / f"cells.{form}"
    nianbao("extract", documents, "-f", form, "-o", cells)
    assert len(of_documents) > 5
    assert sorted(found(cells), key=str) == of_documents


def test_a_blank_cell_leaves_the_file_json_that_every_program_reads(tmp_path: Path) -> None:
    cells = {"disclosure.licensing.decisions": "", "disclosure.fees.amount": 2.5}
    (tmp_path / "a.txt").write_bytes(encode(base_report("青石镇", 2023, cells=cells), ".txt"))
    text = nianbao("extract", tmp_path / "a.txt", "-f", "json").stdout
    assert "NaN" not in text
    told = {(one["row"], one["column"]): one["value"] for one in json.loads(text)}
    assert told["licensing", "decisions"] is None
    assert (told["fees", "amount"], repr(told["penalties", "decisions"])) == (2.5, "0")
