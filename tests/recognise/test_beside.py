"""A column without label before the others: figures under it are none of the labelled columns'."""

from __future__ import annotations

from audit.document import Cell, Document, Grid, Place
from audit.recognise import recognise


def _grid(*rows: tuple[str | tuple[str, int], ...]) -> Grid:
    cells = []
    for number, row in enumerate(rows):
        at = 0
        for item in row:
            text, span = item if isinstance(item, tuple) else (item, 1)
            place = Place(table=1, row=number + 1, column=at + 1)
            cells.append(Cell(text, number, at, place, 1, span))
            at += span
    return Grid(tuple(cells), Place(table=1))


def test_a_merged_cell_at_the_end_makes_no_row_of_the_right_length() -> None:
    block = _grid(
        (("第二十条第（一）项", 5),),
        ("信息内容", "", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "94", "18", ("15", 2)),
        ("行政规范性文件", "92", "19", "20", "21"),
    )
    (part,) = recognise(Document("a.html", "html", (block,)))
    own = {c.address: c.value for c in part.body.cells if "regulations" in c.address}
    assert set(own.values()) == {None}


def test_a_figure_under_a_strange_label_and_the_first_column_belongs_to_neither() -> None:
    block = _grid(
        (("第二十条第（一）项", 5),),
        ("信息内容", "备注", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", ("94", 2), "18", "15"),
        ("行政规范性文件", "92", "19", "20", "21"),
    )
    (part,) = recognise(Document("a.pdf", "pdf", (block,)))
    own = {c.address: c.value for c in part.body.cells if "regulations" in c.address}
    assert list(own.values()) == [None, 18, 15]


def test_the_first_result_of_table_four_may_be_blank() -> None:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    block = _grid(
        (("行政复议", 5), ("行政诉讼", 10)),
        (*results, ("未经复议直接起诉", 5), ("复议后起诉", 5)),
        ("", "", "", "", "", *results, *results),
        ("", "1", "", "", "1", "", "2", "", "", "2", "", "", "", "", ""),
    )
    (part,) = recognise(Document("a.docx", "docx", (block,)))
    own = {c.address: c.value for c in part.body.cells if c.value is not None}
    assert own == {
        "disputes.review.corrected": 1,
        "disputes.review.total": 1,
        "disputes.litigation_direct.corrected": 2,
        "disputes.litigation_direct.total": 2,
    }
    blank = [c for c in part.body.cells if c.address.startswith("disputes.") and c.value is None]
    assert not any(c.doubt for c in blank)
