"""Words above columns of figures that no line divides → the columns' labels, and whether they are sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from audit.loaders._pdf_lines import Line

Word = tuple[str, float, float]
Box = tuple[float, float, float, float]
#: Lines of one label are no farther apart than this share of their height.
_NEXT = 0.8
#: Gaps between the lines of one label differ by no more than this share of their height.
_LITTLE = 0.2
#: A label whose middle is this share of the columns' distance off its figures' middle is not theirs
#: for sure.
_OFF = 0.4


#: A word, its line, and the columns (first, last) that it stands over.
_Piece = tuple[Word, Line, int, int]


@dataclass(slots=True)
class Label:
    """One label's text and box, and the columns it stands over (first, last)."""

    text: str
    box: Box
    first: int
    last: int


@dataclass(slots=True)
class Heads:
    """All labels from top to bottom; `sure` if the lowest name every column, one by one."""

    labels: list[Label] = field(default_factory=list)
    sure: bool = False


def heads(lines: Sequence[Line], fine: Mapping[int, tuple[Word, ...]], edges: np.ndarray) -> Heads:
    """The labels in these lines over columns with left and right edges (k × 2).

    `fine` holds lines' words parted by smaller gaps, by the lines' ids.
    """
    pieces = [
        (word, line, *_reach(word, edges))
        for line in lines
        for word in _words(line, fine.get(id(line), line.words), edges)
    ]
    joined, sure = _joined(pieces, edges)
    lowest = {label.first: label for label in joined if label.first == label.last}
    named = len(lowest) == len(edges)
    if sure and named and all(_stands(label, edges) for label in lowest.values()):
        return Heads(joined, sure=True)
    wrapped = any(label.box[1] < lines[-1].top - 1 < label.box[3] for label in joined)
    by_order = [] if wrapped else _by_order(lines, edges)
    return Heads(by_order or joined, sure=bool(by_order))


def _words(line: Line, fine: Sequence[Word], edges: np.ndarray) -> Iterator[Word]:
    """A line's words; one over several columns in parts, if each part stands over one of them."""
    for word in line.words:
        if word[2] <= edges[0, 0] - line.size:
            continue
        first, last = _reach(word, edges)
        parts = [w for w in fine if w[1] >= word[1] - 0.1 and w[2] <= word[2] + 0.1]
        columns = [_reach(part, edges) for part in parts]
        alone = all(a == b for a, b in columns) and len({a for a, _ in columns}) == len(columns)
        if first < last and len(parts) > 1 and alone:
            yield from parts
        else:
            yield word


def _reach(word: Word, edges: np.ndarray) -> tuple[int, int]:
    """The first and last column whose middle a word stands over; else the nearest one."""
    middles = edges.mean(axis=1)
    under = np.flatnonzero((middles > word[1]) & (middles < word[2]))
    if not len(under):
        nearest = int(np.abs(middles - (word[1] + word[2]) / 2).argmin())
        return nearest, nearest
    return int(under[0]), int(under[-1])


def _joined(pieces: Sequence[_Piece], edges: np.ndarray) -> tuple[list[Label], bool]:
    """Pieces below one another over the same columns as one label each; whether none stand aside."""
    stacks: dict[tuple[int, int], list[_Piece]] = {}
    for piece in pieces:
        stacks.setdefault(piece[2:], []).append(piece)
    gaps = [
        b[1].top - a[1].bottom for own in stacks.values() for a, b in pairwise(own) if _wraps(a, b)
    ]
    least = max(min(gaps, default=0.0), 0.0)
    wide = float(np.diff(edges.mean(axis=1)).min()) if len(edges) > 1 else np.inf
    done: list[Label] = []
    sure = True
    for (first, last), own in stacks.items():
        for number, (word, line, *_) in enumerate(own):
            box = (word[1], line.top, word[2], line.bottom)
            if number:
                above = own[number - 1]
                sure = sure and not (first == last and _aside(above[0], word, line.size))
                gap = line.top - above[1].bottom
                narrow = above[0][2] - above[0][1] < wide
                if narrow and _wraps(above, own[number]) and gap <= least + _LITTLE * line.size:
                    label = done[-1]
                    label.text += word[0]
                    label.box = _around(label.box, box)
                    continue
            done.append(Label(word[0], box, first, last))
    return sorted(done, key=lambda label: (label.box[3], label.first)), sure


def _wraps(above: _Piece, piece: _Piece) -> bool:
    """Whether a piece may be the next line of the same label: near, and not longer."""
    (word, line, *_), (other, before, *_) = piece, above
    longer = (word[2] - word[1]) - (other[2] - other[1])
    return line.top - before.bottom < _NEXT * line.size and longer < 0.4 * line.size


def _aside(word: Word, other: Word, size: float) -> bool:
    return other[1] > word[2] + size or other[2] < word[1] - size


def _around(box: Box, other: Box) -> Box:
    left, top, right, bottom = zip(box, other, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _by_order(lines: Sequence[Line], edges: np.ndarray) -> list[Label]:
    """One label a column where a single line has just as many words, or one more above the labels.

    Figures at the right of wide columns stand nearer to the next column's label than to their own.
    """
    if not lines:
        return []
    words = lines[-1].words
    if len(words) == len(edges) + 1 and words[0][2] < edges[0, 0]:
        words = words[1:]
    if len(words) != len(edges):
        return []
    off = np.array([(w[1] + w[2]) / 2 for w in words]) - edges.mean(axis=1)
    wide = float(np.diff(edges.mean(axis=1)).min()) if len(edges) > 1 else np.inf
    if np.ptp(off) > _OFF * wide or abs(off).max() > wide:
        return []
    top, bottom = lines[-1].top, lines[-1].bottom
    return [Label(w[0], (w[1], top, w[2], bottom), n, n) for n, w in enumerate(words)]


def _stands(label: Label, edges: np.ndarray) -> bool:
    """Whether a label stands over the middle of its column's figures, or to one side of it with them."""
    left, right = edges[label.first]
    if len(edges) == 1:
        return True
    wide = float(np.diff(edges.mean(axis=1)).min())
    off = (label.box[0] + label.box[2]) / 2 - (left + right) / 2
    return abs(off) < _OFF * wide
