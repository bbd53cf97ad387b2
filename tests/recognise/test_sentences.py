"""Rows written as sentences: read where label and number of figures leave no choice."""

from __future__ import annotations

import pytest

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.status import Status

_TWO = """二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
{regulations}
行政规范性文件：2、1、9
第二十条第（五）项
行政许可：12 件
第二十条第（八）项
行政事业性收费：12.5万元。
三、收到和处理政府信息公开申请情况
"""
_ROW = "一、本年新收政府信息公开申请数量"


def _read(text: str) -> Body:
    lines = enumerate((line for line in text.split("\n") if line.strip()), 1)
    blocks = tuple(Paragraph(line, Place(line=n)) for n, line in lines)
    (part,) = recognise(Document("a.txt", "text", blocks))
    return part.body


def _cells(text: str, prefix: str) -> list[float | None]:
    return [c.value for c in _read(text).cells if c.address.startswith(prefix)]


@pytest.mark.parametrize(
    "row", ["规章：3、0、7", "规章: 3，0，7。", "规章：3件；0件；7件", "规章:3,0,7"]
)
def test_figures_behind_a_colon_stand_under_the_header(row: str) -> None:
    text = _TWO.format(regulations=row)
    assert _cells(text, "disclosure.regulations") == [3, 0, 7]
    assert _cells(text, "disclosure.normative") == [2, 1, 9]
    assert _cells(text, "disclosure.licensing") == [12]
    assert _cells(text, "disclosure.fees") == [12.5]


@pytest.mark.parametrize("row", ["规章：3、7", "规章：3、0、7、1", "规章：1,234、0、7"])
def test_another_number_of_figures_is_not_read(row: str) -> None:
    text = _TWO.format(regulations=row)
    found = [c for c in _read(text).cells if c.address.startswith("disclosure.regulations")]
    assert {c.status for c in found} <= {Status.UNSURE, Status.ABSENT}


def test_no_header_tells_which_of_three_figures_is_which() -> None:
    found = _read(
        "二、主动公开政府信息情况\n规章：3、0、7\n行政许可：4\n三、收到和处理政府信息公开申请情况"
    )
    own = {c.address: c for c in found.cells}
    assert own["disclosure.regulations.issued"].status is Status.UNSURE
    assert own["disclosure.licensing.decisions"].value == 4
    assert not [
        o for o in found.observations if o.kind == "table_absent" and o.item == "disclosure"
    ]


def test_words_before_figures_name_their_columns() -> None:
    row = "规章：现行有效件数7件，本年制发件数3件，本年废止件数0件"
    assert _cells(_TWO.format(regulations=row), "disclosure.regulations") == [3, 0, 7]
    text = (
        "四、政府信息公开行政复议、行政诉讼情况\n"
        "行政复议：结果维持1件，结果纠正2件，其他结果0件，尚未审结3件，总计6件\n"
        "复议后起诉：结果维持1件，结果维持2件，其他结果0件，尚未审结3件，总计6件"
    )
    assert _cells(text, "disputes.review") == [None] * 5  # the second row says one thing twice
    text = text.replace("结果维持2件", "结果纠正2件")
    assert _cells(text, "disputes.review") == [1, 2, 0, 3, 6]
    assert _cells(text, "disputes.litigation_after_review") == [1, 2, 0, 3, 6]


@pytest.mark.parametrize("parts", ["3、0、0、0、0、1、4", "3 0 0 0 0 1 4", "3，0，0，0，0，1，4。"])
def test_a_row_of_table_three(parts: str) -> None:
    text = f"三、收到和处理政府信息公开申请情况\n{_ROW}：{parts}\n"
    assert _cells(text, "applications.new") == [3, 0, 0, 0, 0, 1, 4]


def test_sentences_of_the_first_section_are_text() -> None:
    found = _read(
        "一、总体情况\n行政许可：12件\n行政复议：结果维持1件\n二、主动公开政府信息情况\n略"
    )
    assert all(c.value is None for c in found.cells)
    assert [p.text for s in found.sections if s.key == "overview" for p in s.paragraphs] == [
        "行政许可：12件",
        "行政复议：结果维持1件",
    ]
