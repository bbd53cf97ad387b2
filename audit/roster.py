"""The roster file (CSV or XLSX, Chinese or English headers) → the roster frame."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from audit.config_values import SettingError, month_day
from audit.encoding import decode
from audit.errors import NianbaoError, UsageError, about
from rules.vocabulary import Text

if TYPE_CHECKING:
    import pandas as pd

HEADERS = {
    **dict.fromkeys(("单位", "单位名称", "报送单位", "机关名称", "名称"), "unit"),
    **dict.fromkeys(("级别", "层级", "单位级别", "类别", "单位类别"), "level"),
    **dict.fromkeys(("上级", "上级单位", "所属上级", "所属县区"), "parent"),
    **dict.fromkeys(("别名", "曾用名", "原名", "简称"), "aliases"),
    **dict.fromkeys(("截止日期", "报送截止日期", "期限", "公开期限"), "deadline"),
}
LEVELS = {
    "乡镇": "township",
    **dict.fromkeys(("乡", "镇", "街道", "街道办", "街道办事处", "苏木"), "township"),
    **dict.fromkeys(("乡镇街道", "镇街", "乡镇级", "乡级"), "township"),
    "部门": "department",
    **dict.fromkeys(("单位", "局", "县直部门", "区直部门", "市直部门", "部门单位"), "department"),
    "县": "county",
    **dict.fromkeys(("区", "旗", "县区", "区县", "县市区", "县级", "县级市"), "county"),
    "市": "city",
    **dict.fromkeys(("地级市", "市级", "州", "盟"), "city"),
    "省": "province",
    **dict.fromkeys(("省级", "自治区", "直辖市"), "province"),
    "部委": "ministry",
}
#: Rows above the header, such as a title, that are looked at for it.
_ABOVE = 5
KNOWN_LEVELS = frozenset(LEVELS.values())
_NAMED = ("乡镇", "街道", "部门", "县", "区", "市", "省", "部委")


def load(path: Path) -> pd.DataFrame:
    """The roster: columns unit, level, parent, aliases (joined by ;), deadline (MM-DD), all str.

    Raises:
        UsageError: the file can't be read, has no column for the unit, an unknown level or date.
    """
    from rules.dataset import typed

    table = _table(path)
    if not table:
        raise UsageError(about(str(path), Text("名单是空的", "the roster is empty")))
    at, names = _headers(table)
    if "unit" not in names:
        raise UsageError(
            about(str(path), Text("名单缺少“单位”列", "the roster has no column for the unit")),
            Text(
                "表头应为：单位, 级别, 上级, 别名, 截止日期",
                "the header should be: unit, level, parent, aliases, deadline",
            ),
        )
    columns: dict[str, list[str | None]] = {n: [] for n in _COLUMNS}
    for number, row in enumerate(table[at + 1 :], start=at + 2):
        cells = dict(zip(names, (c.strip() for c in row), strict=False))
        if not cells.get("unit"):
            continue
        for name in _COLUMNS:
            value = cells.get(name) or None
            if name == "level":
                value = _level(value, path, number)
            elif name == "aliases" and value:
                value = ";".join(a.strip() for a in re.split("[;；、,，/]", value) if a.strip())
            elif name == "deadline" and value:
                value = _day(value, path, number)
            columns[name].append(value)
    return typed("roster", columns)


_COLUMNS = ("unit", "level", "parent", "aliases", "deadline")


def _headers(table: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Where the header stands, under a title perhaps, and the columns' names."""
    rows = [[_header(h) for h in row] for row in table[:_ABOVE]]
    at = next((i for i, row in enumerate(rows) if "unit" in row), 0)
    return at, rows[at]


def _header(text: str) -> str:
    text = re.sub(r"\s+|[（(].*[）)]", "", text).lower()
    return HEADERS.get(text, text)


def _level(value: str | None, path: Path, number: int) -> str | None:
    if value is None or value.lower() in KNOWN_LEVELS:
        return value and value.lower()
    plain = re.sub(r"[\s、/（）()]", "", value)
    if plain in LEVELS:
        return LEVELS[plain]
    message = Text(
        f"第 {number} 行的级别“{value}”无法识别", f"line {number}: unknown level {value!r}"
    )
    hint = Text(f"可用：{'、'.join(_NAMED)}", f"known: {', '.join(sorted(KNOWN_LEVELS))}")
    raise UsageError(about(str(path), message), hint)


def _day(value: str, path: Path, number: int) -> str:
    try:
        return month_day(value, Text("截止日期", "deadline"))
    except SettingError as error:
        told = error.message
        message = Text(f"第 {number} 行：{told.zh}", f"line {number}: {told.en}")
        raise UsageError(about(str(path), message)) from error


def _table(path: Path) -> Sequence[Sequence[str]]:
    try:
        if path.suffix.lower() in {".xlsx", ".xls", ".ods", ".et"}:
            from python_calamine import CalamineWorkbook

            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
            return [[_text(v) for v in row] for row in sheet.to_python()]
        text = decode(path.read_bytes())
        first = text.partition("\n")[0]
        delimiter = max(",\t;", key=first.count)  # tabs: Excel's “Unicode 文本”
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except OSError as error:
        raise _unread(path, error.strerror) from error
    except NianbaoError as error:
        raise _unread(path, error) from error
    except Exception as error:  # calamine raises classes of its own for every kind of damage
        raise _unread(path, error) from error


def _unread(path: Path, why: object) -> UsageError:
    message = Text(f"无法读取名单：{why}", f"the roster can't be read: {why}")
    return UsageError(about(str(path), message))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
