"""Mistakes of whole rows and columns, put into sound reports of table three."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.localise.inject import made
from tests.localise.sound import KINDS, ROWS, Wrong

Change = Callable[[np.random.Generator, np.ndarray], np.ndarray | None]
_OUTCOMES = slice(2, len(ROWS) - 2)
_TOTAL = len(KINDS) - 1


def _row(rng: np.random.Generator, board: np.ndarray, least: int) -> int | None:
    filled = np.flatnonzero(np.count_nonzero(board[:, :_TOTAL], axis=1) >= least)
    return int(rng.choice(filled)) if len(filled) else None


def _shifted(rng: np.random.Generator, board: np.ndarray, by: int) -> np.ndarray | None:
    """A whole row, its total too, one column off: what falls off the end is lost."""
    row = _row(rng, board, 2)
    if row is None:
        return None
    new = board.copy()
    new[row] = np.roll(board[row], by)
    new[row, 0 if by > 0 else -1] = 0
    return new


def _shifted_kinds(rng: np.random.Generator, board: np.ndarray) -> np.ndarray | None:
    row = _row(rng, board, 2)
    if row is None:
        return None
    new = board.copy()
    new[row, 1:_TOTAL] = board[row, : _TOTAL - 1]
    new[row, 0] = 0
    return new


def _swapped_rows(rng: np.random.Generator, board: np.ndarray) -> np.ndarray | None:
    """Two rows of different sides of an equation."""
    a, b = rng.choice(len(ROWS), 2, replace=False)
    new = board.copy()
    new[[a, b]] = board[[b, a]]
    return new if np.count_nonzero(new[a] != board[a]) >= 2 else None


def _next_column(rng: np.random.Generator, board: np.ndarray) -> np.ndarray | None:
    """The outcomes of one kind entered in the next kind's column, and its in that one's."""
    kinds = np.flatnonzero(np.count_nonzero(board[_OUTCOMES, :_TOTAL], axis=0) >= 2)
    if not len(kinds):
        return None
    a = int(rng.choice(kinds))
    b = a + 1 if a + 1 < _TOTAL else a - 1
    new = board.copy()
    new[_OUTCOMES, a], new[_OUTCOMES, b] = board[_OUTCOMES, b], board[_OUTCOMES, a]
    return new


def _no_totals(rng: np.random.Generator, board: np.ndarray) -> np.ndarray | None:
    new = board.copy()
    new[:, _TOTAL] = 0
    return new if np.count_nonzero(board[:, _TOTAL]) >= 2 else None


def _no_total_row(rng: np.random.Generator, board: np.ndarray) -> np.ndarray | None:
    new = board.copy()
    new[-2] = 0
    return new if np.count_nonzero(board[-2]) >= 2 else None


#: Mistake → what becomes of a board (rows × 7).
PATTERNS: dict[str, tuple[str, Change]] = {
    "row one column to the right": ("shifted_row", lambda r, b: _shifted(r, b, 1)),
    "row one column to the left": ("shifted_row", lambda r, b: _shifted(r, b, -1)),
    "kinds one column to the right": ("shifted_row", _shifted_kinds),
    "two rows swapped": ("swapped_rows", _swapped_rows),
    "outcomes in the next column": ("swapped_columns", _next_column),
    "total column unfilled": ("unfilled", _no_totals),
    "total row unfilled": ("unfilled", _no_total_row),
}


def pattern(rng: np.random.Generator, name: str, size: str, count: int) -> Wrong:
    """Reports with one such mistake each."""
    change = PATTERNS[name][1]
    return made(rng, size, count, "applications", lambda board: change(rng, board))
