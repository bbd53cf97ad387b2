"""Blocks that are too many for memory, as files: cells as parquet, matrices as numpy writes them.

What checks need of cells' texts is little: those that are no plain numbers stay at hand, all
others are looked up in their file, a block at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd

from audit.frames import Block
from rules.dataset import Dataset, empty, is_odd

#: Cells of a run from which on further blocks go to files.
MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class Stored:
    """A block in files. `frames` are those at hand: of `cells` only the odd ones."""

    base: Path
    frames: dict[str, pd.DataFrame]
    reports: int
    cells: int

    def matrices(self) -> tuple[np.ndarray, np.ndarray]:
        """Values and status of the block's reports."""
        return np.load(f"{self.base}.values.npy"), np.load(f"{self.base}.status.npy")

    def read_cells(self, start: int) -> pd.DataFrame:
        """The block's cells, its reports numbered from `start`."""
        frame = pd.read_parquet(f"{self.base}.parquet")
        texts = {name: frame[name].astype("str") for name in ("cell", "raw", "doubt", "location")}
        return frame.assign(report=frame["report"] + start, **texts)


def store(block: Block, folder: Path) -> Stored:
    """Write a block's cells and matrices into files of a folder."""
    base = folder / uuid4().hex
    cells = block.frames["cells"]
    cells.to_parquet(f"{base}.parquet", index=False)
    np.save(f"{base}.values.npy", block.values)
    np.save(f"{base}.status.npy", block.status)
    odd = cells[is_odd(cells)]
    odd = odd.assign(**{n: odd[n].astype("str") for n in ("cell", "raw", "doubt", "location")})
    return Stored(base, {**block.frames, "cells": odd}, len(block.values), len(cells))


def unstored(blocks: Sequence[Block | Stored]) -> list[Block]:
    """Blocks with their matrices, and of those in files no cells."""
    return [
        Block({**b.frames, "cells": empty("cells")}, *b.matrices()) if isinstance(b, Stored) else b
        for b in blocks
    ]


@dataclass(frozen=True)
class SpilledDataset(Dataset):
    """A dataset some of whose cells are in files; what `cells` gives is read anew each time."""

    stored: tuple[tuple[int, Stored], ...] = ()
    #: Held for as long as the dataset is: its end removes the files.
    folder: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)
    at_hand: pd.DataFrame = field(default_factory=lambda: empty("cells"), repr=False)

    @property  # type: ignore[misc]
    def cells(self) -> pd.DataFrame:
        """All cells, in the reports' order; large."""
        parts = [chunk for _, _, chunk in self.cell_chunks()]
        return pd.concat(parts, ignore_index=True) if parts else empty("cells")

    @cells.setter
    def cells(self, given: pd.DataFrame) -> None:
        """The field of the class above: what is at hand has a name of its own here."""

    @property
    def odd_cells(self) -> pd.DataFrame:
        """Cells that are no plain numbers, in the reports' order."""
        parts = [self.at_hand[is_odd(self.at_hand)]]
        parts += [
            stored.frames["cells"].assign(report=stored.frames["cells"]["report"] + start)
            for start, stored in self.stored
        ]
        whole = pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)
        return whole.sort_values("report", kind="stable", ignore_index=True)

    def cell_chunks(
        self, wanted: np.ndarray | None = None
    ) -> Iterator[tuple[int, int, pd.DataFrame]]:
        """See `Dataset.cell_chunks`; what is at hand comes between the files, in its place."""
        numbers = self.at_hand["report"].to_numpy(dtype=np.int64)
        done = 0
        for start, stored in self.stored:
            cut = int(np.searchsorted(numbers, start))
            yield from self._chunk(self.at_hand.iloc[done:cut])
            done = cut
            stop = start + stored.reports
            if wanted is None or ((wanted >= start) & (wanted < stop)).any():
                yield start, stop, stored.read_cells(start)
        yield from self._chunk(self.at_hand.iloc[done:])


def gathered(data: Dataset, blocks: Sequence[Block | Stored], folder: object) -> Dataset:
    """The dataset of some blocks with the cells that are in files."""
    places: list[tuple[int, Stored]] = []
    start = 0
    for block in blocks:
        if isinstance(block, Stored):
            places.append((start, block))
        start += block.reports if isinstance(block, Stored) else len(block.values)
    if not places:
        return data
    fields = {n: getattr(data, n) for n in Dataset.__dataclass_fields__ if n != "cells"}
    return SpilledDataset(
        **fields,
        cells=empty("cells"),
        stored=tuple(places),
        folder=folder,  # type: ignore[arg-type]
        at_hand=data.cells,
    )
