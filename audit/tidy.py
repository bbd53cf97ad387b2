"""Tidy cells → csv, json, parquet, as `extract` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import pandas as pd


def write_cells(frame: pd.DataFrame, form: str, target: Path | TextIO) -> None:
    """Write the frame."""
    frame.to_csv(target, index=False)
