"""The .doc loader: cells, merges, nesting, fields and numbers of binary files, and bad files."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from audit.document import Grid, Paragraph
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders._word_numerals import numeral
from audit.loaders._word_sprm import Paragraph as Properties
from audit.loaders._word_sprm import characters, with_properties
from audit.loaders.base import Source
from tests.builder.writers.docx import LAYOUTS
from tests.loaders.make_word import DATA, distinct
from tests.loaders.word_cases import CASES
from tests.loaders.word_compare import expected_grids, grids, lines, read


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_of_a_report(layout):
    truth = distinct()
    found = read(DATA / f"{layout}.doc")
    assert found.format == "doc"
    assert grids(found) == expected_grids(truth, layout)
    assert found.metadata == {"title": truth.title, "creator": truth.unit}
    assert [t for t in truth.titles.values() if t in lines(found)] == [*truth.titles.values()]


@pytest.mark.parametrize("name", CASES)
def test_what_real_documents_do(name):
    """LibreOffice keeps a deleted row and a skipped column as empty cells: those are not told."""
    found = read(DATA / f"{name}.doc")
    assert lines(found) == list(CASES[name].lines)
    filled = [sorted(c[4] for c in grid if c[4]) for grid in grids(found)]
    assert filled == [sorted(c[4] for c in grid if c[4]) for grid in CASES[name].grids]
    if name not in ("tracked", "merged_cells"):
        assert grids(found) == [sorted(grid) for grid in CASES[name].grids]


def test_merges_of_a_binary_file():
    (grid,) = grids(read(DATA / "merged_cells.doc"))
    assert set(CASES["merged_cells"].grids[0]) <= set(grid)


def test_headings_and_places():
    found = read(DATA / "numbered.doc")
    told = [b.text for b in found.blocks if isinstance(b, Paragraph) and b.heading]
    assert told == list(distinct().titles.values())
    last = [b for b in found.blocks if isinstance(b, Grid)][-1]
    assert str(last.cells[0].place) == "表3 R1C1"
    assert [c.place.row for c in last.cells] == [c.row + 1 for c in last.cells]


@pytest.mark.parametrize("suffix", [".docx", ".xyz", ".wps"])
def test_told_by_content_not_by_name(tmp_path: Path, suffix: str):
    path = tmp_path / f"a{suffix}"
    path.write_bytes((DATA / "deep.doc").read_bytes())
    assert read(path).blocks == read(DATA / "deep.doc").blocks


def test_a_docx_named_doc(tmp_path: Path):
    path = tmp_path / "a.doc"
    path.write_bytes(CASES["deep"].docx)
    assert read(path).format == "docx"


def _reason(path: Path, office: str | None = "no-such-program") -> str:
    with pytest.raises(UnreadableError) as raised:
        read(path, office=office)
    return raised.value.reason


def test_encrypted(tmp_path: Path):
    data = bytearray((DATA / "deep.doc").read_bytes())
    at = data.index(struct.pack("<H", 0xA5EC), 512)
    data[at + 11] |= 1
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    assert _reason(path) == "encrypted"


def _renamed(name: str) -> bytes:
    """An OLE file whose `WordDocument` is called otherwise."""
    data = bytearray((DATA / "deep.doc").read_bytes())
    at = data.index("WordDocument".encode("utf-16-le"))
    data[at : at + 66] = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack(
        "<H", 2 * len(name) + 2
    )
    return bytes(data)


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("EncryptedPackage", "encrypted"),
        ("Workbook", "unknown_format"),
        ("CONTENTS", "needs_office"),
    ],
)
def test_other_ole_files(tmp_path: Path, stream: str, reason: str):
    path = tmp_path / "a.docx"
    path.write_bytes(_renamed(stream))
    assert _reason(path) == reason


def test_an_older_version_needs_libreoffice(tmp_path: Path):
    data = bytearray((DATA / "deep.doc").read_bytes())
    at = data.index(struct.pack("<H", 0xA5EC), 512)
    data[at : at + 4] = struct.pack("<HH", 0xA5DC, 0x65)
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    assert _reason(path) == "needs_office"


def test_no_truncation_is_read_otherwise(tmp_path: Path):
    """A file cut off is refused; where nothing of the report is lost it may be read as it was."""
    whole = (DATA / "merged.doc").read_bytes()
    expected = read(DATA / "merged.doc").blocks
    path = tmp_path / "a.doc"
    refused = 0
    for size in range(1000, len(whole), 2500):
        path.write_bytes(whole[:size])
        try:
            assert read(path, office="no-such-program").blocks == expected
        except UnreadableError as error:
            assert error.reason in ("corrupt", "needs_office")
            refused += 1
    assert refused > 15


def test_garbled_bytes_raise_nothing_else(tmp_path: Path):
    whole = (DATA / "merged_cells.doc").read_bytes()
    path = tmp_path / "a.doc"
    for at in range(512, len(whole), 97):
        path.write_bytes(whole[:at] + b"\xff\x7f\x00\xfe" + whole[at + 4 :])
        source = Source(path, path.name, office="no-such-program")
        try:
            list(loader_for(source).load(source))
        except UnreadableError as error:
            assert error.reason in ("corrupt", "needs_office", "encrypted", "limit")


def test_a_garbled_depth_builds_no_tower_of_tables(tmp_path: Path):
    data = (DATA / "nested.doc").read_bytes()
    depth = struct.pack("<HI", 0x6649, 2)
    assert depth in data
    path = tmp_path / "a.doc"
    path.write_bytes(data.replace(depth, struct.pack("<HI", 0x6649, 0x7FFFFFFF)))
    assert _reason(path) == "needs_office"


def _definition(edges: list[int], bits: list[int]) -> bytes:
    operand = bytes([len(bits)]) + struct.pack(f"<{len(edges)}h", *edges)
    operand += b"".join(struct.pack("<H18x", b) for b in bits)
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def test_what_is_struck_out_is_told():
    assert characters(struct.pack("<HB", 0x0837, 1)).struck
    assert characters(struct.pack("<HBHB", 0x2A53, 1, 0x0837, 0)).struck
    assert not characters(struct.pack("<HB", 0x0837, 0)).struck


def test_what_stands_off_the_line_is_told():
    assert characters(struct.pack("<HB", 0x2A48, 2)).raised
    assert characters(struct.pack("<Hh", 0x4845, -6)).off
    assert not characters(struct.pack("<Hh", 0x4845, 2)).off


def test_a_row_definition_with_merges():
    grpprl = _definition([0, 500, 900, 1500], [0x20, 0x60, 0])
    grpprl += struct.pack("<HBBB", 0xD62B, 2, 2, 3)
    cells = with_properties(Properties(), grpprl, b"").cells
    assert [(c.left, c.right, c.downwards) for c in cells] == [
        (0, 500, 1),
        (500, 900, 3),
        (900, 1500, 3),
    ]


@pytest.mark.parametrize("bits", [(1, 2, 0), (2, 1, 0), (3, 1, 0)])
def test_cells_merged_sideways(tmp_path: Path, bits: tuple[int, int, int]):
    """Whichever value says "first": readers of the format disagree."""
    data = bytearray((DATA / "deep.doc").read_bytes())
    at = data.find(b"\x08\xd6")
    while at >= 0:
        if data[at + 4] == len(bits):
            for number, bit in enumerate(bits):
                data[at + 5 + 2 * (len(bits) + 1) + 20 * number] |= bit
        at = data.find(b"\x08\xd6", at + 1)
    path = tmp_path / "a.doc"
    path.write_bytes(data)
    grid = grids(read(path))[0]
    assert [c[4] for c in grid] == list("一五甲六丙七")


def test_a_row_definition_kept_elsewhere_and_changed():
    definition = _definition([0, 500, 900, 1500], [0, 0, 0])
    data = b"....." + struct.pack("<H", len(definition)) + definition
    grpprl = struct.pack("<HI", 0x6646, 5) + struct.pack("<HBBh", 0x7623, 0, 1, 700)
    grpprl += struct.pack("<HBBh", 0x7621, 3, 1, 250) + struct.pack("<HBB", 0x5622, 1, 2)
    cells = with_properties(Properties(), grpprl, data).cells
    assert [(c.left, c.right) for c in cells] == [(0, 700), (700, 1300), (1300, 1550)]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", "一 九 十 十一 二十 九十九"),
        ("chineseCountingThousand", "一 九 十 十一 二十 九十九"),
        ("decimalEnclosedCircle", "① ⑨ ⑩ ⑪ ⑳ 99"),
        ("upperLetter", "A I J K T UUUU"),
        ("upperRoman", "I IX X XI XX XCIX"),
        ("ideographTraditional", "甲 壬 癸 甲 癸 壬"),
        ("numberInDash", "- 1 - - 9 - - 10 - - 11 - - 20 - - 99 -"),
    ],
)
def test_numerals(form, expected):
    assert " ".join(numeral(n, form) for n in (1, 9, 10, 11, 20, 99)) == expected
