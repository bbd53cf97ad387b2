"""Strips of a PDF page that part two texts: between columns of text, or two pages on one sheet.

A gutter is a strip that neither text nor rulings reach into, with text that runs from line to line
on both sides: between the columns of a table there are rulings across, or words and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from audit.loaders._pdf_chars import Characters
from audit.loaders._pdf_lines import Line, lines_of, middle
from audit.loaders._pdf_paths import THIN

#: A gutter is so wide at least, points and shares of the characters' height.
_WIDE, _HEIGHTS = 9.0, 1.1
#: No more lines than this share of those beside it cross it: titles, tables as wide as the page.
_CROSSED = 0.35
#: Its middle leaves this share of the page's width on both sides; it is so high at least, points.
_ASIDE, _HIGH = 0.12, 40.0
#: Running text has so many lines of so many characters without a gap; its other lines, and lines
#: that begin elsewhere, are at most so many times as many.
_LINES, _LONG, _OTHERS = 4, 10, 1.5
#: Columns are parted this near the page's middle, a share of its width; this share of the text
#: outside tables stands beside the gutters.
_INNER, _MOSTLY = 0.15, 0.4
#: So many strips of a page, the widest, are looked at, with no more gaps than this.
_STRIPS, _GAPS = 4, 6
#: Where so many upright rulings stand side by side there is a table.
_SIDES = 2
#: Where two pages are one sheet the gutter is this near its middle and so wide, shares of its width.
_MIDDLE, _MARGINS = 0.03, 0.025
#: Lines of both sides on one base line (points) are rows if more than this share are.
_LEVEL, _ROWS = 1.0, 0.5
#: A menu has so many entries of so many characters, at most so far apart as times the nearest.
_ENTRIES, _SHORT, _EVEN = 3, 12, 1.5
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]|[\d.,%\s]+$")


@dataclass(frozen=True, slots=True)
class Gutter:
    """A gutter's box, and by how much (points) the right side is moved to stand where the left does."""

    left: float
    top: float
    right: float
    bottom: float
    shift: float


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side: lines of text outside tables, their left and right ends with tables'."""

    lines: tuple[Line, ...]
    left: float
    right: float
    ruled: bool
    runs: bool


def gutters(
    found: Characters, lines: np.ndarray, areas: np.ndarray, before: Sequence[Gutter]
) -> list[Gutter]:
    """A page's gutters from top to bottom, all in one strip; none where that is not sure.

    `lines` and `areas` (n × 4) are what the page draws. What an earlier page had from top to foot
    (`before`) this one has, too, unless something crosses it: the last page may hold little.
    """
    free = _outside_tables(found, lines)
    for own in (found,) if free is found else (found, free):
        y = own.centres[:, 1]
        for strip in _strips(own)[:_STRIPS]:
            left, right = _trimmed(np.concatenate([lines, areas]), *strip)
            gaps = _gaps(found, lines, areas, left, right)
            # Looking at the sides takes long, and most strips are those of a table's columns.
            if len(gaps) <= _GAPS and _beside(y, gaps) > _MOSTLY * len(own):
                told = list(_in_strip(found, lines, left, right, gaps))
                if _beside(y, [(g.top, g.bottom) for g in told]) > _MOSTLY * len(own):
                    return told
    height = found.frame.size[1]
    return [
        g
        for g in before
        if g.shift
        and g.top == 0.0
        and g.bottom == height
        and not len(_across(found, lines, areas, g.left, g.right))
    ]


def _outside_tables(found: Characters, lines: np.ndarray) -> Characters:
    """The characters that no upright rulings of a table stand beside; all, where few are left."""
    upright = lines[(lines[:, 2] - lines[:, 0] <= THIN) & (lines[:, 3] - lines[:, 1] > THIN)]
    height = int(found.frame.size[1])
    if len(upright) < _SIDES:
        return found
    ends = np.clip(np.rint(upright[:, (1, 3)]), 0, height).astype(int)
    steps = np.bincount(ends[:, 0], minlength=height + 2) - np.bincount(
        ends[:, 1], minlength=height + 2
    )
    at = np.clip(found.centres[:, 1], 0, height).astype(int)
    own = np.cumsum(steps)[at] < _SIDES
    if own.sum() < 2 * _LINES * _LONG:
        return found
    return Characters(
        found.text[own], found.boxes[own], found.bases[own], found.spaced[own], found.frame
    )


def _strips(found: Characters) -> list[tuple[float, float]]:
    """Upright strips that few characters reach into, the widest first."""
    width = int(found.frame.size[0])
    if len(found) < 2 * _LINES * _LONG or width < _WIDE:
        return []
    ends = np.clip(np.rint(found.boxes[:, (0, 2)]), 0, width).astype(int)
    steps = np.bincount(ends[:, 0], minlength=width + 2)[: width + 2]
    steps = steps - np.bincount(ends[:, 1] + 1, minlength=width + 2)[: width + 2]
    covered = np.cumsum(steps)[: width + 1]
    usual = middle(covered[covered > 0])
    aside = int(_ASIDE * width)
    inner = np.zeros(width + 1, dtype=bool)
    inner[aside : width - aside] = True
    least = max(_WIDE, _HEIGHTS * middle(found.boxes[:, 3] - found.boxes[:, 1]))
    strips = []
    for first, last in _runs(inner & (covered <= _CROSSED * usual)):
        if last - first >= least:
            part = covered[first : last + 1]
            level = part.min() + max(1.0, 0.05 * usual)
            strips += [(first + a, first + b) for a, b in _runs(part <= level) if b - a >= least]
    return sorted(((float(a), float(b)) for a, b in strips), key=lambda s: s[0] - s[1])


def _runs(free: np.ndarray) -> list[tuple[int, int]]:
    """The first and last place of each run of trues."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], free.astype(int), [0]])))
    return [(a, b - 1) for a, b in edges.reshape(-1, 2).tolist()]


def _beside(y: np.ndarray, gaps: Sequence[tuple[float, float]]) -> int:
    return sum(int(((y > top) & (y < bottom)).sum()) for top, bottom in gaps)


def _gaps(
    found: Characters, lines: np.ndarray, areas: np.ndarray, left: float, right: float
) -> list[tuple[float, float]]:
    """The heights (top, bottom) between which nothing reaches into a strip."""
    across = _across(found, lines, areas, left, right)
    reach = np.concatenate([[0.0], np.maximum.accumulate(across[:, 3])])
    begins = np.concatenate([across[:, 1], [found.frame.size[1]]])
    high = begins - reach > _HIGH
    return list(zip(reach[high].tolist(), begins[high].tolist(), strict=True))


def _in_strip(
    found: Characters,
    lines: np.ndarray,
    left: float,
    right: float,
    gaps: Sequence[tuple[float, float]],
) -> Iterator[Gutter]:
    width, height = found.frame.size
    for top, bottom in gaps:
        sides = [
            _side(found, lines, top, bottom, *ends)
            for ends in ((0.0, left + 1), (right - 1, width))
        ]
        whole = top == 0.0 and bottom == height
        shift = _shift(sides[0], sides[1], found.frame.size, (left, right), whole)
        if shift is not None:
            yield Gutter(left, top, right, bottom, shift)


def _across(
    found: Characters, lines: np.ndarray, areas: np.ndarray, left: float, right: float
) -> np.ndarray:
    """What reaches into a strip, from top to bottom (n × 4); an upright line may stand in it."""
    drawn = np.concatenate([lines, areas])
    across = np.concatenate([found.boxes, drawn[drawn[:, 2] - drawn[:, 0] > THIN]])
    across = across[(across[:, 2] > left + 1) & (across[:, 0] < right - 1)]
    return across[np.argsort(across[:, 1])]


def _trimmed(drawn: np.ndarray, left: float, right: float) -> tuple[float, float]:
    """A strip without what tables beside it reach into, if that leaves enough of it."""
    middle = (left + right) / 2
    into_left = drawn[(drawn[:, 0] < left) & (drawn[:, 2] > left) & (drawn[:, 2] < middle)]
    into_right = drawn[(drawn[:, 2] > right) & (drawn[:, 0] < right) & (drawn[:, 0] > middle)]
    ends = into_left[:, 2].max(initial=left), into_right[:, 0].min(initial=right)
    return (float(ends[0]), float(ends[1])) if ends[1] - ends[0] >= _WIDE else (left, right)


def _side(
    found: Characters, drawn: np.ndarray, top: float, bottom: float, left: float, right: float
) -> _Side:
    at = found.centres
    own = (at[:, 0] >= left) & (at[:, 0] <= right) & (at[:, 1] > top) & (at[:, 1] < bottom)
    lines = lines_of(
        found.text[own],
        found.boxes[own],
        found.bases[own],
        np.zeros(int(own.sum()), dtype=int),
        found.spaced[own],
    )
    x, y = (drawn[:, 0] + drawn[:, 2]) / 2, (drawn[:, 1] + drawn[:, 3]) / 2
    near = drawn[(x >= left) & (x <= right) & (y > top) & (y < bottom)]
    flat = near[near[:, 3] - near[:, 1] <= THIN]
    upright = near[near[:, 2] - near[:, 0] <= THIN]
    free = [
        line
        for line in lines
        if not (
            (upright[:, 1] < (line.top + line.bottom) / 2)
            & (upright[:, 3] > (line.top + line.bottom) / 2)
        ).any()
    ]
    ends = [(line.left, line.right) for line in lines] + [(a, b) for a, _, b, _ in flat.tolist()]
    return _Side(
        tuple(free),
        min((a for a, _ in ends), default=left),
        max((b for _, b in ends), default=right),
        len(flat) >= _ENTRIES and len(upright) >= _ENTRIES,
        _is_running(free),
    )


def _is_running(lines: Sequence[Line]) -> bool:
    long = [line for line in lines if max(len(word) for word, _, _ in line.words) >= _LONG]
    if len(long) < _LINES:
        return False
    margin = min(line.left for line in long)
    begins = sum(line.left < margin + 2.5 * line.size for line in long)
    return len(lines) - begins <= _OTHERS * begins


def _shift(
    left: _Side,
    right: _Side,
    size: tuple[float, float],
    ends: tuple[float, float],
    whole: bool,
) -> float | None:
    """By how much the right side is to be moved; None where the two are not two texts."""
    width, height = size
    if not (left.lines or left.ruled) or not (right.lines or right.ruled):
        return None
    near = abs(sum(ends) / 2 - width / 2)
    texts = [side.runs or side.ruled for side in (left, right)]
    if all(texts) and (left.runs or right.runs) and near < _INNER * width:
        return _moved(left, right, width)
    wide = ends[1] - ends[0] > _MARGINS * width
    sheet = whole and near < _MIDDLE * width and wide and width > height
    if sheet and (all(texts) or (any(texts) and not _are_rows(left, right))):
        return _moved(left, right, width)
    return 0.0 if texts[1] and _is_menu(left) and not _are_rows(left, right) else None


def _moved(left: _Side, right: _Side, width: float) -> float:
    """The distance of the sides' margins; where the left has no long line, as far as the right tells."""
    margin = left.left if left.runs else width - right.right
    shift = right.left - margin
    return width / 2 if abs(shift - width / 2) < 0.01 * width else shift


def _are_rows(left: _Side, right: _Side) -> bool:
    """Whether lines of both sides stand on one base line."""
    if not left.lines or not right.lines:
        return False
    theirs = np.array([line.bottom for line in right.lines])
    level = sum(bool((np.abs(theirs - line.bottom) < _LEVEL).any()) for line in left.lines)
    return level > _ROWS * min(len(left.lines), len(right.lines))


def _is_menu(side: _Side) -> bool:
    """Whether these are a page's links: short, unnumbered, evenly below one another."""
    lines = side.lines
    if len(lines) < _ENTRIES or side.ruled:
        return False
    steps = [below.top - above.top for above, below in pairwise(lines)]
    even = max(steps) <= _EVEN * min(steps)
    return even and not any(len(t.text) > _SHORT or _NUMBERED.match(t.text) for t in lines)
