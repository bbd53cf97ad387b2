"""`nianbao extract`: the cells that were read, one row each; nothing is checked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
from audit.tidy import write_cells
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
    frame = tidy_cells(loaded.data)
    if output is not None:
        write_whole(output, lambda scratch: write_cells(frame, form, scratch))
    elif form == "parquet":
        raise UsageError(needs_file(form))
    else:
        write_cells(frame, form, sys.stdout)
    return _complain(loaded, lang)


def tidy_cells(data: Dataset) -> pd.DataFrame:
    """The dataset's cells in the columns of the contract: a row per cell, in the form's order."""
    from audit.frames import column_order

    cells = data.cells.assign(order=column_order(data.cells["cell"])).sort_values(
        ["report", "order"], kind="stable"
    )
    parts = cells["cell"].str.split(".", expand=True) if len(cells) else cells[["cell"] * 3]
    heads = data.reports.loc[cells["report"]].reset_index(drop=True)
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
