"""A number reads back the same however it is printed; what is no number is never one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.values import looks_like_value, parse
from rules.status import Status

FULL_WIDTH = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")
STYLES = {
    "plain": lambda n: n,
    "full width": lambda n: n.translate(FULL_WIDTH),
    "blanks around": lambda n: f" \u00a0{n}\u3000\n",
    "unit": lambda n: f"{n}件",
    "unit apart": lambda n: f"{n} 条",
    "yuan": lambda n: f"{n}元",
    "ten thousand yuan": lambda n: f"{n}万元",
}
amounts = st.integers(0, 10**14).map(lambda n: n / 10**6)


def printed(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


@given(st.one_of(st.integers(-(10**9), 10**9).map(float), amounts), st.sampled_from(sorted(STYLES)))
def test_numbers_read_back(value, style):
    text = STYLES[style](printed(value))
    read = parse(text, "amount")
    assert (read.status, read.value) == (Status.NUMBER, value)
    assert read.plain == (style in ("plain", "blanks around"))


@given(st.integers(1000, 10**9), st.sampled_from([",", "，"]))
def test_separators_read_back(value, mark):
    read = parse(f"{value:,}".replace(",", mark))
    assert (read.status, read.value, read.plain) == (Status.NUMBER, value, False)


@pytest.mark.parametrize(
    ("text", "value"), [("+19", 19), ("-8", -8), ("−8", -8), ("＋3", 3), ("0/0", 0)]
)
def test_signed(text, value):
    assert parse(text, "signed").value == value


def test_units_are_kept_and_nothing_is_converted():
    read = parse("240万元", "amount")
    assert (read.value, read.unit, read.plain) == (240, "万元", False)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000", "\n\t", "\u200b"])
def test_blank(text):
    assert parse(text).status is Status.BLANK


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "–", "无", ".", "／"])
def test_placeholders(text):
    assert parse(text).status is Status.PLACEHOLDER


@pytest.mark.parametrize(
    "text", ["约10", "见附件", "3、5", "1/2", "1.2.3", "12a", "O", "1,23", "十", "0/0", "12%"]
)
def test_text(text):
    read = parse(text)
    assert (read.status, read.value) == (Status.TEXT, None)


@pytest.mark.parametrize(
    "text", ["1 2", "1\n2", "1 082", "12. 5", "３ ４", "12①", "5²", "⑫", "3₁", "7�", "a�"]
)
def test_figures_with_a_blank_between_are_not_put_together(text):
    read = parse(text)
    assert (read.status, read.value) == (Status.UNSURE, None)


@given(st.text(max_size=12))
def test_only_numbers_have_values(text):
    read = parse(text)
    assert (read.value is not None) == (read.status is Status.NUMBER)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", True), ("/", True), ("", False), ("规章", False), ("12件", True), ("a�", True)],
)
def test_looks_like_value(text, value):
    assert looks_like_value(text) is value


@pytest.mark.parametrize(
    "text", ["1000000000000", "99999999999999999999", "9" * 400, "1,000,000,000,000"]
)
def test_what_is_too_large_for_any_count_is_unsure(text):
    read = parse(text)
    assert (read.status, read.value) == (Status.UNSURE, None)


def test_the_largest_amount_seen_is_a_number():
    assert parse("11398889").value == 11398889 and parse("190.457379", "amount").value == 190.457379
