"""`nianbao.toml` (or `[tool.nianbao]` of pyproject.toml) → Config, refusing what it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.loaders.base import Limits
from rules.vocabulary import Severity

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
    known = {f.name for f in fields(Config)} - {"source"}
    unknown = sorted(set(raw) - known)
    if unknown:
        raise UsageError(
            f"{path}: 未知的配置项 {', '.join(unknown)}", f"可用：{', '.join(sorted(known))}"
        )
    try:
        return _build(raw, path)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error


def _build(raw: Mapping[str, Any], path: Path) -> Config:
    base = path.resolve().parent

    def at(value: str) -> Path:
        return base / value

    def paths(key: str) -> tuple[Path, ...]:
        value = raw.get(key, ())
        return tuple(at(v) for v in ([value] if isinstance(value, str) else value))

    return Config(
        roster=at(raw["roster"]) if "roster" in raw else None,
        previous=paths("previous"),
        parent=at(raw["parent"]) if "parent" in raw else None,
        select=_strings(raw, "select"),
        ignore=_strings(raw, "ignore"),
        severity={k: Severity(v) for k, v in raw.get("severity", {}).items()},
        thresholds=_thresholds(raw.get("thresholds", {})),
        deadlines=dict(raw.get("deadlines", {})),
        rule_makers=frozenset(_strings(raw, "rule_makers")),
        waivers=tuple(_waiver(w) for w in raw.get("waivers", ())),
        plugins=paths("plugins"),
        patterns=paths("patterns"),
        exclude=_strings(raw, "exclude"),
        limits=Limits(**raw.get("limits", {})),
        office=raw.get("office"),
        letter=Letter(**raw.get("letter", {})),
        source=path,
    )


def _strings(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, ())
    if isinstance(value, str) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{key}: 应为字符串列表")
    return tuple(value)


def _thresholds(raw: Mapping[str, Any]) -> dict[str, float]:
    from rules.dataset import THRESHOLDS  # pandas comes with it: not before it is needed

    unknown = sorted(set(raw) - set(THRESHOLDS))
    if unknown:
        raise ValueError(f"thresholds: 未知 {', '.join(unknown)}（可用：{', '.join(THRESHOLDS)}）")
    return {key: float(value) for key, value in raw.items()}


def _waiver(raw: Mapping[str, Any]) -> Waiver:
    waiver = Waiver(**raw)
    if not waiver.reason.strip():
        raise ValueError(f"waivers: {waiver.rule} 的豁免没有写明理由（reason）")
    return waiver


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: 不是有效的 TOML 文件：{error}") from error
