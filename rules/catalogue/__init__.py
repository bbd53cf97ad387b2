"""The catalogue: a folder for each family, a module for each rule, collected by themselves.

A rule is a module `rules/catalogue/FAMILY/CODE.py` with one `RULE`; nothing else lists it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rules.vocabulary import Rule, Text

#: Families in the catalogue's order: letter → (folder, name).
FAMILIES: Mapping[str, tuple[str, Text]] = MappingProxyType(
    {
        "F": ("files", Text("文件", "the file")),
        "S": ("structure", Text("结构", "structure")),
        "V": ("values", Text("填写", "values")),
        "A": ("arithmetic", Text("勾稽关系", "arithmetic")),
        "L": ("authority", Text("法定职权", "legal authority")),
        "Y": ("years", Text("年度衔接", "year on year")),
        "N": ("narrative", Text("文表一致", "text against tables")),
        "P": ("plausibility", Text("合理性", "plausibility")),
        "R": ("roster", Text("报送完整性", "roster")),
        "G": ("aggregation", Text("汇总", "aggregation")),
    }
)


@cache
def catalogue() -> Mapping[str, Rule]:
    """All built-in rules by code, family by family, codes ascending.

    Raises:
        ValueError: a module holds no rule, a code stands twice or in another family's folder.
    """
    rules: dict[str, Rule] = {}
    for letter, (folder, _) in FAMILIES.items():
        package = importlib.import_module(f"{__name__}.{folder}")
        for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            rule = importlib.import_module(f"{package.__name__}.{module.name}").RULE
            if rule.code in rules or rule.family != letter or rule.code.lower() != module.name:
                raise ValueError(f"rule {rule.code} stands in {folder}/{module.name}.py")
            rules[rule.code] = rule
    return MappingProxyType(rules)
