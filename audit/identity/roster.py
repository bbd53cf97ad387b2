"""The names a roster knows: short, with the county before them, with 人民政府 behind, aliases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.identity.names import Name

if TYPE_CHECKING:
    import pandas as pd

_TAIL = re.compile(r"(?:人民政府|办事处)$")


class RosterIndex:
    """Looks names up in a roster; made once for a run."""

    def __init__(self, roster: pd.DataFrame) -> None:
        self._names: dict[str, Name] = {}
        for unit, level, parent, aliases in zip(
            roster["unit"], roster["level"], roster["parent"], roster["aliases"], strict=True
        ):
            county = parent if isinstance(parent, str) else None
            known = Name(unit, county, level if isinstance(level, str) else None)
            others = aliases.replace("；", ";").split(";") if isinstance(aliases, str) else []
            for name in (unit, *others):
                self._names.setdefault(_TAIL.sub("", name.strip()), known)
        self._longest_first = sorted((n for n in self._names if n), key=len, reverse=True)

    def find(self, written: Sequence[str], file: str) -> Name | None:
        """The unit that one of these names (the first that fits), or else the file's name, means."""
        for name in written:
            bare = _TAIL.sub("", name)
            if bare in self._names:
                return self._names[bare]
            for known in self._longest_first:
                if bare.endswith(known):
                    return self._names[known]
        for known in self._longest_first if not written else ():
            if known in file:
                return self._names[known]
        return None
