"""The equations of one table as a matrix over the cells a report really has: what repairs work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from rules.dataset import COLUMN_OF, Status
from rules.equations import system
from rules.form import load_form
from rules.vocabulary import Equation

#: Table → the codes of its equations.
CODES = {"applications": ("A301", "A302", "A303"), "disputes": ("A304",)}
_EMPTY = (Status.BLANK, Status.PLACEHOLDER)


@dataclass(frozen=True, eq=False)
class Network:
    """`cells` (n addresses, at `columns` of the dataset's values) and `matrix` (n × m) of ±1.

    A report's residuals are `values @ matrix`; a repair adds to some cells so that all become 0.
    `places` (n × 2) are the cells' rows and columns in the form, `totals` (positions) what the
    equations add up to.
    """

    cells: tuple[str, ...]
    columns: np.ndarray
    matrix: np.ndarray
    totals: np.ndarray
    equations: tuple[Equation, ...]
    places: np.ndarray

    @cached_property
    def gram(self) -> np.ndarray:
        """Products of the cells' rows of the matrix: int64 (n × n)."""
        return self.matrix @ self.matrix.T

    @cached_property
    def norms(self) -> np.ndarray:
        """Number of equations each cell stands in: int64 (n)."""
        return np.diagonal(self.gram)

    @cached_property
    def members(self) -> tuple[np.ndarray, ...]:
        """For each equation the positions of its cells."""
        return tuple(np.flatnonzero(column) for column in self.matrix.T)

    @cached_property
    def sizes(self) -> np.ndarray:
        """For each equation the number of its cells: int64 (m)."""
        return np.array([len(m) for m in self.members], dtype=np.int64)

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All pairs of cells: the first's positions, the second's."""
        return np.triu_indices(len(self.cells), 1)

    @cached_property
    def pairs_through(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """For each equation the pairs of cells of which one stands in it."""
        everything = np.arange(len(self.cells))
        found = []
        for inside in self.members:
            first, second = np.repeat(inside, len(everything)), np.tile(everything, len(inside))
            once = ~np.isin(second, inside) | (first < second)
            found.append((first[once], second[once]))
        return tuple(found)

    @cached_property
    def lines(self) -> tuple[np.ndarray, ...]:
        """Two ways to part the equations so that no cell stands in two parts: rows, columns.

        Each is the part's number for every equation, -1 for those that it leaves out.
        """
        found = []
        for row_wise in (True, False):
            names = [
                e.subject if e.subject.endswith("*") is row_wise else "" for e in self.equations
            ]
            numbers = {name: i for i, name in enumerate(dict.fromkeys(n for n in names if n))}
            found.append(np.array([numbers.get(n, -1) for n in names]))
        return tuple(found)

    @cached_property
    def parts(self) -> tuple[Network, ...]:
        """The network in parts that no equation ties together (table four: its channels)."""
        left, found = set(range(len(self.equations))), []
        while left:
            chosen, cells = {left.pop()}, np.zeros(len(self.cells), dtype=bool)
            grown = True
            while grown:
                cells = (self.matrix[:, sorted(chosen)] != 0).any(axis=1)
                touched = set(np.flatnonzero((self.matrix[cells] != 0).any(axis=0)).tolist())
                grown, chosen = not touched <= chosen, chosen | touched
            left -= chosen
            found.append(self._part(np.flatnonzero(cells), sorted(chosen)))
        return (self,) if len(found) == 1 else tuple(found)

    def _part(self, cells: np.ndarray, equations: Sequence[int]) -> Network:
        return Network(
            cells=tuple(self.cells[i] for i in cells),
            columns=self.columns[cells],
            matrix=self.matrix[cells][:, equations],
            totals=np.flatnonzero(np.isin(cells, self.totals)),
            equations=tuple(self.equations[j] for j in equations),
            places=self.places[cells],
        )


def network_of(table: str, status: np.ndarray) -> Network:
    """The network of a report, given how its cells were read (int8 over all addresses).

    Cells that were not read are left out, and with them the equations they stand in; so are
    equations whose total is blank. Blank addends stay: they are read as 0.
    """
    return _network(table, status[_columns(table)].tobytes())


@cache
def _columns(table: str) -> np.ndarray:
    return np.unique(np.concatenate([system(code).columns for code in CODES[table]]))


@cache
def _network(table: str, read: bytes) -> Network:
    systems = [system(code) for code in CODES[table]]
    columns = _columns(table)
    status = np.frombuffer(read, dtype=np.int8)
    position = {column: i for i, column in enumerate(columns)}
    blocks: list[np.ndarray] = []
    totals: list[int] = []
    equations: list[Equation] = []
    for found in systems:
        whole = np.zeros((len(columns), len(found.equations)), dtype=np.int64)
        whole[[position[c] for c in found.columns]] = found.matrix.astype(np.int64)
        blocks.append(whole)
        totals += [position[found.columns[t]] for t in found.totals]
        equations += found.equations
    matrix = np.concatenate(blocks, axis=1)
    lost = (status >= Status.TEXT) & (status < Status.OUTSIDE)
    outside = status == Status.OUTSIDE
    alive = ~(matrix[lost] != 0).any(axis=0) & ~(outside | lost)[totals]
    alive &= ~np.isin(status[totals], _EMPTY)
    kept = ~(lost | outside) & (matrix[:, alive] != 0).any(axis=1)
    addresses = {column: address for address, column in COLUMN_OF.items()}
    cells = tuple(addresses[int(c)] for c in columns[kept])
    index = np.cumsum(kept) - 1
    return Network(
        cells=cells,
        columns=columns[kept],
        matrix=matrix[kept][:, alive],
        totals=np.unique(index[[t for t, a in zip(totals, alive, strict=True) if a]]),
        equations=tuple(e for e, a in zip(equations, alive, strict=True) if a),
        places=_places(table, cells),
    )


def _places(table: str, cells: Sequence[str]) -> np.ndarray:
    """Row and column of each cell, counting only rows that stand in the report."""
    form = load_form(2021).tables[table]
    rows = [r.key for r in form.rows]
    if form.merged is not None:
        rows.insert(rows.index(form.merged.stands_for[0]), form.merged.row.key)
    columns = [c.key for c in form.blocks[0].columns]
    present = {cell.split(".")[1] for cell in cells}
    order = {row: i for i, row in enumerate(r for r in rows if r in present)}
    keys = [cell.split(".") for cell in cells]
    found = [(order[row], columns.index(column)) for _, row, column in keys]
    return np.array(found, dtype=np.int64).reshape(-1, 2)
