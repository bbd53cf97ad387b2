"""Does the audit notice? Every cell of sound reports is changed in turn: `python -m tests.fuzz.notice`.

Each changed report stands under a name of its own beside its sound report of the year before, as
tidy cells; noticed is what a rule of severity error says about it and not about the sound one.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from audit.reading.queue import Means
from audit.run import Call, audit
from rules.vocabulary import Severity
from tests.builder.samples.figures import UNITS, YEARS, figures
from tests.builder.truth import Written, base_report
from tests.builder.writers.tidy import encode_rows, rows
from tests.fuzz.cases import township

#: Ways of change → what becomes of a value.
CHANGES = ("one more", "slip")
#: Rows of table two, by what the form asks of them.
_KINDS = {
    "regulations": "documents",
    "normative_documents": "documents",
    "fees": "fees",
}
Change = tuple[str, str]


def slip(value: float) -> float:
    """Two digits in each other's place; where there are none to swap, a digit too many."""
    digits = list(str(int(value)))
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1] and digits[at + 1] != "0":
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            return float("".join(digits))
    return value * 10 if value else 10.0


def noticed(name: str, year: int) -> dict[Change, tuple[str, ...]]:
    """(address, way) → the rules that notice that cell of a sample report changed so."""
    sound, before = figures(name, year), figures(name, year - 1)
    changes = list(_changed(sound))
    reports = [("", sound), *((f"{a} {way}", cells) for a, way, cells in changes)]
    with tempfile.TemporaryDirectory(prefix="notice-") as folder:
        now, then = Path(folder) / "now.csv", Path(folder) / "then.csv"
        cells = [(township(n), c) for n, (_, c) in enumerate(reports)]
        now.write_bytes(_tidy(cells, year))
        then.write_bytes(_tidy([(unit, before) for unit, _ in cells], year - 1))
        call = Call([now], previous=[then], means=Means(jobs=1), today=f"{year + 1}-02-01")
        result = audit(call)
    found: dict[str, set[str]] = defaultdict(set)
    for finding in result.findings:
        if finding.severity is Severity.ERROR and finding.unit is not None:
            found[finding.unit].add(finding.rule)
    plain = found[township(0)]
    return {
        (address, way): tuple(sorted(found[township(n)] - plain))
        for n, (address, way, _) in enumerate(changes, start=1)
    }


def _changed(sound: Mapping[str, Written]) -> Iterator[tuple[str, str, dict[str, Written]]]:
    for address, value in sound.items():
        for way, other in zip(CHANGES, (float(value) + 1, slip(float(value))), strict=True):
            yield address, way, {**sound, address: other}


def _tidy(reports: list[tuple[str, Mapping[str, Written]]], year: int) -> bytes:
    return encode_rows([r for u, c in reports for r in rows(base_report(u, year, cells=c))])


def group(address: str) -> str:
    """The group of cells that an address is counted with."""
    table, row, column = address.split(".")
    if table == "disclosure":
        return f"{table}: {_KINDS.get(row, 'powers')}"
    if table == "disputes":
        return f"{table}: {'totals' if column == 'total' else 'results'}"
    balance = row in ("new", "carried_in", "total", "carried_out")
    return (
        f"{table}: {'balance' if balance else 'outcomes'}{', total column' * (column == 'total')}"
    )


@click.command()
@click.option("--units", default=0, help="How many of the sample county's units; 0: all.")
def main(units: int) -> None:
    """Change every cell of the sample county's sound reports, and count what is noticed."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    missed: dict[str, int] = defaultdict(int)
    changed: dict[str, int] = defaultdict(int)
    for unit in UNITS[: units or None]:
        for year in YEARS[1:]:
            for (address, way), rules in noticed(unit.name, year).items():
                for key in (f"{group(address)} / {way}", f"all / {way}"):
                    tally[key][0] += bool(rules)
                    tally[key][1] += 1
                changed[address] += 1
                missed[address] += not rules
            click.echo(f"{unit.name} {year}", err=True)
    for key, (seen, whole) in sorted(tally.items()):
        click.echo(f"{key:50} {seen:6} of {whole:6}  {seen / whole:6.1%}")
    click.echo("never noticed:")
    for address, times in missed.items():
        if times == changed[address]:
            click.echo(f"  {address}")


if __name__ == "__main__":
    sys.exit(main())
