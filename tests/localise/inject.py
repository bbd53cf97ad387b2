"""Errors as people make them, put into sound reports of table three or four."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from tests.localise.sound import APPLICATIONS, DISPUTES, Wrong, values

Slip = Callable[[np.random.Generator, np.ndarray, tuple[int, int]], int | None]


def _random(rng: np.random.Generator, board: np.ndarray, at: tuple[int, int]) -> int | None:
    true = int(board[at])
    wrong = rng.integers(0, true) if true and rng.random() < 0.5 else true + rng.integers(1, 10)
    return int(wrong)


def _digits(
    change: Callable[[np.random.Generator, str], str],
) -> Slip:
    def slip(rng: np.random.Generator, board: np.ndarray, at: tuple[int, int]) -> int | None:
        return int(change(rng, str(int(board[at]))) or 0) if board[at] else None

    return slip


def _missing(rng: np.random.Generator, digits: str) -> str:
    k = rng.integers(len(digits))
    return digits[:k] + digits[k + 1 :]


def _doubled(rng: np.random.Generator, digits: str) -> str:
    k = rng.integers(len(digits))
    return digits[: k + 1] + digits[k:]


def _replaced(rng: np.random.Generator, digits: str) -> str:
    k = rng.integers(len(digits))
    return digits[:k] + str(rng.integers(10)) + digits[k + 1 :]


def _transposed(rng: np.random.Generator, digits: str) -> str:
    if len(digits) < 2:
        return digits
    k = rng.integers(len(digits) - 1)
    return digits[:k] + digits[k + 1] + digits[k] + digits[k + 2 :]


def _sign(rng: np.random.Generator, board: np.ndarray, at: tuple[int, int]) -> int | None:
    return -int(board[at]) or None


def _neighbour(rng: np.random.Generator, board: np.ndarray, at: tuple[int, int]) -> int | None:
    """The figure of the cell beside it, or above or below."""
    row, column = at
    beside = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    inside = [(r, c) for r, c in beside if 0 <= r < board.shape[0] and 0 <= c < board.shape[1]]
    return int(board[inside[rng.integers(len(inside))]])


def _stale(rng: np.random.Generator, board: np.ndarray, at: tuple[int, int]) -> int | None:
    """A total from before the last entry was made."""
    row, column = at
    if column != board.shape[1] - 1 or not board[row, :-1].any():
        return None
    addends = board[row, :-1]
    return int(board[at] - rng.choice(addends[addends > 0]))


#: Kind of error → what is written instead of a cell's value; None where it can't happen there.
SLIPS: dict[str, Slip] = {
    "random": _random,
    "digit missing": _digits(_missing),
    "digit doubled": _digits(_doubled),
    "digit wrong": _digits(_replaced),
    "digits transposed": _digits(_transposed),
    "a zero more": _digits(lambda _, digits: digits + "0"),
    "left at 0": _digits(lambda _, digits: "0"),
    "sign": _sign,
    "neighbour's figure": _neighbour,
    "total left stale": _stale,
}


def single(rng: np.random.Generator, kind: str, size: str, count: int, table: str) -> Wrong:
    """Reports with one wrong cell each, anywhere in the table."""
    return made(rng, size, count, table, lambda board: _slipped(rng, kind, board))


def two(rng: np.random.Generator, kind: str, size: str, count: int) -> Wrong:
    """Reports with two wrong cells each, anywhere in table three."""

    def change(board: np.ndarray) -> np.ndarray | None:
        once = _slipped(rng, kind, board)
        twice = None if once is None else _slipped(rng, kind, once)
        return twice if twice is not None and (twice != board).sum() == 2 else None

    return made(rng, size, count, "applications", change)


def scattered(rng: np.random.Generator, cells: int, size: str, count: int) -> Wrong:
    """Reports with several cells of table three wrong at random."""

    def change(board: np.ndarray) -> np.ndarray | None:
        changed: np.ndarray | None = board
        for _ in range(cells):
            changed = None if changed is None else _slipped(rng, "random", changed)
        return changed

    return made(rng, size, count, "applications", change)


def totals_stale(rng: np.random.Generator, size: str, count: int) -> Wrong:
    """The row of totals from before the last entry: a kind's total, and the total of all."""

    def change(board: np.ndarray) -> np.ndarray | None:
        rows, kinds = np.nonzero(board[2:-2, :-1])
        if not len(rows):
            return None
        last = int(rng.integers(len(rows)))
        changed = board.copy()
        changed[-2, [kinds[last], -1]] -= board[2 + rows[last], kinds[last]]
        return changed

    return made(rng, size, count, "applications", change)


def _slipped(rng: np.random.Generator, kind: str, board: np.ndarray) -> np.ndarray | None:
    at = (int(rng.integers(board.shape[0])), int(rng.integers(board.shape[1])))
    wrong = SLIPS[kind](rng, board, at)
    if wrong is None or wrong == board[at]:
        return None
    changed = board.copy()
    changed[at] = wrong
    return changed


def swapped(rng: np.random.Generator, size: str, count: int, *, beside: bool) -> Wrong:
    """Two neighbouring cells exchanged: side by side in a row, or one above the other."""

    def change(board: np.ndarray) -> np.ndarray:
        changed = board.copy()
        one, other = _neighbours(rng, board, beside)
        changed[one], changed[other] = board[other], board[one]
        return changed

    return made(rng, size, count, "applications", change)


def moved(rng: np.random.Generator, size: str, count: int, *, beside: bool) -> Wrong:
    """A figure entered in the neighbouring cell, which was 0; its own is left at 0."""

    def change(board: np.ndarray) -> np.ndarray | None:
        one, other = _neighbours(rng, board, beside)
        if not board[one] or board[other]:
            return None
        changed = board.copy()
        changed[other], changed[one] = board[one], 0
        return changed

    return made(rng, size, count, "applications", change)


def _neighbours(
    rng: np.random.Generator, board: np.ndarray, beside: bool
) -> tuple[tuple[int, int], tuple[int, int]]:
    down, right = (0, 1) if beside else (1, 0)
    row = int(rng.integers(board.shape[0] - down))
    column = int(rng.integers(board.shape[1] - right))
    cells = [(row, column), (row + down, column + right)]
    if rng.random() < 0.5:
        cells.reverse()
    return cells[0], cells[1]


def made(
    rng: np.random.Generator,
    size: str,
    count: int,
    table: str,
    change: Callable[[np.ndarray], np.ndarray | None],
) -> Wrong:
    """Sound reports with a table's board (rows × columns) changed, those left alone aside."""
    where = APPLICATIONS if table == "applications" else DISPUTES
    written, truth = [], []
    for true in _endless(rng, size, count):
        board = change(true[where])
        if board is None or (board == true[where]).all():
            continue
        wrong = true.copy()
        wrong[where] = board
        written.append(wrong)
        truth.append(true)
        if len(truth) == count:
            break
    return Wrong(np.array(written), np.array(truth))


def _endless(rng: np.random.Generator, size: str, count: int) -> Iterator[np.ndarray]:
    while True:
        sound = values(rng, size, min(count, 200))
        for _ in range(8):
            yield from sound
