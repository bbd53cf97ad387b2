"""A folder through `check --format json`: what became of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.commands.county import nianbao


def told(*words: str | Path) -> dict[str, Any]:
    """The JSON output of a check that is expected to go through."""
    done = nianbao("check", *words, "-f", "json", "--fail-on", "never")
    assert done.exit_code == 0, done.output
    payload: dict[str, Any] = json.loads(done.stdout)
    assert payload["complete"] and not payload["crashes"]
    return payload


def fates(payload: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """File (from the folder on) → `audited`, a family F code and its reason, or the skip's reason."""
    found: dict[str, str] = {}
    start = f"{folder.as_posix()}/"
    for one in payload["reports"]:
        found[one["file"].removeprefix(start)] = "audited"
    for one in payload["findings"]:
        if one["rule"] in ("F001", "F002", "F003"):
            found[str(one["file"]).removeprefix(start)] = f"{one['rule']} {one['message']}"
    for one in payload["skipped"]:
        found[one["file"].removeprefix(start)] = one["reason"]
    assert len(found) == payload["summary"]["files"]
    return found
