"""Patterns of rows: one that stands a column off, two that stand in each other's place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from audit.localise.board import TOTAL, Board, Pattern, row_name
from rules.vocabulary import Text


def shifted_rows(board: Board) -> Iterator[Pattern]:
    """A whole row entered one column to the right or left, with its total or without."""
    wrong = np.flatnonzero(board.by_row)
    if len(wrong) > 1:
        return
    for row in wrong if len(wrong) else range(len(board.rows)):
        x = board.x[row]
        if np.count_nonzero(x[:TOTAL]) < 2 and not board.by_row[row]:
            continue  # a single figure in the next cell is a slip of two cells
        for y, zh, en in _unshifted(x):
            repair = {int(c): int(v) for c, v, o in zip(board.at[row], y, x, strict=True) if v != o}
            if len(repair) >= 3 and _fits(board, int(row), np.array(y) - x):
                name = row_name(board.rows[row])
                yield Pattern(
                    "shifted_row",
                    Text(
                        f"“{name}”整行向{zh}错了一列",
                        f"the whole row {name} stands one column to the {en}",
                    ),
                    repair,
                )


def _unshifted(x: np.ndarray) -> Iterator[tuple[list[int], str, str]]:
    """A row's seven figures put back, in each way they may have been moved.

    The cell that the figures moved away from must be 0; the figure that fell off the end is what
    the total lacks.
    """
    kinds, total = x[:TOTAL].tolist(), int(x[TOTAL])
    if kinds[0] == 0:
        yield [*kinds[1:], total - sum(kinds[1:]), total], "右", "right"
        yield [*kinds[1:], total, sum(kinds) + total], "右", "right"
    if kinds[-1] == 0:
        yield [total - sum(kinds), *kinds[:-1], total], "左", "left"
    if total == 0:
        yield [kinds[-1] - sum(kinds[:-1]), *kinds[:-1], kinds[-1]], "左", "left"


def _fits(board: Board, row: int, change: np.ndarray) -> bool:
    return not (board.by_column + board.sides[:, row] * change).any()


def swapped_rows(board: Board) -> Iterator[Pattern]:
    """Two rows in each other's place, or one row's figures in another that should be 0."""
    if board.by_row.any() or not board.by_column.any():
        return
    first, second = np.triu_indices(len(board.rows), 1)
    apart = board.x[second] - board.x[first]
    left = board.by_column[:, None] + (board.sides[:, first] - board.sides[:, second]) * apart
    for pair in np.flatnonzero(~left.any(axis=(0, 2)) & (np.count_nonzero(apart, axis=1) >= 2)):
        a, b = int(first[pair]), int(second[pair])
        new = board.x.copy()
        new[[a, b]] = new[[b, a]]
        one, other = row_name(board.rows[a]), row_name(board.rows[b])
        yield Pattern(
            "swapped_rows",
            Text(f"“{one}”与“{other}”两行填反或串行", f"rows {one} and {other} are swapped"),
            board.change(new),
        )
