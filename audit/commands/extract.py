"""`nianbao extract`: the cells that were read, one row each; nothing is checked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.commands.common import configure, means, progress, tell_effort
from audit.commands.targets import write_whole
from audit.errors import UsageError
from audit.phrases import turned
from audit.reporters.base import needs_file
from audit.reporters.safe import one_line
from audit.run import Call, Loaded, load
from audit.texts import say
from audit.tidy import write_cells, write_parts
from audit.wording import reason as words

if TYPE_CHECKING:
    import pandas as pd

    from rules.dataset import Dataset


def run(
    paths: Sequence[Path],
    form: str,
    output: Path | None,
    roster: Path | None,
    config: Path | None,
    lang: str,
    jobs: int | None,
    cluster: str | None,
    no_cache: bool,
    quiet: bool,
    verbose: int,
    no_color: bool,
) -> int:
    """Write the cells; 1 if a file could not be read, 2 if a loader of ours failed."""
    if form == "parquet" and output is None:
        raise UsageError(needs_file(form))
    settings = configure(config, paths)
    with progress(quiet, lang, not no_color) as told:
        loaded = load(
            Call(
                paths=paths,
                config=settings,
                roster=roster or settings.roster,
                means=means(jobs, cluster, no_cache),
                apart=[output] if output is not None else [],
                progress=told,
            )
        )
    tell_effort(loaded.read, loaded.kept, lang, verbose)
    _write(loaded.data, form, output)
    return _complain(loaded, lang)


def _write(data: Dataset, form: str, output: Path | None) -> None:
    if output is None:
        write_cells(tidy_cells(data), form, sys.stdout)
    elif form == "parquet":
        write_whole(output, lambda scratch: write_parts(tidy_parts(data), scratch))
    else:
        write_whole(output, lambda scratch: write_cells(tidy_cells(data), form, scratch))


def tidy_cells(data: Dataset) -> pd.DataFrame:
    """The dataset's cells in the columns of the contract: a row per cell, in the form's order."""
    return _tidy(data.cells, data)


def tidy_parts(data: Dataset) -> Iterator[pd.DataFrame]:
    """The same in parts that fit into memory; one, without rows, where there are no cells."""
    none = True
    for _, _, cells in data.cell_chunks():
        none = False
        yield _tidy(cells, data)
    if none:
        yield tidy_cells(data)


def _tidy(cells: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    from audit.frames import column_order
    from rules.units import unit_labels

    cells = cells.assign(order=column_order(cells["cell"])).sort_values(
        ["report", "order"], kind="stable"
    )
    parts = cells["cell"].str.split(".", expand=True) if len(cells) else cells[["cell"] * 3]
    heads = data.reports[["unit", "year", "edition", "file"]].assign(unit=unit_labels(data))
    heads = heads.loc[cells["report"]]
    heads = heads.reset_index(drop=True)
    cells = cells.reset_index(drop=True)
    frame = heads[["unit", "year", "edition"]].copy()
    for position, name in enumerate(("table", "row", "column")):
        frame[name] = parts.iloc[:, position].to_numpy()
    frame["value"] = cells["value"].astype("Float64")
    frame["raw"] = cells["raw"]
    frame["file"] = heads["file"]
    frame["location"] = cells["location"]
    return frame


def _complain(loaded: Loaded, language: str) -> int:
    bad = loaded.data.files[loaded.data.files["outcome"].str.startswith("F")]
    for file, reason, detail in zip(bad["file"], bad["reason"], bad["detail"], strict=True):
        what, advice = words(reason, language)
        why = say("aside", language, text=turned(detail, language)) if detail else ""
        told = f"{file}{say('colon', language)}{what}{why}{say('semicolon', language)}{advice}"
        click.echo(one_line(told), err=True)
    for crash in loaded.crashes:
        told = say("internal", language, what=crash.what, message=crash.message)
        click.echo(one_line(told), err=True)
    if not loaded.complete:
        click.echo(say("partial", language), err=True)
    return 2 if loaded.crashes or not loaded.complete else int(len(bad) > 0)
