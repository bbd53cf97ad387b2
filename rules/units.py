"""Units' names as keys: roster aliases resolved, the words for a kind of body left out."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.kept import kept

#: Words at the end of a name that do not tell bodies apart.
_ENDING = re.compile(r"(?<=[镇乡县区市旗省州木])人民政府$|(?<=街道)办事处$")
_BLANKS = re.compile(r"\s+")


def plain_name(name: str) -> str:
    """A unit's name without blanks and the ending that all of its kind have."""
    return _ENDING.sub("", _BLANKS.sub("", name))


def roster_keys(roster: pd.DataFrame) -> list[str]:
    """Each row's unit as a key: its plain name, behind its parent's where several share that name."""
    names = [plain_name(u) if isinstance(u, str) else "" for u in roster["unit"]]
    above = [plain_name(p) if isinstance(p, str) else "" for p in roster["parent"]]
    parents: dict[str, set[str]] = {}
    for name, parent in zip(names, above, strict=True):
        parents.setdefault(name, set()).add(parent)
    return [p + n if len(parents[n]) > 1 else n for n, p in zip(names, above, strict=True)]


def roster_names(roster: pd.DataFrame | None) -> dict[str, str]:
    """Every name of the roster's units that is one unit's alone, aliases included, plain → its key."""
    names: dict[str, str] = {}
    if roster is None:
        return names
    keys = roster_keys(roster)
    for key, aliases in zip(keys, roster["aliases"].fillna(""), strict=True):
        for alias in aliases.split(";") if key else ():
            if alias.strip():
                names.setdefault(plain_name(alias), key)
    for key, unit, parent in zip(keys, roster["unit"], roster["parent"], strict=True):
        if key and isinstance(parent, str):
            plain, above = plain_name(unit), plain_name(parent)
            if key == plain:
                names.setdefault(_below(plain, above), key)
            names.setdefault(above + plain, key)
    # A unit's own name is never another's alias.
    names.update((key, key) for key in keys if key)
    return names


def _below(name: str, above: str) -> str:
    """A name without that of the body above, `青石镇` of `云岭县青石镇`."""
    return plain_name(name.removeprefix(above)) if len(name) > len(above) else name


@kept
def unit_keys(data: Dataset) -> np.ndarray:
    """Each report's unit as a key that its reports of all years share; empty where unknown.

    Where units of several counties bear a name that the roster does not know, the county's stands
    before it; a report that does not tell its county is then none of theirs.
    """
    shared, names = _shared(data), roster_names(data.roster)

    def key(unit: object, county: object) -> str:
        found = _key(unit, county, names)
        if found in shared and isinstance(county, str) and found not in names:
            return plain_name(county) + found
        return found

    return _each(data, key)


@kept
def name_keys(data: Dataset) -> np.ndarray:
    """The same without counties, where the roster has none: units of one name share it."""
    names = roster_names(data.roster)
    return _each(data, lambda unit, county: _key(unit, county, names))


@kept
def unit_labels(data: Dataset) -> np.ndarray:
    """Each report's unit as people are told of it; object, None where unknown.

    Its name, behind its county's where units of several counties bear it: 永安县城关镇.
    """
    shared = _shared(data)

    def label(unit: object, county: object) -> object:
        if not isinstance(unit, str) or not isinstance(county, str):
            return unit if isinstance(unit, str) else None
        alone = _name(unit, county) not in shared or unit.startswith(county)
        return unit if alone else county + unit

    return _each(data, label)


def _shared(data: Dataset) -> set[str]:
    """The names that units of several counties bear."""
    above: dict[str, set[str]] = {}
    for unit, county in dict.fromkeys(_pairs(data)):
        if isinstance(unit, str) and isinstance(county, str):
            above.setdefault(_name(unit, county), set()).add(plain_name(county))
    return {name for name, counties in above.items() if len(counties) > 1}


def _each(data: Dataset, tell: Callable[[object, object], object]) -> np.ndarray:
    """What is told of each report's unit and county, asked once for each pair; object, n."""
    pairs = _pairs(data)
    told = {pair: tell(*pair) for pair in dict.fromkeys(pairs)}
    found = np.empty(len(pairs), dtype=object)
    found[:] = [told[pair] for pair in pairs]
    return found


def _pairs(data: Dataset) -> list[tuple[object, object]]:
    units, counties = (data.reports[name].to_numpy(dtype=object) for name in ("unit", "county"))
    return list(zip(units.tolist(), counties.tolist(), strict=True))


def _name(unit: str, county: str) -> str:
    return _below(plain_name(unit), county)


def _key(unit: object, county: object, names: dict[str, str]) -> str:
    if not isinstance(unit, str):
        return ""
    plain = plain_name(unit)
    if plain in names:
        return names[plain]
    if not isinstance(county, str):
        return plain
    bare = _below(plain, county)
    return names.get(bare) or names.get(plain_name(county) + bare, bare)
