"""A header in running text → the columns' names in their order, or that it can't be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz

from audit.recognise.labels import (
    APPLICATION_KEYS,
    CHANNELS,
    DISPUTE_KEYS,
    Wordings,
    application_columns,
    dispute_columns,
    dispute_rows,
    table_of,
)
from audit.recognise.normalise import key

#: Names in the order of the columns, None for one beside the form's; `None` if none can be told.
Sequence_ = list[str | None]
_NOTE = key("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
_ORGANISATIONS = key("法人或其他组织")
_LABELS = tuple(key(c.label) for c in table_of("applications").blocks[0].columns)
_RESULTS = tuple(key(c.label) for c in table_of("disputes").blocks[0].columns) * len(CHANNELS)
#: What stands above labels: whole in table three, where pieces may be those of labels, too.
_ABOVE = frozenset({"申请人情况", _ORGANISATIONS})
_CHANNELS = ("行政复议", "行政诉讼", *map(key, dispute_rows().official))
_CHILDREN = frozenset(c.key for c in table_of("applications").blocks[0].columns if c.group)
_ALIKE = 60.0
#: A column beside the form's has no longer label than this.
_LONGEST = 8
#: Labels of table four, of fifteen, from which the others are taken as lost.
_NEARLY = 12


def of_applications(whole: str) -> bool:
    """Whether a header, as a key, is table three's."""
    kinds = ("商业企业", "科研机构", "法律服务机构", "社会公益组织")
    return "自然人" in whole or sum(w in whole for w in kinds) >= 2


def application_sequence(lines: Sequence[Sequence[str]]) -> Sequence_ | None:
    """Columns of table three from its header's pieces by line, whatever they are broken by.

    The labels under 法人或其他组织 may be printed behind 总计, row by row, or before it.
    """
    rows = [[k for k in map(key, line) if k and k not in _NOTE] for line in lines]
    head = "".join(k for row in rows for k in row).replace(_NOTE, "").replace("申请人情况", "")
    if _same_characters(head, "applications") and all(_rising(row, _LABELS) for row in rows):
        return list(APPLICATION_KEYS)
    head = (
        "".join(k for row in _lowered(rows) for k in row)
        .replace(_NOTE, "")
        .replace("申请人情况", "")
    )
    found = list(names_in(head, application_columns(), (_ORGANISATIONS,)))
    if not found:
        return None
    named = _healed(found, APPLICATION_KEYS, application_columns())
    if len({n for n in named if n in APPLICATION_KEYS}) < sum(n in APPLICATION_KEYS for n in named):
        return None  # one stands twice: where among the others can't be told
    if _ORGANISATIONS in named:
        if "natural_person" in named[named.index(_ORGANISATIONS) :]:
            return None  # printed before or only above it: that can't be told
        top, children = _parted(named)
        at = top.index(_ORGANISATIONS)
        if _unplaced(named, children):
            return None
        named = [*top[:at], *children, *top[at + 1 :]]
    elif named[:2] == ["natural_person", "total"] and len(named) > 2:
        return None  # the label above the others is lost: 总计 may stand here or last
    return [n if n in APPLICATION_KEYS else None for n in named]


def disordered(lines: Sequence[Sequence[str]]) -> bool:
    """Whether a header in lines is table three's, whole, and its labels are in another order."""
    rows = [[k for k in map(key, line) if k and k not in _NOTE] for line in lines]
    head = "".join(k for row in rows for k in row).replace(_NOTE, "").replace("申请人情况", "")
    rising = all(_rising(row, _LABELS) for row in rows)
    return not rising and _same_characters(head, "applications")


def _lowered(lines: list[list[str]]) -> list[list[str]]:
    """The lines with 法人或其他组织 behind 自然人, where it stands above a line that begins with it.

    Cells that reach over two rows are printed between both.
    """
    first = _ORGANISATIONS, key(table_of("applications").blocks[0].columns[0].label)
    for at, (above, line) in enumerate(pairwise(lines)):
        if first[0] in above and line[:1] == [first[1]] and len(line) > 1:
            rest = [k for k in above if k != first[0]]
            return [*lines[:at], rest, [line[0], first[0], *line[1:]], *lines[at + 2 :]]
    return lines


def _rising(line: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether pieces of one line can be pieces of the form's labels from left to right.

    Labels of narrow columns may be run together, each of them whole.
    """
    at = -1
    for piece in line:
        if piece in _ABOVE or any(piece in channel for channel in _CHANNELS):
            continue
        alone = (n for n, label in enumerate(labels) if n > at and piece in label)
        at = next(alone, _last_of(piece, at + 1, labels))
        if at < 0:
            return False
    return True


def _last_of(piece: str, first: int, labels: Sequence[str]) -> int:
    """The last of several labels that a piece is, from `first` on; -1 where it is none such."""
    for start in range(first, len(labels)):
        rest, at = piece, start
        while at < len(labels) and rest and rest.startswith(labels[at]):
            rest, at = rest[len(labels[at]) :], at + 1
        if not rest and at > start:
            return at - 1
    return -1


def _parted(named: Sequence[str]) -> tuple[list[str], list[str]]:
    """Labels of the upper row, and those below 法人或其他组织; strange ones go with their left."""
    top: list[str] = []
    children: list[str] = []
    below = False
    for name in named:
        below = name in _CHILDREN or (below and name not in (*APPLICATION_KEYS, _ORGANISATIONS))
        (children if below else top).append(name)
    return top, children


def _unplaced(named: Sequence[str], children: Sequence[str]) -> bool:
    """Whether a strange label may stand in the upper row or the lower: 总计 is printed before both."""
    lower = [n for n in children if n in _CHILDREN]
    if not lower or "total" not in named or named.index("total") > named.index(lower[0]):
        return False
    first, last = named.index(lower[0]), named.index(lower[-1])
    known = (*APPLICATION_KEYS, _ORGANISATIONS)
    return any(n not in known for n in (*named[named.index("total") : first], *named[last:]))


def dispute_sequence(lines: Sequence[Sequence[str]], count: int) -> Sequence_ | None:
    """Columns of table four, `channel.result`, from its header's pieces by line.

    A few labels lost or misspelt change nothing where there are as many values (`count`) as in the
    form and the others stand in its order.
    """
    rows = [[k for k in map(key, line) if k] for line in lines]
    text = "".join(k for row in rows for k in row)
    head = text.replace("行政诉讼", "")
    official: Sequence_ = [f"{c}.{r}" for c in CHANNELS for r in DISPUTE_KEYS]
    if _same_characters(text, "disputes") and all(_rising(row, _RESULTS) for row in rows):
        return official
    found = list(names_in(head, dispute_columns(), tuple(dispute_rows().names)))
    channels = [dispute_rows().names[t] for t in found if t in dispute_rows().names]
    channels = [c for n, c in enumerate(channels) if c not in channels[:n]]
    results = [t for t in found if t not in dispute_rows().names]
    ordered = channels == [c for c in CHANNELS if c in channels]
    # Cells that reach over rows or columns may be printed once for each of them.
    above, below = results[: -len(official)], results[-len(official) :]
    twice = above in ([], list(DISPUTE_KEYS))
    if below == list(DISPUTE_KEYS) * len(CHANNELS) and ordered and twice:
        return official
    known = [r for r in results if r in DISPUTE_KEYS]
    if count == len(official) and len(known) >= _NEARLY and ordered:
        rest = iter(list(DISPUTE_KEYS) * len(CHANNELS))
        if all(r in rest for r in known):
            return official
    groups = _groups(results)
    if groups is None or len(groups) != len(channels) or len(set(channels)) != len(channels):
        return None
    return [f"{c}.{r}" for c, group in zip(channels, groups, strict=True) for r in group]


def _groups(results: Sequence[str]) -> list[list[str]] | None:
    """Results parted where they start over; None where one is strange or out of order."""
    groups: list[list[str]] = []
    last = len(DISPUTE_KEYS)
    for result in results:
        if result not in DISPUTE_KEYS:
            return None
        at = DISPUTE_KEYS.index(result)
        if at <= last:
            groups.append([])
        groups[-1].append(result)
        last = at
    whole = [g for g in groups if g == list(DISPUTE_KEYS)]
    return groups if len(whole) >= len(groups) - 1 else None


def names_in(text: str, wordings: Wordings, others: tuple[str, ...]) -> Iterator[str]:
    """Tokens, wordings as the names that they stand for; `others` and strange ones as they are."""
    for token in tokens(text, wordings, others):
        yield token if token in others else wordings.names.get(token, token)


def tokens(text: str, wordings: Wordings, others: tuple[str, ...]) -> Iterator[str]:
    """A text without blanks cut into wordings, `others`, and what is left between them."""
    pattern = _pattern(tuple(wordings.names), others)
    at = 0
    for hit in pattern.finditer(text):
        if hit.start() > at:
            yield text[at : hit.start()]
        yield hit.group()
        at = hit.end()
    if at < len(text):
        yield text[at:]


@cache
def _pattern(words: tuple[str, ...], others: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted({*words, *others}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)))


def _healed(tokens: Sequence[str], keys: Sequence[str], wordings: Wordings) -> list[str]:
    """Tokens with misspelt labels named; what is no label dropped: the corner's note, a page's head."""
    known = {*keys, _ORGANISATIONS}
    first = next((n for n, t in enumerate(tokens) if t in known), len(tokens))
    named = []
    for token in tokens[first:]:
        missing = [k for k in keys if k not in tokens]
        best = max(
            ((fuzz.ratio(token, w), n) for w, n in wordings.names.items() if n in missing),
            default=(0.0, ""),
        )
        name = best[1] if token not in known and best[0] >= _ALIKE else token
        if name in known or len(name) <= _LONGEST:
            named.append(name)
    return named


@cache
def _characters(table: str) -> tuple[Counter[str], ...]:
    """The characters of a table's whole header, and those with the words above the labels."""
    block = table_of(table).blocks[0]
    labels = "".join(c.label for c in block.columns)
    if table == "applications":
        return Counter(labels), Counter(labels + _ORGANISATIONS)
    channels = "行政复议未经复议直接起诉复议后起诉"
    whole = labels * len(block.rows) + channels
    return Counter(whole), Counter(whole + "行政诉讼")


def _same_characters(text: str, table: str) -> bool:
    """Whether a text is the form's header and nothing else, in whatever order its cells came out.

    Labels that stand whole, but in another order than the form's, are no case of this.
    """
    if Counter(text) not in _characters(table):
        return False
    wordings = application_columns() if table == "applications" else dispute_columns()
    text = text.replace(_ORGANISATIONS, "")
    names = [wordings.names[w] for w in _pattern(tuple(wordings.names), ()).findall(text)]
    keys = APPLICATION_KEYS if table == "applications" else DISPUTE_KEYS * len(CHANNELS)
    return len(names) < len(keys)
