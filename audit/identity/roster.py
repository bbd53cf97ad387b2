"""The names a roster knows: short, with the county before them, with 人民政府 behind, aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.identity.names import Name, split
from audit.recognise.normalise import squeezed

if TYPE_CHECKING:
    import pandas as pd

_TAIL = re.compile("(?<=[镇乡县区市旗省州木])(?:人民)?政府$|(?<=街道)办事处$|(?<=街道)办$")
_PLACE = re.compile("[省市县区旗州盟]$")
_COUNTY = re.compile("[县区旗]$")


class RosterIndex:
    """Looks names up in a roster; made once for a run."""

    def __init__(self, roster: pd.DataFrame) -> None:
        """From the roster frame: columns unit, level, parent, aliases."""
        self._names: dict[str, list[Name]] = {}
        for unit, level, parent, aliases in zip(
            roster["unit"], roster["level"], roster["parent"], roster["aliases"], strict=True
        ):
            if not isinstance(unit, str):
                continue
            county = _bare(parent) if isinstance(parent, str) else None
            known = Name(unit, county, level if isinstance(level, str) else None)
            others = re.split("[;；、,，]", aliases) if isinstance(aliases, str) else []
            for name in (unit, *others):
                for form in _forms(_bare(name), county):
                    held = self._names.setdefault(form, [])
                    if known not in held:
                        held.append(known)
        self._longest = max(map(len, self._names), default=0)

    def find(self, written: str, county: str | None = None) -> Name | None:
        """The unit that a name means, whole or behind the places it lies in; None if unsure."""
        bare = _bare(written)
        for start in range(max(0, len(bare) - self._longest), max(1, len(bare) - 1)):
            held = self._names.get(bare[start:])
            if held is not None:
                above = bare[:start] or county or ""
                fitting = [k for k in held if _lies_in(k.county, above, named=start > 0)]
                if len(fitting) == 1:
                    return fitting[0]
        return None

    def find_in(self, text: str) -> Name | None:
        """The unit whose name, the longest of all, stands somewhere in a file's name."""
        plain = squeezed(text)
        for length in range(min(self._longest, len(plain)), 1, -1):
            found = {
                known
                for start in range(len(plain) - length + 1)
                for known in self._names.get(plain[start : start + length], ())
            }
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def _bare(name: str) -> str:
    return _TAIL.sub("", squeezed(name))


def _forms(bare: str, county: str | None) -> Iterator[str]:
    """How a name is written: as it is, without its county before it."""
    if len(bare) >= 2:
        yield bare
        if county and bare.startswith(county) and len(bare) - len(county) >= 2:
            yield bare[len(county) :]
        short = split(bare)
        if short is not None and short.unit != bare and short.county is not None:
            yield short.unit


def _lies_in(parent: str | None, above: str, *, named: bool) -> bool:
    """Whether a unit of this parent may be written with these words before it."""
    if not above or parent is None:
        return not above or _PLACE.search(above) is not None or not named
    if above.endswith((parent, parent[:-1])):
        return True
    both = _COUNTY.search(above) and _COUNTY.search(parent)
    return _PLACE.search(above) is not None and not both
