"""Web pages as portals, Word and Excel make them."""

import base64
from pathlib import Path

import pytest

from audit.document import Document, Grid, Paragraph, Picture
from audit.errors import UnreadableError
from audit.loaders import loader_for
from audit.loaders.base import Limits, Source

DATA = "<table border=1><tr><td>信息内容<td>制发<td>废止</tr><tr><td>规章<td>0<td>12.50</table>"


def read(
    tmp_path: Path, page: str | bytes, name: str = "a.html", limits: Limits | None = None
) -> Document:
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    source = Source(path, name, limits or Limits())
    (document,) = loader_for(source).load(source)
    assert isinstance(document, Document)
    return document


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def grids(document: Document) -> list[Grid]:
    return [b for b in document.blocks if isinstance(b, Grid)]


def matrix(grid: Grid) -> list[list[str]]:
    """The grid's texts by position, a spanning cell repeated; fails on cells that overlap."""
    found = [["∅"] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                assert found[row][column] == "∅"
                found[row][column] = cell.text
    return found


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def test_cells_keep_their_text_and_place(tmp_path: Path) -> None:
    (grid,) = grids(read(tmp_path, f"<h2>二、标题</h2>{DATA}"))
    assert matrix(grid) == [["信息内容", "制发", "废止"], ["规章", "0", "12.50"]]
    assert str(grid.cells[-1].place) == "表1 R2C3"


def test_spans_cover_what_browsers_let_them_cover(tmp_path: Path) -> None:
    page = table(
        "<td rowspan=2 colspan=2>角<td colspan=2>组",
        "<td>甲<td>乙",
        "<td rowspan='8px'>结果<td>一<td>1<td>2",
        "<td>二<td>3<td>4",
    )
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid) == [
        ["角", "角", "组", "组"],
        ["角", "角", "甲", "乙"],
        ["结果", "一", "1", "2"],
        ["结果", "二", "3", "4"],
    ]
    assert str(grid.cells[-1].place) == "表1 R4C3"


@pytest.mark.parametrize("span", ["99", "0"])
def test_overlong_spans_end_with_the_table(tmp_path: Path, span: str) -> None:
    page = table(
        f"<td rowspan={span}>甲<td>1<td>2", "<td>3<td>4", "<td>5<td>6", "<td colspan=40>完"
    )
    (grid,) = grids(read(tmp_path, page))
    assert (grid.height, [c.text for c in grid.cells if c.row == 2]) == (4, ["5", "6"])
    assert grid.width <= 4


def test_span_stops_at_its_row_group(tmp_path: Path) -> None:
    page = (
        "<table><thead><tr><td rowspan=5>项目<td>数</thead>"
        "<tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody></table>"
    )
    assert matrix(grids(read(tmp_path, page))[0]) == [["项目", "数"], ["甲", "1"], ["乙", "2"]]


def test_overlapping_spans_never_share_a_position(tmp_path: Path) -> None:
    page = table("<td>a<td>b<td rowspan=2>c<td>1", "<td colspan=3>d<td>2", "<td>e<td>f<td>g<td>3")
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid)[1][:3] == ["d", "d", "c"]
    assert sorted(c.text for c in grid.cells) == sorted("abc1d2efg3")


def test_layout_tables_dissolve_into_the_flow(tmp_path: Path) -> None:
    article = f"<p>一、总体情况</p><p>正文。</p>{DATA}<p>五、存在的问题</p>"
    page = table(f"<td>{table(f'<td>{article}')}")
    document = read(tmp_path, page)
    assert [type(b) for b in document.blocks] == [Paragraph, Paragraph, Grid, Paragraph]
    assert str(grids(document)[0].place) == "表1"


def test_page_of_menu_and_article_side_by_side(tmp_path: Path) -> None:
    menu = table("<td><a href=1>首页</a><td><a href=2>政务公开</a>")
    long = "本镇围绕中心工作推进公开，" * 20
    page = f"{menu}{table(f'<td class=left>&nbsp;<td><p>一、总体情况</p><p>{long}</p>')}"
    document = read(tmp_path, page)
    assert lines(document) == ["一、总体情况", long]
    assert not grids(document)


def test_report_kept_in_one_table(tmp_path: Path) -> None:
    """Headings and running text are rows of the same table as the figures."""
    long = "全年公开工作平稳有序，" * 15
    page = table(
        "<td colspan=3>一、总体情况",
        f"<td colspan=3>{long}",
        "<td colspan=3>二、主动公开政府信息情况",
        "<td>信息内容<td>制发<td>废止",
        "<td>规章<td>0<td>1",
        "<td colspan=3>三、收到和处理情况",
        "<td>项目<td>甲<td>乙",
        "<td>一、本年新收<td><td>",
    )
    document = read(tmp_path, page)
    assert lines(document) == [
        "一、总体情况",
        long,
        "二、主动公开政府信息情况",
        "三、收到和处理情况",
    ]
    first, second = grids(document)
    assert matrix(first)[1] == ["规章", "0", "1"]
    assert matrix(second)[1] == ["一、本年新收", "", ""]
    assert [str(c.place) for c in second.cells[:1]] == ["表1 R7C1"]


def test_sheet_saved_as_a_page(tmp_path: Path) -> None:
    """Every row has all the cells of the sheet, headings and paragraphs too."""
    blank = "<td><br>" * 2
    page = table(
        f"<td>双枫镇年报{blank}",
        f"<td>一、总体情况{blank}",
        f"<td>{'全年公开工作平稳有序，' * 6}{blank}",
        f"<td>二、主动公开{blank}",
        "<td>信息内容<td>制发<td>废止",
        "<td>规章<td>0<td>1",
        f"<td>行政规范性文件{blank}",
        f"<td>六、其他{blank}",
        f"<td>没有其他事项。{blank}",
    )
    document = read(tmp_path, page)
    assert [t[:4] for t in lines(document)] == [
        *("双枫镇年", "一、总体", "全年公开", "二、主动", "六、其他", "没有其他")
    ]
    (grid,) = grids(document)
    assert matrix(grid) == [
        ["信息内容", "制发", "废止"],
        ["规章", "0", "1"],
        ["行政规范性文件", "", ""],
    ]


def test_table_inside_a_cell_of_data_is_not_passed_over(tmp_path: Path) -> None:
    inner = table("<td>0<td>0", "<td>0<td>3")
    page = table("<td>甲<td>1<td>2", "<td>乙<td>3<td>4", f"<td>丙<td>5<td>6<td>{inner}")
    outer, nested = grids(read(tmp_path, page))
    (cell,) = [c for c in outer.cells if c.doubt]
    assert (cell.row, cell.column, cell.confidence) == (2, 3, 0.0)
    assert matrix(nested) == [["0", "0"], ["0", "3"]]


@pytest.mark.parametrize(
    "page",
    [
        table(
            "<td>索引号<td>QYX-2024-07<td>发布机构<td>双枫镇人民政府",
            "<td>公开方式<td>主动公开<td>发布日期<td>2024-01-18",
        ),
        table("<td>索 引 号：QYX-2024-07<td>发文机关：双枫镇人民政府<td>公开日期： 2024-01-18"),
        "<div>索引号：QYX-2024-07　信息来源：双枫镇人民政府　发布时间：2024-01-18　点击数：5</div>",
        "<ul><li>索引号：<li>QYX-2024-07<li>来源：双枫镇人民政府<li>【成文日期】：2024-01-18</ul>",
    ],
    ids=["cells", "in-cells", "line", "list"],
)
def test_what_stands_beside_the_article(tmp_path: Path, page: str) -> None:
    document = read(tmp_path, f"<title>双枫镇年报</title>{page}<p>正文</p>{DATA}")
    assert document.metadata == {
        "title": "双枫镇年报",
        "index_number": "QYX-2024-07",
        "publisher": "双枫镇人民政府",
        "published": "2024-01-18",
    }
    assert len(grids(document)) == 1


def test_meta_tags_come_before_what_the_page_prints(tmp_path: Path) -> None:
    page = (
        "<head><meta name='ArticleTitle' content='双枫镇2023年年报'>"
        "<meta name=PubDate content='2024-01-18 09:30'><meta name=ContentSource content=双枫镇>"
        "<title>年度报告页面_栖云县人民政府</title></head><p>发布日期：2024-02-02</p>"
    )
    metadata = read(tmp_path, page).metadata
    assert metadata["title"] == "双枫镇2023年年报"
    assert metadata["published"] == "2024-01-18 09:30"
    assert metadata["publisher"] == "双枫镇"


def test_title_without_the_site_behind_it(tmp_path: Path) -> None:
    page = "<title>双枫镇2023年信息公开年报_栖云县人民政府</title><p>正文"
    assert read(tmp_path, page).metadata["title"] == "双枫镇2023年信息公开年报"


def test_nothing_unseen_is_read(tmp_path: Path) -> None:
    page = (
        "<style>p{}</style><script>var a='脚本'</script><!-- 注释 -->"
        "<p style='DISPLAY : none'>隐藏</p><div hidden>隐藏</div><p>看得见"
        "<span style='mso-hide:all'>隐藏</span><i style='visibility: hidden'>隐藏</i><select><option>选项</select></p>"
        + table("<td>甲<td>1", "<td style='display:none'>x<td>乙<td>2").replace(
            "</table>", "<tr style='display:none'><td>9<td>9</tr></table>"
        )
    )
    document = read(tmp_path, page)
    assert lines(document) == ["看得见"]
    assert matrix(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]


def test_article_that_a_script_would_show(tmp_path: Path) -> None:
    page = f"<p>栏目</p><div id=zoom style='display:none'><p>一、总体情况</p>{DATA}</div>"
    assert lines(read(tmp_path, page)) == ["栏目", "一、总体情况"]


def test_markup_of_word(tmp_path: Path) -> None:
    page = (
        "<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]-->"
        "<p class=MsoNormal><span lang=EN-US><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;"
        "</span></span></span><![if !supportLists]><![endif]><b>公开</b><span>信息\n工作</span>"
        "<span lang=EN-US>86</span>条<o:p></o:p></p>"
        + table(
            "<td><p class=MsoNormal><span>商业</span></p><p><span>企业</span></p>"
            "<td><p><span lang=EN-US>&nbsp;0<o:p></o:p></span></p>"
            "<td><p><o:p>&nbsp;</o:p></p>",
            "<td>甲<td>1<td>2",
        )
    )
    document = read(tmp_path, page)
    assert lines(document) == ["1. 公开信息工作86条"]
    assert matrix(grids(document)[0])[0] == ["商业\n企业", "0", ""]


def test_lines_and_blanks(tmp_path: Path) -> None:
    page = "<div>　　甲<br>乙&nbsp;\u200b丙<p>丁</p>戊</div><pre>己  庚\n辛</pre><h3>壬</h3>"
    document = read(tmp_path, page)
    assert lines(document) == ["甲", "乙 丙", "丁", "戊", "己 庚", "辛", "壬"]
    assert [b.heading for b in document.blocks if isinstance(b, Paragraph)] == [False] * 6 + [True]
    assert str(document.blocks[3].place) == "line 4"


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gbk", "utf-8"), ("", "gb18030"), ("", "utf-8")],
)
def test_encodings_declared_rightly_wrongly_or_not(
    tmp_path: Path, meta: str, encoding: str
) -> None:
    page = f"<html><head><meta charset={meta}></head><p>塘㙍镇政府信息公开</p></html>"
    assert lines(read(tmp_path, page.encode(encoding))) == ["塘㙍镇政府信息公开"]


def test_pictures_in_text_and_in_cells(tmp_path: Path) -> None:
    page = (
        "<p>二、表<img src=a.png width=640 height='480px'></p>"
        + table("<td>甲<td><img src=n.gif style='width:30px;height:20px'>", "<td>乙<td>2")
        + "<img src=c.png style='max-width:100%'>"
    )
    document = read(tmp_path, page)
    pictures = [b for b in document.blocks if isinstance(b, Picture)]
    assert [p.size for p in pictures] == [(640, 480), (30, 20), (0, 0)]
    assert str(pictures[1].place) == "表1 R1C2"
    (doubtful,) = [c for c in grids(document)[0].cells if c.doubt]
    assert (doubtful.text, doubtful.confidence) == ("", 0.0)


def test_figures_typed_into_fields(tmp_path: Path) -> None:
    page = table(
        "<td>规章<td><input value='3' readonly><td><input type=hidden value=9>", "<td>a<td>1<td>"
    )
    assert matrix(grids(read(tmp_path, page))[0])[0] == ["规章", "3", ""]


def test_figures_chosen_from_lists(tmp_path: Path) -> None:
    chosen = "<select><option>9</option><option selected>12</option></select>"
    first = "<select><option value=0>3</option><option>4</option></select>"
    page = table(f"<td>行政许可<td>{chosen}<td>{first}", "<td>行政处罚<td>1<td><select></select>")
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid) == [["行政许可", "12", "3"], ["行政处罚", "1", ""]]


def test_what_a_page_lets_its_visitors_choose_is_none_of_its_text(tmp_path: Path) -> None:
    links = "<select><option>友情链接</option><option>2020</option></select>"
    page = f"<table><tr><td>{links}正文</td></tr></table>{links}<p>第二段</p>"
    assert lines(read(tmp_path, page)) == ["正文", "第二段"]


def test_foot_of_a_table_stands_below_its_rows(tmp_path: Path) -> None:
    rows = "<tr><td>甲<td>1<td>2</tr><tr><td>乙<td>3<td>4</tr>"
    foot = "<tfoot><tr><td>总计<td>4<td>6</tr></tfoot>"
    found = read(tmp_path, f"<table>{foot}<tbody>{rows}</tbody></table>")
    (grid,) = grids(found)
    assert matrix(grid) == [["甲", "1", "2"], ["乙", "3", "4"], ["总计", "4", "6"]]
    assert [str(c.place) for c in grid.cells if c.text in ("甲", "总计")] == [
        "表1 R2C1",
        "表1 R1C1",
    ]


def test_web_archive(tmp_path: Path) -> None:
    body = base64.encodebytes(f"<meta charset=gbk><p>年报</p>{DATA}".encode("gbk")).decode()
    page = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\n"
        "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
        f"{body}\n--X\nContent-Type: text/css\n\np {{}}\n--X--\n"
    )
    document = read(tmp_path, page, "a.mht")
    assert lines(document) == ["年报"]
    assert len(grids(document)) == 1


_MENU = "".join(
    f'<li><a href="#">青石镇{y}年年报</a> {y + 1}-01-18</li>' for y in range(2019, 2023)
)
_BELOW = (
    "<p>【打印】【关闭】</p><p>上一篇：<a href='#'>桐溪镇2022年年报</a></p><p>地址：人民路1号</p>"
    "<div>版权所有：县人民政府办公室　网站标识码6100000001</div>"
)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (f"<ul>{_MENU}</ul><p>正文。</p>", ["正文。"]),
        (f"<p>正文。</p>{DATA}<p>其他事项：无</p>{_BELOW}", ["正文。", "其他事项：无"]),
        (
            f"<p>无其他事项。</p><p>青石镇人民政府</p><p>2024年1月18日</p>{_BELOW}<ul>{_MENU}</ul>",
            None,
        ),
        # What is marked as a place, not linked, is text; so is what speaks of such things.
        (
            "<p><a name=a>甲节</a><p><a name=b>乙节</a><p><a name=c>丙节</a>",
            ["甲节", "乙节", "丙节"],
        ),
        ("<p>县大数据局提供技术支持。</p>", ["县大数据局提供技术支持。"]),
        ("<p>版权所有</p><p>正文还在后面，这一句够长，而且有句号收尾。</p>", None),
    ],
)
def test_what_portals_print_round_an_article(
    tmp_path: Path, page: str, told: list[str] | None
) -> None:
    expected = {
        "无": ["无其他事项。", "青石镇人民政府", "2024年1月18日"],
        "版": ["版权所有", "正文还在后面，这一句够长，而且有句号收尾。"],
    }
    assert lines(read(tmp_path, page)) == (told or expected[page[3]])


def test_raised_figures_are_no_part_of_a_number(tmp_path: Path) -> None:
    page = table("<td>规章<td>12<sup>1</sup><td>3", "<td>甲<td>4<td>5")
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid)[0] == ["规章", "12¹", "3"]


def test_what_a_style_raises_or_anything_strikes_out(tmp_path: Path) -> None:
    page = table(
        "<td><del>7</del>12<td><s>7</s>3<td><strike>7</strike>4",
        "<td><span style='text-decoration: underline line-through'>7</span>5"
        "<td>6<span style='font-size:8px;vertical-align:super'>1</span><td>8<span style=color:red>1",
    )
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid) == [["12", "3", "4"], ["5", "6¹", "81"]]


@pytest.mark.parametrize("style", ["text-decoration:line-through", "visibility:hidden"])
def test_a_cell_struck_out_keeps_its_place(tmp_path: Path, style: str) -> None:
    page = table("<td>规章<td>1<td>2<td>3", f"<td>合计<td style='{style}'>7<td><b>4</b><td>5")
    (grid,) = grids(read(tmp_path, page))
    assert matrix(grid) == [["规章", "1", "2", "3"], ["合计", "", "4", "5"]]


def test_what_the_pages_own_rules_hide_or_raise(tmp_path: Path) -> None:
    rules = (
        "<style>/* .b{display:none} */ .a, #b { display:none } span.Mso{vertical-align:super}"
        "@media print{.c{display:none}} .d{display:none} .d{display:inline} .a:hover{color:red}"
        ".e td.f span{display:none} .g{display:none;} .h{text-decoration:line-through}</style>"
    )
    page = table(
        "<td>1<span class=a>7</span><td>2<b id=b>7</b><td>3<span class='x Mso'>1</span>",
        "<td>4<span class=c>1</span><td>5<span class=d>1</span><td>6<span class=f>1</span>",
        "<td><p class=g>7</p><td><span class=h>7</span>8<td>9<sub>1</sub>",
        "<td>1<span style='color:transparent'>7</span><td>2<i style='opacity:0'>7</i>"
        "<td>3<i style='opacity:0.5'>7</i>",
        "<td>5<span style='position:relative;top:-3.0pt;mso-text-raise:3.0pt'>1</span>"
        "<td><span style='mso-text-raise:3.0pt'>12</span><td>6",
    )
    (grid,) = grids(read(tmp_path, rules + page))
    assert matrix(grid) == [
        ["1", "2", "3¹"],
        ["41", "51", "61"],
        ["7", "8", "9¹"],
        ["1", "2", "37"],
        ["5¹", "12", "6"],
    ]


@pytest.mark.parametrize("name", ["报告.doc", "报告.xls", "报告"])
def test_pages_under_other_names(tmp_path: Path, name: str) -> None:
    document = read(
        tmp_path, f'<html xmlns:o="urn:schemas-microsoft-com:office:office">{DATA}', name
    )
    assert document.format == "html"


def test_deeply_nested_markup(tmp_path: Path) -> None:
    assert lines(read(tmp_path, "<div>" * 20_000 + "甲")) == ["甲"]


@pytest.mark.parametrize(
    ("page", "limits", "reason"),
    [
        (DATA, {"cells": 5}, "limit"),
        ("<p>" + "字" * 50, {"characters": 40}, "limit"),
        ("<table><tr><td>" * 100 + "甲", {}, "limit"),
        ("<html><body><script>1</script></body></html>", {}, "empty"),
    ],
    ids=["cells", "characters", "tables", "empty"],
)
def test_what_cannot_be_read(
    tmp_path: Path, page: str, limits: dict[str, int], reason: str
) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path, page, limits=Limits(**limits))
    assert caught.value.reason == reason
