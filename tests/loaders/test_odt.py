"""OpenDocument texts: what LibreOffice writes of our documents, and what other programs do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from audit.document import Document, Grid, Paragraph, Picture
from audit.errors import UnreadableError
from tests.loaders.make_word import DATA, KEPT, distinct
from tests.loaders.word_cases import CASES
from tests.loaders.word_compare import expected_grids, grids, lines, read

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_STYLES = (
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    '<style:style style:name="D" style:family="text"><style:text-properties'
    ' style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="N" style:family="text"><style:text-properties'
    ' style:text-line-through-style="none"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="、"'
    ' style:num-format="一, 二, 三, ..."/><text:list-level-style-number text:level="2" style:num-prefix="（"'
    ' style:num-suffix="）" style:num-format="1"/></text:list-style>'
)


def flat(tmp_path: Path, body: str, styles: str = _STYLES) -> Document:
    spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in _NAMES.items())
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces}><office:meta><dc:title>题名'
        f"</dc:title></office:meta><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>",
        encoding="utf-8",
    )
    return read(path)


def row(*cells: str) -> str:
    told = [c if c.startswith("<") else cell(c) for c in cells]
    return f"<table:table-row>{''.join(told)}</table:table-row>"


def cell(text: str, **spans: int) -> str:
    told = "".join(f' table:number-{k}-spanned="{v}"' for k, v in spans.items())
    return f"<table:table-cell{told}><text:p>{text}</text:p></table:table-cell>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


_COVERED = "<table:covered-table-cell/>"


def test_every_cell_of_a_report():
    found = read(DATA / "merged.odt")
    assert found.format == "odt"
    assert grids(found) == expected_grids(distinct(), "merged")
    assert set(distinct().titles.values()) <= set(lines(found))
    assert found.metadata["title"] == distinct().title


@pytest.mark.parametrize("name", [n for n in KEPT["odt"] if n in CASES and n != "merged_cells"])
def test_what_real_documents_do(name):
    found = read(DATA / f"{name}.odt")
    assert lines(found) == list(CASES[name].lines)
    assert grids(found) == [sorted(g) for g in CASES[name].grids]


def test_merged_cells_and_an_edge_dragged_by_a_hair():
    (grid,) = grids(read(DATA / "merged_cells.odt"))
    # The position before a row that begins a column later is a blank cell in this format.
    assert [c for c in grid if c != (4, 0, 1, 1, "")] == sorted(CASES["merged_cells"].grids[0])


def test_places_are_those_of_the_table(tmp_path: Path):
    found = flat(
        tmp_path,
        table(row(cell("甲", rows=2), "乙"), row(_COVERED, "3"), row("丙", "4")) + "<text:p/>",
    )
    (grid,) = [b for b in found.blocks if isinstance(b, Grid)]
    assert {c.text: str(c.place) for c in grid.cells} == {
        "甲": "表1 R1C1",
        "乙": "表1 R1C2",
        "3": "表1 R2C2",
        "丙": "表1 R3C1",
        "4": "表1 R3C2",
    }


@pytest.mark.parametrize("covered", [(_COVERED,), ()], ids=["covered cells", "left out"])
def test_positions_under_merged_cells(tmp_path: Path, covered: tuple[str, ...]):
    merged = cell("甲", columns=2, rows=2)
    found = flat(
        tmp_path,
        table(row(merged, *covered, "1"), row(*covered, *covered, "2"), row("乙", "3", "4")),
    )
    last = [(2, 0, 1, 1, "乙"), (2, 1, 1, 1, "3"), (2, 2, 1, 1, "4")]
    assert grids(found) == [[(0, 0, 2, 2, "甲"), (0, 2, 1, 1, "1"), (1, 2, 1, 1, "2"), *last]]


def test_header_rows_repeats_and_groups(tmp_path: Path):
    twice = (
        '<table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell>'
    )
    again = '<table:table-row table:number-rows-repeated="2"><table:table-cell/><table:table-cell/></table:table-row>'
    found = flat(
        tmp_path,
        f"<table:table><table:table-header-rows>{row('头', '尾')}</table:table-header-rows>"
        f"<table:table-rows>{again}{row(twice)}</table:table-rows></table:table>",
    )
    (grid,) = grids(found)
    assert [(r, c, t) for r, c, _, _, t in grid if t] == [
        (0, 0, "头"),
        (0, 1, "尾"),
        (3, 0, "0"),
        (3, 1, "0"),
    ]


def test_only_what_prints_is_read(tmp_path: Path):
    found = flat(
        tmp_path,
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>甲<text:span text:style-name="H">藏</text:span><text:note><text:note-body><text:p>注</text:p>'
        "</text:note-body></text:note>乙<text:s text:c='2'/>丙<text:line-break/>丁"
        "<text:ruby><text:ruby-base>戊</text:ruby-base><text:ruby-text>wù</text:ruby-text></text:ruby></text:p>"
        '<text:section text:display="none"><text:p>藏</text:p></text:section>'
        '<text:p>12<text:span text:style-name="S">1</text:span></text:p>'
        '<text:p><text:span text:style-name="D">7</text:span>3<text:span text:style-name="N">4'
        "</text:span></text:p>",
    )
    assert lines(found) == ["甲乙  丙", "丁戊", "12¹", "34"]
    assert found.metadata["title"] == "题名"


def test_lists_go_on_start_again_and_nest(tmp_path: Path):
    def item(text: str, more: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p><text:p>续</text:p>{more}</text:list-item>"

    inner = f"<text:list>{item('丑')}</text:list>"
    found = flat(
        tmp_path,
        f'<text:list text:style-name="L">{item("甲", inner)}</text:list><text:p>文</text:p>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("乙")}</text:list>'
        f'<text:list text:style-name="L">{item("丙")}</text:list>',
    )
    told = [line for line in lines(found) if line != "续"]
    assert told == ["一、甲", "（1）丑", "文", "二、乙", "一、丙"]


def test_pictures_frames_and_tables_in_cells(tmp_path: Path):
    frame = '<draw:frame svg:width="10cm" svg:height="5cm"><draw:image/></draw:frame>'
    box = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
    inner = f"<table:table-cell><text:p/>{table(row('内', '1'))}</table:table-cell>"
    found = flat(
        tmp_path,
        f"<text:p>文{frame}{box}</text:p>{table(row('甲', '2', '3', '4', inner), row(*'乙5678'))}",
    )
    (picture,) = [b for b in found.blocks if isinstance(b, Picture)]
    assert [round(s) for s in picture.size] == [283, 142]
    assert lines(found) == ["文", "框"]
    first = next(b for b in found.blocks if isinstance(b, Grid))
    assert [c.doubt != "" for c in first.cells[:5]] == [False, False, False, False, True]


def test_headings(tmp_path: Path):
    found = flat(tmp_path, '<text:h text:outline-level="1">甲</text:h><text:p>乙</text:p>')
    assert [b.heading for b in found.blocks if isinstance(b, Paragraph)] == [True, False]


def _zip(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return path


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"META-INF__manifest_xml": "<m:x xmlns:m='u'><m:encryption-data/></m:x>"}, "encrypted"),
        ({"content_xml": "<a/>"}, "unknown_format"),
        ({"content_xml": "<a"}, "corrupt"),
        ({"other_xml": "<a/>"}, "corrupt"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, parts: dict[str, str], reason: str):
    with pytest.raises(UnreadableError) as raised:
        read(_zip(tmp_path / "a.odt", **parts))
    assert raised.value.reason == reason


def test_no_truncation_is_read_in_silence(tmp_path: Path):
    whole = (DATA / "merged.odt").read_bytes()
    path = tmp_path / "a.odt"
    for share in (0.02, 0.3, 0.6, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UnreadableError):
            read(path)


def test_limits(tmp_path: Path):
    many = (
        '<table:table-row table:number-rows-repeated="999999"><table:table-cell/></table:table-row>'
    )
    with pytest.raises(UnreadableError) as raised:
        flat(tmp_path, table(many))
    assert raised.value.reason == "limit"
