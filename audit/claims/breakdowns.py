"""Totals with their parts in a sentence: 共50条，其中A 20条（B 12条、C 8条）、D 30条."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from audit.claims.contrast import is_contrast
from audit.claims.facets import facets
from audit.claims.parts import SPLIT, Part, is_no_part, parts_of, times_of
from audit.claims.quantities import Quantity, Signed
from rules.patterns import SIGNS

_COUNT = SIGNS["count"]
_ANY = "".join(SIGNS.values())
#: Words that open a list; the second kind says that the list is the whole.
_OPENER = re.compile("其中|包括|包含|涵盖|分别为|分别是|分别|分为|含|：|（")
_WHOLE = {"包括", "包含", "分别为", "分别是", "分别", "分为", "："}
#: 420条信息中，…: what follows are parts of these.
_AMONG = re.compile(f"[^，。；：（其{_ANY}]{{0,10}}中[，：]")
#: What ends a list.
_END = re.compile(
    "此外|另外|另有|另|同时|同比|环比|(?:[较比与])(?:去年|上年|上一年|往年|"
    + SIGNS["year"]
    + ")|截至|通过|；(?=[按从])"
)
#: Figures behind a list's seeming end that are looked at.
_BEHIND = 3
_OPEN = re.compile("等(?![级候待])|主要|例如")
_CLASSES = (
    ("channel", "网上|网络|在线|信函|信件|邮寄|当面|现场|窗口|邮件|邮箱|传真"),
    ("applicant", "自然人|企业|法人|机构|组织|公民|个人|律师"),
    ("outcome", "予以公开|部分公开|不予|无法提供|办结|答复|结转|撤回|处理|公开"),
)
#: Another figure of one run before it (信息200条、视频20条，其中…): the parts may be of them all.
_SIBLING = re.compile(f"[{_ANY}][^，。；：（）]*[、和及][^，。；：（）{_ANY}]*$")
#: What was carried over is named beside what was received: parts after it are of both.
_CARRIED = re.compile("(?:结转|转结|接转|转入)[^，。；：（）]{0,12}$")
_SUM = re.compile(
    f"(?:总共|一共|共计|合计|总计|共)(?:主动)?(?:公开|发布|收到|受理)?(?:各类)?(?:政府|政务)?(?:信息|申请)?(?=[{_COUNT}])"
)
_FIRM_SUM = re.compile("合计|总计|共计")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts. `listing` is `all` where the words say that these are all the parts,
    `some` where they don't say, `open` where they say that there are more."""

    total: Quantity
    parts: tuple[Part, ...]
    listing: str


def breakdowns(signed: Signed) -> list[Breakdown]:
    """All totals with parts that a sentence holds, nested ones too."""
    found: list[Breakdown] = []
    inside: set[int] = set()
    for total in signed.of("count"):
        spread = None if is_contrast(signed.text[: total.at]) else _spread(signed, total)
        if spread is None:
            continue
        parts, listing, bracketed = spread
        if not parts or (not bracketed and _is_of_earlier(signed, total, parts)):
            continue
        if total.at in inside and not bracketed:
            parts, listing = _within(total, parts), "open"
        else:
            parts, listing = _trimmed(total, parts, listing)
        if not bracketed:
            inside |= {p.figure.at for p in parts}
        found += [b for b in _by_class(Breakdown(total, tuple(parts), listing)) if b.parts]
    told = {id(b.total) for b in found}
    found += [Breakdown(t, parts, "all") for t, parts in facets(signed) if id(t) not in told]
    return found or list(_summed(signed))


def _spread(signed: Signed, total: Quantity) -> tuple[list[Part], str, bool] | None:
    """The parts listed after a total, what kind of list it is, and whether it is in brackets."""
    text = signed.text
    start = total.at + 1
    stop = _next_figure(text, start)
    opener = _opener(text, start, stop)
    if opener is None:
        return None
    word, begin, bracketed = opener
    before = text[: total.at]
    if text.count("）", start, begin) > text.count("（", start, begin):
        return None  # a remark in brackets: the list behind it is not of its figure
    if not bracketed and (_SIBLING.search(before) or _CARRIED.search(before)):
        return None
    end = _closing(text, begin) if bracketed else _end(text, begin)
    parts, cut = parts_of(signed, total, begin, end)
    if word == "（" and len(parts) < 2:
        return None
    doubtful = cut or not total.exact or not _exact(parts) or _made_up(signed, total, parts)
    if doubtful or _OPEN.search(text[start:end]):
        return parts, "open", bracketed
    return parts, "all" if word in _WHOLE else "some", bracketed


def _made_up(signed: Signed, total: Quantity, parts: list[Part]) -> bool:
    """Whether figures behind the list's seeming end are just what it lacks: then it goes on there."""
    if not parts:
        return False
    behind = [
        q.value
        for q in signed.of("count")
        if q.at > parts[-1].figure.at and q.unit[0] == total.unit[0]
    ]
    sums = accumulate(behind[:_BEHIND], initial=sum(p.value for p in parts))
    return total.value in list(sums)[1:]


def _is_of_earlier(signed: Signed, total: Quantity, parts: list[Part]) -> bool:
    """Whether the parts make up a figure before the total: 新收186件，上年结转9件，共办理195件，其中…"""
    makes = sum(p.value for p in parts)
    alike = [q for q in signed.of("count") if q.at < total.at and q.unit[0] == total.unit[0]]
    return len(parts) > 1 and makes != total.value and makes in [q.value for q in alike]


def _next_figure(text: str, start: int) -> int:
    """Where the next figure stands that is no mere difference (较上年增加20条), or the sentence ends."""
    for match in re.finditer(f"[{_COUNT}{SIGNS['money']}。]", text[start:]):
        if not is_contrast(text[: start + match.start()]):
            return start + match.start()
    return len(text)


def _exact(parts: list[Part]) -> bool:
    return all(p.figure.exact for p in parts)


def _opener(text: str, start: int, stop: int) -> tuple[str, int, bool] | None:
    among = _AMONG.match(text, start, stop)
    if among is not None:
        return "其中", among.end(), False
    found = list(_OPENER.finditer(text, start, stop))
    words = [m for m in found if m.group() not in "（："]
    brackets = text.count("（", start, stop) > text.count("）", start, stop)
    if words and stop - start <= 40:
        return words[-1].group(), words[-1].end(), brackets
    if found and found[-1].group() == "：" and stop - start <= 30:
        return "：", found[-1].end(), brackets
    if brackets and text[start] == "（":
        return "（", start + 1, True
    return None


def _closing(text: str, begin: int) -> int:
    depth = 1
    for at in range(begin, len(text)):
        depth += (text[at] == "（") - (text[at] == "）")
        if depth == 0:
            return at
    return len(text)


def _end(text: str, begin: int) -> int:
    """Where a list that is not in brackets ends; the words its first part begins with end nothing."""
    depth = 0
    for at in range(begin, len(text)):
        depth += (text[at] == "（") - (text[at] == "）")
        if depth < 0:
            return at
        if depth == 0:
            match = _END.match(text, at)
            if match and not text.startswith(match.group(), begin):
                return at
    return len(text)


def _trimmed(total: Quantity, parts: list[Part], listing: str) -> tuple[list[Part], str]:
    """If the first parts make the total exactly, what follows is not of this list, unless all are
    strung together by 、 alone.
    """
    run = 0.0
    for count, part in enumerate(parts, 1):
        run += part.value
        if count > 1 and run == total.value:
            strung = all(p.joined for p in parts[1 : count + 1])
            return (parts if strung else parts[:count]), listing
    return parts, listing


def _within(total: Quantity, parts: list[Part]) -> list[Part]:
    """The first parts that fit into a total whose own end can't be told."""
    kept: list[Part] = []
    run = 0.0
    for part in parts:
        run += part.value
        if run > total.value and kept:
            break
        kept.append(part)
    return kept


def _by_class(whole: Breakdown) -> Iterator[Breakdown]:
    """One breakdown for each way of dividing: by channel, by applicant, by outcome."""
    runs: list[list[Part]] = []
    before = None
    for part in whole.parts:
        kind = next((k for k, words in _CLASSES if re.search(words, part.label)), None)
        if not runs or (kind and before and kind != before):
            runs.append([])
        runs[-1].append(part)
        before = kind or before
    total = whole.total.value
    if len(runs) == 1 or sum(p.value for p in whole.parts) == total:
        yield whole
        return
    for run in runs:
        fits = sum(p.value for p in run) == total
        yield replace(whole, parts=tuple(run), listing=whole.listing if fits else "open")


def _summed(signed: Signed) -> Iterator[Breakdown]:
    """Parts first, their sum last: 网站120条，微信80条，合计200条."""
    for match in _SUM.finditer(signed.text):
        total = signed.figures[match.end()]
        start = max(signed.text.rfind("；", 0, match.start()), 0)
        before = [q for q in signed.of("count") if start <= q.at < match.start()]
        parts, last = [], start
        for figure in before:
            label = signed.text[last : figure.at].strip(SPLIT)
            parts.append(Part(label, figure, times_of(label)))
            last = figure.at + 1
        parts = [p for p in parts if not is_no_part(p.label, p.figure, total)]
        if sum(p.times for p in parts) < 2 or max(p.value for p in parts) > total.value:
            continue
        firm = _FIRM_SUM.match(match.group()) and total.exact and _exact(parts)
        yield Breakdown(total, _suffix(total, parts), "all" if firm else "open")


def _suffix(total: Quantity, parts: list[Part]) -> tuple[Part, ...]:
    run = 0.0
    for count, part in enumerate(reversed(parts), 1):
        run += part.value
        if run == total.value:
            return tuple(parts[-count:])
    return tuple(parts)
