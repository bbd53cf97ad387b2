"""A data repository's own rules: Python files or entry points with rules of the catalogue's shape."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from audit.errors import UsageError
from rules.catalogue import catalogue
from rules.vocabulary import Rule

GROUP = "nianbao.rules"
_FAILED = "无法载入自定义规则"
_CODE = re.compile("[A-Z][0-9]{3}")


def own_rules(files: Sequence[Path]) -> dict[str, Rule]:
    """Rules that files and installed packages add, by code.

    A file or entry point (group `nianbao.rules`) is a module with `RULE`, or `RULES` as a sequence.

    Raises:
        UsageError: a file can't be imported, holds no rule, or takes a code of the catalogue's.
    """
    rules: dict[str, Rule] = {}
    for name, module in _modules(files):
        found = list(getattr(module, "RULES", ())) or [getattr(module, "RULE", None)]
        for rule in found:
            if not isinstance(rule, Rule):
                raise UsageError(f"{name}: 没有定义 RULE 或 RULES")
            if not _CODE.fullmatch(rule.code):
                raise UsageError(f"{name}: 规则编号 {rule.code} 应为一个大写字母加三位数字")
            if rule.code in catalogue() or rule.code in rules:
                raise UsageError(f"{name}: 规则编号 {rule.code} 已被占用")
            if rule.check is None:
                raise UsageError(f"{name}: 规则 {rule.code} 没有 check")
            rules[rule.code] = rule
    return rules


def _modules(files: Sequence[Path]) -> Iterator[tuple[str, ModuleType]]:
    for number, path in enumerate(files):
        spec = importlib.util.spec_from_file_location(f"nianbao_own_rules_{number}", path)
        if spec is None or spec.loader is None:
            raise UsageError(f"{path}: 不是 Python 文件")
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:  # whatever a stranger's module raises, the user must hear of it
            raise UsageError(f"{path}: {_FAILED}：{error}") from error
        yield str(path), module
    for entry in entry_points(group=GROUP):
        try:
            yield entry.value, entry.load()
        except Exception as error:  # the same of an installed package's
            raise UsageError(f"{entry.value}: {_FAILED}：{error}") from error
