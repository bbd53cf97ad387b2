"""Figures that the text states against the cells of the tables, over all reports at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import COLUMN_OF, Dataset, Status
from rules.form import all_addresses
from rules.kept import kept
from rules.measure import CELLS_MISSING, NO_TEXT, Measure, listed
from rules.vocabulary import Text

NO_CLAIM = Text("正文未写明该数据", "the text states no such figure")
REASONS = (CELLS_MISSING, NO_TEXT, NO_CLAIM)

#: An approximate figure (约30件) is out only if the table's is off by more than this share of it.
FAR = 0.5

_AT_A_TABLE = ("disclosure.", "applications.", "disputes.")

RECEIVED = "applications.new.total"
REVIEW = "disputes.review.total"
SUITS = "disputes.litigation_direct.total + disputes.litigation_after_review.total"
#: Concepts whose denial, or affirmation of what the table denies, is N604's.
OCCURRENCES = {
    "applications.new.total",
    "applications.new.total | applications.new.total + applications.carried_in.total",
    REVIEW,
    SUITS,
    f"{REVIEW} + {SUITS}",
}


@cache
def addresses(concept: str) -> tuple[tuple[str, ...], ...]:
    """The cells of each alternative of a concept, `*` written out."""
    return tuple(
        tuple(a for term in one.split(" + ") for a in _matching(term))
        for one in concept.split(" | ")
    )


@cache
def _matching(term: str) -> tuple[str, ...]:
    return tuple(a for a in all_addresses() if fnmatchcase(a, term)) if "*" in term else (term,)


def alternatives(data: Dataset, concept: str) -> np.ndarray:
    """What the tables say of a concept: alternatives × reports, NaN where it can't be told.

    Cells that a report's form does not have count nothing in a sum, and make no alternative alone.
    """
    rows = []
    for cells in addresses(concept):
        at = [COLUMN_OF[a] for a in cells]
        values, outside = data.values[:, at], data.status[:, at] == Status.OUTSIDE
        total = np.where(outside, 0.0, values).sum(axis=1)
        rows.append(np.where(outside.all(axis=1), np.nan, total))
    return np.array(rows)


@dataclass(frozen=True)
class Stated:
    """Claims of one rule with what the tables say: `claims` rows, `table` (first alternative),
    and for each whether it `fits`, and whether the table is `known`; `zero` tells the tables that
    are 0 in every known alternative."""

    claims: pd.DataFrame
    table: np.ndarray
    fits: np.ndarray
    known: np.ndarray
    zero: np.ndarray


def stated(data: Dataset, wanted: Callable[[str], bool]) -> Stated:
    """The counts and denials, of the report's own year, whose concept is wanted."""
    claims = _of_the_year(data)
    concepts = {c for c in claims["concept"].unique() if wanted(c)}
    chosen = claims[claims["concept"].isin(concepts)].reset_index(drop=True)
    size = len(chosen)
    table, zero = np.full(size, np.nan), np.zeros(size, dtype=bool)
    fits, known = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    report = chosen["report"].to_numpy()
    value, step = chosen["value"].to_numpy(), chosen["step"].to_numpy()
    slack = np.where(chosen["exact"], np.where(step != 1, step / 2, 0) + 1e-9, FAR * value)
    for concept in concepts:
        here = (chosen["concept"] == concept).to_numpy()
        found = alternatives(data, concept)[:, report[here]]
        gone = np.isnan(found)
        fits[here] = (np.abs(found - value[here]) <= slack[here]).any(axis=0)
        known[here] = ~gone.all(axis=0)
        zero[here] = np.where(gone, 0.0, found).max(axis=0, initial=0.0) == 0
        first = np.argmax(~gone, axis=0)
        table[here] = found[first, np.arange(found.shape[1])]
    return Stated(chosen, table, fits, known | fits, zero)


@kept
def _of_the_year(data: Dataset) -> pd.DataFrame:
    """The counts and denials of the report's own year that are about cells."""
    claims = data.claims
    cells = [c for c in claims["concept"].dropna().unique() if c.startswith(_AT_A_TABLE)]
    claims = claims[claims["concept"].isin(cells) & claims["kind"].isin(["count", "none"])]
    year = data.reports["year"].reindex(claims["report"]).reset_index(drop=True)
    own = claims["year"].reset_index(drop=True).eq(year).fillna(True).to_numpy(dtype=bool)
    return claims[own]


def compare(data: Dataset, wanted: Callable[[str], bool], *, occurrence: bool | None) -> Measure:
    """Every wanted claim must be what the table says.

    `occurrence` True asks only whether something is there at all (one side 0, the other not), False
    leaves just that to N604 where the concept is one of its own; None judges both.
    """
    found = stated(data, wanted)
    if not len(found.claims):
        return listed([], skipped=unspoken(data, np.empty(0)), reasons=REASONS)
    wrong = found.known & ~found.fits
    if occurrence is not None:
        either = _one_side_nothing(found)
        wrong &= either if occurrence else ~either
    if wrong.any():
        wrong &= ~_smaller_beside_fitting(found)
    report = found.claims["report"].to_numpy()
    rows, seen = [], set()
    for i in np.flatnonzero(wrong).tolist():
        row = _told(found, i)
        key = (row["report"], row["statement"], row["actual"])
        if key not in seen:
            seen.add(key)
            rows.append(row)
    held = found.known & ~wrong
    lost = [(int(r), 0) for r in report[~found.known]]
    return listed(
        rows, held=report[held], skipped=[*lost, *unspoken(data, report)], reasons=REASONS
    )


def unspoken(data: Dataset, spoken: np.ndarray) -> list[tuple[int, int]]:
    """Reports without a claim, and why: no text at all (1), or nothing stated (2)."""
    text = data.reports["text"].to_numpy(dtype=bool)
    silent = np.ones(len(data), dtype=bool)
    silent[np.asarray(spoken, dtype=np.int64)] = False
    return [(int(r), 2 if text[r] else 1) for r in np.flatnonzero(silent)]


def _one_side_nothing(found: Stated) -> np.ndarray:
    nothing = (found.claims["value"] == 0).to_numpy()
    mine = found.claims["concept"].isin(OCCURRENCES).to_numpy()
    return np.asarray(mine & (nothing != found.zero))


def _smaller_beside_fitting(found: Stated) -> np.ndarray:
    """Counts below one that fits the same concept: a part of it, told in another sentence."""
    claims = found.claims
    if not len(claims):
        return np.zeros(0, dtype=bool)
    right = claims["value"].where(found.fits)
    most = right.groupby([claims["report"], claims["concept"]]).transform("max")
    counts = (claims["kind"] == "count") & (claims["value"] > 0)
    return np.asarray((counts & (claims["value"] < most)).fillna(False), dtype=bool)


def _told(found: Stated, i: int) -> Mapping[str, Any]:
    claim = found.claims.iloc[i]
    cells = addresses(claim["concept"])[0]
    exact = bool(claim["exact"])
    return {
        "report": int(claim["report"]),
        "statement": _statement(claim["concept"]),
        "cells": cells,
        "expected": float(found.table[i]),
        "actual": float(claim["value"]),
        "location": claim["location"] if isinstance(claim["location"], str) else None,
        "excerpt": claim["sentence"],
        "details": {"about": Text("" if exact else "约", "" if exact else "about ")},
    }


def _statement(concept: str) -> str:
    """The claim's stable name: its cell, or the row that a sum stands for."""
    first = concept.split(" | ")[0]
    return NAMES.get(first, first.split(" + ")[0])


#: Sums that are no cell → how messages call them.
NAMES: Mapping[str, str] = {
    SUITS: "行政诉讼合计",
    f"{REVIEW} + {SUITS}": "行政复议与行政诉讼合计",
    "applications.new.total + applications.carried_in.total": "新收与上年结转合计",
    "applications.denied_*.total": "（三）不予公开合计",
    "applications.unable_*.total": "（四）无法提供合计",
    "applications.refused_*.total": "（五）不予处理合计",
    "applications.other_*.total": "（六）其他处理合计",
}
