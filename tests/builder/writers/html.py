"""Report truths as web pages: clean tables, Word-made markup, a portal's layout tables."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.builder.flow import Piece, flow
from tests.builder.matrix import Matrix
from tests.builder.shapes import disclosure_blocks
from tests.builder.truth import ReportTruth

LAYOUTS = ("plain", "blocks", "page", "word", "gbk")

_STYLE = "border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt"


def _plain_cell(text: str) -> str:
    return escape(text)


def _word_cell(text: str) -> str:
    """As Word saves it: a paragraph of spans that part the words anywhere, &nbsp; for nothing."""
    if not text:
        return '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
    cut = max(1, len(text) // 2)
    halves = [text[:cut], text[cut:]] if len(text) > 3 else [text]
    spans = "".join(
        f'<span style="font-size:9.0pt;font-family:宋体">{escape(h)}</span>' for h in halves
    )
    return f'<p class="MsoNormal" align="center">{spans}<span lang="EN-US"><o:p></o:p></span></p>'


def _table(table: Matrix, cell: Callable[[str], str], attributes: str) -> str:
    lines = [f"<table {attributes}>"]
    for row in table.rows():
        lines.append("<tr>")
        for box in row:
            spans = f' rowspan="{box.row_span}"' if box.row_span > 1 else ""
            spans += f' colspan="{box.column_span}"' if box.column_span > 1 else ""
            style = f' style="{_STYLE}"' if cell is _word_cell else ""
            lines.append(f"<td{spans}{style}>{cell(box.text)}</td>")
        lines.append("</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _piece(truth: ReportTruth, piece: Piece, layout: str) -> str:
    word = layout == "word"
    if piece.kind == "picture":
        return f'<p><img src="{piece.text}.png" width="640" height="480" alt=""></p>'
    if piece.table is not None:
        blocks = layout == "blocks" and piece.text == "disclosure"
        parts = disclosure_blocks(truth) if blocks else [piece.table]
        cell = _word_cell if word else _plain_cell
        attributes = 'class="MsoNormalTable" border="1" cellspacing="0"' if word else 'border="1"'
        return "\n".join(_table(part, cell, attributes) for part in parts)
    text = escape(piece.text)
    if piece.kind == "title":
        return f"<h1>{text}</h1>" if not word else f'<p class="MsoTitle"><b>{text}</b></p>'
    if piece.kind == "date":
        return f'<div class="info">发布日期：{text}　来源：{escape(truth.unit)}　字号：[大 中 小]</div>'
    if word:
        return f'<p class="MsoNormal" style="text-indent:32pt"><span>{text}</span></p>'
    return f"<p><strong>{text}</strong></p>" if piece.kind == "heading" else f"<p>　　{text}</p>"


_NAVIGATION = "".join(
    f'<td><a href="/{n}.html">{name}</a></td>'
    for n, name in enumerate(("首页", "走进我县", "政务公开", "办事服务", "互动交流"))
)


def _page(truth: ReportTruth, body: str) -> str:
    """The portal around the report: navigation, metadata, the text in a layout table, a footer."""
    meta = (
        f'<table class="meta"><tr><td>索引号</td><td>YL{truth.year}-{len(truth.unit):02}-0001</td>'
        f"<td>发布机构</td><td>{escape(truth.unit)}</td></tr>"
        f"<tr><td>公开方式</td><td>主动公开</td><td>发布日期</td><td>{truth.published or ''}</td></tr>"
        "</table>"
    )
    return (
        f'<table class="nav"><tr>{_NAVIGATION}</tr></table>\n'
        "<div>您的位置：首页 &gt; 政务公开 &gt; 政府信息公开年报</div>\n"
        f"{meta}\n"
        f'<table width="1000"><tr><td class="left">&nbsp;</td><td class="content">\n{body}\n'
        "</td></tr></table>\n"
        "<table><tr><td>【打印本页】</td><td>【关闭窗口】</td></tr></table>\n"
        "<div>版权所有：政府网站管理办公室　网站标识码0000000000</div>"
    )


def encode(truth: ReportTruth, layout: str, _suffix: str = ".html") -> bytes:
    """The page's bytes; GBK where the layout says so."""
    encoding = "gbk" if layout == "gbk" else "utf-8"
    body = "\n".join(_piece(truth, piece, layout) for piece in flow(truth))
    if layout == "page":
        body = _page(truth, body)
    meta = (
        f'<meta name="ArticleTitle" content="{escape(truth.title)}">\n'
        f'<meta name="PubDate" content="{truth.published or ""}">\n'
        if layout == "page"
        else ""
    )
    html = (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="{encoding}">\n{meta}'
        f"<title>{escape(truth.title)}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return html.encode(encoding, "xmlcharrefreplace")
