"""Percentages and differences that a sentence states of its own figures: 占20.3%, 同比下降29%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.claims.breakdowns import Breakdown
from audit.claims.contrast import is_contrast
from audit.claims.quantities import Quantity, Signed
from rules.patterns import SIGNS

_COUNT, _PERCENT, _YEAR = SIGNS["count"], SIGNS["percent"], SIGNS["year"]
_ANY = "".join(SIGNS.values())
_BEFORE = f"(?:去年同期|去年|上年度|上年同期|上年|上一年度|上一年|{_YEAR})(?:同期)?(?:度)?(?:的)?"
_UP = "增长率?|增加|上升|提高|提升|增幅|增|多|升"
_DOWN = "减少|下降|降低|回落|减幅|降幅|减|少|降"
_CHANGE = re.compile(
    f"(?:同比|(?:与|较|比|相比|同){_BEFORE}（?(?P<past>{_COUNT})?）?(?:相比|比|，)*)"
    f"(?:数量|总数|总量|申请|信息|公开|略有|有所|大幅|明显|了|，)*"
    f"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|了|幅度|为|达|：)*"
    f"(?P<by>[{_COUNT}{_PERCENT}])"
    f"(?:[，（、](?:同比)?(?:{_UP}|{_DOWN})?(?:率|幅|了|幅度|为|达)*(?P<and>{_PERCENT}))?"
)
#: Parts of the figure in brackets, before what it is compared with.
_REMARK = re.compile("（[^（）]*），?$")
#: The figure of the year before, in brackets behind the change.
_REMARKED = re.compile(f"（{_BEFORE}(?:为|是|共|公开|收到|办理)*(?P<past>{_COUNT})）")
#: From one year's figure to the next one's: 由8件降至5件，降幅37.5%.
_FROM_TO = re.compile(
    f"[由从](?:{_BEFORE})?(?P<past>{_COUNT})[^，。；{_ANY}]{{0,4}}(?:{_UP}|{_DOWN})(?:至|到|为)"
    f"(?:{_YEAR})?的?(?P<now>{_COUNT})[，（](?:同比)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:率|幅|了|幅度|为|达)*(?P<by>{_PERCENT})"
)
_SHARE = re.compile(
    f"[，（、]?(?:约)?(?:占(?:比|全部|总数|总量|总|公开|信息|发布|申请|数|量|的|比例|为|到|达|全年|百分比|其|收到|主动|年度)*)(?P<by>{_PERCENT})"
    f"|（(?P<bracket>{_PERCENT})）"
)
_SHARES = re.compile(
    f"(?:占比|比例|占总数|占总量|占)(?:分别)(?:为|是|达)*(?P<all>{_PERCENT}(?:[、，和及]{_PERCENT})+)"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A percentage or difference as stated (`stated`, down is negative) and what it is about.

    `share`: the percentage that `figure` is of `whole`. `change`: how far `figure` is from `whole`,
    the year before's, None where the sentence doesn't give it.
    """

    kind: str
    stated: Quantity
    value: float
    figure: Quantity
    whole: float | None


def comparisons(signed: Signed, groups: list[Breakdown]) -> Iterator[Comparison]:
    """All comparisons of a sentence that can be told with certainty."""
    if signed.of("percent") or "较" in signed.text or "比" in signed.text:
        yield from _shares(signed, groups)
        yield from _changes(signed, groups)
        yield from _from_to(signed)


def _shares(signed: Signed, groups: list[Breakdown]) -> Iterator[Comparison]:
    for group in groups:
        if not group.total.exact:
            continue
        for part in group.parts:
            match = _SHARE.match(signed.text, part.figure.at + 1)
            if match and part.times == 1:
                stated = signed.figures[match.end("by" if match["by"] else "bracket") - 1]
                yield Comparison("share", stated, stated.value, part.figure, group.total.value)
        after = max(p.figure.at for p in group.parts)
        listed = _SHARES.search(signed.text, after)
        if listed:
            yield from _in_order(signed, group, listed)


def _in_order(signed: Signed, group: Breakdown, listed: re.Match[str]) -> Iterator[Comparison]:
    stated = [q for q in signed.of("percent") if listed.start() <= q.at < listed.end()]
    if len(stated) == len(group.parts):
        for percent, part in zip(stated, group.parts, strict=True):
            yield Comparison("share", percent, percent.value, part.figure, group.total.value)


def _changes(signed: Signed, groups: list[Breakdown]) -> Iterator[Comparison]:
    parts = {p.figure.at for g in groups for p in g.parts}
    for match in _CHANGE.finditer(signed.text):
        pair = _compared(signed, match.start())
        if pair is None or pair[0].at in parts:
            continue
        figure, past = pair
        told = match if match["past"] else _REMARKED.match(signed.text, match.end())
        if told:
            past = signed.figures[told.start("past")].value
        sign = 1 if match["up"] else -1
        for name in ("by", "and"):
            if match[name]:
                stated = signed.figures[match.start(name)]
                yield Comparison("change", stated, sign * stated.value, figure, past)


def _from_to(signed: Signed) -> Iterator[Comparison]:
    for match in _FROM_TO.finditer(signed.text):
        past, now, by = (signed.figures[match.start(n)] for n in ("past", "now", "by"))
        if past.exact and now.exact:
            sign = 1 if match["up"] else -1
            yield Comparison("change", by, sign * by.value, now, past.value)


def _compared(signed: Signed, at: int) -> tuple[Quantity, float | None] | None:
    """The figure compared, right before with nothing but its noun between; and the year before's,
    where the sentence gives the two one after the other: 2023年150条，2022年120条，增长25%."""
    remark = _REMARK.search(signed.text, 0, at)
    at = remark.start() if remark else at
    before = [q for q in signed.of("count") if q.at < at]
    if not before or not before[-1].exact:
        return None
    between = signed.text[before[-1].at + 1 : at]
    if not re.fullmatch(f"[^。；{_ANY}]{{0,10}}", between) or between.count("，") > 1:
        return None
    last = before[-1]
    clause = re.split("[，。；]", signed.text[: last.at])[-1]
    years = [int(q.value) for q in signed.of("year") if q.at < last.at]
    if not is_contrast(signed.text[: last.at]) and not (_YEAR in clause and len(set(years)) > 1):
        return last, None
    if len(before) < 2 or (years and years[-1] + 1 not in years) or not before[-2].exact:
        return None
    return before[-2], last.value
