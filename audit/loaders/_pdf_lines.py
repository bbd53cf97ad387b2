"""Characters with boxes → lines of text, each within the cell or area that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from audit.loaders._raised import raised

#: A gap wider than this share of the characters' height is a blank: between letters and figures,
#: and elsewhere (Chinese characters are often spaced out to fill a line).
_GAP_NARROW = 0.45
GAP_WIDE = 1.2
#: A digit that stands higher than the next by more than this share of the greater height is raised;
#: one that stands so much lower is lowered if it is smaller by this as well.
_RAISED = 0.12
#: Lines that share more than this part of their height are no two lines of one text.
_SHARED = 0.3
#: A blank between digits that takes less than this is none: some makers print them over one another.
_GAP_LEAST = 0.1
#: Digits that share more than this of their width are printed over one another.
_OVER = 0.5
#: Between labels of narrow columns side by side the gap is smaller.
GAP_FINE = 0.35
#: What a cell's text keeps clear on both sides together, points.
_PADDING = 12.0
#: Figures parted by blanks that are a row; what they are made of.
_FEW, _FIGURES = 3, frozenset("0123456789０１２３４５６７８９.,?")
_DIGITS = frozenset("0123456789.,．，０１２３４５６７８９%％")
#: By code, up to the last of those that matter and one: characters set close, and digits.
_NARROW = np.isin(np.arange(0xFF7F), [*range(128), *map(ord, _DIGITS)])
_DIGIT = np.isin(np.arange(0xFF7F), [*range(ord("0"), ord("9") + 1)])


class Line(NamedTuple):
    """One line: its words (parted by wide gaps) with their left and right edges, and its box."""

    words: tuple[tuple[str, float, float], ...]
    left: float
    top: float
    right: float
    bottom: float
    #: Height of its characters (points) and which cell or area it stands in.
    size: float
    home: int

    @property
    def text(self) -> str:
        """The words, parted by blanks."""
        words = self.words
        return words[0][0] if len(words) == 1 else " ".join(word for word, _, _ in words)

    @property
    def is_row(self) -> bool:
        """Whether it holds several figures that stand apart: a row of a table, no text."""
        words = self.words
        return len(words) >= _FEW and sum(_FIGURES.issuperset(w) for w, _, _ in words) >= _FEW


def lines_of(
    text: np.ndarray,
    boxes: np.ndarray,
    bases: np.ndarray,
    homes: np.ndarray,
    spaced: np.ndarray,
    wide: float = GAP_WIDE,
) -> list[Line]:
    """Lines by home and from top to bottom, of characters with boxes (n × 4) and base lines (n).

    Only characters of the same home (n, int) stand in one line. Gaps wider than `wide` heights part
    words, and blanks (`spaced`, n, bool) part digits; which lines there are does not depend on it.
    """
    if not len(text):
        return []
    height = np.maximum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0])
    typical = middle(height)
    order = np.lexsort((bases, homes))
    step = np.abs(np.diff(bases[order])) > 0.35 * typical
    line = np.empty(len(text), dtype=int)
    line[order] = np.concatenate([[0], np.cumsum(step | (np.diff(homes[order]) != 0))])
    order = np.lexsort((boxes[:, 0], line))
    text = _with_raised(text[order], boxes[order], bases[order], line[order])
    boxes, homes, line, spaced, height = (
        v[order] for v in (boxes, homes, line, spaced, np.maximum(height, 0.5 * typical))
    )
    same = line[1:] == line[:-1]
    double = (
        same
        & (text[1:] == text[:-1])
        & (boxes[1:, 0] - boxes[:-1, 0] < 0.25 * np.maximum(boxes[1:, 2] - boxes[1:, 0], 0.1))
    )
    keep = np.concatenate([[True], ~double])
    text, boxes, homes, line, spaced, height = (
        v[keep] for v in (text, boxes, homes, line, spaced, height)
    )
    return _lines(text, boxes, homes, line, spaced, height, wide)


def _with_raised(
    text: np.ndarray, boxes: np.ndarray, bases: np.ndarray, line: np.ndarray
) -> np.ndarray:
    """The characters, digits that stand off the line of greater ones beside them as notes' marks."""
    digit = _DIGIT[np.minimum(text.view(np.uint32), len(_DIGIT) - 1)]
    height = boxes[:, 3] - boxes[:, 1]
    beside = digit[1:] & digit[:-1] & (line[1:] == line[:-1])
    greater, grows = np.maximum(np.maximum(height[1:], height[:-1]), 0.1), np.diff(height)
    step = np.diff(bases) / greater
    smaller = (grows * step > 0) | (np.abs(grows) > _RAISED * greater)
    found = np.flatnonzero(beside & (np.abs(step) > _RAISED) & smaller)
    if not len(found):
        return text
    text = text.copy()
    for at in found.tolist():
        on = -1 if grows[at] > 0 else 1
        first = at if on < 0 else at + 1
        number = first
        while (
            0 <= number < len(text)
            and digit[number]
            and line[number] == line[at]
            and abs(bases[number] - bases[first]) <= _RAISED * height[first]
        ):
            text[number] = raised(str(text[number]))
            number += on
    return text


def middle(values: np.ndarray) -> float:
    """The median; numpy's own takes as long as much of the rest."""
    ordered, half = np.sort(values), len(values) // 2
    return float((ordered[half] + ordered[-half - 1]) / 2)


def _lines(
    text: np.ndarray,
    boxes: np.ndarray,
    homes: np.ndarray,
    line: np.ndarray,
    spaced: np.ndarray,
    height: np.ndarray,
    wide: float,
) -> list[Line]:
    size = np.maximum(height[1:], height[:-1])
    gaps = boxes[1:, 0] - boxes[:-1, 2]
    codes = np.minimum(text.view(np.uint32), len(_NARROW) - 1)
    narrow, digit = _NARROW[codes], _DIGIT[codes]
    limit = np.where(narrow[1:] & narrow[:-1], _GAP_NARROW, wide) * size
    new_line = line[1:] != line[:-1]
    # "1 2" may be two figures, however narrow the blank: never the figure 12 without a doubt.
    over = gaps < -_OVER * (boxes[1:, 2] - boxes[1:, 0])
    parted = digit[1:] & digit[:-1] & (over | (spaced[1:] & (gaps > _GAP_LEAST * size)))
    cuts = np.concatenate([[0], np.flatnonzero(new_line | (gaps > limit) | parted) + 1])
    starts = np.concatenate([[0], np.flatnonzero(new_line) + 1])
    counts = np.diff(np.append(starts, len(text)))
    rights = np.maximum.reduceat(boxes[:, 2], starts)
    words = _words(text, boxes, cuts)
    # The number of each line's first word.
    at = [*np.searchsorted(cuts, starts).tolist(), len(words)]
    return [
        Line(tuple(words[first:end]), words[first][1], top, right, bottom, tall, home)
        for first, end, top, right, bottom, tall, home in zip(
            at,
            at[1:],
            np.minimum.reduceat(boxes[:, 1], starts).tolist(),
            rights.tolist(),
            np.maximum.reduceat(boxes[:, 3], starts).tolist(),
            (np.add.reduceat(height, starts) / counts).tolist(),
            homes[starts].tolist(),
            strict=False,
        )
    ]


def _words(text: np.ndarray, boxes: np.ndarray, cuts: np.ndarray) -> list[tuple[str, float, float]]:
    """Words with their left and right edges; each begins with the character that `cuts` tells."""
    letters = "".join(text.tolist())
    begins = cuts.tolist()
    words = [letters[a:b] for a, b in zip(begins, [*begins[1:], None], strict=True)]
    lefts, rights = boxes[cuts, 0].tolist(), np.maximum.reduceat(boxes[:, 2], cuts).tolist()
    return list(zip(words, lefts, rights, strict=True))


def cell_text(lines: list[Line], left: float, right: float) -> tuple[str, bool]:
    """A cell's text, and whether it is sure that its lines are one text.

    A narrow cell breaks words and figures: lines are joined without a blank. Only where a line of
    figures had room for more, the next one is another figure.
    """
    text, sure = "", True
    for number, line in enumerate(lines):
        if number and _apart(lines[number - 1], line, right - left):
            text, sure = f"{text} {line.text}", False
        else:
            text += line.text
    return text, sure


def _apart(before: Line, line: Line, width: float) -> bool:
    last, first = before.text[-1], line.text[0]
    if last not in _DIGITS or first not in _DIGITS:
        return False
    if before.bottom - line.top > _SHARED * min(before.size, line.size):
        return True  # a raised figure, not the rest of one
    return width - (before.right - before.left) > _PADDING + 1.1 * before.size


def fills(lines: Sequence[Line], box: Sequence[float]) -> bool:
    """Whether a cell's last line has no room for more: what stands below the cell may be its rest."""
    if not lines:
        return False
    last = lines[-1]
    room = box[2] - box[0] - (last.right - last.left) - _PADDING
    # Brackets and commas have ink on one half of their width only.
    return room <= 2.0 * last.size and (room <= 1.1 * last.size or not set(last.text) <= _DIGITS)
