"""What the reading met in the tables of reports, by kind: most kinds are met in few reports."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.form import TABLES
from rules.kept import kept


def observed(data: Dataset, *kinds: str) -> pd.DataFrame:
    """The observations of these kinds (see `rules.columns.OBSERVATIONS`), in their order."""
    places = _places(data)
    found = [places[kind] for kind in kinds if kind in places]
    if not found:
        return data.observations.iloc[:0]
    at = found[0] if len(found) == 1 else np.sort(np.concatenate(found))
    return data.observations.iloc[at]


def reports_with(data: Dataset, kind: str) -> np.ndarray:
    """The report of each observation of a kind: int64."""
    return observed(data, kind)["report"].to_numpy(dtype=np.int64)


def listed(data: Dataset) -> np.ndarray:
    """Tables of which a list of units shows only some cells: bool, n × tables.

    What the list has no column for is not lacking from the unit's own report.
    """
    seen = observed(data, "listed")
    found = np.zeros((len(data), len(TABLES)), dtype=bool)
    which = seen["table"].map(TABLES.index).to_numpy(dtype=np.int64)
    found[seen["report"].to_numpy(dtype=np.int64), which] = True
    return found


@kept
def _places(data: Dataset) -> Mapping[str, np.ndarray]:
    """Kind → positions of its observations, ascending."""
    codes, names = pd.factorize(data.observations["kind"])
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
    return {str(name): order[bounds[i] : bounds[i + 1]] for i, name in enumerate(names.tolist())}
