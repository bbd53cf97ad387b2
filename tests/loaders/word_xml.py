"""Word documents from WordprocessingML written by hand: what python-docx does not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {
    "w": WORDML,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
NAMESPACES = " ".join(f'xmlns:{k}="{v}"' for k, v in _NAMES.items())
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph of runs; plain text becomes one."""
    runs = "".join(c if c.startswith("<") or not c else r(c) for c in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def tc(*content: str, span: int = 1, merge: str | None = None, properties: str = "") -> str:
    """A cell; `merge` is the value of vMerge, empty where it goes on."""
    inside = f'<w:tcW w:w="{1000 * span}" w:type="dxa"/>'
    inside += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge is not None:
        inside += f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    blocks = [c if c.startswith(("<w:p", "<w:tbl", "<w:sdt")) else p(c) for c in content or ("",)]
    if blocks[-1].endswith("</w:tbl>"):
        blocks.append(p())
    return f"<w:tc><w:tcPr>{inside}{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; plain text becomes a cell."""
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inside}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = (1000,) * 4) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def field(instruction: str, *result: str) -> str:
    """A complex field: its instruction, then its result's runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        + mark.format("separate")
        + "".join(result)
        + mark.format("end")
    )


def text_box(content: str, fallback: str | None = None) -> str:
    """A run with a text box, written twice as Word does."""
    second = content if fallback is None else fallback
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor '
        'distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="3600000" cy="1800000"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="7" name="box"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3600000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:shape style="width:283pt;height:141pt"><v:textbox>'
        f"<w:txbxContent>{second}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def body(*blocks: str) -> str:
    """The main part's XML."""
    inside = "".join(b if b.startswith("<") else p(b) for b in blocks)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:document {NAMESPACES}><w:body>{inside}<w:sectPr/></w:body></w:document>"
    )


def document(*blocks: str, styles: str = "", numbering: str = "") -> bytes:
    """A .docx with this body; `styles` and `numbering` are the insides of those parts."""
    parts = {"word/document.xml": body(*blocks)}
    if styles:
        parts["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    return package(parts)


def package(parts: Mapping[str, str]) -> bytes:
    """A zip of these parts with the relations between them."""
    names = {"word/document.xml": "document.main", "word/styles.xml": "styles"}
    names["word/numbering.xml"] = "numbering"
    types = "".join(
        f'<Override PartName="/{n}" ContentType="{_KIND}.{names[n]}+xml"/>'
        for n in parts
        if n in names
    )
    own = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATIONS}/{names[n]}" Target="{n[5:]}"/>'
        for i, n in enumerate(parts)
        if n in names and n != "word/document.xml"
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    main = f'<Relationship Id="m" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(types))
        archive.writestr("_rels/.rels", f"{head}{main}</Relationships>")
        archive.writestr("word/_rels/document.xml.rels", f"{head}{own}</Relationships>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()
