"""Causes beyond single cells: the one pattern that explains all broken equations of table three."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from audit.localise.board import COLUMNS, KINDS, TOTAL, Board, Pattern
from audit.localise.columns import exchanged_columns, stale_lines, unfilled_lines
from audit.localise.network import Network
from audit.localise.rows import shifted_rows, swapped_rows
from rules.vocabulary import Text

_GUESSES: tuple[Callable[[Board], Iterator[Pattern]], ...] = (
    shifted_rows,
    swapped_rows,
    exchanged_columns,
    unfilled_lines,
)


def recognise(network: Network, values: np.ndarray, last_year: np.ndarray | None) -> list[Pattern]:
    """The patterns whose undoing makes every equation hold, each with another repair.

    `values` (n, int64) are the report's; `last_year` the same cells a year before, if known: a
    line that is last year's again goes before all else. A pattern may be plain without a repair.
    """
    board = Board(network, values)
    if len(board.rows) < 2:
        return []
    if last_year is not None:
        stale = _fitting(stale_lines(board, last_year[board.at]), board)
        if len(stale) == 1:
            return stale
    found = _fitting((p for guess in _GUESSES for p in guess(board)), board)
    return found or list(_carried_on(board))


def _fitting(guesses: Iterator[Pattern], board: Board) -> list[Pattern]:
    fitting = {
        tuple(sorted(p.repair.items())): p for p in guesses if not p.repair or board.mends(p.repair)
    }
    return list(fitting.values())


def _carried_on(board: Board) -> Iterator[Pattern]:
    """One kind's column and the total column off by the same amount, every row adding up."""
    broken = np.argwhere(board.by_column)
    if board.by_row.any() or len(broken) != 2 or np.count_nonzero(board.residual) != 2:
        return
    (code, key), (other, total) = broken.tolist()
    amount = int(board.by_column[code, key])
    if code != other or total != TOTAL or amount != board.by_column[other, total]:
        return
    label = KINDS[COLUMNS.index(COLUMNS[key])].label
    yield Pattern(
        "carried_on",
        Text(
            f"“{label}”列与“总计”列相差同一个数（{abs(amount)}）：“{label}”列中某项可能有误，且已带入合计",
            f"columns {label} and total are off by the same amount ({abs(amount)}): one figure of "
            f"column {label} is likely wrong and carried on into the totals",
        ),
        {},
    )
