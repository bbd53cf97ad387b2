"""Repairs by one, two or three cells, found exactly from the residuals, without rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.localise.network import Network, Pairs


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
        repaired = int(values[report, cell] + change[report, cell])
        found[report].append(Repair((int(cell),), (repaired,)))
    return found


def doubles(network: Network, values: np.ndarray) -> list[Repair]:
    """Every repair of one report (n, int64) by two cells, neither of which is enough alone."""
    pairs = network.pairs
    residual = values @ network.matrix
    along = network.matrix @ residual
    first, second, d1, d2 = _solved(pairs, along, int(residual @ residual))
    new1, new2 = values[first] + d1, values[second] + d2
    good = (d1 != 0) & (d2 != 0) & (new1 >= 0) & (new2 >= 0)
    return [
        Repair((int(i), int(j)), (int(a), int(b)))
        for i, j, a, b in zip(first[good], second[good], new1[good], new2[good], strict=True)
    ]


#: Products of three residuals must stay within 64 bits.
LARGEST = 50_000_000


def triples(network: Network, values: np.ndarray) -> list[Repair]:
    """Every repair of one report (n, int64) by three cells, if no two are enough.

    One of the three must stand in any broken equation one picks: so each cell of the shortest one
    is taken out of the residuals in turn (projected away, scaled to stay whole), and the rest is
    a question of two. Empty too where figures are too large for exact arithmetic.
    """
    residual = values @ network.matrix
    if np.abs(residual).max(initial=0) > LARGEST:
        return []
    gram = network.matrix @ network.matrix.T
    along = network.matrix @ residual
    sizes = (network.matrix != 0).sum(axis=0)
    broken = np.flatnonzero(residual)
    shortest = broken[sizes[broken].argmin()]
    found: dict[tuple[int, ...], Repair] = {}
    for cell in np.flatnonzero(network.matrix[:, shortest]):
        norm, beside = int(gram[cell, cell]), gram[cell]
        pairs = network.pairs.without(norm, beside)
        rest = norm * along - int(along[cell]) * beside
        square = norm * int(residual @ residual) - int(along[cell]) ** 2
        first, second, d1, d2 = _solved(pairs, rest, square)
        pull = -(along[cell] + d1 * beside[first] + d2 * beside[second])
        for i, j, a, b, c in zip(first, second, d1, d2, pull, strict=True):
            if c % norm or not c or not a or not b or cell in (i, j):
                continue
            changes = sorted(((int(i), int(a)), (int(j), int(b)), (int(cell), int(c) // norm)))
            cells = tuple(k for k, _ in changes)
            new = tuple(int(values[k]) + change for k, change in changes)
            if min(new) >= 0:
                found[cells] = Repair(cells, new)
    return [found[cells] for cells in sorted(found)]


def _solved(
    pairs: Pairs, along: np.ndarray, square: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pairs whose two whole changes explain a residual wholly: positions and changes."""
    b1, b2 = along[pairs.first], along[pairs.second]
    n1 = b1 * pairs.g22 - b2 * pairs.g12
    n2 = b2 * pairs.g11 - b1 * pairs.g12
    chosen = np.flatnonzero(n1 * b1 + n2 * b2 == pairs.apart * square)
    apart = pairs.apart[chosen]
    n1, n2 = n1[chosen], n2[chosen]
    whole = (
        (apart != 0) & (n1 % np.where(apart, apart, 1) == 0) & (n2 % np.where(apart, apart, 1) == 0)
    )
    chosen, apart, n1, n2 = chosen[whole], apart[whole], n1[whole], n2[whole]
    return pairs.first[chosen], pairs.second[chosen], -(n1 // apart), -(n2 // apart)
