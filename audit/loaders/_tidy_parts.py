"""Large tidy tables in parts that fit into memory, no report cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

#: Rows that a part has at most, unless one report has more.
PART = 400_000
#: What tells reports apart.
_KEYS = ("unit", "year", "file")


def cut(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """A frame in parts; whole where it is small, or a report's rows do not stand together."""
    import pandas as pd

    if len(frame) <= PART:
        yield frame
        return
    ends = _ends([pd.factorize(frame[key])[0] for key in _KEYS])
    start = 0
    for end in ends:
        yield frame.iloc[start:end].reset_index(drop=True)
        start = end


def read_parquet(file: Any, names: list[str]) -> Iterator[Any]:
    """A parquet file's columns as arrow tables, in parts as `cut` makes them."""
    import pyarrow

    rows = file.metadata.num_rows
    if rows <= PART:
        yield file.read(columns=names)
        return
    ends = _ends([_codes(file, key) for key in _KEYS if key in names])
    if len(ends) == 1:
        yield file.read(columns=names)
        return
    held: list[Any] = []
    have = done = 0
    wanted = iter(ends)
    end = next(wanted)
    for batch in file.iter_batches(batch_size=PART // 4, columns=names):
        held.append(batch)
        have += batch.num_rows
        while done + have >= end:
            table = pyarrow.Table.from_batches(held)
            yield table.slice(0, end - done)
            rest = table.slice(end - done)
            held, have, done = rest.to_batches(), rest.num_rows, end
            following = next(wanted, None)
            if following is None:
                return
            end = following


def _codes(file: Any, key: str) -> np.ndarray:
    """One column as numbers, equal where the values are: int32."""
    import pandas as pd

    found, start = np.empty(file.metadata.num_rows, dtype=np.int32), 0
    known: dict[Any, int] = {}
    for batch in file.iter_batches(batch_size=PART, columns=[key]):
        codes, values = pd.factorize(batch.column(0).to_pandas(), use_na_sentinel=False)
        numbers = [known.setdefault("" if v != v else v, len(known)) for v in values]
        found[start : start + len(codes)] = np.array(numbers, dtype=np.int32)[codes]
        start += len(codes)
    return found


def _ends(keys: list[np.ndarray]) -> list[int]:
    """Where parts end: before a report begins; one part where reports' rows are scattered."""
    size = len(keys[0])
    begins = np.zeros(size, dtype=bool)
    for codes in keys:
        begins[1:] |= codes[1:] != codes[:-1]
    starts = np.concatenate([[0], np.flatnonzero(begins)])
    met = np.stack([codes[starts] for codes in keys])
    if np.unique(met, axis=1).shape[1] != len(starts):
        return [size]
    ends: list[int] = []
    last = 0
    for start, stop in zip(starts, [*starts[1:], size], strict=True):
        if stop - last > PART and start > last:
            ends.append(int(start))
            last = int(start)
    return [*ends, size]
