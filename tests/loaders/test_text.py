"""Plain text: a paragraph a line with its number, in whatever encoding."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from audit.document import Paragraph
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from audit.recognise import recognise

SHARED = Path(__file__).parents[2].parent / "shared" / "reports"
TEXT = "青石镇2023年政府信息公开工作年度报告\r\n\r\n一、总体情况\n　　全镇公开信息12条。\n"


def load(path: Path, **limits: int):
    source = Source(path, path.name, Limits(**limits))
    (found,) = loader_for(source).load(source)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_lines_are_paragraphs_with_their_number(tmp_path, encoding, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(TEXT.encode(encoding))
    blocks = load(path).blocks
    assert all(isinstance(b, Paragraph) for b in blocks)
    assert [(b.text.strip(), b.place.line) for b in blocks] == [
        ("青石镇2023年政府信息公开工作年度报告", 1),
        ("一、总体情况", 3),
        ("全镇公开信息12条。", 4),
    ]


def test_blank_file_is_empty(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n \n\u3000\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as error:
        load(path)
    assert error.value.reason == "empty"


def test_more_characters_than_allowed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 3, encoding="utf-8")
    with pytest.raises(UnreadableError) as error:
        load(path, characters=20)
    assert error.value.reason == "limit"


def test_a_published_report_dumped_from_pdf():
    path = SHARED / "guanyuan-2023.txt"
    if not path.exists():
        pytest.skip("the shared reports are not beside the project")
    with (SHARED / "guanyuan-2023.truth.csv").open(encoding="utf-8-sig") as lines:
        truth = {
            f"{r['table']}.{r['row']}.{r['column']}": float(r["value"])
            for r in csv.DictReader(lines)
        }
    (part,) = recognise(load(path))
    assert len(truth) == 200
    assert {c.address: c.value for c in part.body.cells} == truth
    sections = {s.key: s.text for s in part.body.sections}
    assert "《中华人民共和国政府信息公开条例》" in sections["overview"]
    assert sections["applications"] == ""
