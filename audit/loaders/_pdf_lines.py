"""Characters with boxes → lines of text, and lines → paragraphs as they were before wrapping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audit.document import Paragraph, Place

_PAGE_NUMBER = re.compile(r"^[-—–\s第·]*\d{0,3}[-—–\s页/共\d·]*$")
_NUMBERED = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text (wide gaps as blanks) and box (left, top, right, bottom)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of its characters, points."""
        return self.bottom - self.top


def lines_of(text: Sequence[str], boxes: np.ndarray) -> list[Line]:
    """Lines from top to bottom; characters belong to a line if their middles stand within it."""
    if not len(text):
        return []
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    height = np.maximum(boxes[:, 3] - boxes[:, 1], 1.0)
    typical = float(np.median(height))
    order = np.argsort(middle, kind="stable")
    groups: list[list[int]] = []
    at = -np.inf
    for index in order:
        if groups and middle[index] - at < 0.5 * typical:
            groups[-1].append(int(index))
        else:
            groups.append([int(index)])
        at = middle[index]
    return [_line(sorted(g, key=lambda i: boxes[i, 0]), text, boxes, typical) for g in groups]


def _line(members: list[int], text: Sequence[str], boxes: np.ndarray, typical: float) -> Line:
    parts = [text[members[0]]]
    for before, now in pairwise(members):
        gap = boxes[now, 0] - boxes[before, 2]
        digits = text[before].isascii() and text[now].isascii()
        if gap > (0.6 if digits else 1.2) * typical:
            parts.append(" ")
        parts.append(text[now])
    own = boxes[members]
    return Line(
        "".join(parts),
        float(own[:, 0].min()),
        float(own[:, 1].min()),
        float(own[:, 2].max()),
        float(own[:, 3].max()),
    )


def text_of(lines: Sequence[Line]) -> str:
    """A cell's text: its lines joined without a blank, as a narrow cell breaks words and figures."""
    return "".join(line.text for line in lines)


def without_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """Pages without page numbers, headers and footers: what stands at the rim of many pages."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_rim(line, height) for line in lines})
    often = max(3, len(pages) // 2 + 1)
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        own = []
        for line in lines:
            rim = line.top < 0.09 * height or line.bottom > 0.91 * height
            repeated = seen[_rim(line, height)] >= often
            if not (rim and (repeated or _PAGE_NUMBER.match(line.text))):
                own.append(line)
        kept.append(own)
    return kept


def _rim(line: Line, height: float) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(20 * line.top / height)


def paragraphs(lines: Sequence[tuple[int, Line]]) -> Iterator[tuple[int, float, Paragraph]]:
    """Paragraphs with page and top, from lines (page, line) in order.

    A line goes on in the next one if it reaches the right margin and the next is not indented.
    """
    wide = [line for _, line in lines if len(line.text) > 8]
    margin = max((line.right for line in wide), default=0.0)
    held: list[tuple[int, Line]] = []
    for page, line in lines:
        if held and not _goes_on(held[-1][1], line, margin):
            yield _paragraph(held)
            held = []
        held.append((page, line))
    if held:
        yield _paragraph(held)


def _goes_on(before: Line, line: Line, margin: float) -> bool:
    full = before.right > margin - 2.2 * before.height
    indented = line.left > before.left + 1.2 * line.height
    return full and not indented and not _NUMBERED.match(line.text) and " " not in before.text[-3:]


def _paragraph(lines: Sequence[tuple[int, Line]]) -> tuple[int, float, Paragraph]:
    page, first = lines[0]
    text = "".join(line.text for _, line in lines)
    box = (first.left, first.top, first.right, first.bottom)
    return page, first.top, Paragraph(text, Place(page=page, box=box))
