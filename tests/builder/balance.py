"""From what a register counts to whole tables three and four: what adds up is added up."""

from __future__ import annotations

from rules.form import load_form
from tests.builder.truth import Written

KINDS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
RESULTS = ("upheld", "corrected", "other", "pending")
BALANCE = ("new", "carried_in", "total", "carried_out")
Cells = dict[str, Written]


def totals(counts: Cells, edition: int) -> Cells:
    """All cells of tables three and four from those that are counted: what adds up is added up.

    `counts` maps addresses of outcomes, `carried_in` and `carried_out` by kind of applicant, and of
    the results of reviews and suits to numbers; what is not named is 0. `new` follows.
    """
    form = load_form(edition)
    cells: Cells = {a: counts.get(a, 0) for a in form.addresses if not a.startswith("disclosure.")}
    rows = [r.key for r in form.tables["applications"].rows]
    outcomes = [r for r in rows if r not in BALANCE]
    for kind in KINDS:

        def at(row: str, kind: str = kind) -> str:
            return f"applications.{row}.{kind}"

        cells[at("total")] = sum(int(cells[at(r)]) for r in outcomes)
        done = int(cells[at("total")]) + int(cells[at("carried_out")])
        cells[at("new")] = done - int(cells[at("carried_in")])
        if done < int(cells[at("carried_in")]):
            raise ValueError(f"more {kind} carried in than was answered and carried out")
    for row in rows:
        cells[f"applications.{row}.total"] = sum(
            int(cells[f"applications.{row}.{k}"]) for k in KINDS
        )
    for channel in form.tables["disputes"].rows:
        cells[f"disputes.{channel.key}.total"] = sum(
            int(cells[f"disputes.{channel.key}.{r}"]) for r in RESULTS
        )
    return cells
