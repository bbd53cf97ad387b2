"""Blocks → the six sections: headings found by wording, numbering and the company they keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from audit.document import Block, Paragraph
from audit.recognise.normalise import folded, key
from audit.recognise.retitled import Heading, in_their_place
from rules.form import Section, load_form

_NUMBER = re.compile(
    r"^\s*(?P<number>[（(]?[一二三四五六七八九十]{1,2}[）)]?|[（(]?\d{1,2}[）)]?)\s*"
    r"(?P<mark>[、.．,，:：]?)\s*(?=[\u4e00-\u9fff“(]|20\d\d年)"
)
_ONLY_NUMBER = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,2}[）)]?\s*[、.．,，:：]?|[（(]?\d{1,2}(?:[）)]|\s*[、.．,，:：]))\s*$"
)
#: What every section's title has a part of; lines without are not looked at closer.
_HINT = re.compile(r"情况|概[述况]|事项|问题|措施|情況|問題|報告|政府信息|總體")
#: How the text begins that stands right behind a heading on its line.
_TEXT = re.compile(
    r"[\s:：。]|无|没有|暂无|本[年单机行部镇乡街局]|我[镇乡街局委县区办处市]|20\d\d|[（(]一[）)]|一是|[1１][.、]"
)
_NUMERALS = "一二三四五六七八九十"
_LONGEST = 44
#: Halves of a heading broken in two are no longer than this.
_SHORT = 34
#: A heading numbered in its place with a title word for word.
_CERTAIN = 3.5
#: The heading of section one, unless it is not numbered.
_OPENING = 2.0
#: How alike, of 100, a title must be to one of the form's; and if its number is that one's too.
_ALIKE, _ALIKE_IN_PLACE = 84.0, 76.0


@dataclass(frozen=True, slots=True)
class _Told:
    section: Section
    title: str
    rest: str
    alike: float


@cache
def _titles() -> Mapping[str, Section]:
    """Every wording of a title, as a key → its section; the longest first."""
    pairs = {
        key(text): section
        for section in load_form(2021).sections
        for text in (section.title, *section.accepted, *section.variants)
    }
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


@cache
def _long_titles() -> tuple[str, ...]:
    return tuple(title for title in _titles() if len(title) > 4)


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """The headings of the six sections, each at most once, and strange ones of the same kind."""
    found = [h for n in range(len(blocks)) for h in _candidates(blocks, n)]
    # Of two as good the later: an outline comes before the body.
    ranked = sorted(found, key=lambda h: (h.score, h.first), reverse=True)
    style = _style(ranked)
    best: dict[str | None, Heading] = {}
    for heading in ranked:
        if _fits(heading, style):
            best.setdefault(heading.key, heading)
    chosen = sorted(best.values(), key=lambda h: h.first)
    return in_their_place(chosen, _strange(blocks, chosen))


def opens_report(block: Block) -> bool:
    """Whether a block is the heading of section one, numbered as such."""
    if not isinstance(block, Paragraph) or len(block.text) > 2 * _LONGEST:
        return False
    found = _heading(block.text, 0, 0, block)
    return found is not None and found.key == "overview" and found.score >= _OPENING


def _style(ranked: Sequence[Heading]) -> str:
    """How most of the best candidates are numbered."""
    best: dict[str | None, Heading] = {}
    for heading in ranked:
        best.setdefault(heading.key, heading)
    styles = Counter(h.style for h in best.values())
    return styles.most_common(1)[0][0] if styles else ""


def _fits(heading: Heading, style: str) -> bool:
    """Whether a heading is numbered as the others are; the parts of a section are numbered else."""
    if heading.style == style or heading.style == "一":
        return True
    plain = heading.style == "" and not heading.rest
    return plain and (heading.score >= 2.0 or len(key(heading.title)) >= 8)


def _candidates(blocks: Sequence[Block], at: int) -> Iterator[Heading]:
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return
    text = block.text
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    both = text.strip() + (following.text.strip() if isinstance(following, Paragraph) else "")
    if _HINT.search(both[:90]) is None:  # most lines are a table's figures
        return
    number_alone = len(text) < 12 and _ONLY_NUMBER.match(text) is not None
    one = None if number_alone else _heading(text, at, at, block)
    two = None
    if isinstance(following, Paragraph) and max(len(text), len(following.text)) <= _SHORT:
        begins = number_alone or _NUMBER.match(text) is not None
        if begins and (one is None or one.score < _CERTAIN):
            two = _two_lines(text, at, block, following, alone=number_alone)
    if two is not None and (one is None or two.score > one.score):
        yield two
    elif one is not None:
        yield one


def _two_lines(
    text: str, at: int, block: Paragraph, following: Paragraph, *, alone: bool
) -> Heading | None:
    """A heading broken in two, or its number on a line of its own."""
    two = _heading(text.strip() + following.text.strip(), at, at + 1, block)
    if two is None or two.rest:
        return None
    return two if alone or _heading(following.text, at, at, block) is None else None


def _heading(text: str, first: int, last: int, block: Paragraph) -> Heading | None:
    if _HINT.search(text[:90]) is None:
        return None
    text = folded(text).strip()
    found = _NUMBER.match(text)
    number, mark = (found["number"], found["mark"]) if found else ("", "")
    if found is None and len(text) > _LONGEST:
        return None
    body = text[found.end() :] if found else text
    style = "()" if number[:1] in ("(", "（") else "" if not number else "1"
    style = "一" if style == "1" and number[0] in _NUMERALS else style
    told = _title(body, numbered=style in ("一", "1") and bool(mark))
    if told is None:
        return None
    score = told.alike / 100 + block.heading * 1.0 - 0.5 * bool(told.rest)
    score += {"": 0.0, "()": -0.5, "1": 0.5, "一": 1.5 if mark else 0.5}[style]
    places = (_NUMERALS[told.section.number - 1], str(told.section.number))
    in_place = number.strip("()（）") in places
    score += 1.0 * in_place
    if told.alike < _ALIKE and not (in_place and style == "一"):
        return None
    if not number and not block.heading and told.rest:
        return None
    return Heading(
        first, last, told.section.key, number, told.title, told.rest, block.place, score, style
    )


def _title(body: str, numbered: bool) -> _Told | None:
    """The section whose title stands at a line's beginning, and what stands behind it."""
    whole = key(body[:200])
    section = _titles().get(whole)
    if section is not None:
        return _Told(section, body.strip(" 。:："), "", 100.0)
    if numbered:
        glued = _glued(body, whole)
        if glued is not None:
            return glued
    if not whole or len(whole) > _LONGEST or len(body) > 2 * _LONGEST:
        return None
    best = process.extractOne(
        whole, _long_titles(), scorer=fuzz.ratio, score_cutoff=_ALIKE_IN_PLACE
    )
    if best is not None:
        return _Told(_titles()[best[0]], body.strip(" 。:："), "", best[1])
    for wording in _long_titles():
        if len(wording) < 8:
            break
        if whole.endswith(wording) and len(whole) - len(wording) <= 14:
            return _Told(_titles()[wording], body.strip(" 。:："), "", 90.0)
    return None


def _glued(body: str, whole: str) -> _Told | None:
    for wording, section in _titles().items():
        if not whole.startswith(wording):
            continue
        cut = _cut(body, len(wording))
        rest = body[cut:]
        if _TEXT.match(rest) is None or rest.strip(" 。:：") == "":
            return None
        others = sum(
            w in key(rest[:60]) for w, s in _titles().items() if s is not section and len(w) > 6
        )
        return (
            _Told(section, body[:cut], rest.lstrip(" 。:：\t\u3000"), 95.0) if not others else None
        )
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
    """Headings numbered like the form's sections (七、…) that are none of them, behind the first;
    before it only where section one lacks."""
    if not chosen:
        return []
    taken = {n for h in chosen for n in range(h.first, h.last + 1)}
    found = []
    begin = chosen[0].first if chosen[0].key == "overview" else 0
    for at in range(begin, len(blocks)):
        block = blocks[at]
        if at in taken or not isinstance(block, Paragraph) or len(block.text) > 40:
            continue
        if "、" not in block.text and "､" not in block.text:
            continue
        text = folded(block.text).strip()
        numbered = _NUMBER.match(text)
        if (
            numbered is None
            or numbered["mark"] != "、"
            or len(text) > _SHORT
            or text.endswith("。")
        ):
            continue
        # A row's label may be cut after three characters by what stands beside it on the page.
        begins = key(text)[:4], key(text)[:3]
        number = numbered["number"]
        if number not in _NUMERALS:
            continue
        if number in "一二三四" and not _row_beginnings().isdisjoint(begins):
            continue
        title = text[numbered.end() :]
        found.append(Heading(at, at, None, number, title, "", block.place, 0.0))
    return found
