"""Pieces of labels, as line ends and blanks leave them → the row or the columns that they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from audit.recognise.items import Item
from audit.recognise.labels import (
    BARE,
    GROUPS,
    application_rows,
    disclosure_blocks,
    disclosure_columns,
    disclosure_rows,
)
from audit.recognise.normalise import key
from audit.recognise.sequence import tokens
from audit.recognise.twins import may_be

#: The year that some write into a label: 本年(2023)制发件数.
_YEAR = re.compile(r"20\d\d年?度?")
#: How a numbered label begins: what stands before it is another's.
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七][）)、]|[（(]?\d{1,2}[）).．、])\s*[\u4e00-\u9fff]{2}"
)
#: A label is broken into no more pieces than this.
PIECES = 12
_LONGEST_STRANGE = 8
#: Shorter ends of labels name nothing unless they are wordings.
_SHORTEST = 4
#: No label is as long as this.
_SENTENCE = 60
#: Nor is a table whose cells are all blank broken into more pieces.
_MOST_PIECES = 600
#: What column labels of table two stand behind.
_CORNER = key("信息内容")
LEADS = (*(key(f"第二十条第（{n}）项") for n in "一五六八九"), _CORNER)
#: What stands between column labels of table two and is none.
_NO_LABELS = frozenset({*LEADS, *disclosure_rows().names})


@cache
def _rows() -> re.Pattern[str]:
    long = {w for w in application_rows().names if len(w) > _SHORTEST and w not in GROUPS}
    return re.compile("|".join(map(re.escape, sorted(long | set(disclosure_rows().names)))))


def holds_row(whole: str) -> bool:
    """Whether the label of a row stands somewhere in a key, word for word."""
    return _rows().search(whole) is not None


def lookup(pieces: Sequence[str]) -> tuple[str, str, str, int] | None:
    """Table, row, printed label and how many of the pieces make it: the shortest end that says it.

    A bare 其他 or 总计 may end a longer label or a header: more of it is looked at first.
    """
    tables = (("applications", application_rows()), ("disclosure", disclosure_rows()))
    for size in range(1, min(len(pieces), PIECES) + 1):
        label = "".join(pieces[-size:])
        whole = key(label)
        for table, words in tables:
            name = words.names.get(whole)
            if name is not None and not (whole in BARE and size < len(pieces)):
                return table, name, label, size
    for size in range(1, min(len(pieces) - _behind_groups(pieces), PIECES) + 1):
        label = "".join(pieces[-size:])
        for table, words in tables if len(key(label)) >= _SHORTEST else ():
            name = words.find(label)
            if name is not None:
                return table, name, label, size
        if _BEGINS.match(pieces[-size]):
            break
    return None


def _behind_groups(pieces: Sequence[str]) -> int:
    """Where the pieces behind the last group's label begin, be that broken into several."""
    keys = [key(p) for p in pieces]
    for end in range(len(keys), 0, -1):
        for start in range(end - 1, max(end - PIECES, 0) - 1, -1):
            if "".join(keys[start:end]) in GROUPS:
                return end
    return 0


def column_labels(pieces: Sequence[Item]) -> list[Item]:
    """Column labels of table two that end these pieces, however they are broken or run together.

    A short strange one among them is a column beside the form's.
    """
    ends: list[tuple[int, Item]] = []
    whole = ""
    for piece in pieces:
        whole += _YEAR.sub("", key(piece.text))
        ends.append((len(whole), piece))
    start = max((whole.rfind(top) + len(top) for top in LEADS if top in whole), default=0)
    found: list[Item] = []
    at = start
    for token in tokens(whole[start:], disclosure_columns(), tuple(disclosure_rows().names)):
        own = [
            p for n, (end, p) in enumerate(ends) if end > at and _begin(ends, n) < at + len(token)
        ]
        at += len(token)
        known = token in disclosure_columns().names or _near(token)
        if not known and not found and may_be(token, _CORNER) and _CORNER not in whole:
            continue  # what is left of the label above the rows' labels, which names no column
        if known or (start and len(token) <= _LONGEST_STRANGE and token not in _NO_LABELS):
            printed = "".join(p.text for p in own)
            text = printed if _YEAR.sub("", key(printed)) == token else token
            found.append(replace(own[0], text=text))
    if any(key(i.text) in disclosure_columns().names for i in found):
        return found
    return _interleaved(pieces)


@cache
def _by_size() -> dict[int, list[list[str]]]:
    """Labels of table two's blocks with several columns, as printed, by how long they are as keys."""
    found: dict[int, list[list[str]]] = {}
    for block in disclosure_blocks():
        labels = [c.label for c in block.block.columns]
        if len(labels) > 1:
            found.setdefault(sum(len(key(label)) for label in labels), []).append(labels)
    return found


def _interleaved(pieces: Sequence[Item]) -> list[Item]:
    """Labels of a block that stand beside one another, each broken over the same lines."""
    keys = [key(p.text) for p in pieces]
    first = max((n for n, k in enumerate(keys) if k in LEADS[:-1]), default=-1) + 1
    kept = [n for n in range(first, len(keys)) if keys[n] and keys[n] not in LEADS]
    for printed in _by_size().get(sum(len(keys[n]) for n in kept), ()):
        labels = [key(label) for label in printed]
        own = [pieces[n] for n in kept]
        if Counter("".join(labels)) != Counter("".join(keys[n] for n in kept)):
            continue
        if all(_across(list(map(key, line)), labels) for line in by_line(own)):
            return [replace(own[0], text=label) for label in printed]
    return []


def _across(line: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the pieces of a line are, from left to right, one of each label."""
    return len(line) == len(labels) and all(
        piece in label for piece, label in zip(line, labels, strict=True)
    )


def _begin(ends: Sequence[tuple[int, Item]], number: int) -> int:
    return ends[number - 1][0] if number else 0


def _near(token: str) -> str | None:
    return None if token in _NO_LABELS else disclosure_columns().find(token)


def leads(whole: str) -> bool:
    """Whether a header begins in these words, as against going on."""
    return any(lead in whole for lead in LEADS)


def by_line(pieces: Sequence[Item]) -> list[list[str]]:
    """The pieces' texts, those of each line together."""
    lines: dict[int, list[str]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece.text)
    return list(lines.values())


def labels_alone(pieces: Sequence[Item]) -> bool:
    """Whether these are the labels of a whole table without values, and no text."""
    return len(pieces) < _MOST_PIECES and all(len(i.text) < _SENTENCE for i in pieces)
