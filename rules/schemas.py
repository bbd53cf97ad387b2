"""The pandera schemas: one for each rule's statements, and one for each frame of a dataset.

This is the only module of the project that imports pandera.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from rules.dataset import COLUMNS


class CheckCrashedError(Exception):
    """A schema's check failed to run; this is our fault and no finding about the data."""


@cache
def statements_schema(name: str) -> pa.SeriesSchema:
    """The schema of statements: every residual is 0; a missing one is not assessed.

    pandera words one failure only: the check's own output names them all, and words cost more than
    all of the checking.
    """
    return pa.SeriesSchema(
        float,
        checks=pa.Check.eq(0, name=name, n_failure_cases=1),
        nullable=True,
        name=name,
    )


def broken(residuals: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Positions of each rule's broken statements, ascending: code → int64, for code → residuals.

    All are judged in one series: a call costs as much for one statement as for ten thousand.

    Raises:
        CheckCrashedError: the check itself failed.
    """
    parts = list(residuals.values())
    wrong = _broken(" ".join(residuals), np.concatenate(parts) if len(parts) > 1 else parts[0])
    bounds = np.cumsum([0, *map(len, parts)])
    cuts = np.searchsorted(wrong, bounds)
    return {code: wrong[cuts[i] : cuts[i + 1]] - bounds[i] for i, code in enumerate(residuals)}


def _broken(name: str, residual: np.ndarray) -> np.ndarray:
    series = pd.Series(residual, name=name, copy=False)
    try:
        statements_schema(name).validate(series, lazy=True)
    except SchemaErrors as errors:
        _raise_if_crashed(errors)
        return np.unique(np.concatenate([_failed(error) for error in errors.schema_errors]))
    return np.empty(0, dtype=np.int64)


@cache
def frame_schema(name: str) -> pa.DataFrameSchema:
    """The shape of one of the dataset's frames: its columns, in order, with their dtypes."""
    columns = {
        column: pa.Column(_dtype(dtype), nullable=dtype in {"str", "Int64", "float64"})
        for column, dtype in COLUMNS[name].items()
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=name)


def assert_shape(frames: Mapping[str, pd.DataFrame]) -> None:
    """Hold frames (by name) against their schemas.

    Raises:
        CheckCrashedError: a frame is not of the shape the rules rely on; our fault, not the data's.
    """
    for name, frame in frames.items():
        try:
            frame_schema(name).validate(frame, lazy=True)
        except SchemaErrors as errors:
            raise CheckCrashedError(f"{name}: {errors.failure_cases.head(5)}") from errors


def _dtype(name: str) -> object:
    return pd.StringDtype(na_value=np.nan) if name == "str" else name


def _failed(error: SchemaError) -> np.ndarray:
    """Positions where a check's output is False."""
    output = error.check_output
    if not isinstance(output, pd.Series):
        raise CheckCrashedError(str(error))
    return output.index.to_numpy(dtype=np.int64)[~output.to_numpy(dtype=bool)]


def _raise_if_crashed(errors: SchemaErrors) -> None:
    for error in errors.schema_errors:
        if isinstance(error, SchemaError) and error.reason_code is SchemaErrorReason.CHECK_ERROR:
            raise CheckCrashedError(str(error))
