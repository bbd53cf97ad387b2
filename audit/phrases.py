"""What loaders say of a cell or a file in one language, in the other.

Loaders and recognisers say why they doubt a cell in Chinese, and what a library or a limit told them
about a file in English; such words travel as plain text and are turned round where findings are told.
"""

from __future__ import annotations

import re
from functools import cache

from rules.vocabulary import Text

#: Facts in braces are the same in both languages.
PHRASES = (
    Text("本行被分页截断，数字是否完整无法判断", "the row is cut by a page break"),
    Text(
        "表格的各列分印在几页上，后面几页的列没有读取",
        "the table's columns are printed over several pages; those on later pages were not read",
    ),
    Text("字体缺少编码信息，文字无法确认", "the font does not tell its characters"),
    Text("表格线不完整，单元格范围由推断得出", "the table's lines are not closed"),
    Text("表格线被遮盖或断裂，单元格范围由推断得出", "lines of the table are covered or broken"),
    Text("格线旁的笔画可能是数字1", "a stroke beside a line of the table may be a figure 1"),
    Text("一个单元格内有多行数字", "several lines of figures in a cell"),
    Text("表格无竖线，数字所在列由对齐推断得出", "no upright lines: columns told by alignment"),
    Text("公式没有保存计算结果，无法读取数值", "a formula without a saved result"),
    Text(
        "公式的结果不是由表格软件算出的，可能不是实际数值",
        "a formula's result that no spreadsheet worked out",
    ),
    Text("数字带有删除线，是否作废无法判断", "the figure is struck out"),
    Text(
        "数字越过了单元格的边线，无法判断属于哪一格",
        "the figure reaches over the side of its cell: which cell it belongs to is not certain",
    ),
    Text("单元格内另有表格，内容未并入本单元格", "a table inside the cell"),
    Text("单元格内是图片，无法读取", "a picture in the cell"),
    Text(
        "扫描件自带的识别文字，数字无法确认",
        "text that the scanner recognised: its figures are not certain",
    ),
    Text("文字识别把握不足（{score}）", "OCR is not sure enough ({score})"),
    Text("格内有墨迹，但未能识别", "there is ink in the cell, but no figure was recognised"),
    Text("数字格中识别出非数字内容", "OCR read no figure in a cell for figures"),
    Text(
        "两次识别结果不一致（{first}、{second}）", "OCR read it twice otherwise ({first}, {second})"
    ),
    Text("识别把握仅 {score}", "read with a confidence of {score} only"),
    Text("一个数字跨了几格，无法判断属于哪一格", "one figure spans several cells"),
    Text(
        "本行有{found}个数字，应为{wanted}个，无法判断各属于哪一格",
        "{found} figures in the row, should be {wanted}: which is whose can't be told",
    ),
    Text(
        "行标题含有两行的标题，无法判断数字属于哪一行",
        "the label is that of two rows: whose the figures are can't be told",
    ),
    Text("看不出各列的栏目名称", "the columns' heads can't be told"),
    Text(
        "本行末尾是空白，可能少了一个数而错位，无法判断各属于哪一格",
        "this row ends in a blank: a value may be lacking and the others shifted",
    ),
    Text(
        "汇总表的栏目名称看不出是格式中的哪一格",
        "the list's labels do not tell which of the form's cells this is",
    ),
    Text(
        "汇总表有两栏的栏目名称相同，无法判断以哪一栏为准",
        "two columns of the list have the same labels, and which counts can't be told",
    ),
    Text(
        "本行有{found}格，表头有{wanted}格，可能错位，无法判断各属于哪一格",
        "{found} cells in the row, {wanted} in the head: which is whose can't be told",
    ),
    Text(
        "表头各栏的顺序与规定格式不同，数字又不在表头之下，无法确定属于哪一栏",
        "the header's columns are not in the form's order, and the figures stand under none of them",
    ),
    Text(
        "表头各栏的顺序与规定格式不同，且行合计对不上，无法确定数字属于哪一栏",
        "the columns stand in another order than the form's and the rows do not add up: "
        "whose a figure is can't be told",
    ),
    Text(
        "本行数字分在几行，可能有数字被拆开，无法确定是几个数",
        "the row's figures stand on several lines: one of them may be broken in two",
    ),
    Text(
        "数字分在上下几行，可能是一个数被拆开",
        "figures on lines above one another may be one figure broken in two",
    ),
    Text("一格之内有几个数字", "several figures in one cell"),
    Text("数字与文字粘连", "figures stick to words"),
    Text("该栏目下没有单元格", "no cell stands under that head"),
    Text("本行没有数字", "the row holds no figures"),
    Text(
        "数字过大，不像一个数，可能是几个数连在一起",
        "too large for a figure: several may have run together",
    ),
    Text(
        "数字中间有空格、换行或注释标号，无法判断是一个数还是几个数",
        "blanks, breaks or a note's mark inside: one figure or several can't be told",
    ),
    Text("出现两次且不一致：{values}", "there twice, and not alike: {values}"),
    Text(
        "数字可能写在行标题之前，无法判断属于哪一行",
        "figures may stand before their row's label: whose they are can't be told",
    ),
    Text(
        "本表多数行没有读出，无法确定这个数字属于本行",
        "most rows of the table were not read: whose figure it is can't be told",
    ),
    Text(
        "其中可能混有页码，无法判断是哪一个数字",
        "a page number may be among the figures, which one can't be told",
    ),
    Text("数字旁有乱码，无法确定是什么数", "garbled characters beside the figure"),
    Text("行标题缺失，无法判断是哪一行", "the row's label is lacking"),
    Text(
        "几张表并排在同一表格中，无法确定各格属于哪张表",
        "several tables stand side by side in one: whose a cell is can't be told",
    ),
    Text(
        "相邻一行的标题残缺或空白，可能与本行是同一行，无法判断以哪一行为准",
        "a row beside it, its label spoilt or blank, may be the same row: which one counts can't be told",
    ),
    Text(
        "本表有部分内容未能读出，无法确定这一格是缺失还是没有读到",
        "part of this table could not be read: this cell may be missing or only unread",
    ),
    Text("不是有效的压缩格式", "File is not a zip file"),
    Text("表格嵌套 {count} 层", "tables nested {count} deep"),
    Text("嵌套过深", "nesting"),
    Text("内存不足", "memory"),
    Text("单元格过多", "cells"),
    Text("文字过多", "characters"),
    Text("{count} 个单元格", "{count} cells"),
    Text("{count} 个字符", "{count} characters"),
    Text("{count} 个内部文件", "{count} members"),
    Text("解压后 {size} MB", "{size} MB unpacked"),
    Text("{found} 页 > {most} 页", "{found} pages > {most}"),
    Text("其中没有文字文档", "no word-processor document inside"),
    Text("其中没有工作簿", "no workbook inside"),
    Text("其中没有电子表格", "no spreadsheet inside"),
    Text("其中没有网页", "a MIME archive without a page"),
    Text("LibreOffice 打不开", "LibreOffice can't open it"),
    Text("LibreOffice 超过 {seconds} 秒", "LibreOffice, {seconds} s"),
)


def turned(text: str, language: str) -> str:
    """A text that is one of the phrases, in the language; any other as it stands."""
    source = "en" if language == "zh" else "zh"
    for pattern, phrase in _patterns(source):
        found = pattern.fullmatch(text)
        if found:
            return phrase.to(language).format(**found.groupdict())
    return text


@cache
def _patterns(source: str) -> tuple[tuple[re.Pattern[str], Text], ...]:
    """Each phrase of a language as a pattern that takes its facts out."""
    return tuple(
        (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(p.to(source)))), p)
        for p in PHRASES
    )
