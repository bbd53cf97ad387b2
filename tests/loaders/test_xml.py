"""What programs write into XML beside the content: comments and instructions, anywhere."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from audit.reading.one_file import Task, Ways, read
from tests.builder.build import encode
from tests.builder.truth import base_report

_BESIDE = b"<!-- 7 --><?note 8?>"


def littered(data: bytes) -> bytes:
    """A comment and an instruction behind every tag but the last."""
    head, first, rest = data.partition(b"?>") if data.startswith(b"<?") else (b"", b"", data)
    return head + first + re.sub(rb"(?<=>)(?=.)", _BESIDE, rest, flags=re.DOTALL)


def repacked(data: bytes) -> bytes:
    """The package with all its XML littered."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, littered(part) if name.endswith((".xml", ".rels")) else part)
    return out.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html"])
def test_comments_and_instructions_are_no_content(tmp_path: Path, suffix: str) -> None:
    truth = base_report("青石镇", 2023, 2021, county="永安县")
    data = encode(truth, suffix)
    clean, dirty = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    clean.write_bytes(data)
    dirty.write_bytes(littered(data) if suffix == ".html" else repacked(data))
    one, other = (read(Task(path, "报告"), Ways())[0] for path in (clean, dirty))
    assert other.outcome == "audited"
    assert other.reports[0].body.cells == one.reports[0].body.cells
    assert [(s.key, s.text) for s in other.reports[0].body.sections] == [
        (s.key, s.text) for s in one.reports[0].body.sections
    ]


def test_the_same_in_opendocument(tmp_path: Path) -> None:
    file = "松涛镇年报表2022.ods"
    (path,) = (Path(__file__).parents[2] / "sample_data").rglob(file)
    dirty = tmp_path / "b.ods"
    dirty.write_bytes(repacked(path.read_bytes()))
    one, other = (read(Task(p, file), Ways())[0] for p in (path, dirty))
    assert other.outcome == "audited"
    assert other.reports[0].body == one.reports[0].body
