"""A short, seeded run of the fuzzer; the long one is `python -m tests.fuzz`."""

from __future__ import annotations

from audit.reporters import reporters
from tests.fuzz.cases import case
from tests.fuzz.judge import judged


def test_damaged_documents_beside_sound_ones() -> None:
    cases = [case(2024, number, ("bytes",)) for number in range(30)]
    tally = judged(cases, jobs=2, formats=tuple(reporters()))
    assert not tally.faults
    assert tally.tried.total() == 30
    assert sum(n for told, n in tally.outcomes.items() if told.startswith("F001")) >= 3


def test_spoilt_tables_are_read_rightly_or_not_at_all() -> None:
    cases = [case(2024, number, ("tables",)) for number in range(40)]
    tally = judged(cases, jobs=2)
    assert not tally.faults
    assert tally.cells_read > 0.85 * tally.cells_seen


def test_a_number_is_the_same_document_every_time() -> None:
    assert case(1, 7) == case(1, 7)
    assert case(1, 7).data != case(2, 7).data


def test_documents_that_were_once_read_wrongly() -> None:
    """Labels of table four lost on pages without rulings; a whole block beside a merged cell."""
    cases = [case(7, number) for number in (1417, 3341, 5069)] + [case(6, 10)]
    assert not judged(cases).faults
