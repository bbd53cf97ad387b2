"""Workbooks of Excel's two formats and of OpenDocument, written by several programs and by hand."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from audit.document import Cell, Document, Grid, Paragraph
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders._sheet_xls_looks import looks
from audit.loaders.base import Limits, Source

Value = str | int | float | date | None
HEAD = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
LONG = "全年公开工作平稳有序，各项任务按期完成，" * 5


def load(path: Path, limits: Limits | None = None) -> Document:
    source = Source(path, path.name, limits or Limits())
    (document,) = loader_for(source).load(source)
    assert isinstance(document, Document)
    return document


def book(path: Path, fill: Callable[[Worksheet], None], name: str = "年报") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = name
    fill(sheet)
    workbook.save(path)
    return path


def rows(path: Path, lines: Sequence[Sequence[Value]], merges: Sequence[str] = ()) -> Path:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(list(line))
        for merge in merges:
            sheet.merge_cells(merge)

    return book(path, fill)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph) and not b.heading]


def grids(document: Document) -> list[Grid]:
    return [b for b in document.blocks if isinstance(b, Grid)]


def at(document: Document, address: str) -> Cell:
    """The cell with this place among all grids."""
    (cell,) = [c for g in grids(document) for c in g.cells if str(c.place) == address]
    return cell


def repacked(path: Path, changes: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """The package with some of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, changes.get(name, bytes)(data))
    return path


def test_numbers_and_dates_as_a_person_would_type_them(tmp_path: Path) -> None:
    values: list[Value] = [3, 3.0, 12.5, 0.1 + 0.2, "12.50", " 7", -8, 1e15, 0.000012]
    dates: list[Value] = [date(2024, 1, 18), datetime(2024, 1, 18, 9, 30)]
    document = load(rows(tmp_path / "a.xlsx", [["项"] * 9, values, dates]))
    (grid,) = grids(document)
    shown = [c.text for c in grid.cells if c.row == 1]
    assert shown == ["3", "3", "12.5", "0.3", "12.50", " 7", "-8", "1000000000000000", "0.000012"]
    assert [c.text for c in grid.cells if c.row == 2][:2] == ["2024-01-18", "2024-01-18 09:30:00"]
    assert str(grid.cells[0].place) == "年报!A1"


def test_percentages_and_formats_that_only_look_like_dates(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for column, (value, code) in enumerate(
            [(0.5518, "0.00%"), (5, '0"days"'), (6, "[Red]0"), (45309, 'yyyy"年"m"月"d"日"')], 1
        ):
            sheet.cell(1, column, value).number_format = code

    (grid,) = grids(load(book(tmp_path / "a.xlsx", fill)))
    assert [c.text for c in grid.cells] == ["55.18%", "5", "6", "2024-01-18"]


def test_merged_ranges_and_blank_cells(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "a.xlsx",
        [
            ["项目", None, "法人", None, "总计"],
            [None, None, "企业", "其他", None],
            ["结果", "公开", 1, None, 1],
            [None, "不公开", None, None, None],
        ],
        ["A1:B2", "C1:D1", "E1:E2", "A3:A4"],
    )
    (grid,) = grids(load(path))
    spans = {
        c.text: (c.row_span, c.column_span)
        for c in grid.cells
        if c.text in ("项目", "法人", "结果")
    }
    assert spans == {"项目": (2, 2), "法人": (1, 2), "结果": (2, 1)}
    assert [(c.column, c.text) for c in grid.cells if c.row == 3] == [
        *((1, "不公开"), (2, ""), (3, ""), (4, ""))
    ]
    covered = [
        (row, column)
        for c in grid.cells
        for row in range(c.row, c.row + c.row_span)
        for column in range(c.column, c.column + c.column_span)
    ]
    assert sorted(covered) == [(row, column) for row in range(4) for column in range(5)]


def test_report_in_one_sheet(tmp_path: Path) -> None:
    path = rows(
        tmp_path / "a.xlsx",
        [
            ["双枫镇2023年政府信息公开工作年度报告"],
            ["一、总体情况"],
            [LONG],
            ["二、主动公开政府信息情况"],
            ["第二十条第（一）项"],
            ["信息内容", "制发", "废止"],
            ["规章", 0, 0],
            ["行政规范性文件"],
            ["三、收到和处理情况"],
            ["项目", "自然人", "总计"],
            ["一、本年新收"],
            ["二、上年结转", 1, 1],
            ["四、结转下年"],
            [],
            ["五、存在的问题"],
            ["无。"],
        ],
    )
    document = load(path)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph) and b.heading] == ["年报"]
    assert texts(document) == [
        "双枫镇2023年政府信息公开工作年度报告",
        "一、总体情况",
        LONG,
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "三、收到和处理情况",
        "五、存在的问题",
        "无。",
    ]
    first, second = grids(document)
    assert [c.text for c in first.cells if c.column == 0] == ["信息内容", "规章", "行政规范性文件"]
    assert [c.text for c in second.cells if c.column == 0] == [
        *("项目", "一、本年新收", "二、上年结转", "四、结转下年")
    ]
    assert at(document, "年报!B8").text == ""


def test_label_and_running_text_side_by_side(tmp_path: Path) -> None:
    document = load(rows(tmp_path / "a.xlsx", [["总体情况", LONG + "\n" + LONG], ["规章", 0]]))
    assert texts(document) == ["总体情况", LONG, LONG]


def test_sheets_in_order_without_the_hidden(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name, state in (
        ("甲", "visible"),
        ("旧稿", "hidden"),
        ("选项", "veryHidden"),
        ("乙", "visible"),
    ):
        sheet = workbook.create_sheet(name)
        sheet.append(["规章", 1])
        sheet.sheet_state = state
        sheet.row_dimensions[1].hidden = name == "乙"
    del workbook["Sheet"]
    workbook.save(tmp_path / "a.xlsx")
    document = load(tmp_path / "a.xlsx")
    assert [b.place.sheet for b in document.blocks if isinstance(b, Paragraph)] == ["甲", "乙"]
    assert len(grids(document)) == 2


def test_formula_without_a_result_is_unsure_not_blank(tmp_path: Path) -> None:
    """openpyxl writes formulas that no program has calculated."""
    document = load(rows(tmp_path / "a.xlsx", [["新收", 1, 2, "=B1+C1"]]))
    cell = at(document, "年报!D1")
    assert (cell.text, cell.confidence) == ("", 0.0)
    assert "公式" in cell.doubt


def test_results_that_a_library_made_up_are_unsure(tmp_path: Path) -> None:
    """xlsxwriter writes 0 for every formula and asks Excel to calculate when it opens the file."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("年报")
        sheet.write_row(0, 0, ["新收", 1, 2])
        sheet.write_formula(0, 3, "=B1+C1")
    document = load(tmp_path / "a.xlsx")
    assert at(document, "年报!D1").confidence == 0.0
    assert at(document, "年报!B1").confidence == 1.0


def test_formulas_with_results_count_with_them(tmp_path: Path) -> None:
    path = rows(tmp_path / "a.xlsx", [["新收", 1, "=B1", '=""']])
    sheet = "xl/worksheets/sheet1.xml"

    def calculated(data: bytes) -> bytes:
        text = data.decode()
        text = text.replace("<f>B1</f><v></v>", "<f>B1</f><v>1</v>")
        text = text.replace("<f>B1</f><v />", "<f>B1</f><v>1</v>")
        for empty in ("<v></v>", "<v />"):
            text = text.replace(f'<c r="D1"><f>""</f>{empty}', '<c r="D1" t="str"><f>""</f><v></v>')
        return text.encode()

    done = repacked(
        path,
        {sheet: calculated, "xl/workbook.xml": lambda d: d.replace(b'fullCalcOnLoad="1"', b"")},
    )
    document = load(done)
    cell = at(document, "年报!C1")
    assert (cell.text, cell.confidence) == ("1", 1.0)
    assert not [c for g in grids(document) for c in g.cells if c.doubt]


def test_stray_cell_at_the_far_end_of_the_sheet(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["规章", 0, 1])
        sheet["XFD1048576"] = "x"
        sheet.merge_cells("A5:C6")

    path = book(tmp_path / "a.xlsx", fill)
    whole = {"xl/worksheets/sheet1.xml": lambda data: data.replace(b"A5:C6", b"A5:C1048570")}
    document = load(repacked(path, whole))
    assert [len(g.cells) for g in grids(document)] == [3]
    assert texts(document) == ["x"]


def test_workbook_as_other_programs_write_it(tmp_path: Path) -> None:
    """Strings in the cells, rows and cells without addresses, prefixed names of the strict edition."""
    strict = "http://purl.oclc.org/ooxml"
    parts = {
        "_rels/.rels": f"<Relationships><Relationship Id='r1' Target='/book/main.xml' "
        f"Type='{strict}/officeDocument/relationships/officeDocument'/></Relationships>",
        "book/main.xml": f"<x:workbook xmlns:x='{strict}/spreadsheetml/main' "
        f"xmlns:r='{strict}/officeDocument/relationships'><x:sheets>"
        "<x:sheet name='表' sheetId='1' r:id='rId7'/></x:sheets></x:workbook>",
        "book/_rels/main.xml.rels": "<Relationships><Relationship Id='rId7' Target='one.xml' "
        f"Type='{strict}/officeDocument/relationships/worksheet'/></Relationships>",
        "book/one.xml": f"<x:worksheet xmlns:x='{strict}/spreadsheetml/main'><x:sheetData>"
        "<x:row><x:c t='inlineStr'><x:is><x:r><x:t>规</x:t></x:r><x:r><x:t>章</x:t></x:r>"
        "<x:rPh><x:t>guizhang</x:t></x:rPh></x:is></x:c><x:c><x:v>4</x:v></x:c></x:row>"
        "<x:row r='4'><x:c r='B4' t='b'><x:v>1</x:v></x:c><x:c t='e'><x:v>#REF!</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>",
    }
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{text}")
    document = load(tmp_path / "a.xlsx")
    shown = {str(c.place): c.text for g in grids(document) for c in g.cells}
    assert shown == {"表!A1": "规章", "表!B1": "4", "表!B4": "TRUE", "表!C4": "#REF!"}


def test_raised_figures_are_no_part_of_a_number(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("表")
        up, bold = workbook.add_format({"font_script": 1}), workbook.add_format({"bold": True})
        sheet.write_rich_string("A1", bold, "行政许可", up, "2")
        sheet.write_rich_string("B1", bold, "5", up, "1")
        sheet.write_rich_string("C1", bold, "5", "1")
        low = workbook.add_format({"font_script": 2})
        sheet.write_rich_string("D1", bold, "5", low, "1")
    document = load(tmp_path / "a.xlsx")
    shown = {str(c.place): c.text for g in grids(document) for c in g.cells}
    assert shown == {"表!A1": "行政许可²", "表!B1": "5¹", "表!C1": "51", "表!D1": "5¹"}


def test_what_is_struck_out_is_left_out_or_doubted(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet("表")
        struck, bold = (workbook.add_format({f: True}) for f in ("font_strikeout", "bold"))
        sheet.write_rich_string("A1", struck, "行政", bold, "处罚")
        sheet.write_rich_string("B1", struck, "7", bold, "5")
        sheet.write_number("C1", 6, struck)
        sheet.write_number("D1", 8, bold)
    found = [c for g in grids(load(tmp_path / "a.xlsx")) for c in g.cells]
    assert [c.text for c in found] == ["处罚", "5", "6", "8"]
    assert [bool(c.doubt) for c in found] == [False, False, True, False]


def test_title_and_creator(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "规章"
    workbook.properties.title, workbook.properties.creator = "双枫镇年报", "双枫镇"
    workbook.save(tmp_path / "a.xlsx")
    assert load(tmp_path / "a.xlsx").metadata == {"title": "双枫镇年报", "creator": "双枫镇"}


# ---- OpenDocument

ODS = (
    "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:automatic-styles>"
    "<style:style style:name='gone'><style:table-properties table:display='false'/></style:style>"
    "{}</office:automatic-styles><office:body><office:spreadsheet>{}"
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(path: Path, tables: str, manifest: str = "", styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(styles, tables))
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return path


def fods(path: Path, tables: str) -> Path:
    kind = " office:mimetype='application/vnd.oasis.opendocument.spreadsheet' "
    text = ODS.format("", tables).replace("document-content", "document")
    begin = "" if text.startswith("<?xml") else '<?xml version="1.0" encoding="UTF-8"?>\n'
    path.write_text(begin + text.replace("<office:document ", f"<office:document{kind}"), "utf-8")
    return path


@pytest.mark.parametrize(("name", "written"), [("a.ods", ods), ("a.fods", fods), ("a.xml", fods)])
def test_opendocument_with_spans_repeats_and_hidden_sheets(
    tmp_path: Path, name: str, written: Callable[[Path, str], Path]
) -> None:
    zero = "<table:table-cell office:value-type='float' office:value='0.0' {}><text:p>0</text:p></table:table-cell>"
    tables = (
        "<table:table table:name='旧' table:style-name='gone'><table:table-row>"
        + zero.format("")
        + "</table:table-row></table:table><table:table table:name='表'><table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>项<text:s/>目"
        "</text:p><text:p>甲</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>"
        "<text:p>数</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated='2'>"
        + zero.format("table:number-columns-repeated='3'")
        + "<table:table-cell table:formula='of:=1' table:number-columns-repeated='1'/>"
        "<table:table-cell table:number-columns-repeated='16379'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048573'><table:table-cell/>"
        "</table:table-row></table:table>"
    )
    document = load(written(tmp_path / name, tables))
    (grid,) = grids(document)
    assert [(c.text, c.column_span) for c in grid.cells if c.row == 0][:2] == [
        *(("项 目\n甲", 2), ("数", 1))
    ]
    assert [c.text for c in grid.cells if c.row == 2] == ["0", "0", "0", ""]
    assert at(document, "表!D3").doubt


def test_opendocument_with_text_struck_out_or_raised(tmp_path: Path) -> None:
    style = "<style:style style:name='{}'><style:text-properties style:text-{}/></style:style>"
    styles = style.format("out", "line-through-style='solid'")
    styles += style.format("up", "position='super 58%'") + style.format(
        "low", "position='-33% 58%'"
    )
    cells = ("7", "out", "3"), ("", "up", "1"), ("", "low", "2")
    strings = "".join(
        f"<table:table-cell office:value-type='string'><text:p>5{a}<text:span text:style-name='{b}'>"
        f"{c}</text:span></text:p></table:table-cell>"
        for a, b, c in cells
    )
    number = "<table:table-cell office:value-type='float' office:value='6' table:style-name='{}'/>"
    row = f"<table:table-row>{strings}{number.format('out')}{number.format('up')}</table:table-row>"
    path = ods(
        tmp_path / "a.ods", f"<table:table table:name='表'>{row}</table:table>", styles=styles
    )
    found = [(c.text, bool(c.doubt)) for c in grids(load(path))[0].cells]
    assert found == [("57", False), ("5¹", False), ("5²", False), ("6", True), ("6", False)]


def test_encrypted_opendocument(tmp_path: Path) -> None:
    manifest = (
        "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry>"
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    with pytest.raises(UnreadableError) as caught:
        load(ods(tmp_path / "a.ods", "", manifest))
    assert caught.value.reason == "encrypted"


# ---- Excel's binary format


def old_book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    xlwt = pytest.importorskip("xlwt", reason="xlwt writes the binary format")
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("年报")
    for row, line in enumerate(rows, 2):
        for column, value in enumerate(line, 1):
            if value is not None:
                sheet.write(row, column, value)
    sheet.merge(2, 3, 1, 1)
    other = workbook.add_sheet("旧稿")
    other.write(0, 0, "不读")
    other.visibility = 1
    workbook.save(str(path))
    return path


@pytest.mark.parametrize("name", ["a.xls", "a.et", "名为新格式.xlsx"])
def test_binary_workbook(tmp_path: Path, name: str) -> None:
    document = load(old_book(tmp_path / name, [["结果", "公开", 3.0], [None, "不公开", 12.5]]))
    assert document.format == "xls"
    (grid,) = grids(document)
    assert [(c.text, c.row_span) for c in grid.cells] == [
        *(("结果", 2), ("公开", 1), ("3", 1), ("不公开", 1), ("12.5", 1))
    ]
    assert at(document, "年报!D4").text == "12.5"


def test_binary_formula_without_a_result(tmp_path: Path) -> None:
    xlwt = pytest.importorskip("xlwt", reason="xlwt writes the binary format")
    document = load(old_book(tmp_path / "a.xls", [["新收", 1, xlwt.Formula("C3+1")], [None, "x"]]))
    assert at(document, "年报!D3").doubt


def test_binary_workbook_with_text_struck_out_or_raised() -> None:
    """Written by LibreOffice: in row 1 by piece of text and by cell, in row 2 by cell alone."""
    (grid,) = grids(load(Path(__file__).parent / "data" / "sheet" / "struck.xls"))
    told = {str(c.place)[2:]: (c.text, bool(c.doubt)) for c in grid.cells if c.text}
    assert told == {
        "A1": ("行政处罚", False),
        "B1": ("5", True),
        "C1": ("5¹", False),
        "D1": ("5¹", False),
        "E1": ("6", True),
        "F1": ("8", False),
        "A2": ("1", False),
        "B2": ("2", True),
        "C2": ("3", False),
        "D2": ("4", True),
        "E2": ("51", False),
    }


@pytest.mark.parametrize("cut", [0, 4])
def test_strings_that_go_on_in_another_record(cut: int) -> None:
    """The first part ends within a string's text, after which its characters are wider."""
    plain, struck = (struct.pack("<5H", 200, flags, 0, 400, 0) for flags in (0, 8))
    first = struct.pack("<IIHBH", 2, 2, 4, 0x08, 1) + b"12"
    then = b"\1" + "件7".encode("utf-16-le") + struct.pack("<HH", 3, 1)
    then += struct.pack("<HBH", 3, 0x08, 1) + b"453" + struct.pack("<HH", 0, 1)
    records = [(0x31, plain), (0x31, struck), (0xFC, first), (0x3C, then[: len(then) - cut])]
    found = looks(iter(records))
    assert found.shown(0, "12件7") == "12件"
    assert sorted(found.runs) == ([0] if cut else [0, 1])


def test_xml_of_excel_2003(tmp_path: Path) -> None:
    rows = (
        '<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">规<B>章</B></Data></Cell>'
        '<Cell><Data ss:Type="Number">12.0</Data></Cell></Row><Row>'
        '<Cell ss:Index="2"><Data ss:Type="String">5<S>7</S><Sup>1</Sup></Data></Cell>'
        '<Cell ss:Index="3" ss:Formula="=1"/><Cell><Data ss:Type="DateTime">2024-01-18T00:00:00.000</Data></Cell></Row>'
    )
    (tmp_path / "a.xls").write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'
        f'<Worksheet ss:Name="旧"><Table>{rows}</Table><x:WorksheetOptions>'
        "<x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
    )
    document = load(tmp_path / "a.xls")
    assert [(str(c.place), c.text, c.column_span) for c in grids(document)[0].cells] == [
        ("表!A2", "规章", 2),
        ("表!C2", "12", 1),
        ("表!D2", "", 1),
        ("表!A3", "", 1),
        ("表!B3", "5¹", 1),
        ("表!C3", "", 1),
        ("表!D3", "2024-01-18", 1),
    ]
    assert at(document, "表!C3").doubt


# ---- what cannot be read


def damaged(path: Path) -> Path:
    rows(path, [["规章", 0]])
    path.write_bytes(path.read_bytes()[:-200])
    return path


def no_strings(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["规章", 0])
    return repacked(path, {"xl/sharedStrings.xml": lambda _: f"<sst {HEAD}/>".encode()})


def broken_xml(path: Path) -> Path:
    rows(path, [["规章", 0]])
    return repacked(path, {"xl/worksheets/sheet1.xml": lambda data: data[:-30]})


def empty(path: Path) -> Path:
    return rows(path, [])


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * (3 << 20))
    return path


def ole(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (damaged, "corrupt"),
        (no_strings, "corrupt"),
        (broken_xml, "corrupt"),
        (ole, "corrupt"),
        (empty, "empty"),
        (bomb, "limit"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, make: Callable[[Path], Path], reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        load(make(tmp_path / "a.xlsx"), Limits(unpacked_mb=2))
    assert caught.value.reason == reason


def test_more_cells_than_allowed(tmp_path: Path) -> None:
    path = rows(tmp_path / "a.xlsx", [["甲"] * 5] * 5)
    assert grids(load(path, Limits(cells=25)))
    with pytest.raises(UnreadableError) as caught:
        load(path, Limits(cells=24))
    assert caught.value.reason == "limit"


def container(name: str, content: bytes) -> bytes:
    """An OLE file with one stream."""
    document = pytest.importorskip("xlwt", reason="xlwt writes the container").CompoundDoc.XlsDoc()
    stream = io.BytesIO()
    document.save(stream, content)
    data = bytearray(stream.getvalue())
    entry = data.index("Workbook".encode("utf-16-le"))
    data[entry : entry + 64] = name.encode("utf-16-le").ljust(64, b"\0")
    data[entry + 64] = 2 * len(name) + 2
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "stream", "content", "reason"),
    [
        ("a.xls", "Workbook", b"\x2f\x00\x00\x00\x0a\x00\x00\x00", "encrypted"),
        ("a.xlsx", "EncryptedPackage", b"sealed", "encrypted"),
        ("a.xls", "Something", b"else", "unknown_format"),
    ],
)
def test_passwords_and_other_containers(
    tmp_path: Path, name: str, stream: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(container(stream, content))
    with pytest.raises(UnreadableError) as caught:
        load(path)
    assert caught.value.reason == reason
