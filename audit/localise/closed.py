"""Repairs by one cell or two, found exactly from the residuals; no search, no rounding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audit.localise.network import Network


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
    b1, b2 = along[pairs.first], along[pairs.second]
    n1 = b1 * pairs.g22 - b2 * pairs.g12
    n2 = b2 * pairs.g11 - b1 * pairs.g12
    chosen = np.flatnonzero(n1 * b1 + n2 * b2 == pairs.apart * int(residual @ residual))
    apart = pairs.apart[chosen]
    n1, n2 = n1[chosen], n2[chosen]
    whole = (n1 % apart == 0) & (n2 % apart == 0)
    chosen, d1, d2 = chosen[whole], -(n1[whole] // apart[whole]), -(n2[whole] // apart[whole])
    first, second = pairs.first[chosen], pairs.second[chosen]
    new1, new2 = values[first] + d1, values[second] + d2
    good = (d1 != 0) & (d2 != 0) & (new1 >= 0) & (new2 >= 0)
    return [
        Repair((int(i), int(j)), (int(a), int(b)))
        for i, j, a, b in zip(first[good], second[good], new1[good], new2[good], strict=True)
    ]
