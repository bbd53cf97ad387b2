"""Dataset and rules → broken statements: the only place that runs the pandera schemas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from audit.findings import Crash
from rules.dataset import Dataset
from rules.measure import FACTS, NO_REPORT, Measure
from rules.schemas import broken
from rules.vocabulary import Rule, Text


@dataclass
class Checked:
    """`broken` has the columns `rule` and `rules.measure.FACTS`, a row for each finding.

    `assessed` is the frame of `audit.findings.Result`, `not_assessed` its counts.
    """

    broken: pd.DataFrame
    assessed: pd.DataFrame
    not_assessed: dict[str, dict[Text, int]] = field(default_factory=dict)
    crashes: list[Crash] = field(default_factory=list)


#: Statements that are judged together, of several rules where one alone has fewer.
_TOGETHER = 50_000


def check(data: Dataset, rules: Mapping[str, Rule]) -> Checked:
    """Check every rule over all reports; a rule that crashes costs its own findings only."""
    audited = data.reports["role"].eq("report").to_numpy()
    told: list[pd.DataFrame] = []
    counts: list[_Verdicts] = []
    result = Checked(broken=pd.DataFrame(columns=["rule", *FACTS]), assessed=_verdicts([]))
    for rule, found in _judged(_measured(data, rules, audited)):
        if isinstance(found, _Judged):
            counts.append(found.verdicts)
            told += found.told
            if found.reasons:
                result.not_assessed[rule.code] = found.reasons
        else:
            result.crashes.append(Crash(rule.code, f"{type(found).__name__}: {found}"))
    if told:
        result.broken = pd.concat(told, ignore_index=True)
    result.assessed = _verdicts(counts)
    return result


@dataclass(frozen=True)
class _Measured:
    """A rule's statements, which of them count (None: all), and what is to be judged of them."""

    rule: Rule
    measure: Measure
    counted: np.ndarray | None
    residual: np.ndarray


@dataclass(frozen=True)
class _Judged:
    """What came of a rule: facts about what is broken, verdicts, why statements are not assessed."""

    told: list[pd.DataFrame]
    verdicts: _Verdicts
    reasons: dict[Text, int]


def _measured(
    data: Dataset, rules: Mapping[str, Rule], audited: np.ndarray
) -> Iterator[tuple[Rule, _Measured | Exception]]:
    """Each rule that checks, with its statements or what it raised."""
    for rule in rules.values():
        if rule.check is None:
            continue
        try:
            measure = rule.check(data)
            counted = _counted(measure, audited)
            judged = measure.residual if counted is None else np.where(counted, measure.residual, 0)
        except Exception as error:  # whatever a rule raises is its own fault, and is said so
            yield rule, error
        else:
            yield rule, _Measured(rule, measure, counted, judged)


def _judged(
    measured: Iterable[tuple[Rule, _Measured | Exception]],
) -> Iterator[tuple[Rule, _Judged | Exception]]:
    """What came of each rule, in order; small ones are judged together."""
    waiting: list[tuple[Rule, _Measured | Exception]] = []
    size = 0
    for rule, found in measured:
        own = len(found.residual) if isinstance(found, _Measured) else 0
        if size + own > _TOGETHER:
            yield from _group(waiting)
            waiting, size = [], 0
        waiting.append((rule, found))
        size += own
    yield from _group(waiting)


def _group(
    waiting: Sequence[tuple[Rule, _Measured | Exception]],
) -> Iterator[tuple[Rule, _Judged | Exception]]:
    residuals = {r.code: m.residual for r, m in waiting if isinstance(m, _Measured)}
    wrong: dict[str, np.ndarray] = {}
    if len(residuals) > 1:
        with suppress(Exception):  # then each by itself: the fault is one rule's
            wrong = broken(residuals)
    for rule, found in waiting:
        if isinstance(found, Exception):
            yield rule, found
            continue
        try:
            own = wrong or broken({rule.code: found.residual})
            judged = _settled(found, own[rule.code])
        except Exception as error:
            yield rule, error
        else:
            yield rule, judged


def _settled(found: _Measured, wrong: np.ndarray) -> _Judged:
    code, measure = found.rule.code, found.measure
    told = [measure.tell(wrong).assign(rule=code)] if len(wrong) else []
    unknown = _unknown(measure, found.counted)
    verdicts = _verdicts_of(code, measure, found.counted, wrong, unknown)
    return _Judged(told, verdicts, _reasons(measure, unknown))


def _counted(measure: Measure, audited: np.ndarray) -> np.ndarray | None:
    """Which statements count: those about audited reports or no report, that apply at all.

    None where all do.
    """
    counted = None
    if not audited.all():
        padded = np.append(audited, True)  # NO_REPORT, -1, takes the last entry
        counted = padded[measure.report] | measure.always
    if measure.reason is not None:
        out = np.isnan(measure.residual)
        if out.any():
            out &= measure.reason < 0
            counted = ~out if counted is None else counted & ~out
    return counted


def _unknown(measure: Measure, counted: np.ndarray | None) -> np.ndarray:
    """Positions of the statements that count and can't be assessed."""
    missing = np.isnan(measure.residual)
    return np.flatnonzero(missing if counted is None else missing & counted)


@dataclass(frozen=True)
class _Verdicts:
    """How many statements of one rule hold, are broken, can't be assessed, by report."""

    code: str
    report: np.ndarray
    tallies: tuple[np.ndarray, np.ndarray, np.ndarray]


def _verdicts(parts: list[_Verdicts]) -> pd.DataFrame:
    """All rules' verdicts as the frame of `audit.findings.Result`."""
    codes = [part.code for part in parts]
    sizes = [len(part.report) for part in parts]
    kind = np.repeat(np.arange(len(parts), dtype=np.int16), sizes)
    columns: dict[str, object] = {
        "report": _joined([part.report for part in parts]),
        "rule": pd.Categorical.from_codes(kind, pd.Index(codes, dtype="str")),
    }
    for place, name in enumerate(("held", "broken", "not_assessed")):
        columns[name] = _joined([part.tallies[place] for part in parts])
    return pd.DataFrame(columns)


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)


def _verdicts_of(
    code: str,
    measure: Measure,
    counted: np.ndarray | None,
    wrong: np.ndarray,
    unknown: np.ndarray,
) -> _Verdicts:
    about = measure.report - NO_REPORT
    size = int(about.max()) + 1 if len(about) else 0
    whole = np.bincount(about if counted is None else about[counted], minlength=size)
    bad = np.bincount(about[wrong], minlength=size)
    lost = np.bincount(about[unknown], minlength=size)
    kept = np.flatnonzero(whole)
    held = whole - bad - lost
    return _Verdicts(
        code,
        (kept + NO_REPORT).astype(np.int32),
        (held[kept].astype(np.int32), bad[kept].astype(np.int32), lost[kept].astype(np.int32)),
    )


def _reasons(measure: Measure, unknown: np.ndarray) -> dict[Text, int]:
    if not len(unknown):
        return {}
    if measure.reason is None:
        return {measure.reasons[0]: len(unknown)}
    least, tally = _tallied(measure.reason[unknown])
    return {
        measure.reasons[index + least]: int(count) for index, count in enumerate(tally) if count
    }


def _tallied(reason: np.ndarray) -> tuple[int, np.ndarray]:
    """The least reason, and how often each from there on is met."""
    least = int(reason.min())
    return least, np.bincount(reason.astype(np.int64) - least)
