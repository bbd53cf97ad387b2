"""Repairs by one, two or three cells, found exactly from the residuals, without rounding.

The arithmetic is that of 64-bit whole numbers, which wraps: so nothing that holds is missed, and
each repair found is tried on the equations before it counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.localise.network import Network, Pairs

#: Figures beyond this are no counts; sums of them could leave the range of whole numbers.
LARGEST = 10**12


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


def doubles(network: Network, values: np.ndarray) -> list[Repair]:
    """Every repair of one report (n, int64) by two cells, neither of which is enough alone.

    One of the two must stand in any broken equation one picks: the shortest.
    """
    residual = values @ network.matrix
    broken = np.flatnonzero(residual)
    if not len(broken):
        return []
    pairs = network.pairs_through[_shortest(network, broken)]
    first, second, d1, d2 = _solved(pairs, network.matrix @ residual, residual @ residual)
    changes = zip(first.tolist(), second.tolist(), d1.tolist(), d2.tolist(), strict=True)
    found = (_repair(network, values, residual, {i: a, j: b}) for i, j, a, b in changes)
    return sorted((r for r in found if r is not None), key=lambda r: r.cells)


def triples(network: Network, values: np.ndarray) -> list[Repair]:
    """Every repair of one report (n, int64) by three cells, if no two are enough.

    One of the three stands in the shortest broken equation: so each of its cells is taken out of
    the residuals in turn (projected away, scaled to stay whole), and the rest is a question of two,
    one of which stands in a broken equation without the first.
    """
    residual = values @ network.matrix
    broken = np.flatnonzero(residual)
    if not len(broken):
        return []
    along, square = network.matrix @ residual, residual @ residual
    found: dict[tuple[int, ...], Repair] = {}
    for cell in network.members[_shortest(network, broken)].tolist():
        norm, beside = network.gram[cell, cell], network.gram[cell]
        others = broken[network.matrix[cell, broken] == 0]
        pairs = network.pairs
        if len(others):
            pairs = network.pairs_through[_shortest(network, others)]
        rest = norm * along - along[cell] * beside
        first, second, d1, d2 = _solved(
            pairs.without(norm, beside), rest, norm * square - along[cell] * along[cell]
        )
        pull = -(along[cell] + d1 * beside[first] + d2 * beside[second])
        whole = pull % norm == 0
        changes = (x[whole].tolist() for x in (first, second, d1, d2, pull // norm))
        for i, j, a, b, c in zip(*changes, strict=True):
            repair = _repair(network, values, residual, {i: a, j: b, cell: c})
            if repair is not None and len(repair.cells) == 3:
                found[repair.cells] = repair
    return [found[cells] for cells in sorted(found)]


def _shortest(network: Network, equations: np.ndarray) -> int:
    return int(equations[network.sizes[equations].argmin()])


def _repair(
    network: Network, values: np.ndarray, residual: np.ndarray, changes: dict[int, int]
) -> Repair | None:
    """The repair by these changes, if it is one: all equations hold, nothing is negative."""
    cells = tuple(sorted(changes))
    new = tuple(int(values[c]) + changes[c] for c in cells)
    if min(new) < 0 or not all(changes.values()):
        return None
    left = residual + sum(changes[c] * network.matrix[c] for c in cells)
    return None if left.any() else Repair(cells, new)


def _solved(
    pairs: Pairs, along: np.ndarray, square: np.int64
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pairs whose two whole changes may explain a residual wholly: positions and changes."""
    b1, b2 = along[pairs.first], along[pairs.second]
    n1 = b1 * pairs.g22 - b2 * pairs.g12
    n2 = b2 * pairs.g11 - b1 * pairs.g12
    chosen = np.flatnonzero((n1 * b1 + n2 * b2 == pairs.apart * square) & (pairs.apart != 0))
    apart, n1, n2 = pairs.apart[chosen], n1[chosen], n2[chosen]
    whole = (n1 % apart == 0) & (n2 % apart == 0)
    chosen, apart = chosen[whole], apart[whole]
    return pairs.first[chosen], pairs.second[chosen], -(n1[whole] // apart), -(n2[whole] // apart)
