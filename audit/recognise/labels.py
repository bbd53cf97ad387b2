"""The form's labels as they are looked up: wording → row or column, with what reports make of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from audit.recognise.normalise import key
from rules.form import EDITIONS, Block, Label, Table, load_form

#: The number before a label, in a key.
NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?=[\u4e00-\u9fff])")
#: How alike, of 100, a label must be to one of the form's, and how much more than to the next.
_ALIKE, _AHEAD = 78.0, 8.0
#: Labels shorter than this are only taken whole: too much looks like them.
_SHORT = 4
#: A label cut after so many characters is still plain, however much is lost.
_PLAIN = 7


@dataclass(frozen=True, slots=True, eq=False)
class Wordings:
    """Wordings (as keys) → name of what they stand for; `official` are those of the form itself."""

    names: Mapping[str, str]
    official: frozenset[str]
    #: Those that a spoilt label is held against: no wording with its group before it.
    single: tuple[str, ...] = ()

    def find(self, text: str) -> str | None:
        """The name whose wording this text is, or ends in, or is cut or misspelt from."""
        wanted = key(text)
        return self.names.get(wanted) or (_near(self, wanted) if wanted else None)

    def near(self, wanted: str) -> str | None:
        """The name that a key which is no wording may still stand for.

        None with a figure at its end: that is the first of its values.
        """
        if wanted[-1].isdigit():
            return None
        return self._ending(wanted) or self._cut(wanted) or self._misspelt(wanted)

    def is_official(self, text: str) -> bool:
        """Whether the text is (or ends in) the form's own wording."""
        wanted = key(text)
        return wanted in self.official or any(wanted.endswith(w) for w in self.official)

    def _ending(self, wanted: str) -> str | None:
        best = max(
            (w for w in self.names if len(w) >= 2 and wanted.endswith(w)), key=len, default=""
        )
        if len(best) < _SHORT and not _numbered_or_alone(best, wanted):
            return None
        return self.names.get(best)

    def _cut(self, wanted: str) -> str | None:
        if len(wanted) < _SHORT:
            return None
        found = {
            self.names[w]
            for w in self.single
            if w.startswith(wanted) and (len(wanted) >= _PLAIN or len(w) - len(wanted) <= 12)
        }
        return found.pop() if len(found) == 1 else None

    def _misspelt(self, wanted: str) -> str | None:
        tails = [wanted] if len(wanted) <= 40 else [wanted[-40:]]
        best: dict[str, float] = {}
        for tail in tails:
            hits = process.extract(tail, self.single, scorer=fuzz.ratio, limit=6)
            for wording, score, _ in hits:
                name = self.names[wording]
                if min(len(wording), len(tail)) >= _SHORT and _same_number(wording, wanted):
                    best[name] = max(best.get(name, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < _ALIKE:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _AHEAD:
            return None
        return ranked[0][0]


@lru_cache(maxsize=16_384)
def _near(wordings: Wordings, wanted: str) -> str | None:
    return wordings.near(wanted)


def _same_number(wording: str, wanted: str) -> bool:
    """Whether two labels have the same number before them, or either has none."""
    one, other = NUMBERED.match(wording), NUMBERED.match(wanted)
    return one is None or other is None or one.group() == other.group()


def _numbered_or_alone(wording: str, wanted: str) -> bool:
    """A short wording counts behind other text only with its number: 七总计, 3其他."""
    return wording == wanted or NUMBERED.match(wording) is not None


def _wordings(labels: Sequence[Label], groups: bool) -> Wordings:
    names: dict[str, str] = {}
    official: set[str] = set()
    doubtful: set[str] = set()
    for label in labels:
        own = [label.label, label.full] if groups else [label.label]
        official |= {key(text) for text in own}
        for text in (*own, *label.variants):
            whole = key(text)
            for wording in {whole, NUMBERED.sub("", whole)}:
                if names.setdefault(wording, label.key) != label.key:
                    doubtful.add(wording)
    kept = {w: n for w, n in names.items() if w and (w not in doubtful or w in official)}
    above = tuple(key(label.group) for label in labels if label.group)
    above += tuple(NUMBERED.sub("", group) for group in above)
    single = tuple(w for w in kept if not w.startswith(above) or w in above)
    return Wordings(kept, frozenset(official), single)


@cache
def application_rows() -> Wordings:
    """Wordings of table three's rows, the merged row's among them."""
    table = load_form(2021).tables["applications"]
    merged = (table.merged.row,) if table.merged is not None else ()
    return _wordings((*table.rows, *merged), groups=True)


@cache
def application_columns() -> Wordings:
    """Wordings of table three's columns."""
    return _wordings(load_form(2021).tables["applications"].blocks[0].columns, groups=False)


@cache
def dispute_columns() -> Wordings:
    """Wordings of the results in table four."""
    return _wordings(load_form(2021).tables["disputes"].blocks[0].columns, groups=False)


@cache
def dispute_rows() -> Wordings:
    """Wordings of the channels in table four."""
    return _wordings(load_form(2021).tables["disputes"].rows, groups=False)


@dataclass(frozen=True, slots=True)
class EditionBlock:
    """A block of table two in one edition, with the wordings of its columns and rows."""

    edition: int
    number: int
    block: Block
    columns: Wordings
    rows: Wordings


@cache
def disclosure_blocks() -> tuple[EditionBlock, ...]:
    """Every block of table two, of both editions."""
    return tuple(
        EditionBlock(
            edition,
            number,
            block,
            _wordings(block.columns, groups=False),
            _wordings(block.rows, groups=False),
        )
        for edition in sorted(EDITIONS, reverse=True)
        for number, block in enumerate(load_form(edition).tables["disclosure"].blocks)
    )


@cache
def disclosure_rows() -> Wordings:
    """Wordings of table two's rows in any edition."""
    return _wordings([row for b in disclosure_blocks() for row in b.block.rows], groups=False)


@cache
def disclosure_columns() -> Wordings:
    """Wordings of table two's columns in any edition; a name is the wording's own."""
    labels = [c for b in disclosure_blocks() for c in b.block.columns]
    unique = {c.label: c for c in labels}
    return _wordings(
        [Label(c.label, c.label, None, c.variants) for c in unique.values()], groups=False
    )


def table_of(name: str) -> Table:
    """A table of the current form."""
    return load_form(2021).tables[name]


#: The form's columns of tables three and four, left to right, and the channels of table four.
APPLICATION_KEYS = tuple(c.key for c in table_of("applications").blocks[0].columns)
DISPUTE_KEYS = tuple(c.key for c in table_of("disputes").blocks[0].columns)
CHANNELS = tuple(r.key for r in table_of("disputes").rows)
#: Labels above other labels, and of the corner: none names a row or column of its own.
GROUP_TEXTS = (
    "申请人情况",
    "法人或其他组织",
    "信息内容",
    "行政诉讼",
    *(f"第二十条第（{n}）项" for n in "一五六八九"),
    *dict.fromkeys(r.group for r in table_of("applications").rows if r.group),
)
GROUPS = frozenset(map(key, GROUP_TEXTS))
#: Row labels that are column labels too, or end longer ones.
BARE = frozenset({"其他", "总计", "合计", "公开申请", "申请"})
#: Labels of header rows that stand above or beside column labels.
TOPS = frozenset(key(text) for text in ("申请人情况", "法人或其他组织", "信息内容", "行政诉讼"))


@lru_cache(maxsize=4096)
def row_named(leaf: str, whole: str) -> tuple[str, str] | None:
    """Table and row that a label stands for: `leaf` its last cell, `whole` all of them as one."""
    if not key(leaf) or (key(leaf) in GROUPS and key(leaf) not in application_rows().names):
        return None
    for text in (leaf, whole):
        exact = key(text)
        if exact in application_rows().names:
            return "applications", application_rows().names[exact]
        if exact in disclosure_rows().names:
            return "disclosure", disclosure_rows().names[exact]
    for text in (whole, leaf):
        name = application_rows().find(text)
        if name is not None:
            return "applications", name
    name = disclosure_rows().find(leaf)
    return ("disclosure", name) if name is not None else None
