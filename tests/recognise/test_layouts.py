"""Every layout of a sound report is read cell by cell; random figures, both editions."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from rules.form import load_form
from tests.builder.flow import flow
from tests.builder.random import valid_cells
from tests.builder.truth import ReportTruth, base_report
from tests.recognise.layouts import BARRED, BLANKS, GLUED, GRIDS, document, grid, left_out, pages

READ = [*GRIDS, *BARRED, *BLANKS]
YEARS = {2021: 2023, 2019: 2020}
quick = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def numbered(edition: int, seed: int = 1) -> ReportTruth:
    """A report in which no two cells hold the same number."""
    addresses = load_form(edition).addresses
    numbers = Random(seed).sample(range(10, 9999), len(addresses))
    return base_report(
        "青石镇", YEARS[edition], edition, cells=dict(zip(addresses, numbers, strict=True))
    )


def values(found: Document) -> dict[str, float | None]:
    (part,) = recognise(found)
    addresses = [c.address for c in part.body.cells]
    assert len(addresses) == len(set(addresses))
    return {c.address: c.value for c in part.body.cells}


@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize("layout", READ)
def test_every_cell_of_every_layout(layout, edition):
    truth = numbered(edition)
    found = document(truth, layout)
    assert values(found) == dict(truth.cells)
    (part,) = recognise(found)
    assert part.body.edition == edition
    met = {o.kind for o in part.body.observations}
    assert met <= {"block_edition", "fee_unit"}


@quick
@given(st.data(), st.sampled_from(READ), st.sampled_from([2021, 2019]))
def test_random_figures(data, layout, edition):
    truth = base_report("青石镇", YEARS[edition], edition, cells=data.draw(valid_cells(edition)))
    found = values(document(truth, layout))
    assert {a: (v, found.get(a)) for a, v in truth.cells.items() if found.get(a) != v} == {}
    assert set(found) == set(truth.cells)


@pytest.mark.parametrize("layout", READ)
def test_merged_row_is_one_row(layout):
    truth = numbered(2021)
    cells = {a: v for a, v in truth.cells.items() if not a.startswith("applications.other_")}
    cells |= {f"applications.other_all.{k}": 70 + n for n, k in enumerate("abcdefg")}
    keys = [c.key for c in truth.form.tables["applications"].blocks[0].columns]
    cells = {a: v for a, v in cells.items() if not a.startswith("applications.other_all.")} | {
        f"applications.other_all.{k}": 7000 + n for n, k in enumerate(keys)
    }
    found = document(replace(truth, cells=cells), layout)
    assert values(found) == cells
    (part,) = recognise(found)
    assert "row_merged" in {o.kind for o in part.body.observations}


def test_digits_run_together_are_read_only_where_there_is_no_other_way():
    truth = base_report("青石镇", 2023, cells={"applications.new.total": 1})
    found = values(document(truth, next(iter(GLUED))))
    assert found == dict(truth.cells)
    truth = base_report("青石镇", 2023, cells={"applications.new.natural_person": 1})
    found = values(document(truth, next(iter(GLUED))))
    assert found["applications.new.natural_person"] is None
    assert found["applications.carried_in.natural_person"] == 0


@pytest.mark.parametrize("again", [True, False], ids=["header again", "header once"])
@pytest.mark.parametrize("narrow", [True, False], ids=["columns left out", "columns kept"])
def test_table_over_several_pages(again, narrow):
    truth = numbered(2021)
    blocks = []
    for number, piece in enumerate(flow(truth)):
        if piece.table is None:
            blocks.append(Paragraph(piece.text, Place(line=number)))
            continue
        parts = [piece.table]
        if piece.text == "applications":
            parts = pages(piece.table, 9, 20, header=again)
        for part in parts:
            blocks.append(grid(left_out(part) if narrow else part, number))
    assert values(Document("a.pdf", "pdf", tuple(blocks))) == dict(truth.cells)


def test_tables_in_each_others_place_are_told_by_their_labels():
    truth = numbered(2021)
    pieces = list(flow(truth))
    at = [n for n, p in enumerate(pieces) if p.table is not None]
    pieces[at[1]], pieces[at[2]] = pieces[at[2]], pieces[at[1]]
    for layout in ("grid", "pipe", "values", "dump"):
        assert values(document(truth, layout, pieces=pieces)) == dict(truth.cells)


def test_hybrid_form_is_read_block_by_block():
    old, new = numbered(2019, 3), numbered(2021, 4)
    first = {p.text: p for p in flow(old) if p.table is not None}["disclosure"].table
    rest = {p.text: p for p in flow(new) if p.table is not None}["disclosure"].table
    assert first is not None and rest is not None
    mixed = [replace(p) for p in flow(new)]
    for layout in ("grid", "pipe", "values"):
        pieces = []
        for piece in mixed:
            if piece.text != "disclosure" or piece.table is None:
                pieces.append(piece)
                continue
            pieces.append(replace(piece, table=first.part(0, 4)))
            pieces.append(replace(piece, table=rest.part(4, rest.height)))
        found = values(document(new, layout, pieces=pieces))
        assert (
            found["disclosure.normative_documents.made"]
            == old.cells["disclosure.normative_documents.made"]
        )
        assert found["disclosure.fees.amount"] == new.cells["disclosure.fees.amount"]
        assert "disclosure.normative_documents.issued" not in found
