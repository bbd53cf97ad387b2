"""The county's sound reports: true figures, and texts that agree with them and differ from others'."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from tests.builder.samples.figures import BY_NAME, COUNTY, REAL, UNITS, YEARS, figures
from tests.builder.truth import ReportTruth, Written, base_report

_PUBLISHED = (
    "全年通过政府门户网站和公众号公开信息{n}条，其中政策文件{a}条、财政资金{b}条、工作动态{c}条。",
    "累计主动公开政府信息{n}条，包括政务动态类{a}条、民生保障类{b}条、其他类{c}条。",
    "通过微信公众号发布信息{a}条，村（居）务公示栏张贴公告{b}期。",
    "本年度共公开政府信息{n}条，其中网站发布{a}条，公众号推送{b}条，公示栏公示{c}条。",
)


def published(name: str, year: int) -> int:
    """How many pieces of information a unit published in a year."""
    dice = random.Random(f"{name} published")
    number = dice.randint(150, 700)
    for _ in range(year - YEARS[0]):
        number += dice.randint(-40, 60)
    return number


def parts(name: str, year: int) -> tuple[int, int, int]:
    """The same by kind; they add up."""
    number = published(name, year)
    dice = random.Random(f"{name} parts {year}")
    first, second = dice.randint(20, number // 4), dice.randint(20, number // 3)
    return first, second, number - first - second


def _more(name: str, year: int) -> dict[str, str]:
    """Sentences with figures, by aspect; which kinds a unit states, it states every year."""
    at = [u.name for u in UNITS].index(name)
    cells = figures(name, year)
    a, b, c = parts(name, year)
    said = _PUBLISHED[at % len(_PUBLISHED)].format(n=published(name, year), a=a, b=b, c=c)
    more = {"主动公开": said}
    if at % 3 == 0:
        more["政府信息管理"] = documents(cells)
    if at % 3 == 1:
        licences = cells["disclosure.licensing.decisions"]
        fines = cells["disclosure.penalties.decisions"]
        more["主动公开"] += f"全年作出行政许可决定{licences}件、行政处罚决定{fines}件。"
    return more


def documents(cells: Mapping[str, Written]) -> str:
    """What the text says of normative documents."""
    issued, repealed, in_force = (
        cells[f"disclosure.normative_documents.{c}"] for c in ("issued", "repealed", "in_force")
    )
    made = f"制发行政规范性文件{issued}件" if issued else "未制发行政规范性文件"
    ended = f"，废止{repealed}件" if repealed else ""
    return f"本年{made}{ended}，年末现行有效{in_force}件。"


def _issuer(name: str) -> str:
    if name.endswith("街道"):
        return f"{name}办事处"
    return name if name.endswith("局") else f"{name}人民政府"


def sound(name: str, year: int) -> ReportTruth:
    """A unit's report as it ought to be; the name is that of the roster."""
    unit = BY_NAME[name]
    called = unit.called(year)
    truth = base_report(
        called, year, county=COUNTY, cells=figures(name, year), more=_more(name, year)
    )
    day = 8 + [u.name for u in UNITS].index(name)
    return replace(
        truth,
        title=f"{COUNTY}{_issuer(called)}{year}年政府信息公开工作年度报告",
        published=f"{year + 1}-01-{day:02}",
    )


def trial_form() -> ReportTruth:
    """桐溪镇's report for 2020, in the form of then."""
    cells: dict[str, Written] = {
        "disclosure.normative_documents.made": 2,
        "disclosure.normative_documents.published": 2,
        "disclosure.normative_documents.total_public": 9,
        "disclosure.licensing.items_last_year": 31,
        "disclosure.licensing.change": -2,
        "disclosure.licensing.decisions": 118,
        "disclosure.procurement.items": 3,
        "disclosure.procurement.amount": 42.6,
    }
    truth = base_report("桐溪镇", 2020, county=COUNTY, cells=cells)
    return replace(truth, title=f"{COUNTY}桐溪镇人民政府2020年政府信息公开工作年度报告")


def real() -> ReportTruth:
    """官元镇 2023: published figures (zeros, and two numbers of the text), our own sentences."""
    more = {
        "主动公开": "通过“官元镇人民政府”公众号公开信息412条，"
        "镇村政务公开栏、微信群等其他形式公开信息1050条。"
    }
    return base_report(REAL, 2023, more=more)


def outsider() -> ReportTruth:
    """A body that is not on the roster."""
    return replace(
        base_report(
            "龙潭湖管理委员会", 2022, county=COUNTY, cells={"disclosure.licensing.decisions": 17}
        ),
        published="2023-01-12",
    )
