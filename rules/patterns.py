"""What sentences of a report state, as patterns in data: `claims/*.yaml` → compiled patterns.

A pattern is a regular expression over a sentence whose figures have been replaced by one sign each
(`SIGNS`): so a pattern can't stop in the middle of a number, nor take a year for a count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any

import yaml

from rules.form import TABLES, all_addresses
from rules.vocabulary import Text
from rules.yaml_text import read_yaml

#: What a figure is → the sign that stands for it: a count with its unit (8件), an amount of money,
#: a percentage, a calendar year (2023年), any other figure with a unit (5个工作日).
SIGNS: Mapping[str, str] = {
    "count": "\ue001",
    "money": "\ue002",
    "percent": "\ue003",
    "year": "\ue004",
    "other": "\ue005",
}

#: How patterns name the signs: `{C}` any count; `{N}` the count, `{S}` the sum, that is claimed.
_NAMES: Mapping[str, str] = {
    "C": SIGNS["count"],
    "M": SIGNS["money"],
    "P": SIGNS["percent"],
    "Y": SIGNS["year"],
    "N": f"(?P<n>{SIGNS['count']})",
    "S": f"(?P<n>{SIGNS['money']})",
    #: A run within one clause; a run within one sentence.
    "g": f"[^，。；：{''.join(SIGNS.values())}]",
    "G": "[^。；]",
}

KINDS = ("count", "none")

#: What a file may say for all of its patterns.
_SHARED = ("about", "home", "sections", "unless", "behind")


class PatternError(ValueError):
    """A file of patterns says something this module does not know; `message` tells where and what."""

    def __init__(self, where: str, message: Text) -> None:
        self.message = Text(f"{where}：{message.zh}", f"{where}: {message.en}")
        super().__init__(self.message.zh)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence that a pattern must match, with the value that it must find there."""

    text: str
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One way to state something.

    `expression` is compiled when a sentence needs it: few reports need many, and all take 50 ms.
    `concept` is what is stated: addresses added by ` + `, alternatives parted by ` | `; an address
    may hold `*` for all rows of a group (`applications.denied_*.total`). `needs` are words of which
    a sentence must hold one for the pattern to be tried; `sections` those whose text it is sought in
    (all where empty); `about` words of which the sentence must hold one unless it stands in the
    section `home`; `year` is the offset from the report's year that a year named in the match
    must have. `whole` figures are no claim where they are but one of several parts of those received;
    `plain` ones where the clause before names a channel or kind of applicant. `unless` are words that
    must not stand before the figure, `behind` what must not stand right before the match;
    `value` is the only one the figure may have.
    """

    name: str
    concept: str
    kind: str
    expression: str
    needs: tuple[str, ...]
    sections: frozenset[str]
    about: tuple[str, ...]
    home: frozenset[str]
    year: int | None
    whole: bool
    plain: bool
    unless: tuple[str, ...]
    value: float | None
    not_behind: str
    matches: tuple[Case, ...]
    rejects: tuple[str, ...]

    @property
    def regex(self) -> re.Pattern[str]:
        """What a sentence is searched for."""
        return _compiled(self.expression)

    @property
    def behind(self) -> re.Pattern[str] | None:
        """What must not stand right before a match."""
        return _compiled(self.not_behind) if self.not_behind else None


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in the order in which they take their figures: files by name, top to bottom."""
    folder = resources.files("rules").joinpath("claims")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(p for f in files for p in _read(f.read_text(encoding="utf-8"), f.name))


def parsed(text: str, where: str) -> tuple[Pattern, ...]:
    """The patterns of one file's text; `where` names the file in errors.

    Raises:
        PatternError: the text is no YAML, holds an unknown key or cell or a broken expression.
    """
    found = _read(text, where)
    for pattern in found:
        try:
            _ = pattern.regex, pattern.behind
        except re.error as error:
            told = Text(f"正则表达式有误（{error}）", f"a broken expression ({error})")
            raise PatternError(f"{where}: {pattern.name}", told) from error
    return found


def _read(text: str, where: str) -> tuple[Pattern, ...]:
    try:
        raw = read_yaml(text)
    except yaml.YAMLError as error:
        raise PatternError(where, Text(f"不是YAML（{error}）", f"no YAML ({error})")) from error
    if not isinstance(raw, Mapping) or not isinstance(raw.get("patterns"), list):
        raise PatternError(where, Text("没有 patterns 列表", "no list of patterns"))
    _known(raw, f"macros patterns {' '.join(_SHARED)}", where)
    macros = _macros(raw.get("macros", {}), where)
    shared = {key: raw[key] for key in _SHARED if key in raw}
    return tuple(_pattern({**shared, **p}, macros, where) for p in raw["patterns"])


def _macros(raw: Mapping[str, str], where: str) -> dict[str, str]:
    known = dict(_NAMES)
    for name, text in raw.items():
        known[name] = f"(?:{_expand(text, known, where)})"
    return known


def _expand(text: str, macros: Mapping[str, str], where: str) -> str:
    def replace(match: re.Match[str]) -> str:
        if match.group(1) not in macros:
            name = match.group()
            raise PatternError(where, Text(f"没有定义 {name}", f"unknown {name}"))
        return macros[match.group(1)]

    return re.sub(r"\{([A-Za-z_]+)\}", replace, text)


def _pattern(raw: Mapping[str, Any], macros: Mapping[str, str], where: str) -> Pattern:
    keys = "name concept kind pattern needs sections about home year whole plain unless value behind matches rejects"
    _known(raw, keys, f"{where}: {raw.get('name')}")
    lacking = [key for key in ("name", "concept", "pattern") if not raw.get(key)]
    if lacking:
        lacked = ", ".join(lacking)
        raise PatternError(f"{where}: {raw.get('name')}", Text(f"缺少 {lacked}", f"lacks {lacked}"))
    _in_form(raw["concept"], f"{where}: {raw['name']}")
    kind = raw.get("kind", "count")
    if kind not in KINDS:
        unlike = Text(f"没有 {kind} 这种 kind", f"unknown kind {kind}")
        raise PatternError(f"{where}: {raw['name']}", unlike)
    expression, behind = (
        _expand("".join(raw.get(key, "").split()), macros, where) for key in ("pattern", "behind")
    )
    return Pattern(
        name=raw["name"],
        concept=raw["concept"],
        kind=kind,
        expression=expression,
        needs=tuple(raw.get("needs", ("",))),
        sections=frozenset(raw.get("sections", ())),
        about=tuple(raw.get("about", ())),
        home=frozenset(raw.get("home", ())),
        year=raw.get("year"),
        whole=raw.get("whole", False),
        plain=raw.get("plain", False),
        unless=tuple(raw.get("unless", ())),
        value=None if raw.get("value") is None else float(raw["value"]),
        not_behind=behind,
        matches=tuple(Case(text, float(v)) for text, v in raw.get("matches", {}).items()),
        rejects=tuple(raw.get("rejects", ())),
    )


def _in_form(concept: str, where: str) -> None:
    """Refuse cells that no form has; what is none of the tables' may be called anything."""
    for term in re.split(r" [+|] ", concept):
        if term.startswith(tuple(f"{t}." for t in TABLES)) and not any(
            fnmatchcase(a, term) for a in all_addresses()
        ):
            raise PatternError(where, Text(f"没有单元格 {term}", f"no such cell {term}"))


def _known(found: Mapping[str, Any], names: str, where: str) -> None:
    unknown = set(found) - set(names.split())
    if unknown:
        told = ", ".join(map(str, sorted(unknown, key=str)))
        raise PatternError(where, Text(f"不认识的键 {told}", f"unknown keys {told}"))
