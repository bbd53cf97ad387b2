"""Labels and headings with characters that a font does not tell → the form's own, where only one fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache

from audit.document import LOST, Block, Cell, Grid, Paragraph
from audit.recognise.labels import GROUP_TEXTS
from audit.recognise.normalise import key
from rules.form import EDITIONS, Label, load_form

_WORD = re.compile(rf"\S*{LOST}\S*")
#: Longer texts are sentences.
_LONGEST = 60
_NUMERALS = "一二三四五六"


def restored(block: Block) -> Block:
    """The block with its spoilt labels whole; figures, and what may be several labels, stay."""
    if isinstance(block, Grid):
        if any(LOST in c.text for c in block.cells):
            return replace(block, cells=tuple(map(_cell, block.cells)))
    elif isinstance(block, Paragraph) and LOST in block.text:
        whole = _label(block.text)
        return replace(block, text=whole or _WORD.sub(_word, block.text))
    return block


def _cell(cell: Cell) -> Cell:
    whole = _label(cell.text) if LOST in cell.text else None
    return cell if whole is None else replace(cell, text=whole, doubt="", confidence=1.0)


def _word(found: re.Match[str]) -> str:
    return _label(found.group()) or found.group()


@lru_cache(maxsize=4096)
def _label(text: str) -> str | None:
    """The only label that a text can be: a lost character is any one, or a mark that keys leave out."""
    parts = [key(part) for part in text.split(LOST)]
    if len(text) > _LONGEST or sum(map(len, parts)) < max(len(parts) - 1, 1):
        return None
    for any_one in (".", ".?"):
        pattern = re.compile(any_one.join(map(re.escape, parts)))
        fits = [w for w in _labels() if pattern.fullmatch(w)]
        meant = {_labels()[w] for w in fits}
        if meant:
            return meant.pop()[0] if len(meant) == 1 else None
    return None


@cache
def _labels() -> dict[str, tuple[str, frozenset[str]]]:
    """Wordings (as keys) → the form's own for them, and what these stand for."""
    own: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for official, wording, name in _wordings():
        own.setdefault(key(wording), official)
        names.setdefault(key(wording), set()).add(name)
    return {w: (text, frozenset(names[w])) for w, text in own.items() if w}


def _wordings() -> Iterator[tuple[str, str, str]]:
    """The form's wording, one of its wordings, and what it stands for; the form's own come first."""
    labels = [(f"{name}.{label.key}", label) for name, label in _of_tables()]
    for name, label in labels:
        yield from ((text, text, name) for text in (label.label, label.full))
    for section in load_form(2021).sections:
        number = _NUMERALS[section.number - 1]
        for title in (section.title, *section.accepted):
            yield title, title, section.key
            yield f"{number}、{title}", f"{number}、{title}", section.key
    yield from ((text, text, text) for text in GROUP_TEXTS)
    for name, label in labels:
        yield from ((label.label, wording, name) for wording in label.variants)


def _of_tables() -> Iterator[tuple[str, Label]]:
    for edition in sorted(EDITIONS, reverse=True):
        for name, table in load_form(edition).tables.items():
            yield from ((name, row) for row in table.rows)
            yield from ((name, c) for block in table.blocks for c in block.columns)
