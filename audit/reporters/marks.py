"""Which cells of a report its findings call wrong, and what should stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit import wording
from audit.findings import Finding
from audit.reporters.told import Told, suspect
from audit.texts import say

#: From the faintest to the gravest.
LEVELS = ("involved", "maybe", "wrong")
#: Families whose findings blame each cell they name; those of others relate several cells.
_BLAMES = frozenset("FSVL")


@dataclass(frozen=True, slots=True)
class Mark:
    """What findings say of one cell: how sure (`LEVELS`), in words, and what should stand there."""

    level: str
    notes: tuple[str, ...]
    suggestions: tuple[str, ...]


def marks(rows: Iterable[Told], language: str) -> Mapping[str, Mark]:
    """Address → mark, for the findings of one report; waived ones mark nothing."""
    levels: dict[str, int] = defaultdict(int)
    notes: dict[str, dict[str, None]] = defaultdict(dict)
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        finding = row.finding
        if finding.waived is not None:
            continue
        for cell, level in _levels(finding).items():
            levels[cell] = max(levels[cell], LEVELS.index(level))
            notes[cell][f"{finding.rule} {row.message}"] = None
        for one in finding.suspects:
            notes[one.cell][suspect(one, finding, language)] = None
            if one.suggestion is not None:
                text = wording.number(one.suggestion)
                if not one.likely:
                    text = f"{text} ({say('set', language, number=one.group)})"
                wanted[one.cell][text] = None
    return {c: Mark(LEVELS[levels[c]], tuple(notes[c]), tuple(wanted[c])) for c in levels}


def _levels(finding: Finding) -> dict[str, str]:
    own = [c for c in finding.cells if "/" not in c]
    level = "maybe" if len(own) == 1 and not finding.suspects else "involved"
    if finding.rule[0] in _BLAMES:
        level = "wrong"
    found = dict.fromkeys(own, level)
    for one in finding.suspects:
        if "/" not in one.cell:
            found[one.cell] = "wrong" if one.likely else "maybe"
    return found
