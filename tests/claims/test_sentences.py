"""Hundreds of sentences in the manner of real reports: what a careful reader takes from each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.claims import claims_of_report

NEW, IN = "applications.new.total", "applications.carried_in.total"
REVIEW = "disputes.review.total"
SUITS = "disputes.litigation_direct.total + disputes.litigation_after_review.total"
DOCUMENTS = "disclosure.normative_documents"
#: How the file calls what is stated.
NAMES = {
    "R": f"{NEW} | {NEW} + {IN}",
    "N": NEW,
    "I": IN,
    "B": f"{NEW} + {IN}",
    "D": "applications.total.total",
    "O": "applications.carried_out.total",
    "np": "applications.new.natural_person",
    "bu": "applications.new.business",
    "gr": "applications.granted.total",
    "pa": "applications.partial.total",
    "de": "applications.denied_*.total",
    "un": "applications.unable_*.total",
    "re": "applications.refused_*.total",
    "ot": "applications.other_*.total",
    "dss": "applications.denied_state_secret.total",
    "def": "applications.denied_enforcement_file.total",
    "din": "applications.denied_internal.total",
    "dpr": "applications.denied_process.total",
    "unh": "applications.unable_not_held.total",
    "unc": "applications.unable_needs_creation.total",
    "rv": REVIEW,
    "ru": "disputes.review.upheld",
    "rc": "disputes.review.corrected",
    "su": SUITS,
    "rs": f"{REVIEW} + {SUITS}",
    "ld": "disputes.litigation_direct.total",
    "la": "disputes.litigation_after_review.total",
    "is": f"{DOCUMENTS}.issued",
    "rp": f"{DOCUMENTS}.repealed",
    "inf": f"{DOCUMENTS}.in_force",
    "li": "disclosure.licensing.decisions",
    "pe": "disclosure.penalties.decisions",
    "co": "disclosure.coercion.decisions",
    "fe": "disclosure.fees.amount",
    "fi": "fees.information",
}
LEVELS = {"t": "township", "d": "department", "c": "county"}
SECTIONS = {"o": "overview", "a": "applications", "s": "disputes", "x": "other"}
SHORT = {concept: name for name, concept in NAMES.items()}


def lines() -> Iterator[tuple[str, str, str, list[str]]]:
    text = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            head, _, rest = line.partition(" | ")
            sentence, _, stated = rest.partition(" =>")
            yield LEVELS[head[0]], SECTIONS[head[2]], sentence, sorted(stated.split())


def short(concept: str) -> str:
    """The file's name for a concept; alternatives go by their first where they have no own."""
    return SHORT.get(concept) or SHORT[concept.partition(" | ")[0]]


@pytest.mark.parametrize(("level", "section", "sentence", "stated"), list(lines()))
def test_a_sentence_states(level: str, section: str, sentence: str, stated: list[str]) -> None:
    found = {
        f"{short(row['concept'])}{'' if row['exact'] else '~'}{row['value']:g}"
        for row in claims_of_report([(section, sentence, "line 1")], 2023, level)
        if row["kind"] in ("count", "none") and row["year"] == 2023
    }
    assert sorted(found) == stated
