"""Blocks as a loader found them → blocks as they are read: scrapers' remnants out, headings apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from audit.document import Block, Paragraph
from audit.recognise.lost import restored
from audit.recognise.normalise import key, plain_characters, traditional
from audit.recognise.separated import plainly_parted
from rules.form import load_form

#: A question mark beside a blank: a hard space that an encoding did not have.
_MARK = re.compile(r"\?+(?=[\s?]|$)|(?<=\s)\?+")
#: From so many on they are that, and no lost figures.
_MANY = 8
#: Bars alone: what an outer layout table leaves, or what parts cells that stand a line each.
_BARS = re.compile(r"\s*(?:[|｜]|[|｜]{30,})\s*")
#: Share of a document's characters, of those looked at, from which it is in traditional ones.
_TRADITIONAL, _LOOKED_AT = 0.02, 2_000
_NUMERALS = "一二三四五六"
#: What stands behind a heading's title in an outline of the report, as against its text.
_OUTLINE = re.compile(r"\s*(?:[、，,；;）)”》]|等|和|及)")
#: Paragraphs shorter than this hold nothing beside their heading.
_SHORT = 40


def cleaned(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks in simplified characters, lost ones restored in labels, headings parted."""
    texts = [b.text for b in blocks if isinstance(b, Paragraph)]
    convert = _is_traditional("".join(texts))
    marks = sum(len(_MARK.findall(t)) for t in texts if "?" in t) >= _MANY
    found: list[Block] = []
    for block in map(restored, plainly_parted(blocks)):
        if not isinstance(block, Paragraph):
            found.append(block)
            continue
        if _BARS.fullmatch(block.text):
            continue
        text = plain_characters(block.text) if convert else block.text
        text = _MARK.sub(" ", text) if marks else text
        found += _parted(block if text is block.text else replace(block, text=text))
    return found


def _is_traditional(text: str) -> bool:
    sample = text[:_LOOKED_AT]
    return traditional(sample) > _TRADITIONAL * len(sample)


@cache
def _headings() -> re.Pattern[str]:
    """The six headings, numbered in their place, inside other text."""
    ways = []
    for section in load_form(2021).sections:
        titles = sorted({section.title, *section.accepted, *section.variants}, key=len)[::-1]
        words = "|".join(re.escape(t) for t in titles if len(key(t)) > 3)
        ways.append(rf"{_NUMERALS[section.number - 1]}\s*[、.．]\s*(?:{words})")
    return re.compile(r"(?:^|(?<=[。！？”\s|）)]))(?:" + "|".join(ways) + ")")


def _stands(text: str, found: re.Match[str]) -> bool:
    """Whether a heading inside a text is one, and no item of an outline."""
    if not text[found.end() :].strip():
        return text[: found.start()].rstrip().endswith(("。", "！", "？", "”"))
    return _OUTLINE.match(text, found.end()) is None


def _parted(block: Paragraph) -> Iterator[Paragraph]:
    """A paragraph, cut before headings that stand inside it and behind them."""
    if len(block.text) < _SHORT or "情况" not in block.text:
        yield block
        return
    cuts = [m for m in _headings().finditer(block.text) if _stands(block.text, m)]
    if not cuts or (len(cuts) == 1 and cuts[0].start() == 0):
        yield block
        return
    edges = [0, *(e for m in cuts for e in (m.start(), m.end())), len(block.text)]
    for start, end in pairwise(edges):
        if block.text[start:end].strip(" \t\u3000|"):
            yield replace(block, text=block.text[start:end].strip())
