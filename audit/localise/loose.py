"""Repairs by a few cells more than there are broken rows: columns are added up until rows decide.

Each broken row of table three holds a wrong cell at least. Where one holds two, or a sound row does,
an amount has passed from one column to another, which is not to be seen once those two columns are
added up. So if `extra` cells more are wrong than rows are broken, then for some way of making `extra`
columns fewer, one change in each broken row explains everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, combinations_with_replacement, islice, product

import numpy as np

from audit.localise.board import Shape, shape_of
from audit.localise.closed import Repair, changes, ends
from audit.localise.network import Network

#: Sums that are formed at most, for either half of the rows.
_MOST = 700_000
#: Sets of cells that are tried at most.
_ENOUGH = 6_000
#: Sums are told apart by so many bits; those above number the way of adding columns up.
_BITS = 50


def broken_rows(network: Network, values: np.ndarray) -> int:
    """How many rows of one report (n, int64) do not add up."""
    shape = shape_of(network)
    return int(np.count_nonzero((values @ network.matrix)[shape.by_row[shape.by_row >= 0]]))


def loose(network: Network, values: np.ndarray, extra: int) -> list[Repair] | None:
    """Every repair of one report (n, int64) by `extra` ≥ 1 cells more than it has broken rows.

    No fewer may be enough. Where there are too many to try, some of them, two at least; or None,
    as where rows can't be told from columns.
    """
    shape = shape_of(network)
    if shape.at.size != len(network.cells) or (shape.by_row < 0).any():
        return None
    residual = values @ network.matrix
    broken = np.flatnonzero(residual[shape.by_row])
    sets: set[tuple[int, ...]] = set()
    whole = True
    for fewer in range(1, min(extra, shape.at.shape[1] - 1) + 1):
        found = _sets(network, shape, values, broken, fewer, extra)
        if found is None:
            return None
        room = _ENOUGH - len(sets)
        sets.update(islice(found, room))
        whole = whole and len(sets) < _ENOUGH
    tried = np.array(sorted(sets), dtype=np.int64).reshape(-1, len(broken) + extra)
    repairs = _held(network, shape, values, residual, tried)
    return repairs if whole or len(repairs) > 1 else None


def _sets(
    network: Network, shape: Shape, values: np.ndarray, broken: np.ndarray, fewer: int, extra: int
) -> Iterator[tuple[int, ...]] | None:
    """Sets of cells that may explain everything, columns being added up to `fewer` fewer.

    None where there is too much to try.
    """
    ways, blocks = _ways(shape.at.shape[1], fewer), shape.at.shape[1] - fewer
    if len(ways) * blocks ** ((len(broken) + 1) // 2) > _MOST:
        return None
    spread = _Spread(shape, broken)
    effects = _effects(network, shape, values, broken, ways)
    return (
        cells
        for way, chosen in _choices(effects, len(broken), blocks)
        for cells in spread.sets(ways[way], np.array(chosen, dtype=np.int64), extra - fewer)
    )


@cache
def _ways(columns: int, fewer: int) -> np.ndarray:
    """All ways of adding columns up to `fewer` fewer: for each (w × columns) their blocks."""
    found = [[0]]
    for _ in range(columns - 1):
        found = [[*way, block] for way in found for block in range(max(way) + 2)]
    return np.array([way for way in found if max(way) + 1 == columns - fewer])


def _effects(
    network: Network, shape: Shape, values: np.ndarray, broken: np.ndarray, ways: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What mending a row does in each block of columns (w × rows × blocks), what is wanted (w).

    All equations of a way are summed up in one number, each with a random weight.
    """
    residual = np.append(values @ network.matrix, 0)
    sign = network.matrix[shape.at[0], shape.by_row[0]]
    amount = -residual[shape.by_row[broken]]
    dead = shape.by_column < 0
    blocks = int(ways.max()) + 1
    inside = ways[:, None, :] == np.arange(blocks)[:, None]
    rng = np.random.default_rng(0)
    weight = rng.integers(1 << 62, size=(len(ways), len(dead), blocks))
    weight[(inside[:, None] & dead[:, None, :]).any(axis=-1)] = 0
    side = np.sign(shape.sides.sum(axis=2))[:, broken]
    effects = amount[:, None] * np.einsum("web,er->wrb", weight, side)
    moved = np.take_along_axis(weight, np.repeat(ways[:, None], len(dead), axis=1), axis=2)
    wanted = -(moved * sign * residual[shape.by_column]).sum(axis=(1, 2))
    # In a column that stands alone a figure can't fall below 0.
    below = values[shape.at[broken]] + amount[:, None] * sign < 0
    alone = inside.sum(axis=2) == 1
    never = alone[:, None, :] & (np.einsum("wbc,rc->wrb", inside, below) > 0)
    effects[never] = rng.integers(1 << 62, size=np.count_nonzero(never))
    return effects, wanted


def _choices(
    summed: tuple[np.ndarray, np.ndarray], rows: int, blocks: int
) -> Iterator[tuple[int, list[int]]]:
    """Ways, with a block for each broken row, in which all equations may hold."""
    effects, wanted = summed
    middle = rows // 2
    left = _keys(wanted[:, None] - _sums(effects[:, :middle]))
    right = _keys(_sums(effects[:, middle:]))
    both = _common(np.sort(left, axis=1).ravel(), np.sort(right, axis=1).ravel())
    if not len(both):
        return
    partners: dict[int, list[int]] = {}
    for at in _among(right.ravel(), both).tolist():
        partners.setdefault(int(right.flat[at]), []).append(at % right.shape[1])
    for at in _among(left.ravel(), both).tolist():
        way, one = divmod(at, left.shape[1])
        for other in partners[int(left.flat[at])]:
            first = np.unravel_index(one, (blocks,) * middle) if middle else ()
            second = np.unravel_index(other, (blocks,) * (rows - middle)) if rows > middle else ()
            yield way, [int(b) for b in (*first, *second)]


def _sums(effects: np.ndarray) -> np.ndarray:
    total = np.zeros((len(effects), 1), dtype=np.int64)
    for row in range(effects.shape[1]):
        total = (total[:, :, None] + effects[:, row, None, :]).reshape(len(effects), -1)
    return total


def _keys(sums: np.ndarray) -> np.ndarray:
    return (sums & ((1 << _BITS) - 1)) + (np.arange(len(sums))[:, None] << _BITS)


def _common(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What stands in both of two sorted arrays."""
    at = np.searchsorted(other, one).clip(max=len(other) - 1)
    return np.unique(one[other[at] == one])


def _among(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where in the keys one of the wanted (sorted) stands."""
    at = np.searchsorted(wanted, keys).clip(max=len(wanted) - 1)
    return np.flatnonzero(wanted[at] == keys)


class _Spread:
    """Sets of cells by which amounts may pass between columns that are added up."""

    def __init__(self, shape: Shape, broken: np.ndarray) -> None:
        self.at, self.broken = shape.at, broken
        #: Of sound rows the first of those that stand alike in the equations of columns.
        self.sound = [rows[0] for rows in _alike(shape, broken)]
        self.known: dict[tuple[tuple[int, ...], tuple[int, ...], int], list[tuple[int, ...]]] = {}

    def sets(self, way: np.ndarray, chosen: np.ndarray, more: int) -> Iterator[tuple[int, ...]]:
        """Sets (sorted) with a cell of each broken row in the block `chosen` for it.

        In a block of k columns k - 1 cells more pass amounts on; `more` are anywhere.
        """
        columns = [tuple(np.flatnonzero(way == block).tolist()) for block in range(way.max() + 1)]
        rows = [tuple(self.broken[chosen == block].tolist()) for block in range(len(columns))]
        for shares in combinations_with_replacement(range(len(columns)), more):
            options = [
                self._block(rows[b], columns[b], len(columns[b]) - 1 + shares.count(b))
                for b in range(len(columns))
            ]
            for parts in product(*options):
                yield tuple(sorted(cell for part in parts for cell in part))

    def _block(
        self, rows: tuple[int, ...], columns: tuple[int, ...], extra: int
    ) -> list[tuple[int, ...]]:
        key = (rows, columns, extra)
        if key not in self.known:
            self.known[key] = list(islice(self._within(*key), _ENOUGH))
        return self.known[key]

    def _within(
        self, rows: tuple[int, ...], columns: tuple[int, ...], extra: int
    ) -> Iterator[tuple[int, ...]]:
        yield from self._picked(rows, columns, extra)
        for size in range(2, min(extra, len(columns)) + 1):
            for row in self.sound:
                for beside in combinations(self.at[row, list(columns)].tolist(), size):
                    for cells in self._picked(rows, columns, extra - size):
                        yield (*beside, *cells)

    def _picked(
        self, rows: tuple[int, ...], columns: tuple[int, ...], extra: int
    ) -> Iterator[tuple[int, ...]]:
        """A cell at least of each row, `extra` more."""
        if not rows:
            if extra == 0:
                yield ()
            return
        own = self.at[rows[0], list(columns)].tolist()
        for size in range(1, min(extra + 1, len(own)) + 1):
            for rest in self._picked(rows[1:], columns, extra + 1 - size):
                for cells in combinations(own, size):
                    yield (*cells, *rest)


def _alike(shape: Shape, broken: np.ndarray) -> list[list[int]]:
    """Rows that are not broken, those together that stand alike in all equations of columns."""
    found: dict[bytes, list[int]] = {}
    for row in np.setdiff1d(np.arange(len(shape.at)), broken).tolist():
        found.setdefault(shape.sides[:, row].tobytes(), []).append(row)
    return list(found.values())


def _held(
    network: Network, shape: Shape, values: np.ndarray, residual: np.ndarray, sets: np.ndarray
) -> list[Repair]:
    """The repairs by just these sets, and by those with another row alike for a sound one."""
    touched = np.count_nonzero(network.matrix[sets], axis=1)
    sets = sets[np.where(residual != 0, touched > 0, touched != 1).all(axis=1)]
    rows = np.searchsorted(network.places[shape.at[:, 0], 0], network.places[:, 0])
    alike = {same[0]: same for same in _alike(shape, np.flatnonzero(residual[shape.by_row]))}

    def elsewhere(cells: np.ndarray) -> Iterator[np.ndarray]:
        sound = next((r for r in rows[cells].tolist() if r in alike), -1)
        for row in alike.get(sound, [sound]):
            yield np.where(rows[cells] == sound, shape.at[row, network.places[cells, 1]], cells)

    plain, open_ = _fitting(network, residual, sets)
    held = [
        (new, by) for cells, by in changes(network, residual, plain) for new in elsewhere(cells)
    ]
    for cells in open_:
        for new in elsewhere(cells):
            held += [(new, by) for by in ends(network, values, residual, new)]
    found = set()
    for cells, change in held:
        figures = values[cells] + change
        if (figures >= 0).all() and (change != 0).all():
            order = np.argsort(cells)
            found.add(Repair(tuple(cells[order].tolist()), tuple(figures[order].tolist())))
    return sorted(found, key=lambda r: (r.cells, r.values))


def _fitting(
    network: Network, residual: np.ndarray, sets: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of sets of cells those whose changes are determined, and those that explain all in many ways."""
    grams = network.gram[sets[:, :, None], sets[:, None, :]].astype(np.float64)
    free = np.abs(np.linalg.det(grams)) < 0.5
    grams, loose_sets = grams[free] + 1e-7 * np.identity(sets.shape[1]), sets[free]
    along = (network.matrix @ residual)[loose_sets].astype(np.float64)
    change = np.linalg.solve(grams, along[:, :, None])[:, :, 0]
    left = residual - (change[:, :, None] * network.matrix[loose_sets]).sum(axis=1)
    near = np.abs(left) < 1e-6 * max(1e3, float(np.abs(residual).max(initial=0)))
    return sets[~free], loose_sets[near.all(axis=1)]
