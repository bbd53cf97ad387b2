"""`--baseline`: findings that were there before, by fingerprint; shown, and not counted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from audit import __version__
from audit.errors import UsageError
from audit.findings import Baseline, Finding, Result
from audit.texts import say
from rules.vocabulary import Text

_VERSION = "1"
_MAKE = Text(
    "用 nianbao check --write-baseline 文件 生成", "nianbao check --write-baseline FILE makes one"
)


def apply(result: Result, path: Path, language: str) -> Result:
    """The result with findings of the baseline marked as known, in the manner of waived ones.

    Raises:
        UsageError: the file is no baseline.
    """
    return _marked(result, read(path), path, language)


def read(path: Path) -> frozenset[str]:
    """The fingerprints in a baseline.

    Raises:
        UsageError: the file can't be read or is no baseline.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        if raw["schema_version"] != _VERSION:
            version = raw["schema_version"]
            raise UsageError(
                Text(
                    f"{path}: 基线文件的版本 {version} 无法识别",
                    f"{path}: a baseline of an unknown version, {version}",
                ),
                _MAKE,
            )
        return frozenset(str(entry["fingerprint"]) for entry in raw["findings"])
    except OSError as error:
        why = error.strerror
        raise UsageError(
            Text(f"{path}: 无法读取基线文件：{why}", f"{path}: the baseline can't be read: {why}")
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(Text(f"{path}: 不是基线文件", f"{path}: no baseline"), _MAKE) from error


def text(result: Result) -> str:
    """The baseline file of a result: its findings but those that a waiver covers."""
    entries = sorted((_entry(f) for f in result.findings if f.waived is None), key=_order)
    whole = {
        "schema_version": _VERSION,
        "tool": {"name": "nianbao", "version": __version__},
        "findings": entries,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _marked(result: Result, known: frozenset[str], path: Path, language: str) -> Result:
    reason = say("in_baseline", language, file=path.name)
    met = {f.fingerprint for f in result.findings} & known
    findings = [
        replace(f, waived=reason) if f.waived is None and f.fingerprint in known else f
        for f in result.findings
    ]
    marked = sum(f.waived == reason for f in findings)
    note = Baseline(path.as_posix(), marked, len(known - met))
    return replace(result, findings=findings, baseline=note)


def _entry(finding: Finding) -> dict[str, object]:
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "unit": finding.who,
        "year": finding.year,
        "about": finding.statement,
    }


def _order(entry: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(entry[k] or "") for k in ("unit", "year", "rule", "about", "fingerprint"))
