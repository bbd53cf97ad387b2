"""Table three as rows × seven columns, with its equations by column and by row: what patterns read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from audit.localise.network import Network
from rules.form import load_form
from rules.vocabulary import Text

KINDS = load_form(2021).tables["applications"].blocks[0].columns
COLUMNS = tuple(c.key for c in KINDS)
TOTAL = COLUMNS.index("total")


@dataclass(frozen=True)
class Pattern:
    """A cause that explains everything at once: its kind, in words, and what each cell must become.

    `repair` maps positions in the network to values; empty where the cause is plain and the true
    values are not.
    """

    kind: str
    text: Text
    repair: dict[int, int]


@dataclass(frozen=True)
class Shape:
    """Where a network's cells and equations stand: `at` (R × 7) positions of cells of whole rows.

    `sides` (2 × R × 7) are the cells' coefficients in their columns' A301 and A302, `by_column`
    (2 × 7) and `by_row` (R) these equations' positions in the network, -1 for one that is not there.
    """

    rows: tuple[str, ...]
    at: np.ndarray
    sides: np.ndarray
    by_column: np.ndarray
    by_row: np.ndarray


class Board:
    """One report's table three. Residuals are 0 where the equation is not assessed."""

    def __init__(self, network: Network, values: np.ndarray) -> None:
        self.network, self.values = network, values
        shape = shape_of(network)
        self.rows, self.at, self.sides = shape.rows, shape.at, shape.sides
        #: What stands there, R × 7.
        self.x = values[shape.at]
        self.residual = values @ network.matrix
        padded = np.append(self.residual, 0)
        #: Residuals of A301 and A302 by column (2 × 7), of A303 by row (R).
        self.by_column, self.by_row = padded[shape.by_column], padded[shape.by_row]

    def change(self, new: np.ndarray) -> dict[int, int]:
        """What must change so that `new` (R × 7) stands there: position → value."""
        apart = np.nonzero(new != self.x)
        return dict(zip(self.at[apart].tolist(), new[apart].tolist(), strict=True))

    def mends(self, repair: dict[int, int]) -> bool:
        """Whether every equation holds after a repair, all it writes being counts."""
        if not repair or min(repair.values()) < 0:
            return False
        cells = list(repair)
        moved = np.array(list(repair.values())) - self.values[cells]
        return not (self.residual + moved @ self.network.matrix[cells]).any()

    def row_of(self, name: str) -> int | None:
        """A row's place by its key."""
        return self.rows.index(name) if name in self.rows else None


def row_name(row: str) -> str:
    """A row in the form's words."""
    return load_form(2021).row("applications", row).full


@cache
def shape_of(network: Network) -> Shape:
    """Where the network's whole rows stand; none if it isn't of table three."""
    rows: dict[str, dict[str, int]] = {}
    order = np.lexsort((network.places[:, 1], network.places[:, 0]))
    for position in order.tolist():
        _, row, column = network.cells[position].split(".")
        rows.setdefault(row, {})[column] = position
    whole = {r: c for r, c in rows.items() if len(c) == len(COLUMNS)}
    at = np.array([[c[k] for k in COLUMNS] for c in whole.values()], dtype=np.int64).reshape(
        -1, len(COLUMNS)
    )
    names = {(e.code, e.subject): j for j, e in enumerate(network.equations)}
    by_column = np.array(
        [[names.get((c, f"applications.*.{k}"), -1) for k in COLUMNS] for c in ("A301", "A302")]
    )
    by_row = np.array([names.get(("A303", f"applications.{r}.*"), -1) for r in whole], dtype=int)
    padded = np.append(network.matrix, np.zeros((len(network.matrix), 1), dtype=np.int64), axis=1)
    sides = np.stack([padded[at, equations] for equations in by_column])
    return Shape(tuple(whole), at, sides, by_column, by_row)
