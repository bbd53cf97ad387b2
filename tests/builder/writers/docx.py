"""Report truths as Word documents: merged cells, split tables, numbered headings, nested tables."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Box, Matrix
from tests.builder.shapes import disclosure_blocks
from tests.builder.truth import ReportTruth
from tests.builder.writers.picture import table_picture

LAYOUTS = ("merged", "blocks", "split", "numbered", "nested")
#: When every sample was made, so that making them again changes no byte.
MADE = datetime(2024, 1, 15, 9, 0, 0)


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _cell(box: Box | None, text: str, *, going_on: bool = False) -> Any:
    tc = _element("w:tc")
    properties = _element("w:tcPr")
    if box is not None and box.column_span > 1:
        properties.append(_element("w:gridSpan", val=box.column_span))
    if box is not None and box.row_span > 1:
        properties.append(_element("w:vMerge") if going_on else _element("w:vMerge", val="restart"))
    tc.append(properties)
    paragraph, run, content = _element("w:p"), _element("w:r"), _element("w:t")
    content.text = text
    run.append(content)
    paragraph.append(run)
    tc.append(paragraph)
    return tc


def _table(table: Matrix) -> Any:
    """A `w:tbl` with gridSpan and vMerge, as Word writes merged cells."""
    tbl, properties = _element("w:tbl"), _element("w:tblPr")
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz=4, color="000000"))
    properties.append(_element("w:tblW", w=0, type="auto"))
    properties.append(borders)
    tbl.append(properties)
    grid = _element("w:tblGrid")
    for _ in range(table.width):
        grid.append(_element("w:gridCol", w=9000 // table.width))
    tbl.append(grid)
    covering = {(r, b.column): b for b in table.boxes for r in range(b.row, b.row + b.row_span)}
    for row in range(table.height):
        line, column = _element("w:tr"), 0
        while column < table.width:
            box = covering.get((row, column))
            going_on = box is not None and box.row < row
            line.append(_cell(box, "" if box is None or going_on else box.text, going_on=going_on))
            column += box.column_span if box is not None else 1
        tbl.append(line)
    return tbl


class _Pages:
    """A Word document, or one cell of it that holds the whole report."""

    def __init__(self, truth: ReportTruth, layout: str) -> None:
        self.truth, self.layout = truth, layout
        self.document = docx.Document()
        section = self.document.sections[0]
        section.left_margin = section.right_margin = Cm(2)
        self.holder: Any = self.document
        if layout == "nested":
            self.holder = self.document.add_table(1, 1).cell(0, 0)
        core = self.document.core_properties
        core.title, core.author = truth.title, truth.unit
        core.created = core.modified = MADE
        core.last_modified_by, core.revision = truth.unit, 1

    def table(self, table: Matrix) -> None:
        last = self.holder.add_paragraph()
        last._p.addprevious(_table(table))

    def heading(self, text: str) -> None:
        """With `numbered`, 一、 is not in the text: Word makes it from the list."""
        if self.layout != "numbered":
            paragraph = self.holder.add_paragraph(text)
            paragraph.runs[0].bold = True
            return
        paragraph = self.document.add_heading(re.sub(r"^[一二三四五六七八九十]+、", "", text), 1)
        properties = paragraph._p.get_or_add_pPr()
        numbering = _element("w:numPr")
        numbering.append(_element("w:ilvl", val=0))
        numbering.append(_element("w:numId", val=_NUMBERING))
        properties.append(numbering)

    def picture(self, table: Matrix) -> None:
        run = self.document.add_paragraph().add_run()
        run.add_picture(io.BytesIO(table_picture(table)), width=Cm(16))

    def put(self, piece: Piece) -> None:
        if piece.table is None:
            text = f"发布日期：{piece.text}" if piece.kind == "date" else piece.text
            if piece.kind == "heading":
                self.heading(text)
            else:
                self.holder.add_paragraph(text)
        elif piece.kind == "picture":
            self.picture(piece.table)
        else:
            for part in self.parts(piece):
                self.table(part)

    def parts(self, piece: Piece) -> list[Matrix]:
        """The tables that one table of the form is kept as."""
        whole = piece.table
        assert whole is not None
        if self.layout == "blocks" and piece.text == "disclosure":
            return disclosure_blocks(self.truth)
        if self.layout == "split" and piece.text == "applications":
            middle = whole.height // 2
            return [whole.part(0, middle), whole.part(middle, whole.height)]
        return [whole]


_NUMBERING = 77


def _add_numbering(document: Any) -> None:
    """A list that counts 一、二、三、."""
    part = document.part.numbering_part.element
    abstract = _element("w:abstractNum", abstractNumId=_NUMBERING)
    level = _element("w:lvl", ilvl=0)
    level.append(_element("w:start", val=1))
    level.append(_element("w:numFmt", val="chineseCounting"))
    level.append(_element("w:lvlText", val="%1、"))
    abstract.append(level)
    part.insert(0, abstract)
    number = _element("w:num", numId=_NUMBERING)
    number.append(_element("w:abstractNumId", val=_NUMBERING))
    part.append(number)


def encode(truth: ReportTruth, layout: str, _suffix: str = ".docx") -> bytes:
    """The document's bytes, the same each time."""
    pages = _Pages(truth, layout)
    if layout == "numbered":
        _add_numbering(pages.document)
    for piece in flow(truth):
        pages.put(piece)
    stream = io.BytesIO()
    pages.document.save(stream)
    return timeless(stream.getvalue())


def timeless(data: bytes) -> bytes:
    """A zip's members again, dated 1980: the time of day must not change a sample."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return stream.getvalue()
