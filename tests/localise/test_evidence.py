"""What decides between cells that the equations leave open, and what findings share a cause."""

from __future__ import annotations

from typing import Any

from audit.config import Config
from audit.findings import Finding
from audit.outcome import chosen, settle
from audit.run import Loaded
from rules.dataset import Status
from rules.form import load_form
from tests.rules.dataset_factory import Made, dataset

_REVIEW = {"disputes.review.upheld": 3, "disputes.review.corrected": 2}
#: Three requests of natural persons, one of them from last year; all granted.
_SOUND = {
    "applications.new.natural_person": 2,
    "applications.new.total": 2,
    "applications.carried_in.natural_person": 1,
    "applications.carried_in.total": 1,
    "applications.granted.natural_person": 3,
    "applications.granted.total": 3,
    "applications.total.natural_person": 3,
    "applications.total.total": 3,
}
_OUT = {
    f"applications.{row}.{column}": 1
    for row in ("new", "carried_out")
    for column in ("natural_person", "total")
}


def _found(*reports: Made, **more: Any) -> list[Finding]:
    config = Config(select=("A30", "Y50", "V20", "G9", "N604", "N608"))
    loaded = Loaded(dataset(*reports, **more), [], [])
    result = settle(loaded, chosen(config), config, lambda *_: None)
    assert not result.crashes
    return result.findings


def _of(rule: str, findings: list[Finding]) -> Finding:
    return next(f for f in findings if f.rule == rule)


def _first(finding: Finding) -> dict[str, Any]:
    return {s.cell: s.suggestion for s in finding.suspects if s.group == 1}


def test_table_four_is_undetermined_by_itself() -> None:
    finding = _of("A304", _found(Made(cells={**_REVIEW, "disputes.review.total": 6})))
    assert not any(s.unique or s.likely for s in finding.suspects)
    assert {s.group for s in finding.suspects} == {1, 2, 3}
    assert finding.cause is not None
    assert finding.cause.kind == "ambiguous"


def test_a_suspect_in_a_scan_may_be_misread() -> None:
    wrong = {**_SOUND, "applications.new.natural_person": 7}
    scan = Made(cells=wrong, seen=[("page_scanned", None, "", "")])
    printed, scanned = (_of("A303", _found(made)) for made in (Made(cells=wrong), scan))
    assert _first(scanned) == _first(printed) == {"applications.new.natural_person": 2}
    assert "扫描件" not in printed.suspects[0].reason.zh
    assert "扫描件" in scanned.suspects[0].reason.zh
    assert "scan" in scanned.suspects[0].reason.en


def test_the_text_decides_table_four() -> None:
    cells = {**_REVIEW, "disputes.review.total": 6}
    for concept, value in (("disputes.review.total", 5), ("disputes.review.corrected", 3)):
        made = Made(cells=cells, claims=[("overview", concept, value, None)])
        finding = _of("A304", _found(made))
        assert _first(finding) == {concept: value}
        assert finding.suspects[0].likely
        assert not finding.suspects[0].unique


def test_figures_of_another_year_decide_nothing() -> None:
    cells = {**_REVIEW, "disputes.review.total": 6}
    made = Made(cells=cells, claims=[("overview", "disputes.review.total", 5, 2022)])
    assert not any(s.likely for s in _of("A304", _found(made)).suspects)


def test_the_county_decides_table_four() -> None:
    cells = {**_REVIEW, "disputes.review.total": 6}
    other = {"disputes.review.upheld": 1, "disputes.review.total": 1}
    county = {"disputes.review.upheld": 5, "disputes.review.corrected": 2}
    findings = _found(
        Made(cells=cells),
        Made(unit="白石镇", cells=other),
        Made(
            unit="云岭县",
            role="parent",
            level="county",
            cells={**county, "disputes.review.total": 7},
        ),
        roster=[{"unit": "青石镇"}, {"unit": "白石镇"}],
    )
    finding = _of("A304", findings)
    assert _first(finding) == {"disputes.review.upheld": 4}
    assert finding.suspects[0].likely


def test_a_total_left_at_nought_beside_another_one_is_likely() -> None:
    """As in the report of 洪泽 for 2023: 10/1/0/0 and 5/0/0/0, both totals 0."""
    cells = {
        "disputes.review.upheld": 10,
        "disputes.review.corrected": 1,
        "disputes.litigation_after_review.upheld": 5,
    }
    findings = [f for f in _found(Made(cells=cells)) if f.rule == "A304"]
    assert [_first(f) for f in findings] == [
        {"disputes.litigation_after_review.total": 5},
        {"disputes.review.total": 11},
    ]
    assert [f.suspects[0].unique for f in findings] == [False, True]
    assert all(f.suspects[0].likely for f in findings)
    assert findings[0].cause != findings[1].cause


def test_a_single_channel_left_at_nought_stays_open() -> None:
    finding = _of("A304", _found(Made(cells={"disputes.review.upheld": 5})))
    assert _first(finding) == {"disputes.review.total": 5}
    assert not finding.suspects[0].likely


def test_last_year_decides_between_pairs_of_one_column() -> None:
    """Carried in 4 instead of 1, in its column and the total: new could be wrong as well."""
    wrong = {"applications.carried_in.natural_person": 4, "applications.carried_in.total": 4}
    made = Made(cells={**_SOUND, **wrong})
    alone = _of("A301", _found(made))
    assert not any(s.likely for s in alone.suspects)
    findings = _found(made, Made(year=2022, role="previous", cells=_OUT))
    assert _first(_of("A301", findings)) == dict.fromkeys(wrong, 1)
    assert _of("A301", findings).suspects[0].likely
    assert _of("Y501", findings).cause == _of("A301", findings).cause
    assert _first(_of("Y501", findings)) == {"applications.carried_in.total": 1}


def test_findings_of_other_families_share_the_cause_only_where_it_settles_them() -> None:
    wrong = Made(cells={**_SOUND, "applications.carried_in.total": 4})
    settled = _found(wrong, Made(year=2022, role="previous", cells=_OUT))
    assert _of("Y501", settled).cause == _of("A301", settled).cause
    other = dict.fromkeys(_OUT, 2)
    open_ = _found(wrong, Made(year=2022, role="previous", cells=other))
    assert _of("Y501", open_).cause is None


def test_a_minus_sign_is_named() -> None:
    findings = _found(Made(cells={**_SOUND, "applications.granted.natural_person": -3}))
    assert _first(_of("A302", findings)) == {"applications.granted.natural_person": 3}
    assert _of("V204", findings).cause == _of("A302", findings).cause


def test_a_minus_sign_is_named_where_no_equation_holds_the_cell() -> None:
    finding = _of("V204", _found(Made(cells={"disclosure.penalties.decisions": -86})))
    assert _first(finding) == {"disclosure.penalties.decisions": 86}


def test_a_denial_shares_the_cause_that_settles_it() -> None:
    cells = {"disputes.review.upheld": 4, "disputes.review.total": 0}
    found = _found(Made(cells=cells, claims=[("overview", "disputes.review.total", 4, None)]))
    assert _of("N604", found).cause == _of("A304", found).cause is not None


def test_cells_that_hold_each_others_figures_are_one_cause() -> None:
    cells = {"disclosure.licensing.decisions": 86, "disclosure.penalties.decisions": 1265}
    claims = [("overview", a, 1351 - v, None) for a, v in cells.items()]
    found = [f for f in _found(Made(cells=cells, claims=claims)) if f.rule == "N608"]
    assert len({f.cause for f in found}) == 1
    assert [f.suspects[0].suggestion for f in found] == [1265, 86]
    one = [f for f in _found(Made(cells=cells, claims=claims[:1])) if f.rule == "N608"]
    assert [f.suspects for f in one] == [()]


def test_a_figure_that_is_not_whole_is_named_as_it_stands() -> None:
    finding = _of("A302", _found(Made(cells={**_SOUND, "applications.granted.total": 3.5})))
    assert [(s.value, s.suggestion) for s in finding.suspects] == [(3.5, 3)]


def test_blank_addends_are_suspects_and_blank_totals_are_not_guessed() -> None:
    empty = Status.BLANK
    finding = _of(
        "A302", _found(Made(cells={**_SOUND, "applications.granted.natural_person": empty}))
    )
    assert [(s.cell, s.value, s.suggestion) for s in finding.suspects] == [
        ("applications.granted.natural_person", None, 3)
    ]
    blank = Made(cells={**_SOUND, "applications.carried_out.total": empty})
    assert not [f for f in _found(blank) if f.rule.startswith("A30")]


def test_cells_that_were_not_read_are_never_suspects() -> None:
    unread = {"applications.granted.business": (Status.UNSURE, "l")}
    wrong = {"applications.partial.natural_person": 1}
    found = _of("A302", _found(Made(cells={**_SOUND, **wrong, **unread})))
    assert _first(found) == {"applications.partial.natural_person": 0}


def test_errors_in_both_tables_are_told_apart() -> None:
    wrong = {"applications.partial.business": 7, "disputes.review.pending": -2}
    findings = _found(Made(cells={**_SOUND, **wrong}))
    assert _first(_of("A302", findings)) == {"applications.partial.business": 0}
    assert _of("A302", findings).cause != _of("A304", findings).cause


def test_an_error_carried_on_into_the_totals_is_said_so() -> None:
    cells = dict(_SOUND)
    for row in ("partial", "total"):
        for column in ("natural_person", "total"):
            address = f"applications.{row}.{column}"
            cells[address] = cells.get(address, 0) + 2
    finding = _of("A301", _found(Made(cells=cells)))
    assert finding.cause is not None
    assert finding.cause.kind == "carried_on"
    assert not any(s.likely for s in finding.suspects)


def test_a_column_left_from_last_year_is_one_cause() -> None:
    def column(*figures: int) -> dict[str, int]:
        rows = ("new", "granted", "partial", "total")
        return dict(zip((f"applications.{r}" for r in rows), figures, strict=True))

    def made(kind: str, figures: dict[str, int]) -> dict[str, int]:
        return {f"{row}.{kind}": n for row, n in figures.items()}

    before, now, other = column(9, 4, 5, 9), column(17, 11, 6, 17), column(3, 1, 2, 3)
    totals = {row: now[row] + other[row] for row in now}
    last = {**made("natural_person", before), **made("total", before)}
    this = {**made("natural_person", before), **made("business", other), **made("total", totals)}
    findings = _found(Made(cells=this), Made(year=2022, role="previous", cells=last))
    found = [f for f in findings if f.rule == "A303"]
    assert {f.cause.kind for f in found if f.cause} == {"stale_column"}
    assert _first(found[0]) == made("natural_person", now)


def test_only_the_total_column_filled_is_one_cause() -> None:
    totals = {a: n for a, n in _SOUND.items() if a.endswith(".total")}
    found = [f for f in _found(Made(cells=totals)) if f.rule == "A303"]
    assert len(found) == 4
    assert len({f.cause.key for f in found if f.cause}) == 1
    assert not any(s.likely for f in found for s in f.suspects)


def test_a_fee_in_yuan_is_one_cause_with_its_amount() -> None:
    fee = "disclosure.fees.amount"
    before = Made(year=2022, role="previous", cells={fee: 3.5})
    finding = _of("V206", _found(Made(cells={fee: 36000}), before))
    assert _first(finding) == {fee: 3.6}
    assert finding.cause is not None
    assert finding.cause.kind == "yuan"
    assert finding.suspects[0].likely


def test_rows_that_were_read_in_part_are_no_rows_to_exchange() -> None:
    """Of table three only the applicants' first column could be read, and it does not add up."""
    form = load_form(2021).tables["applications"]
    unread = {
        f"applications.{row.key}.{column.key}": Status.UNSURE
        for row in form.rows
        for column in form.blocks[0].columns[1:]
    }
    wrong = {"applications.total.natural_person": 5, "applications.granted.natural_person": 9}
    finding = _of("A301", _found(Made(cells={**_SOUND, **wrong, **unread})))
    assert finding.suspects
