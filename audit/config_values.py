"""Values of a configuration, checked one by one; what is wrong is named by its key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

_DAY = re.compile(r"(?:\d{4}[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?(?:以前|之前|前)?")


class SettingError(ValueError):
    """A value that can't be used; the message names its key, `hint` says what can."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def known_keys(raw: Mapping[str, Any], known: Iterable[str], where: str = "") -> None:
    """Refuse keys that mean nothing."""
    unknown = sorted(set(raw) - set(known))
    if unknown:
        place = f"{where}: " if where else ""
        raise SettingError(
            f"{place}未知的配置项 {'、'.join(unknown)}", f"可用：{'、'.join(sorted(known))}"
        )


def table(value: Any, key: str) -> Mapping[str, Any]:
    """A table of keys."""
    if not isinstance(value, Mapping):
        raise SettingError(f"{key}: 应为一段设置（[{key}]）")
    return value


def text(value: Any, key: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise SettingError(f"{key}: 应为字符串，实为 {value}")
    return value


def texts(value: Any, key: str) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise SettingError(f'{key}: 应为字符串列表，例如 {key} = ["…"]')
    return tuple(value)


def number(value: Any, key: str, *, whole: bool = False, least: float = float("-inf")) -> Any:
    """A number; `whole` ones without decimals."""
    kinds = int if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not value >= least:
        raise SettingError(f"{key}: 应为{'整数' if whole else '数字'}，实为 {value}")
    return value


def day(value: Any, key: str) -> date:
    """A day, as TOML writes it or in quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise SettingError(f"{key}: 应为日期，例如 2025-12-31，实为 {value}") from None


def month_day(value: Any, key: str) -> str:
    """A day of each year as MM-DD, from `01-31`, `1月31日` or a whole date."""
    found = _DAY.fullmatch("".join(str(value).split()))
    if found is None:
        raise SettingError(f"{key}: 应为月-日，例如 01-31，实为 {value}")
    month, last = int(found[1]), int(found[2])
    try:
        date(2024, month, last)
    except ValueError:
        raise SettingError(f"{key}: 没有 {month} 月 {last} 日") from None
    return f"{month:02}-{last:02}"
