"""The long run: `python -m tests.fuzz --count 20000 --seed 1`; exit status 1 where anything is amiss."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from time import monotonic

import click

from audit.reporters import reporters
from tests.fuzz.cases import KINDS, case
from tests.fuzz.judge import Tally, judged

BATCH = 100
#: In every so many batches all outputs are written, which takes longer than the audit; else JSON.
OUTPUTS = 10


@click.command()
@click.option("--count", default=1000, help="Documents to try.")
@click.option("--seed", default=1, help="The same seed gives the same documents.")
@click.option("--start", default=0, help="The first document's number.")
@click.option("--kinds", default=",".join(KINDS), help="Ways of damage: bytes, tables, or both.")
@click.option("--jobs", default=2, help="Processes.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder for documents with faults.")
def main(count: int, seed: int, start: int, kinds: str, jobs: int, keep: Path | None) -> None:
    """Damage documents, audit them beside sound ones, and tell what should not have happened."""
    whole, begun, ways = Tally(), monotonic(), tuple(kinds.split(","))
    for first in range(start, start + count, BATCH):
        numbers = range(first, min(first + BATCH, start + count))
        cases = [case(seed, n, ways) for n in numbers]
        every = numbers.start // BATCH % OUTPUTS == 0
        tally = judged(cases, jobs, tuple(reporters()) if every else ("json",))
        whole.add(tally)
        bad = {name for name, _, _ in tally.faults}
        for name, kind, told in tally.faults:
            click.echo(f"{kind} {name} {told}")
        for one in cases:
            if keep is not None and one.name in bad:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / one.name).write_bytes(one.data)
        done, spent = numbers.stop - start, monotonic() - begun
        click.echo(f"{done} of {count}, {spent:.0f} s", err=True)
    _told(whole)
    sys.exit(bool(whole.faults))


def _told(tally: Tally) -> None:
    kinds = Counter(kind for _, kind, _ in tally.faults)
    click.echo(f"documents tried: {tally.tried.total()} ({_counts(tally.tried)})")
    click.echo(f"outcomes: {_counts(tally.outcomes)}")
    click.echo(f"cells of spoilt tables: {tally.cells_seen}, read rightly {tally.cells_read}")
    click.echo(f"cells silently wrong: {kinds['wrong']}")
    for kind, meaning in (
        ("crash", "internal errors"),
        ("crashed", "workers crashed"),
        ("timeout", "over the time limit"),
        ("lost", "files unaccounted for"),
        ("others", "sound reports affected"),
        ("output", "outputs failed"),
    ):
        click.echo(f"{meaning}: {kinds[kind]}")


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())


if __name__ == "__main__":
    main()
