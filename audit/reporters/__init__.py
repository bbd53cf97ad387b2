"""From a result to an output: one module a format, none of which computes anything.

Every module of this package that has a `REPORTER` is one format; a new format is a new module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from audit.reporters.base import Look, Reporter

__all__ = ["Look", "Reporter", "reporter", "reporters"]


def reporter(name: str) -> Reporter:
    """The format of a name, which is its module's too; no other is imported."""
    found: Reporter = importlib.import_module(f"{__name__}.{name}").REPORTER
    return found


@cache
def reporters() -> Mapping[str, Reporter]:
    """All formats by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        reporter = getattr(importlib.import_module(f"{__name__}.{module.name}"), "REPORTER", None)
        if isinstance(reporter, Reporter):
            found[reporter.name] = reporter
    return found
