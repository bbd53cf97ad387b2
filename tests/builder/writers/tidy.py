"""Report truths as tidy cells, CSV or JSON, with the columns that `nianbao extract` writes."""

from __future__ import annotations

import csv
import io
import json
import re

from tests.builder.truth import ReportTruth

COLUMNS = (
    "unit",
    "year",
    "edition",
    "table",
    "row",
    "column",
    "value",
    "raw",
    "file",
    "location",
)
LAYOUTS = ("tidy",)


def rows(truth: ReportTruth, file: str = "", location: str = "") -> list[dict[str, object]]:
    """A row per cell the report has; `value` is empty where no plain number is written."""
    found = []
    for address, raw in truth.shown().items():
        table, row, column = address.split(".")
        value = raw if re.fullmatch(r"-?\d+(\.\d+)?", raw) else ""
        who = (truth.unit, truth.year, truth.edition)
        line = (*who, table, row, column, value, raw, file, location)
        found.append(dict(zip(COLUMNS, line, strict=True)))
    return found


def encode(truth: ReportTruth, _layout: str, suffix: str = ".csv") -> bytes:
    """One report's cells as a CSV file with BOM, or as JSON records."""
    return encode_rows(rows(truth, truth.file or ""), suffix)


def encode_rows(records: list[dict[str, object]], suffix: str = ".csv") -> bytes:
    """Any number of reports' rows as one file."""
    if suffix == ".json":
        numbered = [{**r, "value": _number(str(r["value"]))} for r in records]
        return (json.dumps(numbered, ensure_ascii=False, indent=1) + "\n").encode()
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue().encode("utf-8-sig")


def _number(text: str) -> float | int | None:
    if not text:
        return None
    return float(text) if "." in text else int(text)
