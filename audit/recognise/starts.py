"""Where in running text a table begins: with labels and nothing said about them."""

from __future__ import annotations

from collections.abc import Sequence

from audit.document import Paragraph
from audit.recognise.normalise import key
from audit.recognise.pieces import PIECES
from audit.recognise.sentences import said

_STARTS = tuple(
    key(text)
    for text in (
        "第二十条第",
        "信息内容",
        "本年制发件数",
        "申请人情况",
        "本年新制作数量",
        "结果维持",
        "一、本年新收政府信息公开申请",
    )
)
_FIRST_ROW = key("一、本年新收政府信息公开申请数量")
#: Lines longer than this are text, if no table on one line; labels broken over lines are short.
_SENTENCE, _SHORT = 120, 6
#: What stands beside the note in its cell may be printed into it.
_NOTE = key("（本列数据的勾稽关系")
_TABLE_FOUR = frozenset({"行政复议", "行政诉讼", "行政复议行政诉讼", "结果"})
#: How the header of table four begins.
_CHANNELS = "行政复议行政诉讼"


def starts_table(paragraphs: Sequence[Paragraph], at: int, headed: bool = False) -> bool:
    """Whether a table's first label stands here, be it broken over lines.

    Under a table's own heading (`headed`) a row written as a sentence begins it, too.
    """
    text = paragraphs[at].text
    if headed and said(text) is not None:
        return True
    if len(text) > 2 * _SENTENCE:  # a table on one line, if any
        return _begins(key(text[:_SENTENCE])) or ("新收" in text and _FIRST_ROW in key(text))
    squeezed = key(text)
    if squeezed in _TABLE_FOUR or _begins(squeezed):
        return True
    if len(squeezed) > _SENTENCE:
        return len(squeezed) > 400 and _FIRST_ROW in squeezed
    if "勾稽关系为" in squeezed or squeezed.startswith(_NOTE):
        return True
    if not 0 < len(squeezed) <= _SHORT:
        return False
    following = (key(p.text) for p in paragraphs[at : at + 2 * PIECES])
    return _begins("".join(k for k in following if len(k) <= _SHORT))


def _begins(squeezed: str) -> bool:
    """Whether a text begins as a table does, with labels and nothing said about them."""
    if squeezed.startswith(_CHANNELS):
        return "结果维持" in squeezed[:40]
    return squeezed.startswith(_STARTS)
