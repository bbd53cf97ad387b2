"""Sections under titles of their own: told by their number, their place and a word of their subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit.document import Place
from rules.form import load_form


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it stands (block positions first..last), what it says, what it is.

    `rest` is text that stands behind it on the same line; `style` is how it is numbered: `一`, `1`,
    `()` or nothing.
    """

    first: int
    last: int
    key: str | None
    number: str
    title: str
    rest: str
    place: Place
    score: float
    style: str = ""


#: Words of which a title that is not the form's must hold one to be that section's.
_SUBJECTS = {
    "overview": re.compile("总体|概|工作|做法|情况"),
    "disclosure": re.compile("主动公开|公开.*信息|信息.*公开"),
    "applications": re.compile("申请"),
    "disputes": re.compile("复议|诉讼"),
    "problems": re.compile(
        "问题|困难|不足|短板|差距|改进|整改|下一?步|打算|展望|努力方向|工作计划|措施"
    ),
    "other": re.compile("其[他它]|说明|附则|费|事项"),
}
#: A strange heading longer than this is text.
_LONGEST = 22
_NUMERALS = "一二三四五六"
#: Fewer headings of the form's own don't show how a report is numbered.
_LEAST = 3


def in_their_place(chosen: Sequence[Heading], strange: Sequence[Heading]) -> list[Heading]:
    """All headings in order; a strange one that bears the number of a section that lacks, stands
    between its neighbours and names its subject is that section's.
    """
    found = list(chosen)
    if len(chosen) >= _LEAST:
        order = {s.key: s.number for s in load_form(2021).sections}
        numbers = [h.number for h in strange]
        taken = {h.key for h in chosen}
        for heading in strange:
            at = _NUMERALS.find(heading.number) + 1
            section = next((k for k, n in order.items() if n == at), None)
            if section is None or section in taken or numbers.count(heading.number) > 1:
                continue
            between = all((h.first < heading.first) == (order[str(h.key)] < at) for h in chosen)
            if between and _SUBJECTS[section].search(heading.title):
                found.append(replace(heading, key=section))
    kept = {h.first for h in found}
    found += [
        h
        for h in strange
        if h.first not in kept and h.first > chosen[0].first and len(h.title) <= _LONGEST
    ]
    return sorted(found, key=lambda h: h.first)
