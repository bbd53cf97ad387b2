"""From a unit, a year and its cells to the sound text of its report: preamble and six sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from zlib import crc32

from tests.builder import phrases

NUMERALS = "一二三四五六七八九十"
ORDINALS = ("第一", "第二", "第三", "第四", "第五")

#: Ending of a unit's name → (level, what it calls itself, its office).
KINDS = {
    "街道办事处": ("township", "我街道", "党政综合办公室"),
    "街道": ("township", "我街道", "党政综合办公室"),
    "镇": ("township", "我镇", "党政办公室"),
    "乡": ("township", "我乡", "党政办公室"),
    "委员会": ("department", "我委", "办公室"),
    "局": ("department", "我局", "办公室"),
    "县": ("county", "我县", "人民政府办公室"),
    "区": ("county", "我区", "人民政府办公室"),
    "市": ("city", "我市", "人民政府办公室"),
    "省": ("province", "我省", "人民政府办公厅"),
}


def kind_of(unit: str) -> tuple[str, str, str]:
    """A unit's level, what it calls itself and its office, as its name's ending tells."""
    bare = unit.removesuffix("人民政府")
    for ending, kind in KINDS.items():
        if bare.endswith(ending):
            return kind
    return ("department", "本机关", "办公室")


def number(value: float | str | None) -> int | None:
    """The whole number written in a cell, as a text would repeat it; None where there is none."""
    if isinstance(value, str):
        found = re.match(r"[+-]?\d+", unicodedata.normalize("NFKC", value).replace(",", "").strip())
        return int(found.group()) if found else None
    return None if value is None else int(value)


def requests(cells: Mapping[str, float | str]) -> str:
    """What the text says of applications: the total column of four rows, or that there were none."""
    names = ("new", "carried_in", "total", "carried_out")
    new, carried_in, done, out = (number(cells.get(f"applications.{n}.total")) for n in names)
    if new is None:
        return ""
    rest = "".join(
        (
            f"，上年结转{carried_in}件" if carried_in else "",
            f"，办结{done}件" if done else "",
            f"，结转下年度继续办理{out}件" if out else "",
        )
    )
    if new == 0:
        return f"全年未收到政府信息公开申请{rest}。"
    return f"全年新收政府信息公开申请{new}件{rest}。"


def suits(cells: Mapping[str, float | str]) -> str:
    """What the text says of reviews and suits."""
    review = number(cells.get("disputes.review.total"))
    courts = [
        number(cells.get(f"disputes.{n}.total"))
        for n in ("litigation_direct", "litigation_after_review")
    ]
    if review is None or None in courts:
        return ""
    court = sum(c for c in courts if c is not None)
    if not review and not court:
        return "没有发生因政府信息公开引起的行政复议和行政诉讼。"
    parts = (
        f"行政复议{review}件" if review else "没有发生行政复议",
        f"行政诉讼{court}件" if court else "没有发生行政诉讼",
    )
    return f"因政府信息公开，{'，'.join(parts)}。"


class Wording:
    """Chooses among the phrases: other units and other years get other words, the same the same."""

    def __init__(self, unit: str, year: int) -> None:
        self.year = year
        self.seed = unit
        self.level, me, office = kind_of(unit)
        self.facts = {"unit": unit, "me": me, "office": office, "year": year, "next": year + 1}

    def pick(self, of: tuple[str, ...], salt: str) -> str:
        """One of the phrases, another one each year."""
        at = crc32(f"{self.seed}/{salt}".encode()) // 7 + self.year
        return of[at % len(of)]

    def fill(self, text: str, **more: str) -> str:
        """A phrase with its braces filled."""
        return text.format(**self.facts, **more)

    def preamble(self) -> str:
        """Grounds, statistics period, contact; the notice is named as fits the year."""
        text = self.fill(self.pick(phrases.PREAMBLES, "preamble"))
        return text if self.year >= 2021 else text.replace("〔2021〕30号", "〔2019〕60号")

    def overview(self, cells: Mapping[str, float | str], more: Mapping[str, str]) -> str:
        """Section one: an opening and the five aspects; `more` adds to an aspect's paragraph."""
        lead = self.pick(phrases.LEADS, "lead")
        government = self.level != "department"
        extra = {k: v if government else "" for k, v in phrases.GOVERNMENT.items()}
        paragraphs = [self.fill(self.pick(phrases.OPENINGS, "opening"))]
        for n, (aspect, of) in enumerate(phrases.ASPECTS.items()):
            head = lead.format(numeral=NUMERALS[n], ordinal=ORDINALS[n], aspect=aspect)
            body = self.fill(
                self.pick(of, aspect), requests=requests(cells), suits=suits(cells), **extra
            )
            paragraphs.append(head + body + more.get(aspect, ""))
        return "\n".join(paragraphs)

    def problems(self) -> str:
        """Section five: two problems, two measures."""
        first = self.fill(self.pick(phrases.PROBLEMS_FIRST, "p1")) + self.pick(
            phrases.PROBLEMS_SECOND, "p2"
        )
        second = self.fill(self.pick(phrases.MEASURES_FIRST, "m1")) + self.pick(
            phrases.MEASURES_SECOND, "m2"
        )
        return f"{first}\n{second}"

    def other(self) -> str:
        """Section six: no fee was charged."""
        return self.fill(self.pick(phrases.OTHERS, "other"))
