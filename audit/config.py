"""`nianbao.toml` (or `[tool.nianbao]` of pyproject.toml) → Config, refusing what it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from audit.config_values import (
    SettingError,
    day,
    known_keys,
    month_day,
    number,
    table,
    text,
    texts,
    usable,
)
from audit.errors import UsageError, about
from audit.loaders.base import Limits
from audit.roster import LEVELS
from rules.vocabulary import Severity, Text

NAME = "nianbao.toml"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings accepted for a reason: of a rule, a unit, a year, cells (a glob); until a day."""

    rule: str
    reason: str
    unit: str = "*"
    year: int | None = None
    cells: str = "*"
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """Names for the letters of `--format docx`."""

    sender: str = ""
    contact: str = ""
    reply_by: str = ""


@dataclass(frozen=True)
class Config:
    """All that a configuration may set; paths are absolute, the file's folder is their base."""

    roster: Path | None = None
    previous: tuple[Path, ...] = ()
    parent: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    deadlines: Mapping[str, str] = field(default_factory=dict)
    rule_makers: frozenset[str] = frozenset()
    waivers: tuple[Waiver, ...] = ()
    plugins: tuple[Path, ...] = ()
    patterns: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    office: str | None = None
    letter: Letter = field(default_factory=Letter)
    source: Path | None = None


def find(start: Path) -> Path | None:
    """The configuration that holds for a folder: the nearest one upwards."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        project = folder / "pyproject.toml"
        if project.is_file() and "nianbao" in _toml(project).get("tool", {}):
            return project
    return None


def load(path: Path | None) -> Config:
    """The configuration in a file, or the default one without a file.

    Raises:
        UsageError: the file is missing, no TOML, or says something unknown.
    """
    if path is None:
        return Config()
    raw = _toml(path)
    if path.name == "pyproject.toml":
        raw = raw.get("tool", {}).get("nianbao", {})
    try:
        known_keys(raw, {f.name for f in fields(Config)} - {"source"})
        return _build(raw, path)
    except SettingError as error:
        raise UsageError(about(str(path), error.message), error.hint) from error


def _build(raw: Mapping[str, Any], path: Path) -> Config:
    base = path.resolve().parent

    def one(key: str) -> Path | None:
        return base / text(raw[key], key) if key in raw else None

    def many(key: str) -> tuple[Path, ...]:
        value = raw.get(key, ())
        return tuple(base / v for v in texts([value] if isinstance(value, str) else value, key))

    return Config(
        roster=one("roster"),
        previous=many("previous"),
        parent=one("parent"),
        select=tuple(c.upper() for c in texts(raw.get("select", ()), "select")),
        ignore=tuple(c.upper() for c in texts(raw.get("ignore", ()), "ignore")),
        severity=_severities(table(raw.get("severity", {}), "severity")),
        thresholds=_thresholds(table(raw.get("thresholds", {}), "thresholds")),
        deadlines=_deadlines(table(raw.get("deadlines", {}), "deadlines")),
        rule_makers=frozenset(texts(raw.get("rule_makers", ()), "rule_makers")),
        waivers=_waivers(raw.get("waivers", ())),
        plugins=many("plugins"),
        patterns=many("patterns"),
        exclude=texts(raw.get("exclude", ()), "exclude"),
        limits=Limits(**_numbers(raw.get("limits", {}), Limits, "limits")),
        office=text(raw["office"], "office") if "office" in raw else None,
        letter=_letter(raw.get("letter", {})),
        source=path,
    )


def _severities(raw: Mapping[str, Any]) -> dict[str, Severity]:
    for code, value in raw.items():
        if value not in list(Severity):
            message = Text(f"“{value}”不是级别", f"{value!r} is no severity")
            raise SettingError(f"severity.{code}", message, usable(Severity))
    return {code.upper(): Severity(value) for code, value in raw.items()}


def _thresholds(raw: Mapping[str, Any]) -> dict[str, float]:
    from rules.dataset import THRESHOLDS  # pandas comes with it: not before it is needed

    known_keys(raw, THRESHOLDS, "thresholds")
    return {key: number(value, f"thresholds.{key}") for key, value in raw.items()}


def _deadlines(raw: Mapping[str, Any]) -> dict[str, str]:
    """By level (in either language) or by a unit's name, as MM-DD."""
    return {LEVELS.get(k, k): month_day(v, f"deadlines.{k}") for k, v in raw.items()}


def _numbers(raw: Any, kind: type, where: str) -> dict[str, Any]:
    found = table(raw, where)
    known = {f.name: f.type for f in fields(kind)}
    known_keys(found, known, where)
    return {
        k: number(v, f"{where}.{k}", whole="int" in str(known[k]), least=1)
        for k, v in found.items()
    }


def _letter(raw: Any) -> Letter:
    found = table(raw, "letter")
    known_keys(found, {f.name for f in fields(Letter)}, "letter")
    return Letter(**{k: text(v, f"letter.{k}") for k, v in found.items()})


def _waivers(raw: Any) -> tuple[Waiver, ...]:
    if not isinstance(raw, list | tuple):
        raise SettingError(
            "waivers",
            Text("应写成 [[waivers]]，一段一项", "should be written as [[waivers]], one each"),
        )
    return tuple(
        _waiver(w, Text(f"waivers 第 {n} 项", f"waivers, no. {n}")) for n, w in enumerate(raw, 1)
    )


def _waiver(raw: Any, where: Text) -> Waiver:
    found = table(raw, where)
    known_keys(found, {f.name for f in fields(Waiver)}, where)
    if "rule" not in found:
        raise SettingError(where, Text("没有写明规则（rule）", "names no rule"))
    reason = text(found.get("reason", ""), about(where, "reason")).strip()
    if not reason:
        rule = found["rule"]
        message = Text(
            f"{rule} 的豁免没有写明理由（reason）", f"the waiver of {rule} has no reason"
        )
        raise SettingError(where, message)
    year = found.get("year")
    return Waiver(
        rule=text(found["rule"], about(where, "rule")).upper(),
        reason=reason,
        unit=text(found.get("unit", "*"), about(where, "unit")),
        year=None if year is None else int(number(year, about(where, "year"), whole=True)),
        cells=text(found.get("cells", "*"), about(where, "cells")),
        expires=day(found["expires"], about(where, "expires")) if "expires" in found else None,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = Text(
            '字符串和中文的键名都要加引号，例如 "部门" = "01-31"',
            'strings, and keys that are not plain ASCII, need quotes: "a b" = "01-31"',
        )
        message = Text(f"不是有效的 TOML 文件：{error}", f"no valid TOML: {error}")
        raise UsageError(about(str(path), message), hint) from error
