"""Text that strangers wrote does nothing in any output: it is shown, or left out, never obeyed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path, PurePath
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.files import find
from audit.reporters import Look, reporters
from tests.reporters.make_result import FORMULA, HOSTILE, LONG, SCRIPT, result, written

#: Controls but line break, carriage return (CSV) and tab, and marks that turn text around.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]")
_TEXTS = sorted(name for name, one in reporters().items() if one.text is not None)


@pytest.mark.parametrize("name", sorted(reporters()))
@pytest.mark.parametrize("number", range(len(HOSTILE)))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_format_takes_every_text(
    name: str, number: int, language: str, tmp_path: Path
) -> None:
    path = written(name, result(HOSTILE[number]), tmp_path, language)
    assert path.stat().st_size > 0


@pytest.mark.parametrize("name", _TEXTS)
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_control_character_reaches_a_text_output(name: str, number: int, tmp_path: Path) -> None:
    text = written(name, result(HOSTILE[number]), tmp_path).read_text(encoding="utf-8-sig")
    assert not _CONTROL.search(text)


def test_text_on_a_terminal_holds_no_control_either() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for text in HOSTILE:
        stream = Terminal()
        reporters()["text"].show(result(text), stream, Look(color=False))
        ours = re.sub(r"\x1b\[(?:[0-3];?)*m", "", stream.getvalue())
        assert not _CONTROL.search(ours), text


def test_markup_of_rich_is_shown_as_it_stands(tmp_path: Path) -> None:
    text = written("text", result("[bold]甲[/bold]"), tmp_path).read_text(encoding="utf-8")
    assert "[bold]甲[/bold]" in text


@pytest.mark.parametrize("text", [SCRIPT, "'\" onmouseover=alert(1) x='", "</style></title><b>"])
def test_html_holds_no_element_or_attribute_of_theirs(text: str, tmp_path: Path) -> None:
    page = LexborHTMLParser(written("html", result(text), tmp_path).read_text(encoding="utf-8"))
    plain = LexborHTMLParser(written("html", result("甲"), tmp_path).read_text(encoding="utf-8"))
    assert len(page.css("script")) == len(plain.css("script")) == 1
    assert len(page.css("style")) == 1
    assert not page.css("img")
    assert not page.css("main b:not(figcaption b):not(.change b)")
    for node in page.css("*"):
        assert not any(name.startswith("on") for name in node.attributes)
    assert text.strip() in page.body.text() if page.body else False


def test_workbook_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    path = written("xlsx", result(FORMULA), tmp_path)
    book = openpyxl.load_workbook(path)
    values = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    assert not [c.coordinate for c in values if c.data_type == "f" or c.hyperlink]
    assert [c for c in values if c.value == FORMULA]
    with zipfile.ZipFile(path) as file:
        assert not [n for n in file.namelist() if b"<f>" in file.read(n)]


def test_csv_cells_start_no_formula(tmp_path: Path) -> None:
    for text in (FORMULA, "@SUM(1)", "+1-1", "-cmd|' /C calc'!A0", "\t=1"):
        content = written("csv", result(text), tmp_path).read_text(encoding="utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
        assert not [c for c in cells if c.startswith(("=", "@", "+", "-", "\t"))]


def test_github_commands_are_ours_alone(tmp_path: Path) -> None:
    made = result("甲\n::set-env name=x::1\r::stop-commands::y")
    lines = written("github", made, tmp_path).read_text(encoding="utf-8").splitlines()
    waived = sum(f.waived is not None for f in made.findings)
    assert len(lines) == len(made.findings) - waived
    assert all(re.match(r"::(error|warning|notice) ", line) for line in lines)


@pytest.mark.parametrize("name", ["json", "gitlab", "sarif"])
def test_json_keeps_what_it_escapes(name: str, tmp_path: Path) -> None:
    text = "甲\x9b2J\u202e乙"
    content = written(name, result(text), tmp_path).read_text(encoding="utf-8")
    assert json.loads(content)
    if name == "json":
        assert json.loads(content)["findings"][0]["file"] == text


def test_junit_stays_xml(tmp_path: Path) -> None:
    for text in HOSTILE:
        assert ET.parse(written("junit", result(text), tmp_path)).getroot().tag == "testsuites"


def test_letters_keep_their_text_and_names_of_files_stay_in_the_folder(tmp_path: Path) -> None:
    for text in ("../../甲", "CON", "a/b\\c:*?", LONG, ".", "=1"):
        folder = tmp_path / "letters"
        folder.mkdir(exist_ok=True)
        reporters()["docx"].write(result(text), folder, Look())
        for one in folder.iterdir():
            assert one.suffix == ".docx" and len(one.name.encode()) < 255
            docx.Document(str(one))
            one.unlink()
        assert [p.name for p in tmp_path.iterdir()] == ["letters"]


def test_markdown_holds_no_tag_and_no_link(tmp_path: Path) -> None:
    made = result("<img src=x> [点](javascript:alert(1)) `x` a|b")
    text = written("markdown", made, tmp_path).read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?!br>)", text)
    assert "](javascript" not in text


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
@pytest.mark.parametrize(
    ("name", "shown"), [("青石镇.txt".encode("gbk"), "青石镇.txt"), (b"a\xff.txt", "a\\xff.txt")]
)
def test_names_of_files_that_are_no_utf8_are_told(name: bytes, shown: str, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(name)).write_text("甲", encoding="utf-8")
    assert [PurePath(f.name).name for f in find([tmp_path])] == [shown]
