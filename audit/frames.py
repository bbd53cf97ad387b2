"""From reports as read to the frames that rules are checked over: `rules.dataset.Dataset`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from audit.reading.packed import FRAMES, Packed
from rules.dataset import COLUMN_OF, COLUMNS, Dataset, Settings, Status, empty, typed
from rules.form import all_addresses, load_form


@dataclass(frozen=True)
class Block:
    """Some reports as frames of the dataset's names, and their matrices; reports count from 0."""

    frames: dict[str, pd.DataFrame]
    values: np.ndarray
    status: np.ndarray


def from_packed(readings: Sequence[Packed]) -> Block:
    """Frames and matrices of the reports that some files were read into, in the files' order."""
    columns: dict[str, list[list[Any]]] = {n: [[] for _ in COLUMNS[n]] for n in FRAMES}
    start = groups = 0
    for reading in readings:
        for name, found in reading.columns.items():
            whole = columns[name]
            for into, column in zip(whole, found, strict=True):
                into += column
        for name in FRAMES[1:]:
            _count_on(columns[name][0], reading.columns.get(name), start)
        groups = _groups_on(columns["claims"][_GROUP], reading.columns.get("claims"), groups)
        start += len(reading.status)
    frames = {
        name: typed(name, dict(zip(COLUMNS[name], found, strict=True)))
        for name, found in columns.items()
    }
    codes = b"".join(bytes.fromhex(s) for r in readings for s in r.status)
    status = np.frombuffer(codes, dtype=np.int8).reshape(-1, len(COLUMN_OF)).copy()
    values = np.full(status.shape, np.nan)
    cells = frames["cells"]
    at = cells["cell"].map(COLUMN_OF).to_numpy(dtype=np.int64)
    values[cells["report"].to_numpy(dtype=np.int64), at] = cells["value"].to_numpy()
    merged_rows_outside(values, status)
    return Block(frames, values, status)


_GROUP = list(COLUMNS["claims"]).index("group")


def _count_on(whole: list[Any], own: Sequence[Sequence[Any]] | None, start: int) -> None:
    """Number the last reading's reports on from `start`."""
    if own and start:
        size = len(own[0])
        whole[len(whole) - size :] = [number + start for number in own[0]]


def _groups_on(whole: list[Any], own: Sequence[Sequence[Any]] | None, start: int) -> int:
    """Number the last reading's breakdowns on from `start`; the number after its last."""
    numbers = [g for g in own[_GROUP] if g is not None] if own else []
    if numbers and own and start:
        size = len(own[_GROUP])
        whole[len(whole) - size :] = [None if g is None else g + start for g in own[_GROUP]]
    return start + max(numbers, default=-1) + 1


def merged_rows_outside(values: np.ndarray, status: np.ndarray) -> None:
    """Where （六） is read as one row, its three rows are no cells of that report, and vice versa."""
    merged = load_form(2021).tables["applications"].merged
    assert merged is not None  # the form says so; told here for the type checker
    columns = [c.key for c in load_form(2021).tables["applications"].blocks[0].columns]
    whole = [COLUMN_OF[f"applications.{merged.row.key}.{c}"] for c in columns]
    parts = [COLUMN_OF[f"applications.{r}.{c}"] for r in merged.stands_for for c in columns]
    has_whole = (status[:, whole] < Status.ABSENT).any(axis=1)
    lacks_parts = (status[:, parts] >= Status.ABSENT).all(axis=1)
    for chosen, columns_off in ((has_whole & lacks_parts, parts), (~has_whole, whole)):
        at = np.ix_(chosen, np.array(columns_off))
        status[at] = Status.OUTSIDE
        values[at] = np.nan


def form_mask(edition: int) -> np.ndarray:
    """Which of the addresses belong to the form of an edition: bool, one for each address."""
    own = set(load_form(edition).addresses)
    return np.array([address in own for address in all_addresses()])


def gather(
    blocks: Iterable[Block],
    files: pd.DataFrame,
    *,
    roster: pd.DataFrame | None = None,
    settings: Settings | None = None,
) -> Dataset:
    """All blocks as one dataset: reports numbered on, in the blocks' order."""
    parts: dict[str, list[pd.DataFrame]] = {}
    matrices: list[tuple[np.ndarray, np.ndarray]] = []
    start = groups = 0
    for block in blocks:
        for name, frame in block.frames.items():
            shifted = frame
            if start and "report" in frame.columns:
                shifted = frame.assign(report=frame["report"] + start)
            if groups and "group" in frame.columns:
                shifted = shifted.assign(group=frame["group"] + groups)
            parts.setdefault(name, []).append(shifted)
        groups += _groups(block)
        matrices.append((block.values, block.status))
        start += len(block.values)
    frames = {
        name: pd.concat(found, ignore_index=True) if len(found) > 1 else found[0]
        for name, found in parts.items()
    }
    width = len(COLUMN_OF)
    values = [v for v, _ in matrices] or [np.empty((0, width))]
    status = [s for _, s in matrices] or [np.empty((0, width), dtype=np.int8)]
    return Dataset(
        reports=frames.get("reports", empty("reports")),
        cells=frames.get("cells", empty("cells")),
        values=np.concatenate(values) if len(values) > 1 else values[0],
        status=np.concatenate(status) if len(status) > 1 else status[0],
        sections=frames.get("sections", empty("sections")),
        observations=frames.get("observations", empty("observations")),
        evidence=frames.get("evidence", empty("evidence")),
        claims=frames.get("claims", empty("claims")),
        files=files,
        roster=roster,
        settings=settings or Settings(),
    )


def _groups(block: Block) -> int:
    """How many breakdowns the claims of a block hold."""
    last = block.frames["claims"]["group"].max() if "claims" in block.frames else None
    return 0 if last is None or pd.isna(last) else int(last) + 1


def column_order(cells: pd.Series) -> np.ndarray:
    """Each address's place in the form: int64, for sorting."""
    return cells.map(COLUMN_OF).to_numpy(dtype=np.int64)
