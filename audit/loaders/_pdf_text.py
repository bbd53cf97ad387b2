"""Lines of running text → paragraphs as they were before wrapping, without headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from audit.document import Block, Paragraph, Place
from audit.loaders._pdf_lines import Line
from audit.loaders._portal import may_stand_below, stands_below

_PAGE_NUMBER = re.compile(
    r"^[-—–―~·\s]*第?\s*(\d{1,3})\s*页?\s*(?:[/／,，]?\s*共?\s*\d{1,3}\s*页?)?[-—–―~·\s]*$"
)
_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．]\D|第[一二三四五六七八九十]+[条章])"
)
#: What browsers print at the rim: the address with the page's number, the date and hour with the title.
_PRINTED = re.compile(
    r"^(?:https?|file)://\S+|^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}[,，]?\s*[^\d\s]{0,3}\s*\d{1,2}:\d{2}"
)
#: Share of a page's height at its top and foot where headers and footers stand.
_RIM = 0.09


#: Text set narrowly has so many of its long lines end at the margin.
_MANY = 0.4

#: No piece of a narrow column's label is longer than this, in characters.
_SHORT = 4

#: A block with its page (from 1) and its top.
Placed = tuple[int, float, Block]


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """Pages without page numbers, headers and footers: what stands at the rim of many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    numbered: Counter[int] = Counter()
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        seen.update({_kind(line, height) for line in lines if _at_rim(line, height)})
        numbered.update(
            {int(m[1]) - number for line in lines if (m := _number_at_rim(line, height))}
        )
    often = max(2, len(pages) // 2 + 1)
    offset = {value for value, times in numbered.items() if times >= min(2, len(pages))}
    kept = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        own = []
        for line in lines:
            match = _number_at_rim(line, height)
            decorated = match is not None and not line.text.strip().isdigit()
            counted = match is not None and int(match[1]) - number in offset
            printed = _at_rim(line, height) and _PRINTED.match(line.text) is not None
            repeated = _at_rim(line, height) and seen[_kind(line, height)] >= often
            if not (
                decorated or counted or printed or (repeated and not line.text.strip().isdigit())
            ):
                own.append(line)
        kept.append(own)
    return kept


def _at_rim(line: Line, height: float) -> bool:
    return line.top < _RIM * height or line.bottom > (1 - _RIM) * height


def _number_at_rim(line: Line, height: float) -> re.Match[str] | None:
    return _PAGE_NUMBER.match(line.text) if _at_rim(line, height) else None


def _kind(line: Line, height: float) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(20 * line.top / height)


def running(pages: Sequence[Sequence[Line]], cuts: Sequence[Placed], width: float) -> list[Placed]:
    """Paragraphs of the text outside tables; none runs across a block (page, top) of `cuts`.

    `width` is a page's.
    """
    margin = _margins(pages, width)
    told: list[Placed] = []
    held: list[tuple[int, Line]] = []
    for number, lines in enumerate(pages, start=1):
        tops = sorted(top for page, top, _ in cuts if page == number)
        for line in lines:
            if tops and tops[0] < line.top:
                told += _paragraphs(held, margin)
                held = []
                tops = [top for top in tops if top >= line.top]
            held.append((number, line))
        if tops:
            told += _paragraphs(held, margin)
            held = []
    told += _paragraphs(held, margin)
    return told


def _margins(pages: Sequence[Sequence[Line]], width: float) -> tuple[float, float]:
    """Left and right edge that running text is set to: where most of the long lines begin and end."""
    long = [line for lines in pages for line in lines if len(line.text) > 12]
    if not long:
        return 0.0, width
    begins, ends = sorted(line.left for line in long), sorted(line.right for line in long)
    right = ends[int(0.9 * (len(ends) - 1))]
    at_right = sum(abs(line.right - right) < 2 * line.size for line in long)
    if right < 0.6 * width and at_right < _MANY * len(long):
        right = 0.85 * width
    return begins[len(begins) // 10], right


def without_portal(placed: Sequence[Placed]) -> list[Placed]:
    """Blocks without what a portal prints below an article, up to the first line that can be only that."""
    end = cut = len(placed)
    while end:
        block = placed[end - 1][2]
        if not isinstance(block, Paragraph) or not may_stand_below(block.text):
            break
        end -= 1
        if stands_below(block.text):
            cut = end
    return list(placed[:cut])


def _paragraphs(
    lines: Sequence[tuple[int, Line]], margins: tuple[float, float]
) -> Iterator[Placed]:
    """Paragraphs with page and top, from lines (page, line) in order."""
    held: list[tuple[int, Line]] = []
    for page, line in lines:
        if held and not _goes_on([before for _, before in held], line, margins):
            yield _paragraph(held)
            held = []
        held.append((page, line))
    if held:
        yield _paragraph(held)


def _goes_on(held: Sequence[Line], line: Line, margins: tuple[float, float]) -> bool:
    """A line goes on in the next one if it reaches the right margin and the next is not indented.

    After a first line that is indented itself, the next line of the paragraph begins farther left.
    """
    left, right = margins
    before, step = held[-1], 0.8 * line.size
    if before.right < right - 2.5 * before.size or _NUMBERED.match(line.text):
        return False
    if before.is_row or _is_header(before):
        return False
    if not 0.75 < line.size / max(before.size, 0.1) < 1.33:
        return False
    if line.left > before.left + step:
        return False
    indented = line.left > left + step
    return len(held) > 1 or not indented or line.left < before.left - step


def _is_header(line: Line) -> bool:
    """Whether short words stand apart in a line: labels of columns, or pieces of them."""
    words = line.text.split()
    return len(words) > 1 and all(len(w) <= _SHORT and w.isalpha() for w in words)


def _paragraph(lines: Sequence[tuple[int, Line]]) -> Placed:
    page, first = lines[0]
    own = [line for number, line in lines if number == page]
    text = ""
    for _, line in lines:
        latin = text[-1:].isalpha() and text[-1:].isascii() and line.text[:1].isascii()
        text += f" {line.text}" if latin and line.text[:1].isalpha() else line.text
    box = (
        min(line.left for line in own),
        first.top,
        max(line.right for line in own),
        own[-1].bottom,
    )
    return page, first.top, Paragraph(text, Place(page=page, box=box))
