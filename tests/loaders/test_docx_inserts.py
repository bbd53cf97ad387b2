"""Other programs' files in a docx: the workbooks and web pages that stand among its text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from audit.document import Document, Grid, Picture
from tests.builder.flow import flow
from tests.builder.matrix import Matrix
from tests.builder.writers.html import _table
from tests.loaders.make_pdfs import distinct
from tests.loaders.pdf_reports import differences, reports, unsure
from tests.loaders.word_compare import read
from tests.loaders.word_xml import document, p

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _object(number: int, aspect: str = "Content") -> str:
    shape = '<v:shape style="width:400pt;height:300pt"><v:imagedata r:id="i1"/></v:shape>'
    held = f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" DrawAspect="{aspect}" '
    return p(f'<w:r><w:object>{shape}{held}r:id="e{number}"/></w:object></w:r>')


def _chunk(number: int) -> str:
    return f'<w:altChunk r:id="e{number}"/>'


def _workbook(table: Matrix, *more: str) -> bytes:
    book = openpyxl.Workbook()
    for box in table.boxes:
        figure = box.text.isdigit()
        place = {"row": box.row + 1, "column": box.column + 1}
        book.active.cell(**place, value=int(box.text) if figure else box.text)
        book.active.merge_cells(
            start_row=box.row + 1,
            start_column=box.column + 1,
            end_row=box.row + box.row_span,
            end_column=box.column + box.column_span,
        )
    for name in more:
        book.create_sheet(name).append(["旧表", 1])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _page(table: Matrix) -> bytes:
    return f'<meta charset="utf-8">{_table(table, str, "border=1")}'.encode()


def _docx(path: Path, blocks: list[str], parts: list[bytes]) -> Path:
    """A document with these parts, e1, e2 … in its text."""
    path.write_bytes(document(*blocks))
    kind = 'Type="x/package" Target="parts/'
    told = "".join(f'<Relationship Id="e{n}" {kind}{n}"/>' for n, _ in enumerate(parts, start=1))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{told}</Relationships>',
        )
        for n, part in enumerate(parts, start=1):
            archive.writestr(f"word/parts/{n}", part)
    return path


@pytest.mark.parametrize(("shown", "part"), [(_object, _workbook), (_chunk, _page)])
def test_a_report_whose_tables_are_other_files(
    tmp_path: Path, shown: Callable[[int], str], part: Callable[[Matrix], bytes]
):
    truth = distinct()
    blocks: list[str] = []
    parts: list[bytes] = []
    for piece in flow(truth):
        if piece.table is not None:
            parts.append(part(piece.table))
            blocks.append(shown(len(parts)))
        else:
            blocks.append(p(piece.text))
    (report,) = reports(_docx(tmp_path / "a.docx", blocks, parts))
    assert differences(report, truth.shown()) == {}
    assert not unsure(report)
    assert [s.key for s in report.body.sections if s.key in truth.titles] == [*truth.titles]


def _kinds(found: Document) -> list[type]:
    return [type(b) for b in found.blocks if isinstance(b, (Grid, Picture))]


def test_a_workbook_whose_shown_part_is_not_sure_stays_a_picture(tmp_path: Path):
    table = next(piece.table for piece in flow(distinct()) if piece.table is not None)
    sound = [_workbook(table)]
    path = tmp_path / "a.docx"
    assert _kinds(read(_docx(path, [_object(1)], sound))) == [Grid]
    assert _kinds(read(_docx(path, [_object(1, "Icon")], sound))) == [Picture]
    assert _kinds(read(_docx(path, [_object(1)], [_workbook(table, "往年")]))) == [Picture]
    assert _kinds(read(_docx(path, [_object(1)], [b"PK no workbook"]))) == [Picture]
    assert _kinds(read(_docx(path, [_object(2)], sound))) == [Picture]
