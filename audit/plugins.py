"""A data repository's own rules: Python files or entry points with rules of the catalogue's shape."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from audit.errors import UsageError, about
from rules.catalogue import catalogue
from rules.vocabulary import Rule, Text

GROUP = "nianbao.rules"
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
                raise UsageError(
                    about(name, Text("没有定义 RULE 或 RULES", "defines neither RULE nor RULES"))
                )
            wrong = _wrong(rule, rules)
            if wrong is not None:
                raise UsageError(about(name, wrong))
            rules[rule.code] = rule
    return rules


def _wrong(rule: Rule, others: Mapping[str, Rule]) -> Text | None:
    """What keeps a rule from being taken beside the catalogue's and others."""
    code = rule.code
    if not _CODE.fullmatch(code):
        return Text(
            f"规则编号 {code} 应为一个大写字母加三位数字",
            f"the code {code} should be a capital letter and three digits",
        )
    if code in catalogue() or code in others:
        return Text(f"规则编号 {code} 已被占用", f"the code {code} is taken")
    if rule.check is None:
        return Text(f"规则 {code} 没有 check", f"the rule {code} has no check")
    return None


def _failed(name: str, error: Exception) -> UsageError:
    message = Text(f"无法载入自定义规则：{error}", f"own rules can't be loaded: {error}")
    return UsageError(about(name, message))


def _modules(files: Sequence[Path]) -> Iterator[tuple[str, ModuleType]]:
    for number, path in enumerate(files):
        spec = importlib.util.spec_from_file_location(f"nianbao_own_rules_{number}", path)
        if spec is None or spec.loader is None:
            raise UsageError(about(str(path), Text("不是 Python 文件", "no Python file")))
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:  # whatever a stranger's module raises, the user must hear of it
            raise _failed(str(path), error) from error
        yield str(path), module
    for entry in entry_points(group=GROUP):
        try:
            yield entry.value, entry.load()
        except Exception as error:  # the same of an installed package's
            raise _failed(entry.value, error) from error
