"""Reports whose tables are spoilt in known ways, in every format that tests can write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from rules.form import load_form
from tests.builder.balance import KINDS, RESULTS, totals
from tests.builder.build import encode, layouts
from tests.builder.matrix import Matrix
from tests.builder.shapes import matrix
from tests.builder.truth import ReportTruth, Written, base_report, written
from tests.recognise.damage import SPOILS

TABLES = ("disclosure", "applications", "disputes")
#: How often each format is made; PDFs take as long to make as twenty text files.
FORMATS = {".txt": 10, ".html": 6, ".docx": 3, ".xlsx": 4, ".pdf": 2}
#: What leaves no trace: a row cut short looks like one whose last cells are blank.
TRACELESS = {("tabs", "lose_value"), ("text", "lose_value")}
#: The parts of one table as tables of their own are made from the truth, not from the spoilt table.
_BLOCKS = {("blocks", "disclosure")}
#: Where a blank leaves no trace, a second damage may put a figure in its place unseen.
_NO_BLANKS = {"values", "cells", "one-line", "dump"}
#: What is put in may stand for what is taken away, and nobody can tell.
_PUT_IN = {"double_row", "insert_row", "insert_column", "stray_value", "merge_values", "merge_down"}
_TAKEN = {"drop_row", "drop_any_row", "drop_column", "blank_value", "blank_row", "lose_value"}
#: Figures of a row that moved by one: what stands under a label now may be read as its own, too.
_SHIFTS = {"lose_value", "stray_value"}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A spoilt report: its file's bytes, and what a person may see in each cell of the form."""

    suffix: str
    data: bytes
    cells: dict[str, set[float]]
    told: str


def spoilt(random: Random, unit: str, formats: dict[str, int] | None = None) -> Spoilt:
    """A report of made-up figures, one or two tables of which are spoilt."""
    edition = random.choice((2021, 2021, 2019))
    cells = _figures(edition, random)
    truth = base_report(unit, 2023 if edition == 2021 else 2020, edition, cells=cells)
    weights = formats or FORMATS
    (suffix,) = random.choices(list(weights), list(weights.values()))
    layout = random.choice(layouts(suffix))
    plan = _plan(random, layout)
    told = f"{suffix} {layout} {edition} " + " ".join(f"{t}:{'+'.join(s)}" for t, s in plan.items())
    draw = random.random()
    seen = {a: {float(written(v))} for a, v in truth.cells.items()}

    def spoil(table: Matrix) -> Matrix:
        for way in plan.get(table.key, ()):
            if all(b.header for b in table.boxes):
                break  # an earlier damage took the last figure
            more = SPOILS[way](table, Random(draw))
            table = table if _overlapping(more) else more
        if _SHIFTS.issuperset(plan.get(table.key, ())):
            _seen_in_place(table, truth, seen)
        return table

    data = encode(replace(truth, spoil=spoil), suffix, layout)
    return Spoilt(suffix, data, seen, told)


def _overlapping(table: Matrix) -> bool:
    """Whether two damages together made what no program can print."""
    covered = [
        (r, c)
        for b in table.boxes
        for r in range(b.row, b.row + b.row_span)
        for c in range(b.column, b.column + b.column_span)
    ]
    return len(set(covered)) < len(covered)


def _plan(random: Random, layout: str) -> dict[str, tuple[str, ...]]:
    """Table → ways in which it is spoilt; seldom none, to see that what is sound is read."""
    plan: dict[str, tuple[str, ...]] = {}
    for table in random.sample(TABLES, random.choice((0, 1, 1, 1, 1, 2, 3))):
        ways = [w for w in SPOILS if (layout, w) not in TRACELESS]
        if (layout, table) not in _BLOCKS:
            many = 1 if layout in _NO_BLANKS else random.choice((1, 1, 1, 2))
            chosen = tuple(random.sample(ways, many))
            if not _SHIFTS.isdisjoint(chosen) or not (
                _PUT_IN.isdisjoint(chosen) or _TAKEN.isdisjoint(chosen)
            ):
                chosen = chosen[:1]
            plan[table] = chosen
    return plan


def _figures(edition: int, random: Random) -> dict[str, Written]:
    """Figures that agree: all different, which gives every misplacement away, or mostly zeros."""
    form = load_form(edition)
    rows = [r.key for r in form.tables["applications"].rows]
    outcomes = [r for r in rows if r not in ("new", "carried_in", "total")]
    counted = [f"applications.{r}.{k}" for r in outcomes for k in KINDS]
    counted += [f"disputes.{r.key}.{x}" for r in form.tables["disputes"].rows for x in RESULTS]
    free = [a for a in form.addresses if a.startswith("disclosure.")]
    if random.random() < 0.7:
        few = random.sample(range(1, 90), 6)
        counts: dict[str, Written] = {
            f"applications.carried_in.{k}": n for k, n in zip(KINDS, few, strict=True)
        }
        counts |= dict(zip(counted, random.sample(range(10, 999), len(counted)), strict=True))
        kept = dict(zip(free, random.sample(range(10000, 20000), len(free)), strict=True))
    else:
        counts = dict.fromkeys(
            random.sample(counted, random.randint(0, 6)), random.choice((1, 2, 7))
        )
        kept = {a: random.choice((0, 0, 0, 3, 25, 431, 1082)) for a in free}
    return {**totals(counts, edition), **kept}


def _seen_in_place(table: Matrix, truth: ReportTruth, seen: dict[str, set[float]]) -> None:
    """Add what stands where each cell of the form was."""
    numbers = {a: n for n, a in enumerate(truth.cells)}
    addresses = list(numbers)
    plain = matrix(replace(truth, cells=dict(numbers)), table.key)
    assert plain is not None
    at = {(b.row, b.column): addresses[int(b.text)] for b in plain.boxes if not b.header}
    for box in table.boxes:
        address = at.get((box.row, box.column))
        if address is not None and not box.header and box.text:
            seen[address].add(float(box.text))
