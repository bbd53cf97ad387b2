"""Dataset and rules → broken statements: the only place that runs the pandera schemas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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


def check(data: Dataset, rules: Mapping[str, Rule]) -> Checked:
    """Check every rule over all reports; a rule that crashes costs its own findings only."""
    found: list[pd.DataFrame] = []
    counts: list[pd.DataFrame] = []
    result = Checked(broken=pd.DataFrame(columns=["rule", *FACTS]), assessed=_verdicts([]))
    audited = data.reports["role"].eq("report").to_numpy()
    for rule in rules.values():
        if rule.check is None:
            continue
        try:
            measure = rule.check(data)
            counted = _counted(measure, audited)
            wrong = broken(rule, np.where(counted, measure.residual, 0.0))
            if len(wrong):
                told = measure.tell(wrong)
                found.append(told.assign(rule=rule.code))
        except Exception as error:  # whatever a rule raises is its own fault, and is said so
            result.crashes.append(Crash(rule.code, f"{type(error).__name__}: {error}"))
            continue
        counts.append(_verdicts_of(rule.code, measure, counted))
        reasons = _reasons(measure, counted)
        if reasons:
            result.not_assessed[rule.code] = reasons
    if found:
        result.broken = pd.concat(found, ignore_index=True)
    if counts:
        result.assessed = pd.concat(counts, ignore_index=True)
    return result


def _counted(measure: Measure, audited: np.ndarray) -> np.ndarray:
    """Which statements count: those about audited reports or no report, that apply at all."""
    about = measure.report
    counted = np.ones(len(about), dtype=bool)
    if not audited.all():
        padded = np.append(audited, True)  # NO_REPORT, -1, takes the last entry
        counted = padded[about] | measure.always
    if measure.reason is not None:
        counted &= ~(np.isnan(measure.residual) & (measure.reason < 0))
    return counted


def _verdicts(parts: list[tuple[int, str, int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(parts, columns=["report", "rule", "held", "broken", "not_assessed"])


def _verdicts_of(code: str, measure: Measure, counted: np.ndarray) -> pd.DataFrame:
    report = measure.report[counted]
    residual = measure.residual[counted]
    if not len(report):
        return _verdicts([])
    shifted = report - NO_REPORT
    unknown = np.isnan(residual)
    wrong = ~unknown & (residual != 0)
    size = int(shifted.max()) + 1
    tallies = [
        np.bincount(shifted[mask], minlength=size) for mask in (~unknown & ~wrong, wrong, unknown)
    ]
    kept = np.flatnonzero(sum(tallies))
    return pd.DataFrame(
        {
            "report": kept + NO_REPORT,
            "rule": pd.Categorical.from_codes(np.zeros(len(kept), dtype=np.int8), pd.Index([code])),
            "held": tallies[0][kept],
            "broken": tallies[1][kept],
            "not_assessed": tallies[2][kept],
        }
    )


def _reasons(measure: Measure, counted: np.ndarray) -> dict[Text, int]:
    unknown = np.isnan(measure.residual) & counted
    total = int(unknown.sum())
    if not total:
        return {}
    if measure.reason is None:
        return {measure.reasons[0]: total}
    tally = Counter(measure.reason[unknown].tolist())
    return {measure.reasons[index]: count for index, count in sorted(tally.items())}
