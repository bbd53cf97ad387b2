"""The county's units and their true figures, in agreement from year to year."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from tests.builder.balance import KINDS, Cells, totals

COUNTY = "栖云县"
YEARS = (2021, 2022, 2023)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its register: year → applications answered and carried out, reviews and suits.

    `granted n2 b1; out n1` are two natural persons and a business, and one carried to next year;
    `review u1 x1` is one review upheld and one with another result (u, c, x, p).
    """

    name: str
    level: str
    applications: tuple[str, str, str] = ("", "", "")
    disputes: tuple[str, str, str] = ("", "", "")
    #: Fees in 万元, by year.
    fees: tuple[float, float, float] = (0, 0, 0)
    former: str = ""

    def called(self, year: int) -> str:
        """The unit's name in a year: one was renamed in 2022."""
        return self.former if self.former and year < 2022 else self.name


UNITS = (
    Unit(
        "白鹭镇",
        "乡镇",
        ("granted n2; denied_process n1", "granted n1; unable_not_held n1", "granted n2"),
    ),
    Unit("桐溪镇", "乡镇"),
    Unit(
        "双枫镇",
        "乡镇",
        (
            "granted n3 b1; partial n1; out n1",
            "granted n2; unable_needs_creation n1",
            "granted n4; denied_third_party b1; unable_not_held n2",
        ),
    ),
    Unit(
        "柳荫镇",
        "乡镇",
        ("granted n1; refused_petition n1", "granted n2 l1", "granted n1; refused_excessive n1"),
        fees=(0.75, 0.79, 0.86),
    ),
    Unit(
        "枫林渡镇",
        "乡镇",
        (
            "granted n2; out n1",
            "granted n3; unable_unclear n1",
            "granted n1 b1; other_misc n1",
        ),
        former="枫林乡",
    ),
    Unit(
        "松涛镇",
        "乡镇",
        (
            "",
            "granted n5; denied_admin_query n2; denied_internal n1",
            "granted n3; partial b1; unable_needs_creation n1",
        ),
    ),
    Unit(
        "雁落乡",
        "乡镇",
        ("granted n1; out n2", "granted n2; partial n1; out n1", "granted n2; unable_not_held n3"),
        fees=(1.2, 1.08, 1.15),
    ),
    Unit(
        "梧桐坪乡",
        "乡镇",
        ("granted n1 l1", "granted n2; refused_petition l1", "granted n2; refused_petition l1"),
    ),
    Unit("寒泉乡", "乡镇", ("granted n1 o1", "", "")),
    Unit(
        "云台街道",
        "乡镇",
        (
            "granted n4 b1; denied_third_party n1",
            "granted n3 b2; unable_not_held n2",
            "granted n5 b1; partial n1; unable_not_held n1",
        ),
        fees=(0.32, 0.4, 0.38),
    ),
    Unit(
        "河湾街道",
        "乡镇",
        ("", "", "granted n1; denied_process n1"),
        ("", "", "review c1 u1; after p4"),
    ),
    Unit(
        "水利局",
        "部门",
        (
            "granted n6 b3; unable_not_held n2; out n1",
            "granted n7 b2 l1; partial n1; refused_petition n1; out b1",
            "granted n8 b4; denied_third_party b1; unable_needs_creation n2; out n1",
        ),
        ("", "review u1", ""),
        (12.6, 13.45, 12.98),
    ),
    Unit(
        "教育局",
        "部门",
        (
            "granted n9 l1; denied_internal n1; unable_not_held n3",
            "granted n8; partial n2; unable_unclear n1; out n2",
            "granted n12 b3; partial n2; denied_internal n1; unable_not_held n2; out n1",
        ),
        ("", "", "review u1 x1"),
        (236.4, 251.37, 244.05),
    ),
    Unit(
        "市场监督管理局",
        "部门",
        (
            "granted n14 b5; denied_enforcement_file n2; unable_not_held n4; out n2",
            "granted n15 b4 l2; denied_third_party b1; denied_enforcement_file n3;"
            " unable_not_held n2; out n3",
            "granted n9 b4 l2; denied_enforcement_file n2; unable_not_held n2; out n18 b2",
        ),
        ("review c1", "review u2; after u1", "direct u1"),
        (5.3, 4.96, 5.17),
    ),
)
BY_NAME = {unit.name: unit for unit in UNITS}
#: 官元镇's own figures are zeros throughout; its text alone has numbers.
REAL = "官元镇"

_KIND = {kind[0]: kind for kind in KINDS} | {"p": "public_welfare"}
_RESULT = {"u": "upheld", "c": "corrected", "x": "other", "p": "pending"}
_CHANNEL = {
    "review": "review",
    "direct": "litigation_direct",
    "after": "litigation_after_review",
}


def _register(text: str, table: str, letters: dict[str, str]) -> Cells:
    counts: Cells = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        row, *numbers = part.split()
        row = {"out": "carried_out", **_CHANNEL}.get(row, row)
        for number in numbers:
            counts[f"{table}.{row}.{letters[number[0]]}"] = int(number[1:])
    return counts


@cache
def figures(name: str, year: int) -> Cells:
    """The true cells of a unit's report, form of 2021."""
    unit, at = BY_NAME[name], YEARS.index(year)
    counts = _register(unit.applications[at], "applications", _KIND)
    if at:
        before = _register(unit.applications[at - 1], "applications", _KIND)
        for kind in KINDS:
            counts[f"applications.carried_in.{kind}"] = before.get(
                f"applications.carried_out.{kind}", 0
            )
    counts |= _register(unit.disputes[at], "disputes", _RESULT)
    cells = totals(counts, 2021)
    cells |= _disclosure(unit, at)
    if name == "梧桐坪乡" and year == 2023:  # the clerk sent last year's tables again
        cells = dict(figures(name, 2022))
    if name == "寒泉乡" and year == 2023:  # the clerk copied a neighbour's tables
        cells = dict(figures("云台街道", 2023))
    return cells


def _disclosure(unit: Unit, at: int) -> Cells:
    """Table two: decisions wander a little from year to year, documents in force add up."""
    dice = random.Random(unit.name)
    size = 8 if unit.level == "部门" else 1
    licensing, penalties = dice.randint(60, 180) * size, dice.randint(3, 15) * size
    coercion, in_force = dice.randint(0, 2), dice.randint(4, 9)
    decisions, issued, repealed = [licensing, penalties], 0, 0
    for _ in range(at + 1):
        decisions = [d + dice.randint(1, 3) + d * dice.randint(-4, 6) // 100 for d in decisions]
        issued, repealed = dice.randint(0, 2), dice.randint(0, 1)
        in_force += issued - repealed
    if unit.name == "梧桐坪乡":
        issued, repealed, in_force = 0, 0, 5
    return {
        "disclosure.regulations.issued": 0,
        "disclosure.regulations.repealed": 0,
        "disclosure.regulations.in_force": 0,
        "disclosure.normative_documents.issued": issued,
        "disclosure.normative_documents.repealed": repealed,
        "disclosure.normative_documents.in_force": in_force,
        "disclosure.licensing.decisions": decisions[0],
        "disclosure.penalties.decisions": decisions[1],
        "disclosure.coercion.decisions": coercion,
        "disclosure.fees.amount": unit.fees[at],
    }
