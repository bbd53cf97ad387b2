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
from rules.vocabulary import Rule


class CheckCrashedError(Exception):
    """A schema's check failed to run; this is our fault and no finding about the data."""


@cache
def statements_schema(code: str) -> pa.SeriesSchema:
    """The schema of a rule's statements: every residual is 0; a missing one is not assessed.

    pandera words one failure only: the check's own output names them all, and words cost more than
    all of the checking.
    """
    return pa.SeriesSchema(
        float,
        checks=pa.Check.eq(0, name=code, n_failure_cases=1),
        nullable=True,
        name=code,
    )


def broken(rule: Rule, residual: np.ndarray) -> np.ndarray:
    """Positions of the broken statements, ascending: int64.

    Raises:
        CheckCrashedError: the check itself failed.
    """
    series = pd.Series(residual, name=rule.code, copy=False)
    try:
        statements_schema(rule.code).validate(series, lazy=True)
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
