"""How many cells of each report were read, and how many its form has; light to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.form import EDITIONS, load_form
from rules.status import Status

if TYPE_CHECKING:
    import numpy as np

    from rules.dataset import Dataset


def cells_read(data: Dataset) -> np.ndarray:
    """Number of cells read in each report: a number, a blank or a placeholder stands there."""
    return (data.status <= Status.PLACEHOLDER).sum(axis=1)


def cells_expected(data: Dataset) -> np.ndarray:
    """Number of cells the form of each report's edition has; 0 where the edition is unknown."""
    sizes = {edition: len(load_form(edition).addresses) for edition in EDITIONS}
    return data.reports["edition"].map(sizes).fillna(0).astype(int).to_numpy()
