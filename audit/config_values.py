"""Values of a configuration, checked one by one; what is wrong is named by its key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from audit.errors import about
from rules.vocabulary import Text

_DAY = re.compile(r"(?:\d{4}[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?(?:以前|之前|前)?")


class SettingError(ValueError):
    """A value that can't be used: `key` is where it stands, `hint` says what can be used."""

    def __init__(self, key: str | Text, message: Text, hint: Text | None = None) -> None:
        self.message = about(key, message) if key else message
        self.hint = hint or Text("", "")
        super().__init__(self.message.zh)


def usable(names: Iterable[str]) -> Text:
    """A hint that lists what can be used."""
    listed = list(names)
    return Text(f"可用：{'、'.join(listed)}", f"known: {', '.join(listed)}")


def known_keys(raw: Mapping[str, Any], known: Iterable[str], where: str | Text = "") -> None:
    """Refuse keys that mean nothing."""
    unknown = sorted(set(raw) - set(known))
    if unknown:
        message = Text(
            f"未知的配置项 {'、'.join(unknown)}", f"unknown setting {', '.join(unknown)}"
        )
        raise SettingError(where, message, usable(sorted(known)))


def table(value: Any, key: str | Text) -> Mapping[str, Any]:
    """A table of keys."""
    if not isinstance(value, Mapping):
        name = key if isinstance(key, Text) else Text(key, key)
        raise SettingError(
            key, Text(f"应为一段设置（[{name.zh}]）", f"should be a table ([{name.en}])")
        )
    return value


def text(value: Any, key: str | Text) -> str:
    """A text."""
    if not isinstance(value, str):
        raise SettingError(
            key, Text(f"应为字符串，实为 {value}", f"should be a string, is {value}")
        )
    return value


def texts(value: Any, key: str) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        sample = f'{key} = ["…"]'
        raise SettingError(
            key, Text(f"应为字符串列表，例如 {sample}", f"should be a list of strings, as {sample}")
        )
    return tuple(value)


def number(
    value: Any, key: str | Text, *, whole: bool = False, least: float = float("-inf")
) -> Any:
    """A number; `whole` ones without decimals."""
    kinds = int if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not value >= least:
        kind = Text("整数", "a whole number") if whole else Text("数字", "a number")
        message = Text(f"应为{kind.zh}，实为 {value}", f"should be {kind.en}, is {value}")
        if isinstance(value, kinds) and not isinstance(value, bool) and least > float("-inf"):
            message = Text(
                f"应为{kind.zh}，且不小于 {least:g}，实为 {value}",
                f"should be {kind.en}, {least:g} at least, is {value}",
            )
        raise SettingError(key, message)
    return value


def day(value: Any, key: str | Text) -> date:
    """A day, as TOML writes it or in quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        message = Text(
            f"应为日期，例如 2025-12-31，实为 {value}", f"should be a day as 2025-12-31, is {value}"
        )
        raise SettingError(key, message) from None


def month_day(value: Any, key: str | Text) -> str:
    """A day of each year as MM-DD, from `01-31`, `1月31日` or a whole date."""
    found = _DAY.fullmatch("".join(str(value).split()))
    if found is None:
        message = Text(
            f"应为月-日，例如 01-31，实为 {value}",
            f"should be a month and day as 01-31, is {value}",
        )
        raise SettingError(key, message)
    month, last = int(found[1]), int(found[2])
    try:
        date(2024, month, last)
    except ValueError:
        message = Text(f"没有 {month} 月 {last} 日", f"there is no day {month:02}-{last:02}")
        raise SettingError(key, message) from None
    return f"{month:02}-{last:02}"
