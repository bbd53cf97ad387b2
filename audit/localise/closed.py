"""Repairs by few cells, found exactly from the residuals, without rounding.

The arithmetic is that of 64-bit whole numbers, which wraps: so nothing that holds is missed, and
each repair found is tried on the equations before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from audit.localise.network import Network

#: Figures beyond this are no counts; sums of them could leave the range of whole numbers.
LARGEST = 10**12
#: Sets of cells that are tried; where more come into question, none is likely.
_ENOUGH = 2_000


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of cells (positions in the network) and what each must become: whole, not negative."""

    cells: tuple[int, ...]
    values: tuple[int, ...]


def singles(network: Network, values: np.ndarray) -> list[list[Repair]]:
    """For each report (r × n, int64) every repair by one cell.

    A change d of cell i moves the residuals by d × row i of the matrix; so one cell explains all
    of them if they are a multiple of its row.
    """
    residual = values @ network.matrix
    along = residual @ network.matrix.T
    norms = network.norms
    change = -along // norms
    fits = (along % norms == 0) & (change != 0) & (values + change >= 0)
    fits &= change * change * norms == (residual * residual).sum(axis=1)[:, None]
    found: list[list[Repair]] = [[] for _ in range(len(values))]
    for report, cell in zip(*np.nonzero(fits), strict=True):
        if not (residual[report] + change[report, cell] * network.matrix[cell]).any():
            repaired = int(values[report, cell] + change[report, cell])
            found[report].append(Repair((int(cell),), (repaired,)))
    return found


def several(network: Network, values: np.ndarray, size: int) -> list[Repair]:
    """Every repair of one report (n, int64) by `size` ≥ 2 cells, if no fewer are enough.

    One of them must stand in any open equation one picks: so each cell of the shortest one is taken
    out of the residuals in turn (projected away, scaled to stay whole), and what is left is the
    question for one cell less. For the last two all pairs are tried.
    """
    residual = values @ network.matrix
    square = (residual * residual).sum(keepdims=True)
    start = _View(network.gram, network.matrix @ residual, square)
    sets = sorted(set(islice(_sets(network, start, residual != 0, size, ()), _ENOUGH)))
    return _repairs(network, values, residual, np.array(sets, dtype=np.int64).reshape(-1, size))


@dataclass(frozen=True, slots=True)
class _View:
    """The equations seen at right angles to the cells taken out so far, all scaled alike.

    `gram` (n × n) holds the cells' products, `along` (n) theirs with the residuals, `square` (1)
    that of the residuals with themselves: an array, for single numbers would not wrap silently.
    """

    gram: np.ndarray
    along: np.ndarray
    square: np.ndarray

    def without(self, cell: int) -> _View:
        norm, beside, pull = self.gram[cell, cell], self.gram[cell], self.along[cell : cell + 1]
        return _View(
            norm * self.gram - np.outer(beside, beside),
            norm * self.along - pull * beside,
            norm * self.square - pull * pull,
        )

    def explained_by(self, pairs: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        """Positions of the pairs whose changes may explain the residuals wholly."""
        first, second = pairs
        norms = np.diagonal(self.gram)
        g11, g22, g12 = norms[first], norms[second], self.gram[first, second]
        b1, b2 = self.along[first], self.along[second]
        apart = g11 * g22 - g12 * g12
        explained = (b1 * g22 - b2 * g12) * b1 + (b2 * g11 - b1 * g12) * b2
        return np.flatnonzero((explained == apart * self.square) & (apart != 0))


def _sets(
    network: Network, view: _View, off: np.ndarray, size: int, taken: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Sets of cells that may explain the residuals, of which those in `off` (m) are not 0.

    An equation that is off needs a wrong cell; one that holds has none, or two at least.
    """
    inside = (network.matrix[list(taken)] != 0).sum(axis=0)
    unsettled = np.flatnonzero(np.where(off, inside == 0, inside == 1))
    if any(len(np.unique(lines[unsettled])) - 1 > size for lines in network.lines):
        return  # no cell stands in two lines
    shortest = unsettled[network.sizes[unsettled].argmin()] if len(unsettled) else None
    if size == 2:
        pairs = network.pairs if shortest is None else network.pairs_through[shortest]
        for k in view.explained_by(pairs).tolist():
            yield tuple(sorted((*taken, int(pairs[0][k]), int(pairs[1][k]))))
        return
    cells = range(len(network.cells)) if shortest is None else network.members[shortest].tolist()
    for cell in cells:
        if view.gram[cell, cell]:
            yield from _sets(network, view.without(cell), off, size - 1, (*taken, cell))


def _repairs(
    network: Network, values: np.ndarray, residual: np.ndarray, sets: np.ndarray
) -> list[Repair]:
    """The repairs by just these sets of cells (s × size): all equations hold."""
    return [
        Repair(tuple(cells.tolist()), tuple((values[cells] + change).tolist()))
        for cells, change in changes(network, residual, sets)
        if (values[cells] + change >= 0).all() and (change != 0).all()
    ]


def changes(
    network: Network, residual: np.ndarray, sets: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of sets of cells (s × size) those that change so that all equations hold, with the changes.

    The sets' cells must be independent, so that the equations determine their changes.
    """
    grams = network.gram[sets[:, :, None], sets[:, None, :]].astype(np.float64)
    along = (network.matrix @ residual)[sets].astype(np.float64)
    change = -np.rint(np.linalg.solve(grams, along[:, :, None])[:, :, 0]).astype(np.int64)
    left = residual + (change[:, :, None] * network.matrix[sets]).sum(axis=1)
    holds = ~left.any(axis=1)
    return zip(sets[holds], change[holds], strict=True)


def ends(
    network: Network, values: np.ndarray, residual: np.ndarray, cells: np.ndarray
) -> Iterator[np.ndarray]:
    """Changes of cells that may pass on an amount among themselves: the least and the greatest."""
    inside = network.matrix[cells].astype(np.float64)
    change = np.linalg.lstsq(inside.T, -residual.astype(np.float64), rcond=None)[0]
    around = np.linalg.svd(inside.T)[2][-1]
    around = np.rint(around / np.abs(around).max()).astype(np.int64)
    first = int(np.flatnonzero(around)[0])
    change = np.rint(change - change[first] * around[first] * around).astype(np.int64)
    if (residual + change @ network.matrix[cells]).any() or (around @ network.matrix[cells]).any():
        return
    room = values[cells] + change
    up, down = room[around < 0], room[around > 0]
    if (room[around == 0] >= 0).all() and len(up) and len(down) and -down.min() <= up.min():
        yield from (change - down.min() * around, change + up.min() * around)
