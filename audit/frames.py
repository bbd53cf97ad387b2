"""From reports as read to the frames that rules are checked over: `rules.dataset.Dataset`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from audit.report import Report
from rules.dataset import COLUMN_OF, COLUMNS, Dataset, Settings, Status, empty, typed
from rules.form import EDITIONS, all_addresses, edition_for, load_form


@dataclass(frozen=True)
class Block:
    """Some reports as frames of the dataset's names, and their matrices; reports count from 0."""

    frames: dict[str, pd.DataFrame]
    values: np.ndarray
    status: np.ndarray


@dataclass
class _Rows:
    """Columns of one frame in the making."""

    name: str
    columns: dict[str, list[Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = {column: [] for column in COLUMNS[self.name]}

    def add(self, *values: object) -> None:
        """One row, its values in the order of `COLUMNS`."""
        for column, value in zip(self.columns.values(), values, strict=True):
            column.append(value)

    def frame(self) -> pd.DataFrame:
        return typed(self.name, self.columns)


def from_reports(reports: Sequence[Report], role: str) -> Block:
    """Frames and matrices of reports that documents were read into."""
    rows = {n: _Rows(n) for n in ("reports", "cells", "sections", "observations", "evidence")}
    values = np.full((len(reports), len(COLUMN_OF)), np.nan)
    status = np.full(values.shape, Status.OUTSIDE, dtype=np.int8)
    for number, report in enumerate(reports):
        _add_report(rows, number, report, role)
        _add_cells(rows["cells"], values[number], status[number], number, report)
    return Block({name: r.frame() for name, r in rows.items()}, values, status)


def _add_report(rows: dict[str, _Rows], number: int, report: Report, role: str) -> None:
    who, body = report.identity, report.body
    edition = body.edition or (edition_for(who.year) if who.year else None)
    rows["reports"].add(
        who.unit,
        who.county,
        who.level,
        who.year,
        edition,
        role,
        report.file,
        report.part,
        who.title,
        who.issuer,
        who.published,
        who.period_from,
        who.period_to,
        True,
    )
    for order, section in enumerate(body.sections):
        place = str(section.place)
        text = section.text
        rows["sections"].add(number, order, section.key, section.number, section.title, text, place)
    for seen in body.observations:
        rows["observations"].add(
            number, seen.kind, seen.table, seen.item, seen.text, str(seen.place)
        )
    for piece in who.evidence:
        rows["evidence"].add(
            number, piece.about, piece.source, piece.value, piece.text, str(piece.place)
        )


def _add_cells(
    rows: _Rows, values: np.ndarray, status: np.ndarray, number: int, report: Report
) -> None:
    for cell in report.body.cells:
        at = COLUMN_OF[cell.address]
        values[at] = np.nan if cell.value is None else cell.value
        status[at] = cell.status
        if cell.status not in (Status.ABSENT, Status.OUTSIDE):
            rows.add(
                number,
                cell.address,
                cell.value,
                cell.raw,
                int(cell.status),
                cell.plain,
                cell.doubt or None,
                str(cell.place),
            )
    merged_rows_outside(values[None], status[None])


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
    start = 0
    for block in blocks:
        for name, frame in block.frames.items():
            shifted = frame
            if start and "report" in frame.columns:
                shifted = frame.assign(report=frame["report"] + start)
            parts.setdefault(name, []).append(shifted)
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
        files=files,
        roster=roster,
        settings=settings or Settings(),
    )


def cells_read(data: Dataset) -> np.ndarray:
    """Number of cells read in each report: a number, a blank or a placeholder stands there."""
    return (data.status <= Status.PLACEHOLDER).sum(axis=1)


def cells_expected(data: Dataset) -> np.ndarray:
    """Number of cells the form of each report's edition has; 0 where the edition is unknown."""
    sizes = {edition: len(load_form(edition).addresses) for edition in EDITIONS}
    return data.reports["edition"].map(sizes).fillna(0).astype(int).to_numpy()


def column_order(cells: pd.Series) -> np.ndarray:
    """Each address's place in the form: int64, for sorting."""
    return cells.map(COLUMN_OF).to_numpy(dtype=np.int64)
