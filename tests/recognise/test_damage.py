"""However a table is spoilt, no cell is read with a number that is not its own."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from audit.recognise import recognise
from rules.form import load_form
from rules.status import Status
from tests.builder.truth import ReportTruth, base_report
from tests.recognise.damage import SPOILS
from tests.recognise.layouts import BARRED, BLANKS, GRIDS, document

SEEDS = range(4)
#: What leaves no trace: a row cut short looks like one whose last cells are blank, where blank
#: cells are printed for spans; a number run together with another is one number.
TRACELESS = {("tabs", "lose_value"), ("markdown", "lose_value")}
TABLES = ("disclosure", "applications", "disputes")


def numbered(edition: int, random: Random) -> ReportTruth:
    addresses = load_form(edition).addresses
    numbers = random.sample(range(10, 9999), len(addresses))
    year = 2023 if edition == 2021 else 2020
    return base_report("青石镇", year, edition, cells=dict(zip(addresses, numbers, strict=True)))


@pytest.mark.parametrize("spoil", SPOILS)
@pytest.mark.parametrize("layout", [*GRIDS, *BARRED, *BLANKS])
def test_no_cell_is_read_wrongly(layout, spoil):
    if (layout, spoil) in TRACELESS:
        pytest.skip("leaves no trace in this layout")
    right = 0
    for seed in SEEDS:
        random = Random(f"{spoil} {seed}")
        edition = (2021, 2019)[seed % 2]
        truth = numbered(edition, random)
        which, draw = TABLES[seed % 3], random.random()

        def damage(table, which=which, draw=draw):
            return SPOILS[spoil](table, Random(draw)) if table.key == which else table

        (part,) = recognise(document(truth, layout, damage))
        wrong = {
            c.address: (c.value, truth.cells.get(c.address))
            for c in part.body.cells
            if c.value is not None and c.value != truth.cells.get(c.address)
        }
        assert not wrong, (seed, which)
        counted = Counter(c.address for c in part.body.cells)
        assert counted.most_common(1)[0][1] == 1
        unsure = [c for c in part.body.cells if c.status is Status.UNSURE]
        assert all(c.doubt and c.value is None for c in unsure)
        right += sum(c.value is not None for c in part.body.cells)
    # What was not spoilt is still read: the other tables at the least.
    assert right >= 0.4 * len(SEEDS) * 198


def spoilt(spoil: str, seed: int, layout: str = "grid", table: str = "applications"):
    truth = numbered(2021, Random(1))

    def damage(matrix):
        return SPOILS[spoil](matrix, Random(seed)) if matrix.key == table else matrix

    (part,) = recognise(document(truth, layout, damage))
    return truth, part.body


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("drop_row", "row_absent"),
        ("drop_column", "column_absent"),
        ("double_row", "row_twice"),
        ("insert_row", "row_extra"),
        ("swap_rows", "row_order"),
    ],
)
@pytest.mark.parametrize("layout", ["grid", "pipe", "values"])
def test_what_is_amiss_is_told_and_the_rest_is_read(layout, spoil, kind):
    for seed in SEEDS:
        truth, body = spoilt(spoil, seed, layout)
        met = [o for o in body.observations if o.kind == kind]
        assert met and {o.table for o in met} == {"applications"}
        read = sum(c.value is not None for c in body.cells)
        assert read >= len(truth.cells) - 25


def test_merged_numbers_are_unsure_in_every_cell_they_cover():
    for seed in SEEDS:
        _, body = spoilt("merge_values", seed)
        unsure = [c for c in body.cells if c.status is Status.UNSURE]
        assert len(unsure) >= 2 and len({c.raw for c in unsure}) == 1
        assert all("跨" in c.doubt for c in unsure)
