"""One scanned page → grids and lines of text, each cell with how sure its reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from audit.document import LOST, Cell, Grid, Place
from audit.loaders._pdf_lines import Line
from audit.loaders._ruled import Slot
from audit.ocr.cells import slots
from audit.ocr.clean import clean
from audit.ocr.crops import Inked, inked, parted
from audit.ocr.engine import boxes, texts

#: What is higher than a table's other lines by so much is several; share that are lower than most.
_HIGHER, _NEARLY_ALL = 1.6, 0.9
#: Scores below this are doubted; lines of running text below `_NOISE` are left out.
SURE, _NOISE = 0.9, 0.5
#: Figures that score less than this are read twice.
_TWICE = 0.98
#: So many figures are read thrice in a row; crops have so much white at their sides (pixels).
_FEW, _MARGIN = 2, 4
#: A page whose texts score less on average may lie on its side or head.
_TURNED = 0.7
WEAK = "文字识别把握不足（{score:.0%}）"
BROKEN = "表格线被遮盖或断裂，单元格范围由推断得出"
UNREAD = "格内有墨迹，但未能识别"
CUT = "格线旁的笔画可能是数字1"
NOT_A_FIGURE = "数字格中识别出非数字内容"
TWICE = "两次识别结果不一致（{first}、{second}）"
#: So many Chinese characters, surely read, are a label between rows of figures.
_LABEL = 3
#: Grey values below this are ink.
_INK = 128
#: Room around a line's box (pixels), of which looking for ink leaves some out.
_AROUND = np.array((-6, -6, 6, 6))
_FIGURE = frozenset("0123456789.,-+%/—")

Read = tuple[list[tuple[float, Grid]], list[Line]]


def read_page(
    image: np.ndarray, page: int, unit: float, start: tuple[float, float] = (0.0, 0.0)
) -> Read:
    """Grids with their tops, and lines, of a page's picture (height × width × 3, BGR, uint8).

    `unit` is how many of the place's units (points, or 1 for pixels) a pixel of `image` is, and
    `start` where in the place's page the picture's upper left corner lies.
    """
    return _shifted(_upright(image, page, unit), *start)


def _shifted(read: Read, x: float, y: float) -> Read:
    if not x and not y:
        return read

    def moved(cell: Cell) -> Cell:
        left, top, right, bottom = cell.place.box or (0.0, 0.0, 0.0, 0.0)
        box = (left + x, top + y, right + x, bottom + y)
        return replace(cell, place=replace(cell.place, box=box))

    grids = [
        (top + y, replace(grid, cells=tuple(moved(c) for c in grid.cells))) for top, grid in read[0]
    ]
    lines = [
        line._replace(
            words=tuple((text, left + x, right + x) for text, left, right in line.words),
            left=line.left + x,
            top=line.top + y,
            right=line.right + x,
            bottom=line.bottom + y,
        )
        for line in read[1]
    ]
    return grids, lines


def _upright(image: np.ndarray, page: int, unit: float) -> Read:
    read, score = _read(image, page, unit)
    if score >= _TURNED:
        return read
    tries = [(read, score)]
    for turns in (1, 2, 3):
        tries.append(_read(np.ascontiguousarray(np.rot90(image, turns)), page, unit))
        if tries[-1][1] >= SURE:
            break
    return max(tries, key=lambda item: item[1])[0]


def _read(image: np.ndarray, page: int, unit: float) -> tuple[Read, float]:
    grey, scale = clean(image)
    size = unit / scale
    scores: list[float] = []
    grids = []
    outside = grey.copy()
    for table in slots(grey):
        grid, own = _grid(grey, table, page, size)
        if _is_strokes(grid):
            continue
        scores += own
        if any(c.text for c in grid.cells):
            top = min(slot.box[1] for slot in table)
            grids.append((top * size, grid))
        left, top = (round(min(slot.box[i] for slot in table)) - 6 for i in (0, 1))
        right, bottom = (round(max(slot.box[i] for slot in table)) + 6 for i in (2, 3))
        outside[max(top, 0) : bottom, max(left, 0) : right] = 255
    lines, own = _lines(outside, size)
    scores += own
    return (grids, lines), float(np.mean(scores)) if scores else 0.0


def _is_strokes(grid: Grid) -> bool:
    """Whether a row without any figure is text set so tight that its strokes reach both rulings."""
    return grid.height == 1 and not any(c.text and set(c.text) <= _FIGURE for c in grid.cells)


def _grid(
    grey: np.ndarray, table: Sequence[Slot], page: int, size: float
) -> tuple[Grid, list[float]]:
    found = _parted([inked(grey, slot.box) for slot in table])
    crops = [crop for one in found for crop in one.lines]
    told = iter(texts(crops))
    read = [[next(told) for _ in one.lines] for one in found]
    words = ["".join(text for text, _ in lines).strip() for lines in read]
    figures = _figures(table, words)
    weak = [i for i in figures if len(read[i]) == 1 and read[i][0][1] < _TWICE]
    again = _again([found[i].lines[0] for i in weak], [words[i] for i in weak])
    second = dict(zip(weak, again, strict=True))
    cells = []
    for number, slot in enumerate(table):
        score = min((s for _, s in read[number]), default=1.0)
        doubt = ""
        if found[number].ink and not words[number]:
            score, doubt = 0.0, UNREAD
        elif found[number].cut and (number in figures or not words[number]):
            score, doubt = 0.0, CUT
        elif number in figures and words[number]:
            doubt = _doubt(words[number], score, second.get(number, (words[number], score)))
            score = score if doubt else max(score, SURE)
            doubt = doubt or ("" if slot.whole else BROKEN)
        elif not slot.whole:
            doubt = BROKEN
        elif score < SURE:
            doubt = WEAK.format(score=score)
        left, top, right, bottom = (v * size for v in slot.box)
        place = Place(
            page=page, row=slot.row + 1, column=slot.column + 1, box=(left, top, right, bottom)
        )
        confidence = min(score, 0.5) if doubt and score >= SURE else score
        spans = (slot.row_span, slot.column_span)
        cells.append(Cell(words[number], slot.row, slot.column, place, *spans, confidence, doubt))
    return Grid(tuple(cells), Place(page=page)), [s for lines in read for _, s in lines]


def _parted(found: list[Inked]) -> list[Inked]:
    """The same with lines that are set too close to be told apart by themselves."""
    heights = np.array([len(line) for one in found for line in one.lines])
    if not len(heights):
        return found
    # Figures are lower than Chinese characters, and may be most of a table's lines.
    single = heights[heights < _HIGHER * np.median(heights)]
    high = float(np.quantile(single, _NEARLY_ALL))
    return [
        replace(one, lines=tuple(part for line in one.lines for part in parted(line, high)))
        if any(len(line) > _HIGHER * high for line in one.lines)
        else one
        for one in found
    ]


def _doubt(word: str, score: float, again: tuple[str, float]) -> str:
    second, certainty = again
    if score < SURE and not (second == word and certainty >= SURE):
        return WEAK.format(score=score)
    if not set(word) <= _FIGURE:
        label = sum("\u4e00" <= c <= "\u9fff" for c in word) >= _LABEL
        return "" if label else NOT_A_FIGURE
    return "" if second == word else TWICE.format(first=word, second=second)


def _again(crops: list[np.ndarray], words: list[str]) -> list[tuple[str, float]]:
    """A second reading of the same ink, set otherwise: with more white around it, or thrice in a row.

    Of one or two figures alone the recogniser is never sure; in a row it is.
    """
    told = texts([_set_otherwise(c, w) for c, w in zip(crops, words, strict=True)])
    return [
        (_third(text) if len(word) <= _FEW else text.strip(), score)
        for (text, score), word in zip(told, words, strict=True)
    ]


def _set_otherwise(crop: np.ndarray, word: str) -> np.ndarray:
    if len(word) <= _FEW:
        return np.hstack([crop[:, _MARGIN:-_MARGIN]] * 3)
    white = int(np.max(crop))
    return np.pad(crop, ((6, 6), (14, 14)), mode="constant", constant_values=white)


def _third(text: str) -> str:
    """What stands thrice in a text; all of it where nothing does."""
    text = text.replace(" ", "")
    one = text[: len(text) // 3]
    return one if one * 3 == text else text


def _figures(table: Sequence[Slot], words: Sequence[str]) -> set[int]:
    """The cells that should hold a figure: below the first figures of columns that are mostly so."""
    single = [i for i, slot in enumerate(table) if slot.row_span == 1]
    digits = {i for i in single if words[i] and set(words[i]) <= _FIGURE}
    found = set(digits)
    for column in {table[i].column for i in digits}:
        first = min(table[i].row for i in digits if table[i].column == column)
        below = [i for i in single if table[i].column == column and table[i].row >= first]
        written = [i for i in below if words[i]]
        if 2 * sum(i in digits for i in written) > len(written):
            found |= set(below)
    return found


def _lines(grey: np.ndarray, size: float) -> tuple[list[Line], list[float]]:
    found = boxes(grey) if (grey < _INK).any() else np.empty((0, 4))
    crops = []
    for left, top, right, bottom in found.tolist():
        crops.append(
            grey[max(int(top) - 2, 0) : int(bottom) + 3, max(int(left) - 3, 0) : int(right) + 4]
        )
    told = texts(crops)
    words = [text.strip() for text, _ in told]
    weak = [i for i, word in enumerate(words) if _is_weak(word, told[i][1])]
    inks = {i: inked(grey, found[i] + _AROUND).lines for i in weak}
    clear = [i for i in weak if len(inks[i]) == 1]
    again = _again([inks[i][0] for i in clear], [words[i] for i in clear])
    second = dict(zip(clear, again, strict=True))
    for i in weak:
        if i not in second or _doubt(words[i], told[i][1], second[i]):
            words[i] += LOST  # no cell takes it then
    pieces = [
        (box, word)
        for box, word, (_, score) in zip((found * size).tolist(), words, told, strict=True)
        if score >= _NOISE and word
    ]
    return list(_rows(pieces)), [score for _, score in told]


def _is_weak(word: str, score: float) -> bool:
    """Whether a piece of a line is a figure of a table without rulings, and not surely that one.

    One or two letters are a figure misread: O, l, a.
    """
    letters = word.isalpha() and len(word) <= _FEW
    return word.isascii() and (letters or (word.isdecimal() and score < _TWICE))


def _rows(pieces: list[tuple[list[float], str]]) -> list[Line]:
    """Pieces side by side as the words of one line."""
    rows: list[list[tuple[list[float], str]]] = []
    for piece in sorted(pieces, key=lambda p: p[0][1] + p[0][3]):
        box = piece[0]
        last = rows[-1][0][0] if rows else None
        if last and (box[1] + box[3]) / 2 < last[1] + 0.75 * (last[3] - last[1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        row.sort(key=lambda p: p[0][0])
        edges = np.array([box for box, _ in row])
        left, top = edges[:, :2].min(axis=0).tolist()
        right, bottom = edges[:, 2:].max(axis=0).tolist()
        words = tuple((text, box[0], box[2]) for box, text in row)
        lines.append(Line(words, left, top, right, bottom, 0.8 * (bottom - top), -1))
    return lines
