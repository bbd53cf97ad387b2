"""The parts of a list between two places of a sentence: what each is called, its figure, its weight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.claims.quantities import Quantity, Signed
from rules.patterns import SIGNS

_COUNT = SIGNS["count"]
_ANY = "".join(SIGNS.values())
_VERBS = (
    "召开|开展|举办|组织|回复|回应|解答|收到|收集|办理|受理|答复|处理|制定|制发|印发|新增|培训|接受|接待|接听|报送|推送|转发|编发"
    "|审核|更新|维护|清理|关停|整改|撤|发布(?!会)|公开(?![栏指目年])|累计|总|共|并|利用|依托|运用|借助|通过|在|我|全年|今年|开设|张贴|发放|刊发|编制|上报|办结|(?:年内|当年|已|均已)(?:办结|答复)|采用"
)
_VERB = re.compile(f"^(?:{_VERBS})")
#: A figure that counts something else, up to its comma: what follows may be no part any more.
_UNCOUNTED = re.compile(f"^.*[\\d{_ANY}][^，；]*[，；]")
SPLIT = "，、；：和及与"
_CHANGED = re.compile(
    "增加|减少|下降|增长|上升|提高|提升|去年|上年|占|阅读|点击|浏览|关注|访问|粉丝"
)
#: Requests carried in are a part of those to be handled, beside the new ones.
_CARRIED_IN = re.compile("(?:上一?年度?|上一年度)(?:结转|转结|接转|转入|遗留)")
_NEW = re.compile("新收|新增|新受理|新接收")
_SHARE = re.compile(f"[，、]?(?:约)?占[^，、；。（）{_COUNT}]*?{SIGNS['percent']}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total: what it is called, its figure, and how often the figure counts (各N条).

    `joined` tells that nothing but 、 parts it from the one before.
    """

    label: str
    figure: Quantity
    times: int
    joined: bool = False

    @property
    def value(self) -> float:
        """What the part adds to the total."""
        return self.figure.value * self.times


def parts_of(signed: Signed, total: Quantity, begin: int, end: int) -> tuple[list[Part], bool]:
    """The parts between two places, and whether the list may go on beyond what was understood."""
    text = signed.text
    parts: list[Part] = []
    depth, last, first_verb = 0, begin, ""
    for at in range(begin, end):
        sign = text[at]
        depth += (sign == "（") - (sign == "）")
        if depth or sign != _COUNT:
            continue
        figure = signed.figures[at]
        gap = _SHARE.sub("", re.sub("（.*?）", "", text[last:at])).lstrip("）")
        label, joined = gap.strip(SPLIT), bool(parts) and gap.startswith("、")
        verb = _VERB.match(_UNCOUNTED.sub("", label))
        if not parts:
            first_verb = verb.group() if verb else ""
        elif verb and verb.group() != first_verb:
            return parts, False
        of_both = _CARRIED_IN.match(label) and _NEW.search(text, begin, end)
        if is_no_part(_CARRIED_IN.sub("", label) if of_both else label, figure, total):
            return parts, bool(parts)
        if parts and re.search("其中|包括|包含|含", label):
            return parts, True
        times = times_of(label)
        parts.append(Part(re.sub("(?:分别)?各(?:自)?$", "", label), figure, times, joined))
        last = at + 1
    return parts, False


def is_no_part(label: str, figure: Quantity, total: Quantity) -> bool:
    """Whether a figure of a list counts something else, or tells how much something changed."""
    return figure.unit[0] != total.unit[0] or len(label) > 60 or bool(_CHANGED.search(label))


def times_of(label: str) -> int:
    """How many things each have the figure: A、B和C各20条 is thrice 20."""
    if not re.search("各(?:自)?$", label):
        return 1
    return len([x for x in re.split("[、，和及与]", label.rstrip("各")) if x])
