"""Copies with the findings where they are: nothing lost, nothing moved, originals untouched."""

from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from lxml import html

from tests.builder.build import encode
from tests.builder.truth import base_report
from tests.commands.county import BROKEN, COUNTY, SOUND, nianbao, report

#: The wrong cell of BROKEN stands in this row of the form, in the last column.
ROW = "（一）予以公开"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def annotated(folder: Path, *words: str | Path) -> Path:
    """Check with copies, the originals found as they were; the folder of copies."""
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    copies = folder.parent / "copies"
    assert nianbao("check", folder, "--annotate", copies, *words).exit_code == 1
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return copies


def printed(element: Any) -> str:
    """What an element of a Word document prints."""
    return "".join(t.text for t in element.iter() if str(t.tag).endswith("}t"))


def cells(path: Path) -> list[list[str]]:
    """The cells that are read in a file: all columns but file and location."""
    done = nianbao("extract", path, "-f", "csv", "-q")
    return [line.split(",")[:8] for line in done.stdout.splitlines()]


def highlights(path: Path) -> list[tuple[int, str, str]]:
    """Page, marked text and words of each highlight."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            buffer = (pdfium.FPDF_WCHAR * (size // 2))()
            pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
            box = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(annotation, box)
            marked = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
            words = bytes(buffer).decode("utf-16-le").rstrip("\0")
            found.append((number, marked.strip(), words))
            pdfium.FPDFPage_CloseAnnot(annotation)
        text.close()
        page.close()
    document.close()
    return found


def test_word_comments_stand_on_the_wrong_cell(folder: Path) -> None:
    path = report(folder / "乡镇", "青石镇", BROKEN, ".docx")
    copy = annotated(folder) / "乡镇" / path.name
    document = Document(str(copy))
    comments = {c.comment_id: c.text for c in document.comments}
    assert any("A303" in t and "应为 2" in t for t in comments.values())
    (number,) = [n for n, t in comments.items() if "A303" in t]
    (start,) = document.element.body.xpath(f"//w:commentRangeStart[@w:id='{number}']")
    cell = next(a for a in start.iterancestors() if a.tag.endswith("}tc"))
    row = cell.getparent()
    assert printed(cell) == "3"
    assert ROW in printed(row) and cell is row.findall(cell.tag)[-1]
    assert cells(copy) == cells(path)


def test_sheet_comments_stand_on_the_wrong_cell(folder: Path) -> None:
    path = report(folder, "青石镇", BROKEN, ".xlsx")
    copy = annotated(folder) / path.name
    marked = {
        (sheet.title, c.row): c
        for sheet in openpyxl.load_workbook(copy).worksheets
        for row in sheet.iter_rows()
        for c in row
        if c.comment is not None and "A303" in c.comment.text
    }
    assert [c.value for c in marked.values()] == [3]
    assert all(c.fill.fgColor.rgb == "FFFFE08A" for c in marked.values())
    assert cells(copy) == cells(path)


def test_highlights_lie_on_the_wrong_cell(folder: Path) -> None:
    path = report(folder, "青石镇", BROKEN, ".pdf")
    copy = annotated(folder) / path.name
    assert [marked for _, marked, words in highlights(copy) if "A303" in words] == ["3"]
    assert cells(copy) == cells(path)


@pytest.mark.parametrize("change", ["turned", "cropped", "shifted"])
def test_highlights_lie_right_on_pages_set_otherwise(folder: Path, change: str) -> None:
    path = report(folder, "青石镇", BROKEN, ".pdf")
    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        left, bottom, right, top = page.get_mediabox()
        if change == "turned":
            page.set_rotation(90)
        elif change == "cropped":
            page.set_cropbox(left + 20, bottom + 25, right - 20, top - 15)
        else:
            page.set_mediabox(left - 30, bottom - 40, right, top)
    document.save(path)
    document.close()
    copy = annotated(folder) / path.name
    assert [marked for _, marked, words in highlights(copy) if "A303" in words] == ["3"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_marks_stand_on_the_wrong_cell_in_the_pages_encoding(folder: Path, encoding: str) -> None:
    path = report(folder, "青石镇", BROKEN, ".html")
    text = path.read_text(encoding="utf-8").replace("utf-8", encoding)
    path.write_bytes(text.encode(encoding))
    copy = annotated(folder) / path.name
    page: Any = html.document_fromstring(copy.read_bytes().decode(encoding))
    marks = [m for m in page.iter("mark") if "A303" in m.get("title")]
    assert [m.text_content() for m in marks] == ["3"]
    assert ROW in "".join(marks[0].getparent().getparent().itertext())
    assert encoding in copy.read_bytes().decode(encoding)[:600]
    assert cells(copy) == cells(path)


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf"])
def test_words_are_marked_where_they_stand(folder: Path, suffix: str) -> None:
    report(folder, "青石镇", {"applications.new.total": "两件"}, suffix)
    truth = base_report("白水乡", 2023, county=COUNTY, more={"主动公开": "召开会议XX次。"})
    path = folder / f"白水乡{suffix}"
    path.write_bytes(encode(truth, suffix))
    copy = annotated(folder, "--fail-on", "info") / path.name
    if suffix == ".docx":
        document = Document(str(copy))
        (number,) = [c.comment_id for c in document.comments if "S114" in c.text]
        (start,) = document.element.body.xpath(f"//w:commentRangeStart[@w:id='{number}']")
        marked = printed(start.getparent())
    elif suffix == ".html":
        page: Any = html.document_fromstring(copy.read_bytes())
        (mark,) = [m for m in page.iter("mark") if "S114" in m.get("title")]
        marked = mark.text_content()
    else:
        (marked,) = [m for _, m, words in highlights(copy) if "S114" in words]
    assert "主动公开" in marked  # how the paragraph begins; a PDF's highlight is its first line


def test_findings_without_a_place_stand_at_the_top(folder: Path) -> None:
    path = report(folder, "青石镇", SOUND, ".docx")
    (folder.parent / "roster.csv").write_text("单位\n白水乡\n", encoding="utf-8")
    roster = folder.parent / "roster.csv"
    copy = annotated(folder, "--roster", roster, "--fail-on", "info") / path.name
    document = Document(str(copy))
    (comment,) = [c for c in document.comments if "R80" in c.text]
    (start,) = document.element.body.xpath(f"//w:commentRangeStart[@w:id='{comment.comment_id}']")
    assert start.getparent() is document.paragraphs[0]._p


def test_names_never_leave_the_folder(folder: Path, tmp_path: Path) -> None:
    for place in ("a", "b"):
        report(folder / place, "青石镇", BROKEN, ".html")
    copies = tmp_path / "copies"
    outside = report(tmp_path / "elsewhere", "白水乡", BROKEN, ".html")
    words = [folder / "a" / ".." / "b", folder / "a", outside]
    assert nianbao("check", *words, "--annotate", copies).exit_code == 1
    found = sorted(p.relative_to(copies).as_posix() for p in copies.rglob("*") if p.is_file())
    name = "青石镇2023年报.html"
    assert found == sorted([f"a/{name}", f"b/{name}", outside.name])


def test_copies_inside_the_folder_are_not_read(folder: Path) -> None:
    report(folder, "青石镇", BROKEN, ".html")
    for _ in range(2):
        done = nianbao("check", folder, "--annotate", folder / "copies")
        assert "文件 1 个" in done.stdout or "年报 1 份" in done.stdout
    assert len(list((folder / "copies").iterdir())) == 1


def test_other_formats_are_named(folder: Path) -> None:
    report(folder, "青石镇", BROKEN, ".txt")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    done = nianbao("check", folder, "--annotate", folder.parent / "copies")
    assert "此格式没有批注" in done.stderr and "青石镇2023年报.txt" in done.stderr
    assert "未批注 1 份" in done.stderr and "坏.docx" in done.stderr
    assert done.exit_code == 1


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx", ".pdf"])
def test_text_of_strangers_does_nothing_in_a_copy(folder: Path, suffix: str) -> None:
    said = '召开会议XX次，<script>alert(1)</script>=HYPERLINK("http://x.invalid")&lt;b&gt;。'
    folder.mkdir()
    truth = base_report("白水乡", 2023, county=COUNTY, cells=BROKEN, more={"主动公开": said})
    path = folder / f"=1+1 $(x) 白水乡{suffix}"
    path.write_bytes(encode(truth, suffix))
    copy = annotated(folder) / path.name
    if suffix == ".html":
        page: Any = html.document_fromstring(copy.read_bytes())
        assert not list(page.iter("script")) and "<script>" in page.text_content()
        assert any("S114" in m.get("title") for m in page.iter("mark"))
    elif suffix == ".xlsx":
        cells = [c for sheet in openpyxl.load_workbook(copy) for r in sheet.iter_rows() for c in r]
        assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
        assert [c for c in cells if c.comment and "S114" in c.comment.text]
    elif suffix == ".docx":
        assert any("S114" in c.text for c in Document(str(copy)).comments)
    else:
        assert any("S114" in words for _, _, words in highlights(copy))
