"""N607: the text names another unit or another kind of unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rules.dataset import Dataset
from rules.measure import Measure
from rules.sections import TEXT_REASONS, excerpt, one_each, unjudged
from rules.units import plain_name
from rules.vocabulary import Rule, Severity, Text, patch

#: A unit's kind, by the end of its name → what it may call itself; others of `_SELVES` are foreign.
_KINDS = (
    ("街道办事处", "街道 街 办事处"),
    ("街道", "街道 街 办事处"),
    ("镇", "镇"),
    ("乡", "乡"),
    ("局", "局"),
    ("委员会", "委"),
    ("县", "县"),
    ("区", "区 市"),
)
#: Words for oneself that tell a kind. 我县 in a township may speak of its county: so each kind is
#: only held against kinds that can't be around it.
_SELVES = {
    "township": ("街道", "镇", "乡", "局", "厅"),
    "department": ("街道", "镇", "乡", "局", "委", "厅"),
    "county": ("街道", "镇", "乡", "局", "县", "区"),
}
#: 基本局面, 样本乡, 我乡镇 and the like name nobody.
_SELF = re.compile(
    "(?:我|(?<![基样资成日书文版原根课标亏])本)(街道|镇(?!街)|乡(?![镇愁土村本])|局(?![面部势限长])|委(?![员托])|厅|县|区)(?![域划])"
)
_QUOTED = re.compile("《[^》]*》|“[^”]*”|「[^」]*」")
#: Leading the disclosure of a whole province is no township's work.
_REACH = re.compile(
    "(?:组织|统筹|负责)?(?:推动|推进|指导|协调|监督|组织)(?:和?(?:指导|协调|监督|推进|推动))?(全国|全省|全市|全县|全区)(?:的)?(?:政府信息|政务)公开"
)
_ORDERED = re.compile(
    "(?:省|市|县|区|上级|国务院)[^，。；]{0,16}$|(?:按照|根据|关于|贯彻|落实|围绕|配合)[^，。；]{0,16}$"
)
_ABOVE = {
    "township": {"全国", "全省", "全市", "全县", "全区"},
    "department": {"全国", "全省"},
    "county": {"全国", "全省"},
}
_DOING = (
    "(?:人民政府|党委政府|党委|办事处)?(?:认真|严格|坚持|高度重视|深入|始终|紧紧|全面|积极|主动公开|共主动|不断"
    "|以习近平|在县|在区|在市)"
)
_NAME = "(?P<name>[\u4e00-\u9fff]{2,12}?(?:镇|(?<!城)乡(?!镇)|街道))"
_ACTING = re.compile(
    f"(?:^|[。；\n])(?:（[一二三四五]）[^，。（）]{{2,16}}情况[。，：]?)?(?:20\\d\\d年度?，?)?{_NAME}{_DOING}"
)
_WRITING = re.compile(
    f"(?:本报告|报告|现)?由{_NAME}(?:人民政府|办事处|党政(?:综合)?办公室)?(?:根据|按照|依据|编制)"
)
_GENERIC = re.compile("^(?:全|我|本|各|该|下辖|辖区|城|县|区|市|在|对|和|与|向)|各|所有|年|村|，")

#: What is a unit's own: with the name of another unit of the run before it, the text is that one's.
_BELONGS = re.compile(
    f"{_NAME}(?:人民政府|党委|政府|办事处)?(?:的)?(?:政府信息公开(?:工作|领导|指南|年度)|政务公开(?:工作|领导)|信息公开工作"
    "|官方微信|微信公众号|公众号|党政办|便民服务)"
)
_VISITED = re.compile("(?:学习|借鉴|赴|到|与|和|向|对|参照|参观|邀请|如|等)$")


@dataclass(frozen=True, slots=True)
class _Unit:
    """Whose text it is: its name, how it may call itself (empty where its kind can't be told).

    `names` are all it goes by: a unit that was renamed went by another in earlier reports.
    """

    name: str
    level: str
    own: frozenset[str]
    names: tuple[str, ...]


def check(data: Dataset) -> Measure:
    """The text speaks of this unit, as the kind of unit it is."""
    units, known = _units(data), _known(data)
    offences: list[dict[str, Any]] = []
    rows = data.sections
    for report, key, text, place in zip(
        rows["report"], rows["key"], rows["text"], rows["location"], strict=True
    ):
        unit = units.get(report)
        if unit is not None and isinstance(text, str) and text:
            offences += _of_section(report, unit, str(key), text, place, known)
    once = {(o["report"], o["statement"]): o for o in reversed(offences)}
    return one_each(
        data, reversed(list(once.values())), reason=unjudged(data), reasons=TEXT_REASONS
    )


def _known(data: Dataset) -> frozenset[str]:
    """Names of all townships of the run and the roster."""
    names = [data.reports["unit"], *([] if data.roster is None else [data.roster["unit"]])]
    plain = (plain_name(n) for column in names for n in column.dropna())
    return frozenset(n for n in plain if re.search("(?:镇|乡|街道)$", n))


def _units(data: Dataset) -> dict[int, _Unit]:
    reports, aliases = data.reports, _aliases(data.roster)
    found = {}
    for report, name, level in zip(reports.index, reports["unit"], reports["level"], strict=True):
        if isinstance(name, str) and isinstance(level, str):
            bare = plain_name(name)
            names = (bare, *aliases.get(name, ()))
            kinds = (next((w for end, w in _KINDS if n.endswith(end)), "") for n in names)
            own = frozenset(word for words in kinds for word in words.split())
            found[int(report)] = _Unit(bare, level, own, names)
    return found


def _aliases(roster: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    if roster is None:
        return {}
    listed = roster.dropna(subset=["unit", "aliases"])
    return {
        unit: tuple(a.strip() for a in re.split("[;；]", also) if a.strip())
        for unit, also in zip(listed["unit"], listed["aliases"], strict=True)
    }


def _of_section(
    report: int, unit: _Unit, key: str, text: str, place: str, known: frozenset[str]
) -> Iterator[dict[str, Any]]:
    lines = "\n".join("".join(line.split()) for line in text.split("\n"))
    squeezed = _QUOTED.sub(lambda m: "＊" * len(m.group()), lines.replace("\n", ""))
    for match, says in (
        *_selves(unit, squeezed),
        *_reaches(unit, squeezed),
        *_names(unit, key, lines),
        *_belongings(unit, squeezed, known),
    ):
        yield {
            "report": report,
            "statement": says,
            "expected": unit.name,
            "actual": says,
            "location": place,
            "excerpt": excerpt(match.string, *match.span()),
        }


def _selves(unit: _Unit, text: str) -> Iterator[tuple[re.Match[str], str]]:
    if not unit.own:
        return
    foreign = set(_SELVES.get(unit.level, ())) - unit.own
    for match in _SELF.finditer(text):
        if match.group(1) in foreign:
            yield match, match.group()


def _reaches(unit: _Unit, text: str) -> Iterator[tuple[re.Match[str], str]]:
    above = _ABOVE.get(unit.level, set())
    for match in _REACH.finditer(text):
        if match.group(1) in above and not _ORDERED.search(text[: match.start()]):
            yield match, match.group(1)


def _names(unit: _Unit, key: str, lines: str) -> Iterator[tuple[re.Match[str], str]]:
    if unit.level != "township":
        return
    for pattern in (_WRITING,) if key == "preamble" else (_ACTING,):
        for match in pattern.finditer(lines):
            name = re.sub("^20\\d\\d年度?，?", "", match["name"])
            if not _GENERIC.search(name) and not any(_same(name, n) for n in unit.names):
                yield match, name


def _belongings(
    unit: _Unit, text: str, known: frozenset[str]
) -> Iterator[tuple[re.Match[str], str]]:
    if unit.level != "township":
        return
    for match in _BELONGS.finditer(text):
        said = match["name"]
        name = next((said[i:] for i in range(len(said) - 2) if said[i:] in known), None)
        if name is None or any(_same(said, own) for own in unit.names):
            continue
        if not _VISITED.search(said.removesuffix(name)):
            yield match, name


def _same(name: str, unit: str) -> bool:
    one, other = (re.sub("办事处$|人民政府$|街道$|[镇乡]$", "", n) for n in (name, unit))
    kinds = [re.search("街道|镇|乡", n) for n in (name[-2:], unit.removesuffix("办事处")[-2:])]
    alike = one.endswith(other) or other.endswith(one)
    return alike and None not in kinds and kinds[0].group() == kinds[1].group()  # type: ignore[union-attr]


RULE = Rule(
    code="N607",
    severity=Severity.WARNING,
    title=Text("正文单位名称或类别不符", "The text names another unit or kind of unit"),
    demand=Text(
        "正文所称单位及其类别是本单位（乡镇不称“我局”，不称“推动全省政府信息公开”）",
        "The text names this unit and its kind (a town is no 我局 and does not lead a province)",
    ),
    message=Text(
        "{expected}的年报正文出现“{actual}”", "The report of {expected} speaks of {actual}"
    ),
    hint=Text(
        "请检查是否套用其他单位的文稿", "See whether the text was taken over from another unit"
    ),
    citations={0: "国办公开办函〔2021〕30号；《中华人民共和国政府信息公开条例》第四十七条"},
    check=check,
    passes=patch(
        sections={"overview+": "按照省政府推动全省政府信息公开的要求，我镇明确专人负责。"}
    ),
    fails=patch(sections={"overview+": "我局高度重视政府信息公开工作。"}),
)
