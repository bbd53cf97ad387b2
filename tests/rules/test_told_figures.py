"""Sentences that tell the tables' figures in many ways: silent where right, found where one is wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from audit.claims import with_claims
from tests.rules.dataset_factory import Made, dataset, findings

FILE = Path(__file__).with_name("told_figures.txt")
SENTENCES = [
    line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
CODES = ("N601", "N602", "N603", "N604", "N605", "N608", "N610")
ROWS = {
    "new": "new",
    "carried_in": "in",
    "granted": "gr",
    "partial": "pa",
    "denied_enforcement_file": "de",
    "unable_not_held": "un",
    "refused_repeat": "re",
    "other_misc": "ot",
    "total": "done",
    "carried_out": "out",
}
CELLS = {
    **{f"applications.{r}.{c}": k for r, k in ROWS.items() for c in ("natural_person", "total")},
    "disputes.review.upheld": "ru",
    "disputes.review.corrected": "rc",
    "disputes.review.total": "rv",
    "disputes.litigation_direct.total": "ld",
    "disputes.litigation_after_review.total": "la",
    "disclosure.normative_documents.issued": "is",
    "disclosure.normative_documents.repealed": "rp",
    "disclosure.normative_documents.in_force": "inf",
    "disclosure.licensing.decisions": "li",
    "disclosure.penalties.decisions": "pe",
    "disclosure.coercion.decisions": "co",
    "disclosure.fees.amount": "fe",
}


def figures(seed: int) -> dict[str, float]:
    """Figures of a year that agree with each other; none is small enough to be hit by chance."""
    dice = random.Random(seed)
    told: dict[str, float] = {
        key: dice.randint(11, 40) for key in ("gr", "pa", "de", "un", "re", "ot")
    }
    told["done"] = sum(told.values())
    told |= {key: dice.randint(11, 19) for key in ("in", "out", "ru", "rc", "ld", "la", "is", "rp")}
    told["new"] = told["done"] + told["out"] - told["in"]
    told["both"] = told["new"] + told["in"]
    told["a"] = told["new"] // 3
    told["b"] = told["new"] - told["a"]
    told |= {"rv": told["ru"] + told["rc"], "su": told["ld"] + told["la"]}
    told |= {"inf": told["is"] + 50, "li": dice.randint(300, 2000), "pe": dice.randint(100, 300)}
    return told | {"co": dice.randint(20, 60), "fe": dice.randint(11, 999) / 10}


def made(sentence: str, table: dict[str, float], text: dict[str, float]) -> Made:
    cells = {address: table[key] for address, key in CELLS.items()}
    return Made(cells=cells, level="department", sections={"overview": sentence.format(**text)})


def found(reports: list[Made]) -> dict[int, list[str]]:
    data = with_claims(dataset(*reports))
    told: dict[int, list[str]] = {}
    for code in CODES:
        for finding in findings(code, data):
            told.setdefault(finding["report"], []).append(code)
    return told


def test_right_figures_raise_nothing() -> None:
    reports = [made(s, figures(n), figures(n)) for n in range(3) for s in SENTENCES]
    told = found(reports)
    assert {reports[i].sections["overview"]: codes for i, codes in told.items()} == {}


def wrong() -> Iterator[tuple[str, str, Made]]:
    for number, sentence in enumerate(SENTENCES):
        for key in sorted(set(re.findall(r"{(\w+)}", sentence)) - {"a", "b"}):
            right = figures(number)
            yield sentence, key, made(sentence, right, {**right, key: right[key] + 3})


def test_each_wrong_figure_is_found() -> None:
    cases = list(wrong())
    told = found([report for *_, report in cases])
    missed = [(key, sentence) for i, (sentence, key, _) in enumerate(cases) if i not in told]
    assert missed == []
