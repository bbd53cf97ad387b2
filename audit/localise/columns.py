"""Patterns of columns and of total lines: exchanged, left unfilled, left as they were last year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from audit.localise.board import KINDS, TOTAL, Board, Pattern, row_name
from rules.vocabulary import Text

#: Figures a line must hold before its being last year's again is more than chance.
_TELLING = 3


def exchanged_columns(board: Board) -> Iterator[Pattern]:
    """Two columns in each other's place, or a column's values entered in the next."""
    if board.by_row.any():
        yield from _with_total(board)
        return
    broken = np.flatnonzero(board.by_column.any(axis=0))
    if len(broken) != 2 or TOTAL in broken:
        return
    a, b = broken.tolist()
    apart = board.x[:, b] - board.x[:, a]
    for start, end in _stretches(board):
        rows = slice(start, end)
        moved = board.sides[:, rows] * apart[rows, None]
        left = board.by_column + 0
        left[:, a] += moved[:, :, a].sum(axis=1)
        left[:, b] -= moved[:, :, b].sum(axis=1)
        if not left.any() and np.count_nonzero(apart[rows]) >= 2:
            yield _exchange(board, a, b, rows)


def _stretches(board: Board) -> Iterator[tuple[int, int]]:
    """The rows that are entered together: the outcomes, with their total or without."""
    first, last = board.row_of("granted"), board.row_of("total")
    if first is not None and last is not None:
        yield from ((first, last), (first, last + 1))


def _with_total(board: Board) -> Iterator[Pattern]:
    """A kind's whole column in the total's place: all columns add up, the rows do not."""
    if board.by_column.any():
        return
    sums, totals = board.x[:, :TOTAL].sum(axis=1), board.x[:, TOTAL]
    for a in range(TOTAL):
        apart = board.x[:, a] != totals
        if (sums + totals == 2 * board.x[:, a]).all() and np.count_nonzero(apart) >= 2:
            yield _exchange(board, a, TOTAL, slice(None))


def _exchange(board: Board, a: int, b: int, rows: slice) -> Pattern:
    new = board.x.copy()
    new[rows, a], new[rows, b] = board.x[rows, b], board.x[rows, a]
    one, other = KINDS[a].label, KINDS[b].label
    return Pattern(
        "swapped_columns",
        Text(
            f"“{one}”与“{other}”两列填反或错列",
            f"columns {one} and {other} are swapped or one column off",
        ),
        board.change(new),
    )


def unfilled_lines(board: Board) -> Iterator[Pattern]:
    """A total line, a kind's column, or all kinds left at 0 where the others say otherwise."""
    x, missing = board.x, board.x[:, TOTAL] - board.x[:, :TOTAL].sum(axis=1)
    wrong = np.count_nonzero(board.by_row)
    if wrong >= 2 and not x[:, TOTAL].any():
        yield _filled(board, TOTAL, -missing, "“总计”列漏填", "the total column was left unfilled")
    elif wrong >= 2 and not board.by_column.any() and (missing >= 0).all():
        zero = np.flatnonzero(~x[:, :TOTAL].any(axis=0))
        if len(zero) == TOTAL:
            yield Pattern(
                "unfilled",
                Text("只填了“总计”列，各类申请人未填", "only the total column was filled in"),
                {},
            )
        elif len(zero) == 1:
            label = KINDS[zero[0]].label
            yield _filled(
                board,
                int(zero[0]),
                missing,
                f"“{label}”列漏填",
                f"column {label} was left unfilled",
            )
        elif len(zero):
            yield Pattern(
                "unfilled",
                Text(
                    "各行所差的数自成一列：六类申请人中有一列漏填",
                    "what the rows lack makes a column: one kind's column was left unfilled",
                ),
                {},
            )
    yield from _unfilled_total_row(board)


def _filled(board: Board, column: int, figures: np.ndarray, zh: str, en: str) -> Pattern:
    new = board.x.copy()
    new[:, column] = figures
    return Pattern("unfilled", Text(zh, en), board.change(new))


def _unfilled_total_row(board: Board) -> Iterator[Pattern]:
    row = board.row_of("total")
    if row is None or board.x[row].any() or np.count_nonzero(board.by_column[1]) < 2:
        return
    new = board.x.copy()
    new[row] = board.by_column[1]
    name = row_name("total")
    yield Pattern(
        "unfilled", Text(f"“{name}”行漏填", f"row {name} was left unfilled"), board.change(new)
    )


def stale_lines(board: Board, last_year: np.ndarray) -> Iterator[Pattern]:
    """A column or row that is last year's (R × 7), figure by figure, mended from the others."""
    same = board.x == last_year
    missing = board.x[:, TOTAL] - board.x[:, :TOTAL].sum(axis=1)
    if np.count_nonzero(board.by_row) >= 2:
        for column, kind in enumerate(KINDS):
            if not same[:, column].all() or np.count_nonzero(board.x[:, column]) < _TELLING:
                continue
            new = board.x.copy()
            new[:, column] += -missing if column == TOTAL else missing
            text = Text(
                f"“{kind.label}”列仍是上年数字",
                f"column {kind.label} still holds last year's figures",
            )
            yield Pattern("stale_column", text, board.change(new))
    if board.by_row.any():
        return
    for row, name in enumerate(board.rows):
        if not same[row].all() or np.count_nonzero(board.x[row]) < _TELLING:
            continue
        sides, off = board.sides[:, row], board.by_column
        code = 0 if sides[0].any() and off[0].any() else 1
        new = board.x.copy()
        new[row] -= sides[code] * off[code]
        label = row_name(name)
        yield Pattern(
            "stale_row",
            Text(f"“{label}”行仍是上年数字", f"row {label} still holds last year's figures"),
            board.change(new),
        )
