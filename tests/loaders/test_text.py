"""Plain text: a paragraph a line with its number, in whatever encoding."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from audit.document import Paragraph
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source
from audit.recognise import recognise
from tests.builder.build import encode
from tests.builder.truth import base_report

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


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("one_line", [True, False])
def test_tables_in_html_within_text(tmp_path, suffix, one_line):
    """As converters write a PDF or a Word file whose tables have merged cells."""
    truth = base_report(cells={"disclosure.fees.amount": "12.8171"})
    page = encode(truth, ".html").decode().partition("<body>")[2]
    if one_line:
        page = re.sub(r">\n+(?=<(?:/?(?:t[drh]|table|tbody)\b))", ">", page)
    lines = re.sub(r"</?(?:h1|p|div|strong|body|html)\b[^>]*>", "", page)
    path = tmp_path / f"a{suffix}"
    path.write_text(lines, encoding="utf-8")
    found = load(path)
    (report,) = recognise(found)
    assert {c.address: c.value for c in report.body.cells} == {
        address: float(value) for address, value in truth.cells.items()
    }
    heading = next(b for b in found.blocks if getattr(b, "text", "").strip().startswith("五、"))
    assert lines.split("\n")[heading.place.line - 1].strip() == heading.text.strip()


def test_what_markdown_escapes(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(r"收费12\.5万元\(含\) a\|b", encoding="utf-8")
    assert [b.text for b in load(path).blocks] == [r"收费12.5万元(含) a\|b"]


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


def test_cells_as_converters_fill_them(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(
        "| 五、存在的问题 | NaN | Unnamed: 2 |\n"
        "| 1.属于<br>国家秘密 | 0 | NaN |\n"
        "| 三、本年度<br/>办理结果 | 1<br>2 | 3 |\n",
        encoding="utf-8",
    )
    assert [b.text for b in load(path).blocks] == [
        "五、存在的问题",
        "| 1.属于国家秘密 | 0 ||",
        "| 三、本年度办理结果 | 1 2 | 3 |",
    ]
