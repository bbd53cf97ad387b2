"""Numbered cases: the same seed and number give the same document, on every machine."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import pandas as pd

from tests.builder.build import encode, layouts
from tests.builder.truth import base_report
from tests.commands.county import SOUND
from tests.fuzz.bytes import damaged
from tests.fuzz.tables import spoilt

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
#: Documents of Word's kinds as LibreOffice writes them, and PDFs that are ruled in other ways.
OTHERS = Path(__file__).resolve().parents[1] / "loaders" / "data"
KINDS = ("bytes", "tables")
#: One in this many documents that only OCR reads is kept: each takes seconds.
SLOW = {"（扫描件）.pdf": 400, ".png": 40}


@dataclass(frozen=True, slots=True)
class Case:
    """A document to read; `cells` is what a person may see in it, None where nobody can tell."""

    name: str
    data: bytes
    told: str
    cells: dict[str, set[float]] | None = field(default=None, repr=False)


def case(seed: int, number: int, kinds: tuple[str, ...] = KINDS) -> Case:
    """The document of a number."""
    random = Random(f"{seed}/{number}")
    if random.choice(kinds) == "tables":
        made = spoilt(random, township(number))
        return Case(f"{number}{made.suffix}", made.data, made.told, made.cells)
    name, data = random.choice(_documents())
    while random.random() > 1 / next((n for end, n in SLOW.items() if name.endswith(end)), 1):
        name, data = random.choice(_documents())
    how, data = damaged(data, random.choice(_documents())[1], random)
    suffix = Path(name).suffix
    if random.random() < 0.05:
        suffix = random.choice((".docx", ".pdf", ".txt", ".html", ".xls", ".zip", ".doc", ""))
    return Case(f"{number}{suffix}", data, f"{name} {how}")


def township(number: int) -> str:
    """A township's name, another for each number up to ten thousand."""
    first, second = "青白赤玄金银铜石松柏", "山水河湖溪泉岭坡湾桥"
    a, b, c, d = (int(x) for x in f"{number % 10000:04}")
    return f"{first[a]}{second[b]}{second[c]}{first[d]}镇"


@cache
def _documents() -> tuple[tuple[str, bytes], ...]:
    """Every sample, and a report of each format and layout that the samples lack."""
    found = [
        (p.name, p.read_bytes())
        for p in sorted(SAMPLES.rglob("*"))
        if p.suffix in (".txt", ".html", ".docx", ".xlsx", ".pdf", ".doc", ".xls", ".ods", ".odt")
        or p.suffix in (".zip", ".csv")
        if p.is_file() and p.name != "roster.csv"
    ]
    found += [(p.name, p.read_bytes()) for p in sorted(OTHERS.rglob("*.*"))]
    truth = base_report("石桥镇", 2023, cells=SOUND)
    for suffix in (".txt", ".html", ".docx", ".xlsx", ".pdf", ".json"):
        found += [(f"{at}{suffix}", encode(truth, suffix, at)) for at in layouts(suffix)]
    columns = io.BytesIO()
    pd.read_json(io.BytesIO(encode(truth, ".json", "tidy"))).to_parquet(columns)
    return (*found, ("tidy.parquet", columns.getvalue()))
