"""Counters of automatic lists: for each numbered paragraph the text that Word prints before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.loaders._word_numerals import numeral
from audit.record import record


@record
class Level:
    """One level of a list: `text` holds %1 to %9 where the levels' numbers stand.

    `restart` is the level (from 1) after which it starts again: None any higher one, 0 never.
    `suffix` is what follows the number: tab, space or nothing.
    """

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class ListKind:
    """A list's levels by number (from 0), and where its counters stand."""

    levels: Mapping[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class ListUse:
    """A list that paragraphs name: its kind, levels of its own, and starts it sets once."""

    kind: ListKind
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def next_number(use: ListUse, depth: int) -> str:
    """Count a paragraph of this list at this level (from 0): the text before it, or nothing."""
    level = _level(use, depth)
    if level is None:
        return ""
    counters = use.kind.counters
    if depth in use.starts:
        counters[depth] = use.starts.pop(depth)
    else:
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
    for deeper in [d for d in counters if d > depth]:
        after = _level(use, deeper)
        if after is None or after.restart is None or depth < after.restart:
            del counters[deeper]
    if level.form == "bullet":
        return ""
    text = re.sub(r"%([1-9])", lambda m: _part(use, int(m[1]) - 1, level.legal), level.text)
    return text + _gap(text, level.suffix)


def numbered(number: str, text: str) -> str:
    """A paragraph's text behind its list's number, so that the two are no figure together."""
    apart = (number[-1:].isdigit() or number.endswith(".")) and text[:1].isdigit()
    return f"{number} {text}" if apart else number + text


def _level(use: ListUse, depth: int) -> Level | None:
    return use.levels.get(depth) or use.kind.levels.get(depth)


def _part(use: ListUse, depth: int, legal: bool) -> str:
    level = _level(use, depth)
    if level is None:
        return ""
    form = "decimal" if legal and level.form != "decimalZero" else level.form
    return numeral(use.kind.counters.setdefault(depth, level.start), form)


def _gap(text: str, suffix: str) -> str:
    """What parts number and text: as typed, nothing after 、 or ）, else a blank."""
    if not text or suffix == "nothing":
        return ""
    return " " if suffix == "space" or text[-1].isalnum() or text[-1] == "." else ""
