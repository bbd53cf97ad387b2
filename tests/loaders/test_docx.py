"""The docx loader: merged, nested, tracked, numbered and boxed content, and files that are bad."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from audit.document import Grid, Paragraph, Picture
from audit.errors import UnreadableError
from audit.loaders import LOADERS
from tests.builder.build import encode
from tests.builder.writers.docx import LAYOUTS
from tests.loaders.make_word import distinct
from tests.loaders.word_cases import CASES
from tests.loaders.word_compare import expected_grids, grids, lines, read
from tests.loaders.word_xml import (
    NAMESPACES,
    WORDML,
    body,
    document,
    p,
    package,
    r,
    tbl,
    tc,
    text_box,
    tr,
)


@pytest.fixture
def reading(tmp_path):
    """From a document's bytes to what the loader makes of it."""

    def made(data: bytes, name: str = "a.docx", **limits: float):
        path = tmp_path / name
        path.write_bytes(data)
        return read(path, **limits)

    return made


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_of_a_report(reading, layout):
    truth = distinct()
    found = reading(encode(truth, ".docx", layout))
    assert grids(found) == expected_grids(truth, layout)
    assert found.metadata == {"title": truth.title, "creator": truth.unit}
    assert [t for t in truth.titles.values() if t in lines(found)] == [*truth.titles.values()]


@pytest.mark.parametrize("name", CASES)
def test_what_real_documents_do(reading, name):
    case = CASES[name]
    found = reading(case.docx)
    assert lines(found) == list(case.lines)
    assert grids(found) == [sorted(g) for g in case.grids]


@pytest.mark.parametrize("layout", ["numbered", "merged"])
def test_headings_are_those_with_a_heading_style(reading, layout):
    truth = distinct()
    found = reading(encode(truth, ".docx", layout))
    told = [b.text for b in found.blocks if isinstance(b, Paragraph) and b.heading]
    assert told == (list(truth.titles.values()) if layout == "numbered" else [])


def test_places_are_those_that_word_counts(reading):
    table = tbl(
        tr(tc("甲", span=2, merge="restart"), "乙"),
        tr(tc("", span=2, merge=""), "5"),
        tr("丙", "丁", "6"),
        widths=(1000, 1000, 1000),
    )
    found = reading(document("一", "", "三", tbl(tr("x", "y")), table))
    assert [str(b.place) for b in found.blocks] == ["line 1", "line 3", "表1", "表2"]
    places = {c.text: str(c.place) for b in found.blocks if isinstance(b, Grid) for c in b.cells}
    assert places["5"] == "表2 R2C2"
    assert places["6"] == "表2 R3C3"
    assert places["乙"] == "表2 R1C2"


def test_sideways_merge_of_old_files(reading):
    start, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    table = tbl(tr(tc("合", properties=start), tc("", properties=on), "1"), tr("a", "b", "2"))
    (grid,) = grids(reading(document(table)))
    assert (0, 0, 1, 2, "合") in grid
    assert (0, 2, 1, 1, "1") in grid
    assert len(grid) == 5


def test_a_merge_that_goes_on_with_nothing_keeps_its_text(reading):
    """As where a table was split by hand, and a label's merge with it."""
    table = tbl(tr(tc("续", merge=""), "1"), tr(tc("不印", merge=""), "2"), widths=(1000, 1000))
    (grid,) = grids(reading(document(table)))
    assert grid == [(0, 0, 2, 1, "续"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_hidden_row_is_not_read(reading):
    rows = (tr("甲", "1"), tr("乙", "2", properties="<w:hidden/>"), tr("丙", "3"))
    (grid,) = grids(reading(document(tbl(*rows, widths=(1000, 1000)))))
    assert [c[4] for c in grid] == ["甲", "1", "丙", "3"]


def test_a_content_control_around_cells_rows_and_tables(reading):
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    rows = (control(tr("行政许可", control(tc(control(p("5")))))), tr("行政处罚", "6"))
    found = reading(document(control(p("前") + tbl(*rows)), "后"))
    assert lines(found) == ["前", "后"]
    assert [c[4] for c in grids(found)[0]] == ["行政许可", "5", "行政处罚", "6"]


def test_moved_text_is_read_once(reading):
    there = f'<w:moveTo w:id="1" w:author="a">{r("移动的句子")}</w:moveTo>'
    here = f'<w:moveFrom w:id="2" w:author="a">{r("移动的句子")}</w:moveFrom>'
    found = reading(document(p("甲", here), p("乙", there)))
    assert lines(found) == ["甲", "乙移动的句子"]


def test_hidden_by_style_and_shown_again(reading):
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    hidden = r("看不见", '<w:rStyle w:val="H"/>')
    shown = r("看得见", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')
    linked = f'<w:hyperlink r:id="x">{shown}{hidden}</w:hyperlink>'
    assert lines(reading(document(p("甲", hidden, linked), styles=styles))) == ["甲看得见"]


def test_an_open_field_does_not_swallow_the_rest(reading):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
    assert lines(reading(document(p("甲", begin), p("乙")))) == ["甲", "乙"]


def test_a_picture_and_its_size(reading):
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="5080000" cy="2540000"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="x"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    old = (
        '<w:r><w:pict><v:shape style="width:6in;height:144pt"><v:imagedata r:id="x"/></v:shape>'
        "</w:pict></w:r>"
    )
    found = reading(document("二、", p(picture), p(old)))
    assert [b.size for b in found.blocks if isinstance(b, Picture)] == [(400, 200), (432, 144)]


def test_what_is_written_two_ways_is_read_once(reading):
    """A choice of several pieces, of which one is a text box."""
    box = text_box(p("框内"))
    both = box.replace("</mc:Choice>", r("旁") + "</mc:Choice>")
    assert lines(reading(document(p("甲", both)))) == ["甲旁", "框内"]


def test_a_picture_for_a_value_is_doubted(reading):
    picture = '<w:r><w:pict><v:shape><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
    found = reading(document(tbl(tr("行政许可", tc(p(picture))), tr("行政处罚", "4"))))
    cells = [c for b in found.blocks if isinstance(b, Grid) for c in b.cells]
    assert [c.confidence for c in cells] == [1, 0, 1, 1]
    assert [bool(c.doubt) for c in cells] == [False, True, False, False]


def test_a_form_for_a_value_is_doubted(reading):
    inner = tbl(tr("3"), widths=(500,))
    rows = [tr("甲", tc(inner)), tr("乙", "4"), tr("丙", "5")]
    found = reading(document(tbl(*rows, widths=(1000, 1000))))
    assert [c.text for b in found.blocks if isinstance(b, Grid) for c in b.cells if c.doubt] == [""]
    assert "3" in lines(found)


def test_a_report_kept_whole_in_one_table(reading):
    long = "全年坚持把公开透明的要求落实到工作的各个环节。" * 4
    table = tbl(
        tr(tc("某镇2023年政府信息公开工作年度报告", span=3)),
        tr(tc("一、总体情况", span=3)),
        tr(tc(long, span=3)),
        tr(tc("二、主动公开政府信息情况", span=3)),
        tr(tc("第二十条第（一）项", span=3)),
        tr("信息内容", "制发", "废止"),
        tr("规章", "1", "2"),
        tr(tc("三、其他", span=3)),
        tr(tc("无。" * 60, span=3)),
    )
    found = reading(document(table))
    texts = ["某镇2023年政府信息公开工作年度报告", "一、总体情况", long, "二、主动公开政府信息情况"]
    assert lines(found) == [*texts, "三、其他", "无。" * 60]
    (grid,) = [b for b in found.blocks if isinstance(b, Grid)]
    assert [(c.row, c.column, c.text) for c in grid.cells] == [
        (0, 0, "第二十条第（一）项"),
        *((1, n, t) for n, t in enumerate(("信息内容", "制发", "废止"))),
        *((2, n, t) for n, t in enumerate(("规章", "1", "2"))),
    ]
    assert str(grid.cells[-1].place) == "表1 R7C3"


def test_raised_figures_are_no_part_of_a_number(reading):
    high = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    found = reading(document(f"<w:p>{r('12')}{high}{r('件')}</w:p>"))
    assert lines(found) == ["12¹件"]


def test_figures_off_the_line_are_no_part_of_the_number_beside_them(reading):
    def run(text: str, name: str, how: str) -> str:
        return f'<w:r><w:rPr><w:{name} w:val="{how}"/></w:rPr><w:t>{text}</w:t></w:r>'

    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vertAlign w:val="superscript"/>'
    styles += '</w:rPr></w:style><w:style w:type="character" w:styleId="T"><w:basedOn w:val="S"/>'
    ends = (("position", "8"), ("position", "-6"), ("vertAlign", "subscript"), ("rStyle", "T"))
    paragraphs = [r("5") + run("1", *end) for end in ends]
    paragraphs += [run("1", "position", "6") + r("5"), r("5") + run("1", "position", "2")]
    # All of a cell's text moved: a way to centre it.
    paragraphs += [run("1", "position", "6") + run("2", "position", "6") + r("件")]
    body = "".join(f"<w:p>{p}</w:p>" for p in paragraphs)
    told = lines(reading(document(body, styles=styles + "</w:style>")))
    assert told == [*["5¹"] * 4, "¹5", "51", "12件"]


def test_formulas_are_no_figures(reading):
    def formula(kind: str, *parts: str) -> str:
        inside = "".join(
            f"<m:{n}><m:r><m:t>{t}</m:t></m:r></m:{n}>" for n, t in map(str.split, parts)
        )
        space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        return f"<m:oMath {space}><m:{kind}>{inside}</m:{kind}></m:oMath>"

    formulas = (
        *(formula("f", "num 1", "den 2"), formula("sSup", "e 5", "sup 2")),
        *(formula("sSub", "e 5", "sub 2") + r("7"), formula("d", "e 12")),
    )
    found = reading(document(*(f"<w:p>{f}</w:p>" for f in formulas)))
    assert lines(found) == ["1/2", "5²", "5²7", "12"]


@pytest.mark.parametrize("form", ["%1", "%1."])
def test_a_lists_number_is_no_part_of_the_figure_behind_it(reading, form):
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:suff '
        f'w:val="nothing"/><w:lvlText w:val="{form}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    found = reading(
        document(p("3", properties=listed), p("项", properties=listed), numbering=numbering)
    )
    one, two = (form.replace("%1", n) for n in "12")
    assert lines(found) == [f"{one} 3", f"{two}项"]


@pytest.mark.parametrize("mark", ["strike", "dstrike"])
def test_what_is_struck_out_is_no_part_of_a_number(reading, mark):
    def run(text: str, properties: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    styles = f'<w:style w:type="character" w:styleId="S"><w:rPr><w:{mark}/></w:rPr></w:style>'
    body = run("7", f"<w:{mark}/>") + run("12", f'<w:{mark} w:val="0"/>')
    body += run("8", '<w:rStyle w:val="S"/>') + run("件", "<w:b/>")
    assert lines(reading(document(f"<w:p>{body}</w:p>", styles=styles))) == ["12件"]


def test_rows_of_unequal_cells_follow_their_widths(reading):
    def wide(text: str, width: int) -> str:
        return tc(text).replace('w:w="1000"', f'w:w="{width}"')

    rows = (
        "".join(wide(t, w) for t, w in (("甲", 1000), ("乙", 2000), ("丙", 1000))),
        "".join(wide(t, 1000) for t in "1234"),
    )
    table = tbl(*(f"<w:tr>{row}</w:tr>" for row in rows))
    (grid,) = grids(reading(document(table)))
    assert (0, 1, 1, 2, "乙") in grid
    assert (0, 3, 1, 1, "丙") in grid


def test_the_number_formats_of_lists(reading):
    forms = {
        "chineseCountingThousand": "一百零五",
        "chineseLegalSimplified": "壹佰零伍",
        "ideographDigital": "一〇五",
        "lowerRoman": "cv",
        "decimalFullWidth": "１０５",
        "decimalZero": "105",
        "bullet": "",
    }
    levels, numbers = "", ""
    for key, form in enumerate(forms):
        levels += (
            f'<w:abstractNum w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="105"/>'
            f'<w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl>'
            "</w:abstractNum>"
        )
        numbers += f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>'
    paragraphs = [
        p("项", properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{key + 1}"/></w:numPr>')
        for key in range(len(forms))
    ]
    found = reading(document(*paragraphs, numbering=levels + numbers))
    assert lines(found) == [f"{number}项" for number in forms.values()]


def test_a_list_starts_again_where_it_says_so(reading):
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    listed = [f'<w:numPr><w:numId w:val="{n}"/></w:numPr>' for n in (1, 1, 2, 2, 0)]
    found = reading(document(*(p("x", properties=q) for q in listed), numbering=numbering))
    assert lines(found) == ["1. x", "2. x", "1. x", "2. x", "x"]


def test_word_2003_xml_and_the_strict_form(reading):
    table = tbl(tr(tc("甲", merge="restart"), "1"), tr(tc("", merge=""), "2"))
    plain = body("正文", table)
    old = plain.replace(WORDML, "http://schemas.microsoft.com/office/word/2003/wordml")
    old = old.replace("w:document", "w:wordDocument").replace("vMerge", "vmerge")
    strict = plain.replace(WORDML, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    expected = reading(document("正文", table))
    for found in (
        reading(old.encode(), "b.doc"),
        reading(package({"word/document.xml": strict}), "c.docx"),
    ):
        assert grids(found) == grids(expected)
        assert lines(found) == ["正文"]


def test_flat_opc(reading):
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inside = body("正文").split("?>", 1)[1]
    flat = (
        f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}"><pkg:part '
        f'pkg:name="/word/document.xml"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part></pkg:package>'
    )
    assert lines(reading(flat.encode(), "a.doc")) == ["正文"]


def test_a_web_page_in_place_of_the_body(reading):
    """As programs write it that turn a page into "Word"."""
    chunk = (
        f'<w:document {NAMESPACES}><w:body><w:altChunk r:id="h"/><w:sectPr/></w:body></w:document>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="h" Type="x/aFChunk" Target="/word/page.mht"/></Relationships>'
    )
    page = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
        "<html><body><p>正文</p><table><tr><td>甲</td><td>1</td></tr></table></body></html>\n--b--"
    )
    parts = {"word/document.xml": chunk, "word/_rels/document.xml.rels": relations}
    members = {n: t.encode() for n, t in (parts | {"word/page.mht": page}).items()}
    for data, name in ((_zip(members), "a.docx"), (page.encode(), "a.doc")):
        found = reading(data, name)
        assert lines(found) == ["正文"]
        assert grids(found) == [[(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "1")]]


def test_a_chunk_among_text_is_not_passed_over(reading):
    with pytest.raises(UnreadableError):
        reading(document("正文", '<w:altChunk r:id="h"/>'))


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


_SOUND = document("正文", tbl(tr("甲", "1")))
_BOMB = _zip({"word/document.xml": b" " * 5 * 2**20})
_ENTITIES = f"""<!DOCTYPE x [<!ENTITY a "{"9" * 50}"><!ENTITY b "{"&a;" * 50}">]>
<w:document {NAMESPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_SOUND[: len(_SOUND) // 2], "corrupt"),
        (_zip({"word/document.xml": b"<w:document"}), "corrupt"),
        (_zip({"word/other.xml": b"<a/>"}), "unknown_format"),
        (_zip({"word/document.xml": b"<a/>"}), "unknown_format"),
        (_BOMB, "limit"),
    ],
)
def test_bad_files_say_why(tmp_path: Path, data: bytes, reason: str):
    path = tmp_path / "bad.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as raised:
        read(path, unpacked_mb=1)
    assert raised.value.reason == reason


def test_no_truncation_is_read_in_silence(tmp_path: Path):
    path = tmp_path / "cut.docx"
    for share in range(1, 20):
        path.write_bytes(_SOUND[: len(_SOUND) * share // 20])
        with pytest.raises(UnreadableError):
            read(path)


def test_entities_are_not_expanded(reading):
    assert lines(reading(package({"word/document.xml": _ENTITIES}))) == []


@pytest.mark.parametrize("odd", ["²", "-1", "99999999999", "x", "", "0"])
def test_odd_numbers_in_properties_raise_nothing(reading, odd):
    listed = f'<w:outlineLvl w:val="{odd}"/><w:numPr><w:ilvl w:val="{odd}"/><w:numId w:val="1"/></w:numPr>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{odd}"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1 %9"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    sign = f'<w:r><w:sym w:font="Symbol" w:char="{odd}"/></w:r>'
    shape = f'<w:r><w:pict><v:shape style="width:{odd}pt"><v:imagedata/></v:shape></w:pict></w:r>'
    cell = tc(p(sign, shape, "甲")).replace('w:w="1000"', f'w:w="{odd}"')
    row = tr(cell, tc("乙", properties=f'<w:gridSpan w:val="{odd}"/>'))
    before = tr("丙", properties=f'<w:gridBefore w:val="{odd}"/>')
    table = tbl(row, before).replace('w:w="1000"', f'w:w="{odd}"')
    found = reading(document(p("正文", properties=listed), table, numbering=numbering))
    assert lines(found)[0].endswith("正文")
    assert {c[4] for c in grids(found)[0]} >= {"乙", "丙"}


@pytest.mark.parametrize("limit", ["cells", "characters", "members"])
def test_limits(reading, limit):
    with pytest.raises(UnreadableError) as raised:
        reading(_SOUND, **{limit: 1})
    assert raised.value.reason == "limit"


def test_tables_nested_beyond_the_limit(reading):
    table = "底"
    for _ in range(4):
        table = tbl(tr(tc(table, "x"), "1"), widths=(3000, 1000))
    with pytest.raises(UnreadableError) as raised:
        reading(document(table), depth=3)
    assert raised.value.reason == "limit"
    assert reading(document(table), depth=4).blocks


def test_a_workbook_is_no_word_document():
    workbook = _zip({"[Content_Types].xml": b"x", "xl/workbook.xml": b"<a/>"})
    (loader,) = (one for one in LOADERS if one.name == "docx")
    assert not loader.sniff(workbook[:8192])
    assert loader.sniff(_SOUND[:8192])
