"""What is worked out of a dataset once and kept with it, for all the rules that need it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import numpy as np

from rules.dataset import Dataset

Made = TypeVar("Made")


def kept(make: Callable[[Dataset], Made]) -> Callable[[Dataset], Made]:
    """The function, run once for each dataset; arrays that it returns can't be written to."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def found(data: Dataset) -> Made:
        store = vars(data)  # where a cached property would keep it
        if name not in store:
            made = make(data)
            if isinstance(made, np.ndarray):
                made.flags.writeable = False
            store[name] = made
        value: Made = store[name]
        return value

    return found
