"""The roster file (CSV or XLSX, Chinese or English headers) → the roster frame."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.encoding import decode
from audit.errors import NianbaoError, UsageError

if TYPE_CHECKING:
    import pandas as pd

HEADERS = {
    "单位": "unit",
    "单位名称": "unit",
    "级别": "level",
    "层级": "level",
    "上级": "parent",
    "上级单位": "parent",
    "别名": "aliases",
    "曾用名": "aliases",
    "截止日期": "deadline",
    "报送截止日期": "deadline",
}
LEVELS = {
    "乡镇": "township",
    "街道": "township",
    "乡镇街道": "township",
    "部门": "department",
    "县": "county",
    "区": "county",
    "市": "city",
    "省": "province",
    "部委": "ministry",
}
KNOWN_LEVELS = frozenset(LEVELS.values())


def load(path: Path) -> pd.DataFrame:
    """The roster: columns unit, level, parent, aliases (joined by ;), deadline, all str.

    Raises:
        UsageError: the file can't be read, has no column for the unit, or an unknown level.
    """
    from rules.dataset import typed

    table = _table(path)
    if not table:
        raise UsageError(f"{path}: 名单是空的")
    names = [_header(h) for h in table[0]]
    if "unit" not in names:
        raise UsageError(f"{path}: 名单缺少“单位”列", "表头应为：单位, 级别, 上级, 别名, 截止日期")
    columns: dict[str, list[str | None]] = {n: [] for n in _COLUMNS}
    for number, row in enumerate(table[1:], start=2):
        cells = dict(zip(names, (c.strip() for c in row), strict=False))
        if not cells.get("unit"):
            continue
        for name in _COLUMNS:
            value = cells.get(name) or None
            columns[name].append(_level(value, path, number) if name == "level" else value)
    return typed("roster", columns)


_COLUMNS = ("unit", "level", "parent", "aliases", "deadline")


def _header(text: str) -> str:
    text = text.strip().lower()
    return HEADERS.get(text, text)


def _level(value: str | None, path: Path, number: int) -> str | None:
    if value is None or value in KNOWN_LEVELS:
        return value
    if value in LEVELS:
        return LEVELS[value]
    raise UsageError(
        f"{path}: 第 {number} 行的级别“{value}”无法识别",
        f"可用：{'、'.join(dict.fromkeys(LEVELS))}",
    )


def _table(path: Path) -> Sequence[Sequence[str]]:
    try:
        if path.suffix.lower() in {".xlsx", ".xls", ".ods", ".et"}:
            from python_calamine import CalamineWorkbook

            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
            return [[_text(v) for v in row] for row in sheet.to_python()]
        return list(csv.reader(io.StringIO(decode(path.read_bytes()))))
    except OSError as error:
        raise UsageError(f"{path}: 无法读取名单：{error.strerror}") from error
    except NianbaoError as error:
        raise UsageError(f"{path}: 无法读取名单：{error}") from error
    except Exception as error:  # calamine raises classes of its own for every kind of damage
        raise UsageError(f"{path}: 无法读取名单：{error}") from error


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
