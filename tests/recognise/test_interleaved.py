"""Labels broken over the same lines, and tables of which nothing is certain."""

from __future__ import annotations

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.status import Status


def _read(text: str) -> Body:
    lines = (line for line in text.split("\n") if line.strip())
    blocks = tuple(Paragraph(line, Place(line=n)) for n, line in enumerate(lines, 1))
    (part,) = recognise(Document("a.txt", "text", blocks))
    return part.body


_TWO = """二、主动公开政府信息情况
第二十条第（一）项
    {}
 信息内容
    数 数 数
 规章 0 0 0
行政规范性文
     2  1  9
  件
"""


def test_labels_of_table_two_broken_over_the_same_lines() -> None:
    found = _read(_TWO.format("本年制发件 本年废止件 现行有效件"))
    own = {c.address: c.value for c in found.cells if "normative" in c.address}
    assert list(own.values()) == [2, 1, 9]
    assert all(k.startswith("disclosure.normative_documents.") for k in own)


def test_labels_broken_in_another_order_are_another_order() -> None:
    found = _read(_TWO.format("现行有效件 本年废止件 本年制发件"))
    own = [c for c in found.cells if "normative" in c.address]
    assert own
    assert all(c.status is Status.UNSURE for c in own)


def test_no_column_is_told_as_lacking_where_none_can_be_told() -> None:
    found = _read(
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n未经复议直接起诉\n"
        + "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n结果维持\n结果纠正\n其他结果\n尚未审结\n"
        + "1\n0\n1\n0\n2\n0\n1\n0\n0\n复议后起诉\n总计\n1\n0\n0\n0\n1\n1"
    )
    assert all(c.value is None for c in found.cells)
    assert not [o for o in found.observations if o.kind == "column_absent"]
