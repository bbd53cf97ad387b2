"""Rules that look at cells one by one: offences found on the matrices, told with what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset, Status
from rules.form import EDITIONS, TABLES, all_addresses, load_form
from rules.kept import kept
from rules.measure import NO_CELLS, Measure, expanded, facts

#: Reports worked on at once: what they take stays in the processor's cache.
CHUNK = 2_048

#: More offences than this in one table are told in one finding.
MOST = 10

#: Values and status of some reports (m × 226 each) → which cells offend: bool, m × 226.
Test = Callable[[np.ndarray, np.ndarray], np.ndarray]

ADDRESSES: np.ndarray = np.array(all_addresses(), dtype=object)
TABLE_OF: np.ndarray = np.array([TABLES.index(a.split(".")[0]) for a in all_addresses()])
#: Where each table's addresses stand among all; they stand together.
SPANS: tuple[slice, ...] = tuple(
    slice(int(at.min()), int(at.max()) + 1)
    for at in (np.flatnonzero(t == TABLE_OF) for t in range(len(TABLES)))
)


def of_kind(*kinds: str) -> np.ndarray:
    """Which addresses hold values of these kinds (count, amount, signed): bool, one for each."""
    found: set[str] = set()
    for edition in EDITIONS:
        for table in load_form(edition).tables.values():
            for block in table.blocks:
                for column in (c for c in block.columns if c.kind in kinds):
                    found.update(f"{table.key}.{r.key}.{column.key}" for r in block.rows)
    return np.array([a in found for a in all_addresses()])


@dataclass(frozen=True)
class Offence:
    """A cell that offends: its address, and what stands there as far as the cells' frame tells."""

    cell: str
    value: float | None
    raw: str
    doubt: str


#: The offences of one report in one table → the facts that make a finding each.
Tell = Callable[[str, list[Offence]], Iterator[Mapping[str, Any]]]


def by_table(data: Dataset, test: Test, tell: Tell) -> Measure:
    """A statement for each report and table: no cell offends. A table that is absent is not assessed."""
    counts = np.zeros((len(data), len(TABLES)))
    for start in range(0, len(data), CHUNK):
        rows = slice(start, start + CHUNK)
        mask = test(data.values[rows], data.status[rows])
        if mask.any():
            row, column = np.nonzero(mask)
            np.add.at(counts, (start + row, TABLE_OF[column]), 1)
    gone = ~has_table(data)
    counts[gone] = np.nan

    def told(report: np.ndarray, which: np.ndarray) -> pd.DataFrame:
        rows: list[dict[str, Any]] = []
        for (number, table), offences in _offences(data, test, report, which).items():
            key = TABLES[table]
            rows += [{"report": number, "statement": key, **f} for f in tell(key, offences)]
        return facts(rows)

    return expanded(TABLES, counts, told, reason=np.where(gone, 0, -1), reasons=(NO_CELLS,))


@kept
def has_table(data: Dataset) -> np.ndarray:
    """Which tables each report has any cell of: bool, n × 3."""
    least = np.minimum.reduceat(data.status, [span.start for span in SPANS], axis=1)
    return np.asarray(least < Status.ABSENT)


def blank_throughout(data: Dataset) -> np.ndarray:
    """Which tables are there but hold nothing, not even a placeholder: bool, n × 3."""
    found = np.zeros((len(data), len(SPANS)), dtype=bool)
    for start in range(0, len(data), CHUNK):
        blank = data.status[start : start + CHUNK] == Status.BLANK
        for row in (start + np.flatnonzero(blank.any(axis=1))).tolist() if blank.any() else ():
            for t, span in enumerate(SPANS):
                own = data.status[row, span]
                hollow = own == Status.BLANK
                found[row, t] = hollow.any() and (hollow | (own >= Status.ABSENT)).all()
    return found


def together(table: str, offences: list[Offence]) -> Iterator[Mapping[str, Any]]:
    """One finding for the table, all cells in it."""
    first = offences[0]
    yield {
        "statement": table,
        "cells": tuple(o.cell for o in offences),
        "actual": first.raw if len(offences) == 1 else None,
        "details": {"count": len(offences), "raw": _distinct(o.raw for o in offences)},
    }


def one_by_one(table: str, offences: list[Offence]) -> Iterator[Mapping[str, Any]]:
    """A finding for each cell, or one for the table where they are many."""
    if len(offences) > MOST:
        doubt = next((o.doubt for o in offences if o.doubt), "")
        for fact in together(table, offences):
            yield {**fact, "details": {**fact["details"], "doubt": doubt}}
        return
    for offence in offences:
        yield {
            "statement": offence.cell,
            "cells": (offence.cell,),
            "actual": offence.raw if offence.value is None else offence.value,
            "details": {"count": 1, "raw": offence.raw, "doubt": offence.doubt},
        }


def texts_at(data: Dataset, report: np.ndarray, column: np.ndarray) -> pd.DataFrame:
    """`raw` and `doubt` of cells given by report and column, in that order; empty where unknown."""
    return pd.DataFrame(data.texts_at(report, column, ("raw", "doubt"))).astype(object).fillna("")


def _offences(
    data: Dataset, test: Test, report: np.ndarray, which: np.ndarray
) -> dict[tuple[int, int], list[Offence]]:
    rows = np.unique(report)
    found, column = np.nonzero(test(data.values[rows], data.status[rows]))
    number = rows[found]
    wanted = set(zip(report.tolist(), which.tolist(), strict=True))
    texts = texts_at(data, number, column)
    value = data.values[number, column]
    grouped: dict[tuple[int, int], list[Offence]] = {}
    for i, (r, c) in enumerate(zip(number.tolist(), column.tolist(), strict=True)):
        place = (r, int(TABLE_OF[c]))
        if place in wanted:
            known = None if np.isnan(value[i]) else float(value[i])
            raw = str(texts["raw"].iat[i]) or ("" if known is None else f"{known:g}")
            offence = Offence(ADDRESSES[c], known, raw, str(texts["doubt"].iat[i]))
            grouped.setdefault(place, []).append(offence)
    return grouped


def _distinct(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for t in texts if t))[:5]
