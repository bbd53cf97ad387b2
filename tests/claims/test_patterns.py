"""Every pattern finds the figures of its own examples, and stays silent on what it must reject."""

import pytest

from audit.claims.extract import cleaned
from audit.claims.quantities import signed
from audit.claims.statements import Reader, statements
from rules.patterns import Pattern, PatternError, parsed, patterns
from rules.prose import sentences

MATCHES = [(p, case.text, case.value) for p in patterns() for case in p.matches]
REJECTS = [(p, text) for p in patterns() for text in p.rejects]


def _found(pattern: Pattern, text: str) -> list[float]:
    home = next(iter(pattern.home), "overview")
    values = []
    for sentence in sentences(text):
        for found in statements(signed(cleaned(sentence.text)), home, "", Reader(2023, "county")):
            if found.pattern is pattern:
                values.append(0.0 if found.figure is None else found.figure.value)
    return values


@pytest.mark.parametrize(
    ("pattern", "text", "value"), MATCHES, ids=lambda v: getattr(v, "name", None)
)
def test_pattern_finds_the_figure_of_its_example(pattern: Pattern, text: str, value: float) -> None:
    in_ten_thousands = pattern.concept == "disclosure.fees.amount"
    assert _found(pattern, text) == [pytest.approx(value * (10_000 if in_ten_thousands else 1))]


@pytest.mark.parametrize(("pattern", "text"), REJECTS, ids=lambda v: getattr(v, "name", None))
def test_pattern_rejects_what_is_no_such_claim(pattern: Pattern, text: str) -> None:
    assert _found(pattern, text) == []


def test_every_pattern_has_examples_of_both_kinds() -> None:
    assert [p.name for p in patterns() if not p.matches or not p.rejects] == []


def test_names_are_unique() -> None:
    names = [p.name for p in patterns()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ("kindd: count", "不认识的键 kindd", "unknown keys kindd"),
        ("kind: guess", "没有 guess 这种 kind", "unknown kind guess"),
        ("pattern: (", "正则表达式有误", "a broken expression"),
        ("pattern: '{nowhere}'", "没有定义 {nowhere}", "unknown {nowhere}"),
    ],
)
def test_a_broken_pattern_is_refused(change: str, zh: str, en: str) -> None:
    lines = [line for line in ("kind: count", "pattern: a") if line[:6] != change[:6]]
    text = "\n  ".join(
        ["patterns:", "- name: x", "  concept: c", *(f"  {x}" for x in (*lines, change))]
    )
    with pytest.raises(PatternError) as caught:
        parsed(text, "file")
    assert zh in caught.value.message.zh
    assert en in caught.value.message.en
