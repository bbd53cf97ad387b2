"""The figures of a sentence: value, unit, exact or not; and the sentence with signs in their place."""

from __future__ import annotations

import re
from functools import lru_cache

from audit.record import record
from rules.patterns import SIGNS

_HAN = "零〇一二两三四五六七八九十百千万亿廿"
_COUNT = (
    "件次|件(?!事|套)|条次|条(?!例|龙|款|理|主线)|份次|份(?!额)|篇次|篇(?!章)|宗|起(?![来点步草至止到])"
    "|项|则|例(?![会行如])|个(?=[，。；、）（]|$)|次(?![性日年月要])"
)
_NUMBER = re.compile(
    rf"(?<![第〔\d.\-/A-Za-z])"
    rf"(?P<year>(?:19|20)\d\d)年度?(?!来)"
    rf"|(?<![第〔\d.\-/A-Za-z{_HAN}])"
    rf"(?P<before>大约|约|将近|近|超过|超|逾|不少于|不低于|至少|不足)?"
    rf"(?P<number>\d+(?:\.\d+)?[十百千]?[万亿]?|(?<![数几])(?=[零〇一二两三四五六七八九十百廿])[{_HAN}]+)"
    rf"(?P<more>余|多|来)?(?P<times>[万亿])?(?P<more2>余|多)?"
    rf"(?:(?P<money>元)|(?P<percent>%|个百分点)|(?P<count>{_COUNT})|(?P<other>人次|[倍成月日天个家人名户场期类部册批页张号]))"
    rf"(?P<after>左右|以上|以内|上下)?"
)
_TIMES = {"十": 10.0, "百": 100.0, "千": 1_000.0, "万": 10_000.0, "亿": 100_000_000.0}


@record
class Quantity:
    """One figure. `at` is its place among the signs; money is in 元, percentages in points.

    `decimals` is how many places were printed (of the unit as printed, `step` is one unit of the
    last of them). `exact` is False for 约, 余, 近 and the like.
    """

    at: int
    kind: str
    value: float
    unit: str
    exact: bool
    step: float
    text: str
    more: bool = False


@record
class Signed:
    """A sentence with a sign for each figure, and the figures by the signs' places."""

    text: str
    figures: dict[int, Quantity]

    def of(self, kind: str) -> list[Quantity]:
        """The figures of a kind, in order."""
        return [q for q in self.figures.values() if q.kind == kind]


def signed(sentence: str) -> Signed:
    """Replace each figure that has a unit by the sign for its kind."""
    pieces: list[str] = []
    figures: dict[int, Quantity] = {}
    size = last = 0
    for match in _NUMBER.finditer(sentence):
        if _is_torn(sentence, match.start()):
            continue
        between = sentence[last : match.start()]
        size += len(between)
        figure = _figure(match, size)
        if figure is None:
            size -= len(between)
            continue
        pieces += (between, SIGNS[figure.kind])
        figures[size] = figure
        size += 1
        last = match.end()
    pieces.append(sentence[last:])
    return Signed("".join(pieces), figures)


def _is_torn(sentence: str, start: int) -> bool:
    """Whether digits stand before a blank before this number: 1 136 may be one number or two."""
    return start > 1 and sentence[start - 1] == " "


def _figure(match: re.Match[str], at: int) -> Quantity | None:
    if match["year"]:
        return Quantity(at, "year", float(match["year"]), "年", True, 1, match.group())
    value, step = _value(match["number"])
    if value is None:
        return None
    factor = _TIMES[match["times"]] if match["times"] else 1.0
    kind = next(k for k in ("money", "percent", "count", "other") if match[k])
    more = bool(match["more"] or match["more2"])
    exact = not (match["before"] or match["after"] or more)
    return Quantity(
        at, kind, value * factor, match[kind], exact, step * factor, match.group(), more
    )


def _value(text: str) -> tuple[float | None, float]:
    """The number's value, and one unit of its last printed place."""
    if text[0].isdigit():
        digits = text.rstrip("十百千万亿")
        factor = 1.0
        for sign in text[len(digits) :]:
            factor *= _TIMES[sign]
        places = len(digits.partition(".")[2])
        return float(digits) * factor, 10.0**-places * factor
    return _chinese(text), 1.0


def _small() -> dict[str, float]:
    """Numerals up to 九十九 as nearly all texts have them, and their values."""
    ones = "〇一二三四五六七八九"
    tens = ("", "十", *(f"{one}十" for one in ones[2:]))
    found = {tens[n // 10] + (ones[n % 10] if n % 10 else ""): float(n) for n in range(1, 100)}
    return {**found, "〇": 0.0, "零": 0.0, "两": 2.0}


_SMALL = _small()


@lru_cache(maxsize=512)
def _chinese(text: str) -> float | None:
    if text in _SMALL:
        return _SMALL[text]
    try:
        from cn2an import cn2an  # takes 0.2 s to import, and few texts need it

        return float(cn2an(text, "smart"))
    except ValueError:
        return None
