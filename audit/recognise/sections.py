"""Blocks → the six sections: headings found by wording, numbering and order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from audit.document import Block, Paragraph, Place
from audit.recognise.normalise import folded, key
from rules.form import Section, load_form

_NUMBER = re.compile(
    r"^\s*(?P<number>[（(]?[一二三四五六七八九十]{1,2}[）)]?|[（(]?\d{1,2}[）)]?)\s*"
    r"(?P<mark>[、.．,，:：]?)\s*(?=[\u4e00-\u9fff“])"
)
_NUMERALS = "一二三四五六七八九十"
_LONGEST = 44
_ALIKE = 84.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: where it stands (block positions first..last), what it says, what it is."""

    first: int
    last: int
    key: str | None
    number: str
    title: str
    rest: str
    place: Place
    score: float


@cache
def _titles() -> tuple[tuple[str, Section], ...]:
    form = load_form(2021)
    pairs = [
        (key(text), section)
        for section in form.sections
        for text in (section.title, *section.accepted, *section.variants)
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """The headings of the six sections, each at most once, and strange ones of the same kind."""
    found = [h for n in range(len(blocks)) for h in _candidates(blocks, n)]
    best: dict[str, Heading] = {}
    for heading in found:
        assert heading.key is not None
        before = best.get(heading.key)
        if before is None or heading.score >= before.score:
            best[heading.key] = heading
    chosen = sorted(best.values(), key=lambda h: h.first)
    return sorted([*chosen, *_strange(blocks, chosen)], key=lambda h: h.first)


def _candidates(blocks: Sequence[Block], at: int) -> list[Heading]:
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return []
    one = _heading(block.text, at, at, block)
    if one is not None:
        return [one]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if (
        isinstance(following, Paragraph)
        and len(block.text.strip()) <= 30
        and len(following.text.strip()) <= 30
    ):
        two = _heading(block.text.strip() + following.text.strip(), at, at + 1, block)
        if two is not None and not two.rest and _heading(following.text, at, at, block) is None:
            return [two]
    return []


def _heading(text: str, first: int, last: int, block: Paragraph) -> Heading | None:
    text = folded(text).strip()
    found = _NUMBER.match(text)
    number, mark = (found["number"], found["mark"]) if found else ("", "")
    body = text[found.end() :] if found else text
    if number.startswith("(") and mark == "":
        mark = "()"
    told = _title(body, glued=bool(number) and mark != "()")
    if told is None:
        return None
    section, title, rest, alike = told
    score = alike / 100 + block.heading * 1.0
    if number:
        score += {"()": -1.0, "": 0.2}.get(mark, 1.5 if number[0] in _NUMERALS else 0.3)
        score += 1.0 * (number.strip("()") in (_NUMERALS[section.number - 1], str(section.number)))
    if not number and not block.heading and rest:
        return None
    score -= 0.5 * bool(rest)
    return Heading(first, last, section.key, number, title, rest, block.place, score)


def _title(body: str, glued: bool) -> tuple[Section, str, str, float] | None:
    """Section, printed title, text glued behind it, likeness of 100."""
    whole = key(body)
    if not whole:
        return None
    for wording, section in _titles():
        if whole == wording:
            return section, body.strip(" 。:："), "", 100.0
    if len(whole) <= _LONGEST:
        ranked = sorted(
            (
                (fuzz.ratio(whole, wording), section)
                for wording, section in _titles()
                if len(wording) > 4
            ),
            key=lambda pair: -pair[0],
        )
        if ranked and ranked[0][0] >= _ALIKE:
            return ranked[0][1], body.strip(" 。:："), "", ranked[0][0]
        for wording, section in _titles():
            if len(wording) >= 8 and whole.endswith(wording) and len(whole) - len(wording) <= 14:
                return section, body.strip(" 。:："), "", 90.0
    if glued and len(whole) > _LONGEST:
        for wording, section in _titles():
            if whole.startswith(wording):
                cut = _cut(body, len(wording))
                rest = body[cut:].lstrip(" 。:：")
                others = sum(
                    w in key(rest[:60]) for w, s in _titles() if s is not section and len(w) > 6
                )
                if others == 0 and body[cut : cut + 1] not in ("；", ";", "，", ","):
                    return section, body[:cut], rest, 95.0
    return None


def _cut(text: str, length: int) -> int:
    """Where in a text its first `length` characters that count for a key end."""
    seen = 0
    for position, character in enumerate(text):
        seen += len(key(character))
        if seen >= length:
            return position + 1
    return len(text)


@cache
def _row_beginnings() -> frozenset[str]:
    """How rows of table three begin, which are numbered 一、 to 四、 as the sections are."""
    rows = load_form(2021).tables["applications"].rows
    labels = {key(text) for row in rows for text in (row.label, row.group) if text}
    return frozenset(label[:size] for label in labels for size in (2, 3, 4))


def _strange(blocks: Sequence[Block], chosen: Sequence[Heading]) -> list[Heading]:
    """Headings numbered like the form's sections (七、…) that are none of them, behind the first."""
    if not chosen:
        return []
    taken = {n for h in chosen for n in range(h.first, h.last + 1)}
    found = []
    for at in range(chosen[0].first, len(blocks)):
        block = blocks[at]
        if at in taken or not isinstance(block, Paragraph):
            continue
        text = folded(block.text).strip()
        numbered = _NUMBER.match(text)
        if numbered is None or numbered["mark"] != "、" or len(text) > 24 or text.endswith("。"):
            continue
        if numbered["number"] not in _NUMERALS or key(text)[:4] in _row_beginnings():
            continue
        title = text[numbered.end() :]
        found.append(Heading(at, at, None, numbered["number"], title, "", block.place, 0.0))
    return found
