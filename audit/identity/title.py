"""A report's title, wherever it stands: the unit named in it and the year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audit.document import Paragraph, Place
from audit.identity.names import HAN, split
from audit.recognise.normalise import squeezed

#: A year that is no part of a longer number, of a date or of a notice's number.
YEAR = (
    r"(?:(?<!\d)(?:20[0-3]\d)(?![\d.\-/]|年\d{1,2}月|[〕\])]\d+号)"
    "|[二2][〇零○oO0][〇零○oO0一二三][〇零○oO0一二三四五六七八九](?!年?[一二三四五六七八九十]{1,2}月))"
)
_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_YEAR = re.compile(YEAR)
_YEAR_WORDS = re.compile(rf"[(\[【]?{YEAR}(?:年度|年年度|年|度)?[)\]】]?")
_NOUN = re.compile(
    r"(?:政府信息和?(?:与)?政务公开|政府信息(?:公开)?与政务公开|政府信息公开|政务信息公开|政务公开|信息公开)"
    rf"(?:工作|情况|的|[(\[]?{YEAR}年?度?[)\]]?|年度|总结|执行|统计)*(?P<end>报告|年报|报$|年度$|年$)?"
    r"(?!格式|模板|的?通知|编制|填报|专栏|栏目|制度)"
)
_PLAIN_NOUN = re.compile(r"(?:年度?报告?|年报)(?=$|[(\[])")
_BREAK = re.compile(r"[，。；：:,;!?|>»《》<【】“”\"·•]+|—+")
_PRESENTS = re.compile("现将|公布|发布|编制|编写|撰写|形成|印发|报送|提交|公开(?=了)")
_SENTENCE = re.compile(
    "[，。；,;]|根据|按照|现(?:将|予|公布|发布|公开|报告)|针对|对照|贯彻|落实|依据|本报告|如下|条例|要求|规定|较|以来|问题整改"
)
_LEAD = re.compile(
    "^(?:图解|一图读懂|图文解读|解读|附件[一二三四五六七八九十\\d]*|关于|标题|名称|题目|了|的|本?年度?)+"
)
_TAIL = re.compile(
    "(?:关于|的|人民|上|开展|在|(?:法治政府建设|政务公开|政府信息|政务信息|依法行政|网站建设)?(?:工作)?(?:暨|和|及|与))$"
)
_ASIDE = re.compile(r"(?<=.)[(\[【][^)\]】]*[)\]】]")
_LABEL = re.compile("^(?:信息|文件)?(?:名称|标题|题目):")
_COMPANION = re.compile(
    "^[\\[【(《]?(?:一图|图解|图文|图说|政策解读|解读|数说)|(?:报告|年报)》?(?:的)?(?:图文|政策)?(?:解读|图解|说明|一图)"
)
#: The blank between a district and the zone that it reports with: 黄埔区 广州开发区.
_TOGETHER = re.compile(
    rf"(?<=[区县市府])[ \u3000]+(?=(?!经济|高新|工业|产业)[{HAN}]{{2,4}}(?:经济技术|高新技术产业)?开发区)"
)
#: How many lines at the top can belong to a title, and over how many lines one is broken at most.
_TOP, _MOST_LINES, _LONGEST = 15, 4, 60
#: So many different reports' titles at the top of a page are a list of reports.
_LISTED = 3
_SITE = re.compile(
    "网$|网站$|门户|首页|平台$|当前位置|您的位置|[:：]|>|»|目录|返回|打印|字体|无障碍"
)


#: Behind a whole title there is nothing, or an explanation in brackets.
_ENDS = re.compile(r"[的》”]?(?:$|[(\[—_-])")


class Title(NamedTuple):
    """What a title tells. `lines` is over how many lines it goes; `spoken` if inside a sentence."""

    unit: str | None
    year: int | None
    text: str
    place: Place
    lines: int = 1
    spoken: bool = False

    @property
    def told(self) -> int:
        """How much of unit and year it tells: 0 to 2."""
        return (self.unit is not None) + (self.year is not None)


def is_companion(title: str) -> bool:
    """Whether a page's title is that of an explanation of the report (解读, 图解), not the report's.

    `图解|` before a whole title is met on reports as well: then only what the page holds tells.
    """
    plain = squeezed(title)
    return _COMPANION.search(plain) is not None and not plain.startswith("图解|")


def arabic(text: str) -> int | None:
    """The first year in a text, of Arabic or Chinese digits."""
    found = _YEAR.search(text)
    return int(found[0].translate(_DIGITS)) if found is not None else None


def parse(text: str, place: Place, lines: int = 1) -> Title | None:
    """The title that a line holds (or a sentence names), the most telling of several."""
    plain = squeezed(_TOGETHER.sub("、", text))
    best: Title | None = None
    start = 0
    for noun in _NOUN.finditer(plain):
        if noun["end"] is None and (noun.end() < len(plain) or len(plain) > _LONGEST):
            continue
        head, tail = plain[start : noun.start()], plain[noun.end() : noun.end() + 30]
        start = noun.end()
        told = _title(head, noun[0], tail, plain, place)
        if noun["end"] is None and (told is None or told.year is None):
            continue
        if told is not None and (best is None or told.told > best.told):
            best = told
    best = best or _short(plain, place)
    return best._replace(lines=lines) if best is not None else None


def _short(plain: str, place: Place) -> Title | None:
    """A title that does not say of what: 青石镇2023年年度报告. It must tell both unit and year."""
    noun = _PLAIN_NOUN.search(plain) if len(plain) <= 40 else None
    if noun is None:
        return None
    told = _title(plain[: noun.start()], noun[0], plain[noun.end() :], plain, place)
    return told if told is not None and not told.spoken and told.told == 2 else None


def _title(head: str, noun: str, tail: str, plain: str, place: Place) -> Title | None:
    """From the words before the noun, the noun itself, and a bracket or dash behind it."""
    spoken = _SENTENCE.search(head) is not None
    if spoken:
        if not (presents := list(_PRESENTS.finditer(head))):
            return None
        head = head[presents[-1].end() :]
    pieces = [p for p in _BREAK.split(head) if p]
    own = pieces[-1] if pieces else ""
    years = _YEAR.findall(own) or _YEAR.findall(noun)
    behind_it = rf"[(\[—-]+[{HAN}]*?({YEAR})年?度?|({YEAR})年?度?$"
    if not years and (bracket := re.match(behind_it, tail)):
        years = [bracket[1] or bracket[2]]
    unit = _unit(own)
    if unit is None and (behind := re.match(rf"[(\[—_-]+([{HAN}]{{3,30}})", tail)):
        unit = _unit(re.sub("(?:文字|图片|超链|公开)?版$|人民政府网站?$", "", behind[1]))
    if unit is None and not years:
        return None
    whole = plain if not spoken and _ENDS.match(tail) and len(plain) <= _LONGEST else own + noun
    year = arabic(years[-1]) if years else None
    return Title(unit, year, _LABEL.sub("", whole), place, spoken=spoken)


def _unit(words: str) -> str | None:
    """The unit's name in the words before the noun, without year and connecting words."""
    bare = _ASIDE.sub("", _YEAR_WORDS.sub("", words))
    pieces = [p for p in re.split(rf"[^{HAN}、]+", bare) if p not in ("", "年", "年度", "度")]
    name = _LEAD.sub("", pieces[-1].split("、")[0]) if pieces else ""
    while (shorter := _TAIL.sub("", name)) != name:
        name = shorter
    return name if len(name) <= 40 and split(name) is not None else None


def titles(lines: Sequence[Paragraph]) -> Iterator[Title]:
    """The printed title, whole or broken over lines, first; then those that sentences name.

    Of a page's list of reports only the titles that a sentence names, too, are the report's.
    """
    top = [p for p in lines[: 2 * _TOP] if p.text.strip()][:_TOP]
    found = _found(top)
    printed = [t for t in found if not t.spoken]
    if len({(t.unit, t.year) for t in printed if t.told == 2}) >= _LISTED:
        found = _found(lines)
        listed = {id(t.place) for t in found if not t.spoken}
        printed = [t for t in found if not t.spoken and any(_names(s, t) for s in found)]
        top = [p for p in top if id(p.place) not in listed]
    best = max(printed, key=lambda t: t.told, default=None)
    if best is None or best.told < 2:
        for broken in _broken(top):
            if best is None or broken.told > best.told:
                best = broken
    if best is not None:
        yield best
        yield from (t for t in printed if t is not best and t.told == 2)
    yield from (t for t in found if t.spoken)


def _found(lines: Sequence[Paragraph]) -> list[Title]:
    return [t for p in lines if (t := parse(p.text[:400], p.place)) is not None]


def _names(spoken: Title, printed: Title) -> bool:
    """Whether a sentence names the year and unit of a printed title."""
    if not spoken.spoken or spoken.year != printed.year:
        return False
    one, other = spoken.unit or "", printed.unit or ""
    return not one or one.endswith(other) or other.endswith(one)


def _broken(top: Sequence[Paragraph]) -> Iterator[Title]:
    """Titles over two lines and more, the shortest first."""
    for many in range(2, _MOST_LINES + 1):
        for start in range(len(top) - many + 1):
            part = top[start : start + many]
            texts = [squeezed(p.text) for p in part]
            if any(len(t) > 40 or _SENTENCE.search(t) or _SITE.search(t) for t in texts):
                continue
            if (told := parse("".join(texts), part[0].place, many)) is not None:
                yield told
