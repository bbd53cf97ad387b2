"""Rich text: what LibreOffice writes of our documents, and what Word and simpler programs do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from audit.document import Document, Grid, Paragraph, Picture
from audit.errors import UnreadableError
from tests.loaders.make_word import DATA, KEPT, distinct
from tests.loaders.word_cases import CASES
from tests.loaders.word_compare import expected_grids, grids, lines, read

NO_OFFICE = "no-such-program"
_HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 T;}}\uc1 "


def gbk(text: str) -> str:
    """Text as Word writes it: what is not ASCII in bytes of GBK."""
    return "".join(
        chr(b) if 0x20 <= b < 0x80 and chr(b) not in "\\{}" else f"\\'{b:02x}"
        for b in text.encode("gbk")
    )


def rich(tmp_path: Path, body: str, name: str = "a.rtf") -> Document:
    path = tmp_path / name
    path.write_bytes(f"{_HEAD}{body}}}".encode("latin-1"))
    return read(path, office=NO_OFFICE)


def row(*cells: str, marks: tuple[str, ...] = (), widths: tuple[int, ...] = ()) -> str:
    edge, layout = 0, r"\trowd\trleft0"
    for n in range(len(cells)):
        edge += widths[n] if widths else 1000
        layout += (marks[n] if marks else "") + rf"\cellx{edge}"
    return layout + "".join(rf"\pard\intbl {c}\cell " for c in cells) + r"\row "


def test_every_cell_of_a_report():
    found = read(DATA / "merged.rtf", office=NO_OFFICE)
    assert found.format == "rtf"
    assert grids(found) == expected_grids(distinct(), "merged")
    assert set(distinct().titles.values()) <= set(lines(found))
    assert found.metadata["title"] == distinct().title


@pytest.mark.parametrize(
    "name", [n for n in KEPT["rtf"] if n in CASES and n not in ("merged_cells", "deep")]
)
def test_what_real_documents_do(name):
    found = read(DATA / f"{name}.rtf", office=NO_OFFICE)
    assert lines(found) == list(CASES[name].lines)
    assert grids(found) == [sorted(g) for g in CASES[name].grids]


def test_merged_cells_and_an_edge_dragged_by_a_hair():
    (grid,) = grids(read(DATA / "merged_cells.rtf", office=NO_OFFICE))
    # The position before a row that begins a column later is a blank cell in this file.
    assert [c for c in grid if c != (4, 0, 1, 1, "")] == sorted(CASES["merged_cells"].grids[0])


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "报告"])
def test_text_in_bytes_of_a_code_page_and_in_unicode(tmp_path: Path, name: str):
    found = rich(
        tmp_path,
        rf"\pard\f0 {gbk('规章')}\f1 12\f0 {gbk('件。')}\par \f1 {gbk('乡镇')}\par"
        r"\u38738?\u30707?\u-10179?\u-8665?{\uc2\u38215xy}\par",
        name,
    )
    assert lines(found) == ["规章12件。", "乡镇", "青石😧镇"]


def test_cells_merged_both_ways_and_their_places(tmp_path: Path):
    found = rich(
        tmp_path,
        row("A", "B", "", marks=(r"\clvmgf", r"\clmgf", r"\clmrg"))
        + row("", "1", "2", marks=(r"\clvmrg", "", ""))
        + row("C", "3", widths=(1000, 2000)),
    )
    assert grids(found) == [
        [
            *((0, 0, 2, 1, "A"), (0, 1, 1, 2, "B"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2")),
            *((2, 0, 1, 1, "C"), (2, 1, 1, 2, "3")),
        ]
    ]
    (grid,) = [b for b in found.blocks if isinstance(b, Grid)]
    assert str(next(c for c in grid.cells if c.text == "2").place) == "表1 R2C3"


def test_only_what_prints_is_read(tmp_path: Path):
    found = rich(
        tmp_path,
        r"{\info{\title T}{\author U}}{\header\pard H\par}{\*\unknown X}{\stylesheet{\s1 S;}}"
        r"\pard A{\v B}{\deleted C}D{\super 1}{\strike 5\plain}\striked1 4\striked0"
        r"{\footnote F}{\field{\*\fldinst PAGE}{\fldrslt 7}}"
        r"{\pict\wmetafile8\picwgoal2000\pichgoal1000 00ff}\line E\~F\par"
        r"{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt\pard G\par}}{\shprslt Z}}"
        r"{\pard\outlinelevel0 H\par}{\listtext\pard\plain 1.\tab}I\par{\upr{a}{\*\ud{\u22995?}}}\par",
    )
    assert lines(found) == ["AD¹7", "E\xa0F", "H", "G", "1.I", "姓"]
    assert [b.text for b in found.blocks if isinstance(b, Paragraph) and b.heading] == ["H"]
    assert [b.size for b in found.blocks if isinstance(b, Picture)] == [(100.0, 50.0)]
    assert found.metadata == {"title": "T", "creator": "U"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (r"\trowd\cellx1000\pard\intbl A\cell B\cell\row", "needs_office"),
        (r"\trowd\cellx1000\cellx2000\pard\intbl A\cell\row", "needs_office"),
        (r"\trowd\cellx1000\pard\intbl A\cell\pard B\par", "needs_office"),
        (r"}", "needs_office"),
        (r"{", "needs_office"),
    ],
)
def test_rows_that_do_not_fit_are_never_guessed(tmp_path: Path, body: str, reason: str):
    with pytest.raises(UnreadableError) as raised:
        rich(tmp_path, body)
    assert raised.value.reason == reason


def test_garbled_bytes_raise_nothing_else(tmp_path: Path):
    whole = bytearray((DATA / "nested_tables.rtf").read_bytes())
    path = tmp_path / "a.rtf"
    chance = Random(7)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(6, len(broken) - 3)] = chance.choice(
                b"{}\\0123456789-abc'*\xff"
            )
        path.write_bytes(broken)
        with suppress(UnreadableError):
            read(path, office=NO_OFFICE)


def test_no_truncation_is_read_in_silence(tmp_path: Path):
    whole = (DATA / "merged.rtf").read_bytes().rstrip()
    path = tmp_path / "a.rtf"
    for size in (10, len(whole) // 3, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(UnreadableError) as raised:
            read(path, office=NO_OFFICE)
        assert raised.value.reason in ("corrupt", "needs_office")


def test_figures_off_the_line_are_no_part_of_the_number_beside_them(tmp_path: Path):
    body = r"5{\up6 1}\par 5{\sub 1}\par{\dn4 1}{\dn4 2}7\par{\up6 1}{\up6 2}\par 5{\up6 1\plain 2}\par"
    assert lines(rich(tmp_path, body)) == ["5¹", "5¹", "¹²7", "12", "5¹2"]


def test_a_lists_number_is_no_part_of_the_figure_behind_it(tmp_path: Path):
    body = r"{\listtext\pard\plain 1.\tab}3\par{\listtext 2\tab}4\par{\listtext 3.}X\par"
    assert lines(rich(tmp_path, body)) == ["1. 3", "2 4", "3.X"]
