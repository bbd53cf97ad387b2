"""Causes beyond single cells: a row or column shifted, swapped, doubled, or an error carried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audit.localise.network import Network
from rules.form import load_form
from rules.vocabulary import Text

KINDS = load_form(2021).tables["applications"].blocks[0].columns
COLUMNS = tuple(c.key for c in KINDS)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A cause that explains everything at once: its kind, in words, and what each cell must become.

    `repair` maps positions in the network to values; empty where the cause is plain and the true
    values are not.
    """

    kind: str
    text: Text
    repair: dict[int, int]


def recognise(network: Network, values: np.ndarray, last_year: np.ndarray | None) -> Pattern | None:
    """The one pattern whose undoing makes every equation hold; None if none or several do.

    `values` (n, int64) are the report's; `last_year` the same cells a year before, if known.
    """
    board = _Board(network, values)
    found = [p for p in _guesses(board, last_year) if _mends(network, values, p)]
    kinds = {tuple(sorted(p.repair.items())): p for p in found}
    if len(kinds) == 1:
        return next(iter(kinds.values()))
    return None if kinds else _carried_on(board)


@dataclass
class _Board:
    """The applications table as rows × 7 columns of positions in the network."""

    network: Network
    values: np.ndarray

    def __post_init__(self) -> None:
        rows: dict[str, dict[str, int]] = {}
        for position, cell in enumerate(self.network.cells):
            table, row, column = cell.split(".")
            if table == "applications":
                rows.setdefault(row, {})[column] = position
        self.rows = {r: [c[k] for k in COLUMNS] for r, c in rows.items() if len(c) == len(COLUMNS)}

    def broken(self) -> np.ndarray:
        return np.flatnonzero(self.values @ self.network.matrix)


def _mends(network: Network, values: np.ndarray, pattern: Pattern) -> bool:
    mended = values.copy()
    for cell, value in pattern.repair.items():
        mended[cell] = value
    if (mended < 0).any() or (mended == values).all():
        return False
    return not (mended @ network.matrix).any()


def _guesses(board: _Board, last_year: np.ndarray | None) -> Iterator[Pattern]:
    yield from _shifted_rows(board)
    yield from _swapped_rows(board)
    yield from _swapped_columns(board)
    if last_year is not None:
        yield from _stale_columns(board, last_year)


def _row_name(row: str) -> str:
    return load_form(2021).row("applications", row).full


def _shifted_rows(board: _Board) -> Iterator[Pattern]:
    for row, cells in board.rows.items():
        x = board.values[cells]
        if not x.any():
            continue
        kinds = cells[:6]
        for zh, en, moved in (
            ("右", "right", [*x[1:6], 0]),
            ("左", "left", [0, *x[:5]]),
            ("右", "right", list(x[1:7])),
        ):
            repair = dict(zip(kinds, map(int, moved), strict=True))
            repair[cells[6]] = int(sum(moved))
            name = _row_name(row)
            text = Text(
                f"“{name}”整行向{zh}错了一列", f"the whole row {name} stands one column to the {en}"
            )
            changed = {k: v for k, v in repair.items() if v != board.values[k]}
            if len(changed) >= 2:
                yield Pattern("shifted_row", text, changed)


def _swapped_rows(board: _Board) -> Iterator[Pattern]:
    names = list(board.rows)
    touched = {cell for j in board.broken() for cell in np.flatnonzero(board.network.matrix[:, j])}
    for a, one in enumerate(names):
        for other in names[a + 1 :]:
            first, second = board.rows[one], board.rows[other]
            if not touched.intersection(first) or not touched.intersection(second):
                continue
            repair = _exchange(board.values, first, second)
            if len(repair) >= 4:
                zh, en = (
                    f"“{_row_name(one)}”与“{_row_name(other)}”两行填反",
                    "two rows are swapped: ",
                )
                yield Pattern(
                    "swapped_rows", Text(zh, f"{en}{_row_name(one)}, {_row_name(other)}"), repair
                )


def _swapped_columns(board: _Board) -> Iterator[Pattern]:
    """A column's values entered in the next one, or two columns exchanged (same repair)."""
    for a in range(len(COLUMNS)):
        for b in range(a + 1, len(COLUMNS)):
            first = [cells[a] for cells in board.rows.values()]
            second = [cells[b] for cells in board.rows.values()]
            repair = _exchange(board.values, first, second)
            if len(repair) >= 4:
                names = (KINDS[a].label, KINDS[b].label)
                text = Text(
                    f"“{names[0]}”与“{names[1]}”两列填反或错列",
                    f"columns {names[0]} and {names[1]} are swapped or one column off",
                )
                yield Pattern("swapped_columns", text, repair)


def _stale_columns(board: _Board, last_year: np.ndarray) -> Iterator[Pattern]:
    """A kind's column that is last year's, figure by figure: mended from the total column."""
    for a in range(len(COLUMNS) - 1):
        column = [cells[a] for cells in board.rows.values()]
        now, before = board.values[column], last_year[column]
        if not now.any() or (now != before).any():
            continue
        repair = {}
        for cells in board.rows.values():
            x = board.values[cells]
            repair[cells[a]] = int(x[6] - (x[:6].sum() - x[a]))
        label = KINDS[a].label
        text = Text(f"“{label}”列仍是上年数字", f"column {label} still holds last year's figures")
        yield Pattern(
            "stale_column", text, {k: v for k, v in repair.items() if v != board.values[k]}
        )


def _exchange(values: np.ndarray, first: Sequence[int], second: Sequence[int]) -> dict[int, int]:
    repair = {}
    for i, j in zip(first, second, strict=True):
        if values[i] != values[j]:
            repair[i], repair[j] = int(values[j]), int(values[i])
    return repair


def _carried_on(board: _Board) -> Pattern | None:
    """One kind's column and the total column off by the same amount, every row adding up."""
    residual = board.values @ board.network.matrix
    broken = np.flatnonzero(residual)
    if len(broken) != 2 or residual[broken[0]] != residual[broken[1]]:
        return None
    members = [
        {
            board.network.cells[i].rpartition(".")[2]
            for i in np.flatnonzero(board.network.matrix[:, j])
        }
        for j in broken
    ]
    if any(len(m) != 1 for m in members) or "total" not in members[0] | members[1]:
        return None
    (key,) = (members[0] | members[1]) - {"total"} or {"total"}
    label = next(c.label for c in KINDS if c.key == key)
    amount = abs(int(residual[broken[0]]))
    return Pattern(
        "carried_on",
        Text(
            f"“{label}”列与“总计”列相差同一个数（{amount}）：“{label}”列中某项可能有误，且已带入合计",
            f"columns {label} and total are off by the same amount ({amount}): one figure of column "
            f"{label} is likely wrong and carried on into the totals",
        ),
        {},
    )
