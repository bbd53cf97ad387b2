"""Documents with what real ones do to paragraphs and tables, and what a person reads in them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.loaders.word_xml import document, field, p, r, tbl, tc, text_box, tr


@dataclass(frozen=True)
class Case:
    """`lines` are the paragraphs in order, `grids` each table's (row, column, rows, columns, text)."""

    docx: bytes
    lines: tuple[str, ...]
    grids: tuple[tuple[tuple[int, int, int, int, str], ...], ...] = ()


_DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>{}</w:delText></w:r></w:del>'
_INSERTED = '<w:ins w:id="2" w:author="a">{}</w:ins>'
_LIST = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
_LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="{}"/></w:lvl>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + _LEVEL.format(0, "chineseCounting", "%1、")
    + _LEVEL.format(1, "chineseCounting", "（%2）")
    + _LEVEL.format(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def _listed(text: str, level: int) -> str:
    return p(text, properties=_LIST.format(level))


def _merged() -> Case:
    """Merged both ways, a row that begins a column later, and an edge dragged by a hair."""
    table = tbl(
        tr(tc("甲", span=2, merge="restart"), tc("乙", span=3)),
        tr(tc("", span=2, merge=""), tc("1"), tc("2", span=2)),
        tr(tc("丙", merge="restart"), tc("丁"), tc("3"), tc("4", span=2)),
        tr(tc("", merge=""), tc("戊"), tc("5"), tc("6", span=2)),
        tr("7", tc("8", span=3), properties='<w:gridBefore w:val="1"/>'),
        tr(tc("己", span=2), tc("9", span=2), tc("10")),
        widths=(1000, 1000, 1000, 40, 960),
    )
    grid = (
        (0, 0, 2, 2, "甲"),
        (0, 2, 1, 2, "乙"),
        (1, 2, 1, 1, "1"),
        (1, 3, 1, 1, "2"),
        (2, 0, 2, 1, "丙"),
        (2, 1, 1, 1, "丁"),
        (2, 2, 1, 1, "3"),
        (2, 3, 1, 1, "4"),
        (3, 1, 1, 1, "戊"),
        (3, 2, 1, 1, "5"),
        (3, 3, 1, 1, "6"),
        (4, 1, 1, 1, "7"),
        (4, 2, 1, 2, "8"),
        (5, 0, 1, 2, "己"),
        (5, 2, 1, 1, "9"),
        (5, 3, 1, 1, "10"),
    )
    return Case(document("表前", table, "表后"), ("表前", "表后"), (grid,))


def _nested() -> Case:
    """A layout table around everything, and a value table within it."""
    inner = tbl(tr("规章", "0"), tr("行政规范性文件", "12"), widths=(2000, 1000))
    second = tbl(tr("行政许可", "31"), widths=(2000, 1000))
    outer = tbl(
        tr(tc("一、总体情况", inner, p("二、主动公开政府信息情况"), second, p("完"))),
        widths=(9000,),
    )
    return Case(
        document("青石镇年报", outer),
        ("青石镇年报", "一、总体情况", "二、主动公开政府信息情况", "完"),
        (
            (
                (0, 0, 1, 1, "规章"),
                (0, 1, 1, 1, "0"),
                (1, 0, 1, 1, "行政规范性文件"),
                (1, 1, 1, 1, "12"),
            ),
            ((0, 0, 1, 1, "行政许可"), (0, 1, 1, 1, "31")),
        ),
    )


def _tracked() -> Case:
    """Changes not yet accepted: inserted text prints, deleted text, rows and marks do not."""
    value = p(_DELETED.format("7"), _INSERTED.format(r("8")))
    deleted = [tc(p(_DELETED.format(t))) for t in ("删去的行", "99")]
    gone = tr(*deleted, properties='<w:del w:id="3" w:author="a"/>')
    return Case(
        document(
            p("共收到", _DELETED.format("十"), _INSERTED.format(r("十二")), r("件")),
            p("上半段", properties='<w:rPr><w:del w:id="4" w:author="a"/></w:rPr>'),
            p("下半段"),
            tbl(tr("行政许可", tc(value)), gone, tr("行政处罚", "3"), widths=(2000, 1000)),
            "末",
        ),
        ("共收到十二件", "上半段下半段", "末"),
        (
            (
                (0, 0, 1, 1, "行政许可"),
                (0, 1, 1, 1, "8"),
                (1, 0, 1, 1, "行政处罚"),
                (1, 1, 1, 1, "3"),
            ),
        ),
    )


def _fields() -> Case:
    """Numbers that fields compute, hidden text, hyphens, tabs and breaks."""
    value = p(field("=SUM(ABOVE)", r("4"), r("2")))
    return Case(
        document(
            p("合计", field("REF total", r("15")), r("件")),
            p("较上年", "<w:r><w:noBreakHyphen/></w:r>", r("3件")),
            p("公开", r("（内部备注）", "<w:vanish/>"), r("信息")),
            p("甲", "<w:r><w:tab/></w:r>", r("乙")),
            p("上行", "<w:r><w:br/></w:r>", r("下行")),
            p("政府", "<w:r><w:softHyphen/></w:r>", r("信息")),
            tbl(tr("合计", tc(value)), widths=(2000, 1000)),
            "末",
        ),
        ("合计15件", "较上年-3件", "公开信息", "甲\t乙", "上行", "下行", "政府信息", "末"),
        (((0, 0, 1, 1, "合计"), (0, 1, 1, 1, "42")),),
    )


def _numbered() -> Case:
    """Headings and labels whose numbers Word makes."""
    rows = (tr(tc(_listed("属于国家秘密", 2)), "1"), tr(tc(_listed("重复申请", 2)), "2"))
    return Case(
        document(
            _listed("总体情况", 0),
            _listed("主动公开", 1),
            _listed("依申请公开", 1),
            _listed("主动公开政府信息情况", 0),
            _listed("予以公开", 1),
            tbl(*rows, widths=(2000, 1000)),
            *(_listed(f"第{n}", 0) for n in range(9)),
            numbering=_NUMBERING,
        ),
        (
            *("一、总体情况", "（一）主动公开", "（二）依申请公开", "二、主动公开政府信息情况"),
            *("（一）予以公开", "三、第0", "四、第1", "五、第2", "六、第3", "七、第4", "八、第5"),
            *("九、第6", "十、第7", "十一、第8"),
        ),
        (
            (
                (0, 0, 1, 1, "1.属于国家秘密"),
                (0, 1, 1, 1, "1"),
                (1, 0, 1, 1, "2.重复申请"),
                (1, 1, 1, 1, "2"),
            ),
        ),
    )


def _boxed() -> Case:
    """A text box with text and a table, which Word writes twice."""
    table = tbl(tr("结果维持", "5"), widths=(1500, 1000))
    return Case(
        document(p("正文", text_box(p("框内文字") + table + p("框尾"))), "末"),
        ("正文", "框内文字", "框尾", "末"),
        (((0, 0, 1, 1, "结果维持"), (0, 1, 1, 1, "5")),),
    )


def _deep() -> Case:
    """A value cell that holds a table, and tables one after another."""
    inner = tbl(tr("三", "四"), widths=(700, 700))
    outer = tbl(
        tr("一", "二", "五"),
        tr(tc("甲", inner), "乙", "六"),
        tr("丙", "丁", "七"),
        widths=(2000, 2000, 1000),
    )
    return Case(
        document(outer, "中", tbl(tr("戊", "0"), widths=(1000, 1000)), "末"),
        ("中", "末"),
        (
            tuple((i // 3, i % 3, 1, 1, text) for i, text in enumerate("一二五甲乙六丙丁七")),
            ((0, 0, 1, 1, "三"), (0, 1, 1, 1, "四")),
            ((0, 0, 1, 1, "戊"), (0, 1, 1, 1, "0")),
        ),
    )


def _rare() -> Case:
    """Characters beyond the first plane, before and inside a table: places must not shift."""
    return Case(
        document("𠮷镇与㙍镇", tbl(tr("𠮷", "1"), tr("丙", "23"), widths=(1000, 1000)), "末"),
        ("𠮷镇与㙍镇", "末"),
        (((0, 0, 1, 1, "𠮷"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "23")),),
    )


CASES: dict[str, Case] = {
    "merged_cells": _merged(),
    "nested_tables": _nested(),
    "tracked": _tracked(),
    "fields": _fields(),
    "auto_numbers": _numbered(),
    "text_box": _boxed(),
    "deep": _deep(),
    "rare_characters": _rare(),
}
