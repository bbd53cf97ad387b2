"""What became of each file of the run, as statements of the rules F001 to F003."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rules.dataset import Dataset
from rules.measure import NO_REPORT, Measure, facts
from rules.vocabulary import Text

#: The order in which a file fails: who fails at one step is not assessed on those after it.
STEPS = ("F001", "F003", "F002")

UNREAD = Text("文件未能读取", "the file was not read")


def outcome(code: str, data: Dataset) -> Measure:
    """A statement for each file, but those that were skipped on purpose: it did not fail with `code`."""
    files = data.files.reset_index(drop=True)
    known = files["outcome"].isin(["audited", *STEPS])
    files = files[known].reset_index(drop=True)
    residual = files["outcome"].eq(code).to_numpy(dtype=np.float64)
    earlier = STEPS[: STEPS.index(code)]
    unknown = files["outcome"].isin(earlier).to_numpy(dtype=bool)
    residual[unknown] = np.nan

    def tell(positions: np.ndarray) -> pd.DataFrame:
        rows = []
        for row in files.iloc[positions].fillna("").to_dict("records"):
            details = {k: row[k] for k in ("reason", "detail", "digest")}
            rows.append(
                {
                    "report": NO_REPORT,
                    "statement": row["reason"] or code,
                    "file": row["file"],
                    "details": details,
                }
            )
        return facts(rows)

    return Measure(
        report=np.full(len(files), NO_REPORT, dtype=np.int64),
        residual=residual,
        tell=tell,
        reason=np.where(unknown, 0, -1),
        reasons=(UNREAD,),
    )


def joined(first: Measure, second: Measure) -> Measure:
    """The statements of two measures of one rule as one."""
    size = len(first.residual)
    reasons = (*first.reasons, *second.reasons)

    def tell(positions: np.ndarray) -> pd.DataFrame:
        parts = [first.tell(positions[positions < size])]
        parts.append(second.tell(positions[positions >= size] - size))
        kept = [p for p in parts if len(p)]
        return pd.concat(kept, ignore_index=True) if kept else facts([])

    def why(measure: Measure, shift: int) -> np.ndarray:
        reason = measure.reason
        if reason is None:
            return np.where(np.isnan(measure.residual), shift, -1)
        return np.where(reason >= 0, reason + shift, -1)

    return Measure(
        report=np.concatenate([first.report, second.report]),
        residual=np.concatenate([first.residual, second.residual]),
        tell=tell,
        reason=np.concatenate([why(first, 0), why(second, len(first.reasons))]),
        reasons=reasons,
    )
