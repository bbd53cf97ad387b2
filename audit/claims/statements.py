"""Figures and denials that a sentence states of the unit's own year: patterns applied, scope judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from audit.claims.contrast import is_contrast, is_other_time
from audit.claims.quantities import Quantity, Signed
from audit.record import record
from rules.patterns import SIGNS, Pattern, patterns

#: Plans are no claims about the year.
_PLAN = re.compile(
    "下一步|下步|明年|下一年度?工作|计划|力争|争取|预计|打算|拟(?!定|文|稿|制)|目标"
    "|将(?:继续|进一步|不断|着力|重点|于|力争|持续|全面|切实|从)|要求(?:各|全)|应当"
)
_SUPPOSED = re.compile("(?:如|若|凡|对于?|针对|因|当|一旦)[^，。；]{0,4}$")
_ORDERED = "(?:按照|根据|围绕|结合|对照|落实|贯彻|在)[^，。；]{0,24}"
_OWN = re.compile(
    "[我本](?:街道|办事处|单位|机关|辖区|[镇乡街局委厅办院县区市省旗队所中处])|全(?:街道|[镇乡街局委])|以(?:本?部门|局|镇|乡)名义"
)
#: Whose figures are not this unit's, by level.
_OTHERS = {
    "low": re.compile(
        "(?:全|教育|卫生|公安|司法|税务|住建|民政|交通|水利|农业)系统|(?:服务|办事)(?:中心|大厅)|下辖|(?<![及和与、])(?:镇属|乡属|下属|直属|所属)(?:事业)?单位|指导|协助|配合[^，。；]{2,12}(?=办理|答复)|(?<=[各个\ue005])村|[县市省区](?:局|厅)(?=[共收新受办累])|全[县区市省国州旗]|各(?:乡|镇|街道|部门|单位|地|级|县|区|市)|[县区市省](?:人民)?政府(?!信息)|上级"
    ),
    "high": re.compile(
        "本级|(?:政府)?办公室|(?<![一本我])[县区市省](?:直|级)?(?:政府)?(?:各)?(?:部门|单位)|各(?:乡镇|镇|乡|街道|部门|单位|县|区)"
        "|[县区市省](?:人民)?政府(?=[共收新受办答制出])|(?<=[\u4e00-\u9fff]{2})(?:局|委员会|街道|镇|乡)(?=[共收新办受])"
    ),
}
_WHOLE_AREA = re.compile(
    "全[县区市省州旗盟]|[我本][县区市省州旗盟]|各级(?:各(?:部门|单位))?"
    "|各乡镇[^，。；收受]{0,8}(?:部门|单位)|各(?:部门|单位)[^，。；收受]{0,6}(?:乡镇|镇街|街道|镇)"
)
#: A clause that speaks of one channel or kind of applicant only, up to the words that claim.
_PARTED = re.compile(
    "(?:其中|网上|网络|在线|信函|信件|来信|来函|来访|邮寄|当面|现场|窗口|平台|邮件|邮箱|传真|自然人|企业|法人|律师)"
    "(?![^，；：。）]{0,12}等(?:多种)?(?:渠道|方式|途径|形式))[^，；：。）]*$"
)
_OTHER_WORK = re.compile(
    "(?:热线|工单|来电|留言|信访|建议|提案|投诉|举报|咨询|转办|诉求|来信|信箱|救助|许可|复议|诉讼|舆情)(?:申请|事项|件|案)*"
)
#: Beside requests handled in a list: what is carried over, or divided by channel or applicant.
_NO_SIBLING = re.compile(
    "新收|新增|结转|转下|转至|顺延|延期|网上|网络|在线|线上|线下|信函|信件|邮寄|当面|现场|窗口|平台|自然人|企业|法人"
)
_PARTLY = re.compile("撤回|撤销|终止|程序|不再处理|流程|告知")


@record
class Statement:
    """One figure or denial: `figure` is None for a denial; `year` is the year it speaks of."""

    pattern: Pattern
    figure: Quantity | None
    year: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose text is read: the report's year (None if unknown) and the unit's level; and by what."""

    year: int | None
    level: str | None
    patterns: tuple[Pattern, ...] = field(default_factory=patterns, repr=False)

    @property
    def is_area(self) -> bool:
        """Whether the report is a whole county's, city's or province's."""
        return self.level in {"county", "city", "province"}


def statements(
    signed: Signed, section: str | None, context: str, reader: Reader
) -> Iterator[Statement]:
    """What a sentence states; `context` is the sentence before it, which may say what it is about."""
    text = signed.text
    taken: set[int] = set()
    denied: set[str] = set()
    here = {word for word in _words(reader.patterns) if word in text}
    for pattern in reader.patterns:
        if here.isdisjoint(pattern.needs) or not _concerns(pattern, text, section, context):
            continue
        for match in pattern.regex.finditer(text):
            found = _statement(pattern, match, signed, reader)
            if found is None:
                continue
            if found.figure is None:
                if denied & _parts(pattern):
                    continue
                denied |= _parts(pattern)
            elif found.figure.at in taken:
                continue
            else:
                taken.add(found.figure.at)
            yield found


@lru_cache(maxsize=16)
def _words(patterns: tuple[Pattern, ...]) -> tuple[str, ...]:
    """All words of which some pattern needs one."""
    return tuple({word for pattern in patterns for word in pattern.needs})


def _parts(pattern: Pattern) -> set[str]:
    return set(re.split(r" [+|] ", pattern.concept))


def _concerns(pattern: Pattern, text: str, section: str | None, context: str) -> bool:
    if pattern.sections and section not in pattern.sections:
        return False
    if pattern.about and "无关" in text:
        return False
    if not pattern.about or section in pattern.home:
        return True
    return any(word in text or word in context for word in pattern.about)


def _statement(
    pattern: Pattern, match: re.Match[str], signed: Signed, reader: Reader
) -> Statement | None:
    text = signed.text
    if pattern.behind is not None and pattern.behind.search(text[: match.start()]):
        return None
    if _PLAN.search(text, 0, match.end()) or not _is_own(text[: match.end()], reader):
        return None
    figure, at = None, match.start()
    if pattern.kind == "count":
        group = next(g for g in ("n", "n2", "n3") if g in match.groupdict() and match[g])
        at = match.start(group)
        figure = signed.figures[at]
        if pattern.value not in (None, figure.value):
            return None
        if not pattern.year and (is_contrast(text[:at]) or is_other_time(signed, at)):
            return None
        if pattern.plain and _PARTED.search(text[: match.start()]):
            return None
        if pattern.whole and (_is_one_of_many(text, at) or _is_of_others(text[:at])):
            return None
        if any(word in text[text.rfind("；", 0, at) + 1 : at] for word in pattern.unless):
            return None
    elif _SUPPOSED.search(text[: match.start()]):
        return None
    year = _year(pattern, match, signed, reader)
    return None if year == -1 else Statement(pattern, figure, year, at)


_NO_TIME = re.compile("(?:[较比与至到于]|截至|截止)$")
_CARRIED = re.compile("度?(?:结转|转结|转入|遗留|接转)")


def _is_own(before: str, reader: Reader) -> bool:
    """Whether the last subject named before is the unit itself (as it is where none is named)."""
    others = _OTHERS["high" if reader.is_area else "low"]
    own = _WHOLE_AREA if reader.is_area else _OWN
    last = max((m.end() for m in own.finditer(before)), default=-1)
    foreign = max(
        (m.end() for m in others.finditer(before) if not _is_backdrop(before, m)), default=-1
    )
    return last >= foreign


def _is_backdrop(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(f"{_ORDERED}$", text[max(0, match.start() - 30) : match.start()]))


def _is_one_of_many(text: str, at: int) -> bool:
    """Whether a figure of requests handled is but one part of those received: 其中办结11件，撤回8件."""
    if _PARTLY.search(text):
        return True
    flat = re.sub("（[^）]*）", "", text[:at] + "\0" + text[at + 1 :])
    start = flat.rfind("其中", 0, flat.find("\0"))
    if start < 0:
        return False
    rest = flat[start:]
    rest = re.split("\0[^，；]*其中", rest)[0]
    siblings = [c for c in re.split("[，；、。]", rest) if SIGNS["count"] in c]
    return any(not _NO_SIBLING.search(c) for c in siblings)


def _is_of_others(before: str) -> bool:
    """Whether what was handled last spoken of are not requests: calls, letters, proposals."""
    last = max((m.end() for m in re.finditer("申请", before)), default=-1)
    return any(m.end() >= last for m in _OTHER_WORK.finditer(before))


def _year(pattern: Pattern, match: re.Match[str], signed: Signed, reader: Reader) -> int | None:
    """The year spoken of; -1 where the years named forbid the pattern."""
    inside = [q for q in signed.of("year") if match.start() <= q.at < match.end()]
    if pattern.year is not None and inside:
        wanted = None if reader.year is None else reader.year + pattern.year
        years = {int(q.value) for q in inside} - {reader.year}
        return -1 if wanted is not None and years - {wanted} else reader.year
    at = match.end() if inside else match.start()
    named = [
        q for q in signed.of("year")
        if q.at <= at
        and not _NO_TIME.search(signed.text[: q.at])
        and not _CARRIED.match(signed.text, q.at + 1)
    ]  # fmt: skip
    if not named:
        return reader.year
    year = int(named[-1].value)
    return -1 if reader.year is not None and year > reader.year else year
