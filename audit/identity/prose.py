"""What the running text calls its own unit, its kind and its year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from audit.document import Paragraph
from audit.identity.names import HAN, split
from audit.identity.title import YEAR, arabic
from audit.recognise.normalise import squeezed
from audit.report import Evidence, ReadSection

_OWN_WORK = (
    "认真|严格|深入|坚持|始终|高度|积极|全面|持续|不断|切实|主动|紧紧|围绕|以习近平|严把|扎实|牢固|着力|充分|进一步"
    "|按照|根据|结合|共|政府信息公开|政务公开|信息公开|在县|在区|在市|依托|通过|加强|健全|完善|立足|把|将|没有|未|无"
)
_NAMED = re.compile(
    rf"(?:^|[,，。、;；:：()（）“”\"]|年度?|年来|年末|以来|由|请与|对|在|下)(?P<name>[{HAN}]{{2,22}}?"
    r"(?:民族乡|镇|(?<!城)乡(?!镇|村)|街道|苏木|局|委员会|管委会|县|区|市|旗|州))"
    rf"(?P<tail>(?:人民政府|办事处|党委[、和]?(?:人民)?政府|党委|政府)?)(?=(?:20\d\d年)?(?:{_OWN_WORK})|[”\"]?(?:微信)?公众号|[”\"])"
)
_NOT_OWN = re.compile(
    "^(?:全|我|本|各|该|下辖|所辖|辖区|在|对|和|与|及|向|由|以|按|照|根据|为|是|其他|有关|相关|上级|同级|省市|市县|县区|省委|市委|县委|区委|地区|社区|小区|园区)"
    "|各|所有|乡镇$|城乡$|城镇$|村镇$|集镇$|城市$|部门|群众|领域|会议"
)
_SELF = re.compile(
    "(?P<who>[我本])(?P<kind>街道|镇|乡|苏木|街|局|厅|委(?!员)|办(?!公|理|法)|院|中心|管委会|县|区(?!域|划)|市(?!场)|州|旗|省)"
)
_WHOLE = re.compile("全(?P<kind>镇|乡|街道|苏木|县|区|市|省|州|旗)")
_LEVEL = {
    **dict.fromkeys(("镇", "乡", "街道", "街", "苏木"), "township"),
    **dict.fromkeys(("局", "厅", "委", "办", "院", "中心", "管委会"), "department"),
    **dict.fromkeys(("县", "区", "旗"), "county"),
    **dict.fromkeys(("市", "州"), "city"),
    "省": "province",
}
_DISTRICTS = re.compile("[各所](?:辖)?(?:县|区)|县[(（]?市|区县|县区|市辖区|全市各县")
_TOWNSHIPS = re.compile("各(?:乡镇|镇|街道|乡|镇街)|各乡|镇[(（]?街道?")
_YEAR = re.compile(
    rf"(?:(?<=[(（])|(?<![〔\[（(《])){YEAR}年(?!以来|起|修订|修正|公布|颁布|印发|施行|底前|第.号|版|政府信息公开条例)"
)
_UNTIL = re.compile(r"截[至止](?P<year>20[0-3]\d)年(?:12月|年?底|末)")
_MONTH = re.compile(
    r"(?<![自从])(?P<year>20[0-3]\d)年\d{1,2}月(?!(?:\d{1,2}日)?.{0,8}(?:施行|实施|修订|修正|公布|颁布|印发|起|以来|将|拟))"
)
_LEADING_YEAR = re.compile(rf"^(?:{YEAR}年?度?|[年度来])+")
_QUOTED = re.compile("《[^》]*》|〔[^〕]*〕|\\[[^\\]]*\\]\\d*号")
#: Years to come; 将 before what is put somewhere only moves the object: 将公开工作摆在首位.
_PLAN = re.compile(
    "^度?(?:工作)?(?:计划|规划|展望|要点)|^[^。]{0,14}(?:将(?!.{0,14}(?:作为|摆|纳入|列入|放|抓|结合|融入))|拟|计划|下一步|力争)"
)
_CHANGED = re.compile("基础|修订|修正|施行|实施的|印发|文件|号")


def own_name(sections: Sequence[ReadSection]) -> Evidence | None:
    """The name that the text most often gives as doing the work: `X镇认真…`."""
    count: Counter[str] = Counter()
    first: dict[str, Evidence] = {}
    for line in _lines(sections, ("overview", "problems", "other")):
        for found in _NAMED.finditer("".join(line.text.split())):
            raw = _LEADING_YEAR.sub("", found["name"])
            name = None if _NOT_OWN.search(raw) else split(raw + found["tail"])
            if name is not None and name.level is not None:
                count[name.unit] += 1
                written = (name.county or "") + name.unit
                piece = Evidence("unit", "text", written, found[0], line.place)
                first.setdefault(name.unit, piece)
    return first[count.most_common(1)[0][0]] if count else None


def _lines(sections: Sequence[ReadSection], keys: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of these sections; of the preamble where the document has none of them."""
    known = {s.key for s in sections if s.paragraphs}
    chosen = keys if known & set(keys) else ("preamble",)
    for key in chosen:
        for section in sections:
            if section.key == key:
                yield from section.paragraphs


def own_kind(sections: Sequence[ReadSection]) -> Evidence | None:
    """The level of the kind of unit that the text calls itself: 我镇, 本局, or else 全县."""
    for pattern in (_SELF, _WHOLE):
        count: Counter[str] = Counter()
        first: dict[str, Evidence] = {}
        for section in sections:
            for line in section.paragraphs:
                for found in pattern.finditer("".join(line.text.split())):
                    level = _LEVEL[found["kind"]]
                    count[level] += 1
                    first.setdefault(level, Evidence("level", "text", level, found[0], line.place))
        if count:
            return first[count.most_common(1)[0][0]]
    return None


def rank_of_city(sections: Sequence[ReadSection]) -> Evidence | None:
    """Whether a city's text speaks of counties below it (city) or of townships only (county)."""
    below: Evidence | None = None
    for section in sections:
        for line in section.paragraphs:
            text = "".join(line.text.split())
            if (found := _DISTRICTS.search(text)) is not None:
                return Evidence("level", "text", "city", found[0], line.place)
            if below is None and (found := _TOWNSHIPS.search(text)) is not None:
                below = Evidence("level", "text", "county", found[0], line.place)
    return below


def own_year(sections: Sequence[ReadSection]) -> Evidence | None:
    """The first year that section one (or else another) speaks of as its own."""
    lines = list(_lines(sections, ("overview", "disclosure", "applications", "problems", "other")))
    # A date further down may be the signature's.
    first = [p for s in sections if s.key == "overview" for p in s.paragraphs]
    for read, among in ((_spoken_year, lines), (_until, lines), (_dated, first)):
        for line in among:
            if (told := read(squeezed(line.text))) is not None:
                return Evidence("year", "text", told[0], told[1], line.place)
    return None


def _until(text: str) -> tuple[str, str] | None:
    """The year that figures are counted up to: 截至2023年12月31日."""
    found = _UNTIL.search(text)
    return (found["year"], found[0]) if found is not None else None


def _dated(text: str) -> tuple[str, str] | None:
    """The year of what was done in a month of it, where a line has one such year only."""
    found = list(_MONTH.finditer(_QUOTED.sub("", text)))
    return (found[0]["year"], found[0][0]) if len({m["year"] for m in found}) == 1 else None


def _spoken_year(text: str) -> tuple[str, str] | None:
    plain = _QUOTED.sub("", text)
    for found in _YEAR.finditer(plain):
        rest = re.split("[。；;]", plain[found.end() :], maxsplit=1)[0]
        before = re.split("[。；;，,]", plain[: found.start()])[-1]
        if _PLAN.search(rest[:34]) or re.search("较|比|与|同|自|从|上年", before[-4:]):
            continue
        if _CHANGED.search(rest[:8]):
            continue
        year = arabic(found[0])
        if year is not None:
            return str(year), found[0]
    return None
