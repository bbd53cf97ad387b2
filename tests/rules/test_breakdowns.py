"""Totals with parts, shares and changes as reports put them: what doesn't add up, and what does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.dataset_factory import findings
from tests.rules.test_narrative import says

LINES = [
    tuple(line.split(" | ", 1))
    for line in Path(__file__).with_name("breakdowns.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("verdict", "sentence"), LINES)
def test_a_sentence_adds_up_or_not(verdict: str, sentence: str) -> None:
    data = says(sentence)
    found = [f for code in ("N605", "N610") for f in findings(code, data)]
    assert bool(found) is (verdict == "W"), found
