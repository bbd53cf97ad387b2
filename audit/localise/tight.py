"""Repairs of the least size that broken lines allow: one cell in each broken row, or column.

No cell stands in two rows, nor in two columns. So a report with k broken rows (or columns) has k
wrong cells at least; if it has just k, each broken line holds one of them, and by what must it
change is plain.
"""

from __future__ import annotations

import numpy as np

from audit.localise.closed import Repair
from audit.localise.network import Network

#: Combinations for one half of the lines that are tried at most.
_MOST = 300_000
#: Repairs looked at; where there are more, they are no help.
_ENOUGH = 200


def tight(network: Network, values: np.ndarray) -> tuple[int, list[Repair] | None]:
    """The fewest cells that must be wrong in one report (n, int64), and all repairs of that size.

    None in place of the repairs where there are too many to try.
    """
    residual = values @ network.matrix
    broken = [np.unique(lines[(residual != 0) & (lines >= 0)]) for lines in network.lines]
    least = max(len(b) for b in broken)
    whole = [i for i, b in enumerate(broken) if len(b) == least]
    for i in whole:
        options = [_options(network, values, residual, network.lines[i] == b) for b in broken[i]]
        found = _combined(network, values, residual, options)
        if found is not None:
            return least, found
    return least, None


def _options(
    network: Network, values: np.ndarray, residual: np.ndarray, line: np.ndarray
) -> list[tuple[int, int]]:
    """The cells, each with its change, that alone make a line's equations hold."""
    inside, wanted = network.matrix[:, line], -residual[line]
    norms = (inside * inside).sum(axis=1)
    change = np.where(norms > 0, inside @ wanted // np.maximum(norms, 1), 0)
    good = (change != 0) & (values + change >= 0)
    good &= (change[:, None] * inside == wanted).all(axis=1)
    return [(int(c), int(change[c])) for c in np.flatnonzero(good)]


def _combined(
    network: Network,
    values: np.ndarray,
    residual: np.ndarray,
    options: list[list[tuple[int, int]]],
) -> list[Repair] | None:
    """One option for each line so that all equations hold: halves that meet in the middle.

    What options do to the equations is summed up in a random number each, linear in the changes: so
    sums can be compared without being formed; what agrees is then tried.
    """
    options = sorted(options, key=len)
    halves = (options[::2], options[1::2])
    shapes = [tuple(len(o) for o in half) for half in halves]
    if max(np.prod(shape, dtype=float) for shape in shapes) > _MOST:
        return None
    if not all(map(all, shapes)):
        return []
    mark = np.random.default_rng(0).integers(1 << 62, size=network.matrix.shape[1])
    marks = network.matrix @ mark
    sums = []
    for half in halves:
        total = np.zeros(1, dtype=np.int64)
        for one in half:
            cells, changes = np.array(one).T
            effects = marks[cells] * changes
            total = (total[:, None] + effects).ravel()
        sums.append(total)
    wanted = -(residual @ mark) - sums[0]
    order = np.argsort(sums[1], kind="stable")
    start = np.searchsorted(sums[1], wanted, side="left", sorter=order)
    end = np.searchsorted(sums[1], wanted, side="right", sorter=order)
    found = []
    for left in np.flatnonzero(end > start).tolist():
        for right in order[start[left] : end[left]].tolist():
            chosen = [
                option[k]
                for half, shape, place in zip(halves, shapes, (left, right), strict=True)
                for option, k in zip(half, np.unravel_index(place, shape), strict=True)
            ]
            found.append(_repair(network, values, residual, chosen))
            if len(found) >= _ENOUGH:
                return [r for r in found if r is not None]
    return sorted((r for r in found if r is not None), key=lambda r: r.cells)


def _repair(
    network: Network, values: np.ndarray, residual: np.ndarray, chosen: list[tuple[int, int]]
) -> Repair | None:
    cells, changes = (np.array(x) for x in zip(*sorted(chosen), strict=True))
    if (residual + changes @ network.matrix[cells]).any():
        return None
    return Repair(tuple(cells.tolist()), tuple((values[cells] + changes).tolist()))
