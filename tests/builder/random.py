"""Hypothesis strategies for valid tables: every equation of the form holds."""

from __future__ import annotations

from hypothesis import strategies as st

from rules.form import load_form
from tests.builder.balance import BALANCE, KINDS, RESULTS, Cells, totals
from tests.builder.truth import ReportTruth, base_report

SIZES = {"zeros": 0, "tens": 30, "hundreds": 900}


@st.composite
def valid_cells(draw: st.DrawFn, edition: int = 2021) -> Cells:
    """Every cell of a form, sparse as real ones are: zeros, tens or hundreds."""
    form = load_form(edition)
    most = draw(st.sampled_from(sorted(SIZES.values())))
    rows = [r.key for r in form.tables["applications"].rows]
    addresses = [
        *(f"applications.{r}.{k}" for r in rows if r not in BALANCE for k in KINDS),
        *(f"applications.carried_out.{k}" for k in KINDS),
        *(f"disputes.{r.key}.{x}" for r in form.tables["disputes"].rows for x in RESULTS),
    ]
    some = st.dictionaries(st.sampled_from(addresses), st.integers(0, most), max_size=25)
    counts: Cells = dict(draw(some))
    for kind in KINDS:
        done = totals(counts, edition)[f"applications.new.{kind}"]
        counts[f"applications.carried_in.{kind}"] = draw(st.integers(0, min(int(done), most)))
    disclosed = draw(_disclosure_2021(most) if edition == 2021 else _disclosure_2019(most))
    cells = {**totals(counts, edition), **disclosed}
    return {a: cells.get(a, 0) for a in form.addresses}


@st.composite
def _disclosure_2021(draw: st.DrawFn, most: int) -> Cells:
    issued, repealed = draw(st.integers(0, most)), draw(st.integers(0, most))
    in_force = max(0, issued - repealed) + draw(st.integers(0, most))
    return {
        "disclosure.normative_documents.issued": issued,
        "disclosure.normative_documents.repealed": repealed,
        "disclosure.normative_documents.in_force": in_force,
        "disclosure.licensing.decisions": draw(st.integers(0, 10 * most)),
        "disclosure.penalties.decisions": draw(st.integers(0, most)),
        "disclosure.coercion.decisions": draw(st.integers(0, most)),
        "disclosure.fees.amount": draw(st.integers(0, most * 10**6)) / 10**6,
    }


@st.composite
def _disclosure_2019(draw: st.DrawFn, most: int) -> Cells:
    made = draw(st.integers(0, most))
    published = draw(st.integers(0, most))
    cells: Cells = {
        "disclosure.normative_documents.made": made,
        "disclosure.normative_documents.published": published,
        "disclosure.normative_documents.total_public": published + draw(st.integers(0, most)),
        "disclosure.procurement.items": draw(st.integers(0, most)),
        "disclosure.procurement.amount": draw(st.integers(0, most * 10**4)) / 100,
    }
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        last = draw(st.integers(0, most))
        cells[f"disclosure.{row}.items_last_year"] = last
        cells[f"disclosure.{row}.change"] = draw(st.integers(-last, most))
        if row != "fees":
            cells[f"disclosure.{row}.decisions"] = draw(st.integers(0, most))
    return cells


@st.composite
def valid_reports(draw: st.DrawFn, edition: int = 2021) -> ReportTruth:
    """A sound report around valid cells; what the text says of applications agrees with them."""
    year = 2020 if edition == 2019 else 2023
    return base_report("青石镇", year, edition, cells=draw(valid_cells(edition)))
