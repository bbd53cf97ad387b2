"""The normal form both ways of reading end in: a labelled row of values, columns named by wording."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit.document import Place
from audit.recognise.labels import EditionBlock


@dataclass(slots=True)
class Value:
    """What stands in one place of a row. `column` is the form's key, None where no label tells."""

    raw: str
    place: Place
    column: str | None
    doubt: str = ""


@dataclass(slots=True)
class RawRow:
    """One row of a table as the document has it.

    `name` is the form's row that its wording stands for, None for a row beside the form's.
    `block` is the block of table two that it stands in. `doubt` says why the values can't be told
    apart; they are not read then. `assumed`: they were taken in the form's order, under no header.
    """

    table: str
    label: str
    name: str | None
    values: list[Value]
    place: Place
    block: EditionBlock | None = None
    doubt: str = ""
    assumed: bool = False


@dataclass(slots=True)
class Header:
    """Column labels above rows: the form's keys seen, and labels that are none of the form's."""

    table: str
    seen: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    #: Its labels are the form's, printed in lines and in another order.
    disordered: bool = False
    place: Place = field(default_factory=Place)


@dataclass(slots=True)
class TableRead:
    """All that one part of a document says of one or more of the three tables."""

    rows: list[RawRow] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    #: Header of 行政事业性收费 as printed, and where.
    fee_header: tuple[str, Place] | None = None
    #: Tables of which a part could not be read, and where.
    unread: dict[str, Place] = field(default_factory=dict)
    #: Tables under whose headings stands what may be the table and tells of no other, and where.
    strange: dict[str, Place] = field(default_factory=dict)
    #: For each grid (by its number) the tables that it told of.
    told: list[frozenset[str]] = field(default_factory=list)


#: Why values are not read, in the clerk's words.
MERGED = "一个数字跨了几格，无法判断属于哪一格"
COUNT = "本行有{found}个数字，应为{wanted}个，无法判断各属于哪一格"
NO_HEADER = "看不出各列的栏目名称"
#: A row of a table that has a cell more or less than its header.
RAGGED = "本行有{found}格，表头有{wanted}格，可能错位，无法判断各属于哪一格"
CROWDED = "一格之内有几个数字"
GLUED = "数字与文字粘连"
NO_CELL = "该栏目下没有单元格"
EMPTY = "本行没有数字"
TOO_LONG = "数字过大，不像一个数，可能是几个数连在一起"
PARTED = "数字中间有空格、换行或注释标号，无法判断是一个数还是几个数"
TWICE = "出现两次且不一致：{values}"
AHEAD = "数字可能写在行标题之前，无法判断属于哪一行"
FEW = "本表多数行没有读出，无法确定这个数字属于本行"
FOOT = "其中可能混有页码，无法判断是哪一个数字"
GARBLED = "数字旁有乱码，无法确定是什么数"
ASTRAY = "表头各栏的顺序与规定格式不同，数字又不在表头之下，无法确定属于哪一栏"
ORDER = "表头各栏的顺序与规定格式不同，且行合计对不上，无法确定数字属于哪一栏"
UNSEEN = "本表有部分内容未能读出，无法确定这一格是缺失还是没有读到"
JOINED = "行标题含有两行的标题，无法判断数字属于哪一行"
SPREAD = "本行数字分在几行，可能有数字被拆开，无法确定是几个数"
NO_LABEL = "行标题缺失，无法判断是哪一行"
BESIDE = "几张表并排在同一表格中，无法确定各格属于哪张表"
TWIN = "相邻一行的标题残缺或空白，可能与本行是同一行，无法判断以哪一行为准"
SHORT = "本行末尾是空白，可能少了一个数而错位，无法判断各属于哪一格"
UNTOLD = "汇总表的栏目名称看不出是格式中的哪一格"
SAME = "汇总表有两栏的栏目名称相同，无法判断以哪一栏为准"
