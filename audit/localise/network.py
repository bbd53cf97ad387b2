"""The equations of one table as a matrix over the cells a report really has: what repairs work on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from rules.dataset import COLUMN_OF, Status
from rules.equations import system

#: Table → the codes of its equations.
CODES = {"applications": ("A301", "A302", "A303"), "disputes": ("A304",)}


@dataclass(frozen=True)
class Network:
    """`cells` (n addresses, at `columns` of the dataset's values) and `matrix` (n × m) of ±1.

    A report's residuals are `values @ matrix`; a repair adds to some cells so that all become 0.
    """

    cells: tuple[str, ...]
    columns: np.ndarray
    matrix: np.ndarray
    totals: np.ndarray

    @cached_property
    def norms(self) -> np.ndarray:
        """Number of equations each cell stands in: int64 (n)."""
        return (self.matrix * self.matrix).sum(axis=1)

    @cached_property
    def pairs(self) -> Pairs:
        """All pairs of cells, with what solving for two changes needs; made once for each network."""
        gram = self.matrix @ self.matrix.T
        first, second = np.triu_indices(len(self.cells), 1)
        g11, g22, g12 = gram[first, first], gram[second, second], gram[first, second]
        apart = g11 * g22 - g12 * g12
        chosen = apart != 0
        return Pairs(
            first[chosen], second[chosen], g11[chosen], g22[chosen], g12[chosen], apart[chosen]
        )


@dataclass(frozen=True)
class Pairs:
    """Pairs of cells (positions) and the entries of their Gram matrix, with its determinant."""

    first: np.ndarray
    second: np.ndarray
    g11: np.ndarray
    g22: np.ndarray
    g12: np.ndarray
    apart: np.ndarray

    def without(self, norm: int, beside: np.ndarray) -> Pairs:
        """The same pairs seen at right angles to a cell (its norm and row of the Gram matrix)."""
        one, two = beside[self.first], beside[self.second]
        g11, g22 = norm * self.g11 - one * one, norm * self.g22 - two * two
        g12 = norm * self.g12 - one * two
        return Pairs(self.first, self.second, g11, g22, g12, g11 * g22 - g12 * g12)


def network_of(table: str, status: np.ndarray) -> Network:
    """The network of a report, given how its cells were read (int8 over all addresses).

    Cells that were not read are left out, and with them the equations they stand in.
    """
    codes = CODES[table]
    columns = np.concatenate([system(code).columns for code in codes])
    usable = status[np.unique(columns)]
    return _network(table, usable.tobytes())


@cache
def _network(table: str, read: bytes) -> Network:
    systems = [system(code) for code in CODES[table]]
    columns = np.unique(np.concatenate([s.columns for s in systems]))
    status = np.frombuffer(read, dtype=np.int8)
    position = {column: i for i, column in enumerate(columns)}
    blocks, totals = [], []
    for found in systems:
        whole = np.zeros((len(columns), len(found.equations)), dtype=np.int64)
        whole[[position[c] for c in found.columns]] = found.matrix.astype(np.int64)
        blocks.append(whole)
        totals += [position[found.columns[t]] for t in found.totals]
    matrix = np.concatenate(blocks, axis=1)
    lost = (status >= Status.TEXT) & (status < Status.OUTSIDE)
    outside = status == Status.OUTSIDE
    alive = ~(matrix[lost] != 0).any(axis=0) & ~(outside | lost)[totals]
    blank_total = np.isin(status[totals], (Status.BLANK, Status.PLACEHOLDER))
    alive &= ~blank_total
    kept = ~(lost | outside) & (matrix[:, alive] != 0).any(axis=1)
    addresses = {column: address for address, column in COLUMN_OF.items()}
    index = np.cumsum(kept) - 1
    return Network(
        cells=tuple(addresses[int(c)] for c in columns[kept]),
        columns=columns[kept],
        matrix=matrix[np.ix_(kept, alive)],
        totals=np.unique(index[[t for t, a in zip(totals, alive, strict=True) if a]]),
    )
