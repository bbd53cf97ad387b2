"""The text of reports by section, and whether a report's text can be judged at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.form import Section, load_form
from rules.kept import kept
from rules.measure import NO_TEXT, Measure, expanded, facts
from rules.observed import reports_with
from rules.vocabulary import Text

#: Why the text of a report is not assessed: reasons 0 and 1 of every measure made here.
UNREAD = Text("部分内容未能读出", "part of the document could not be read")
TEXT_REASONS = (NO_TEXT, UNREAD)

#: Up to so many reports their texts are kept for the next rule; of many they are too large.
_FEW = 1_000

_SENTENCE_END = re.compile(r"[。！？；\n]")


@cache
def form_sections() -> tuple[Section, ...]:
    """The six sections, the same in every edition."""
    return load_form(2021).sections


@kept
def unjudged(data: Dataset) -> np.ndarray:
    """Why a report's text can't be judged: index into `TEXT_REASONS`, -1 where it can; int64, n."""
    reason = np.where(data.reports["text"].to_numpy(dtype=bool), -1, 0)
    unread = reports_with(data, "page_unread")
    reason[unread] = np.where(reason[unread] == 0, 0, 1)
    return reason


def present(data: Dataset) -> np.ndarray:
    """Which of the six sections each report has: bool, n × 6."""
    found = np.zeros((len(data), len(form_sections())), dtype=bool)
    codes, keys = pd.factorize(data.sections["key"])
    report = data.sections["report"].to_numpy(dtype=np.int64)
    for i, section in enumerate(form_sections()):
        if section.key in keys:
            found[report[codes == keys.get_loc(section.key)], i] = True
    return found


def whole(data: Dataset) -> pd.DataFrame:
    """The sections' frame with headings that are none of the form's counted to the section before."""
    rows = data.sections
    if not _in_order(rows):
        rows = rows.sort_values(["report", "order"], kind="stable")
    strange = rows["key"].isna()
    if not strange.any():
        return rows
    text = rows["text"].fillna("")
    text = text.where(~strange, rows["title"].fillna("") + "\n" + text)
    return rows.assign(key=rows.groupby("report")["key"].ffill(), text=text)


def _in_order(rows: pd.DataFrame) -> bool:
    report, order = (rows[name].to_numpy(dtype=np.int64) for name in ("report", "order"))
    step = np.diff(report)
    return bool(((step > 0) | ((step == 0) & (np.diff(order) >= 0))).all())


def text_of(data: Dataset, key: str) -> pd.Series:
    """A section's text for each report, without any blanks; missing where it has no such section."""
    if len(data) > _FEW:
        return _text_of(data, key)
    found = _texts(data)
    if key not in found:
        found[key] = _text_of(data, key)
    return found[key]


@kept
def _texts(data: Dataset) -> dict[str, pd.Series]:
    """The texts that a rule asked for already."""
    return {}


def _text_of(data: Dataset, key: str) -> pd.Series:
    rows = whole(data)
    rows = rows[rows["key"].eq(key)]
    text = rows["text"].fillna("").str.replace(r"\s+", "", regex=True).set_axis(rows["report"])
    if text.index.has_duplicates:
        text = text.groupby(level=0).agg("".join)
    return text.reindex(range(len(data)))


def place_of(data: Dataset, report: int, key: str) -> str | None:
    """Where a report's section stands."""
    rows = data.sections
    found = rows.loc[rows["report"].eq(report) & rows["key"].eq(key), "location"].dropna()
    return str(found.iloc[0]) if len(found) else None


def published_at(data: Dataset, report: int) -> str | None:
    """Where a report's date of publication stands."""
    pieces = data.evidence[data.evidence["report"].eq(report)]
    places = pieces.loc[pieces["about"].eq("published"), "location"].dropna()
    return str(places.iloc[0]) if len(places) else None


def excerpt(text: str, start: int, end: int, most: int = 80) -> str:
    """The sentence around a stretch of text, cut to `most` characters on either side."""
    before = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    after = _SENTENCE_END.search(text, end)
    stop = after.end() if after else len(text)
    cut = text[max(before, start - most) : min(stop, end + most)]
    return re.sub(r"\s+", " ", cut).strip()


def one_each(
    data: Dataset,
    offences: Iterable[Mapping[str, Any]],
    *,
    reason: np.ndarray,
    reasons: tuple[Text, ...],
    applies: np.ndarray | None = None,
) -> Measure:
    """One statement a report; `offences` are the facts of those that break it, with `report`.

    `reason` (n) says why a report is not assessed, -1 where it is; where `applies` is False there
    is no statement at all.
    """
    found: dict[int, list[Mapping[str, Any]]] = {}
    for offence in offences:
        found.setdefault(int(offence["report"]), []).append(offence)
    counts = np.zeros((len(data), 1))
    for report, rows in found.items():
        counts[report, 0] = len(rows)
    out = np.zeros(len(data), dtype=bool) if applies is None else ~applies
    counts[out | (reason >= 0), 0] = np.nan

    def tell(report: np.ndarray, which: np.ndarray) -> pd.DataFrame:
        return facts([row for r in report.tolist() for row in found[r]])

    return expanded(("",), counts, tell, reason=np.where(out, -1, reason)[:, None], reasons=reasons)


def judged(
    data: Dataset,
    broken: np.ndarray,
    tell: Callable[[int, int], Mapping[str, Any]],
    *,
    reason: np.ndarray,
    reasons: tuple[Text, ...],
) -> Measure:
    """k statements a report: `broken` is n × k, NaN with `reason` (n × k) where not assessed.

    `tell` makes the facts of one report's one broken statement.
    """

    def told(report: np.ndarray, which: np.ndarray) -> pd.DataFrame:
        pairs = zip(report.tolist(), which.tolist(), strict=True)
        return facts([{"report": r, **tell(r, w)} for r, w in pairs])

    names = [str(i) for i in range(broken.shape[1])]
    return expanded(names, broken, told, reason=reason, reasons=reasons)
