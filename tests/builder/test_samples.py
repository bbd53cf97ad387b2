"""The sample data on disk are what the builder makes."""

from __future__ import annotations

import csv
import io
import itertools

import pytest
import yaml
from rapidfuzz import fuzz

from rules.form import load_form
from tests.builder import encode
from tests.builder.make_samples import MISTAKES, SAMPLES, TRUTH, documents, manifest
from tests.builder.samples.figures import UNITS, YEARS, figures
from tests.builder.samples.sound import sound
from tests.builder.writers.tidy import encode_rows, rows

SUFFIXES = (".txt", ".html")


def test_the_manifest_on_disk_is_what_is_planted():
    found = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
    found.pop("converted")
    assert found == manifest()


def test_the_truth_on_disk_holds_every_readable_cell():
    records = [r for file, _, truth in documents() for r in rows(truth, file)]
    assert TRUTH.read_bytes() == encode_rows(records)
    read = list(csv.DictReader(io.StringIO(TRUTH.read_text(encoding="utf-8-sig"))))
    assert len(read) == len(records)


@pytest.mark.parametrize(
    ("file", "layout", "truth"),
    [d for d in documents() if d[0].endswith(SUFFIXES) and "!" not in d[0]],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_text_samples_on_disk_are_made_by_the_builder(file, layout, truth):
    assert (SAMPLES / file).read_bytes() == encode(truth, f".{file.rsplit('.')[-1]}", layout)


@pytest.mark.parametrize("unit", [u.name for u in UNITS])
def test_true_figures_are_sound_from_year_to_year(unit):
    for year in YEARS:
        cells = figures(unit, year)
        assert min(float(v) for v in cells.values()) >= 0
        for equation in load_form(2021).equations:
            if all(a in cells for a in equation.terms):
                assert sum(float(cells[a]) * n for a, n in equation.terms.items()) == 0
        before = figures(unit, year - 1) if year > YEARS[0] and unit != "寒泉乡" else None
        if before is not None:
            carried = [before[f"applications.carried_out.{k}"] for k in ("natural_person", "total")]
            kept = [cells[f"applications.carried_in.{k}"] for k in ("natural_person", "total")]
            assert carried == kept


def test_sound_texts_differ_from_each_other():
    texts = {(unit.name, year): sound(unit.name, year).sections for unit in UNITS for year in YEARS}
    for (one, first), (other, second) in itertools.combinations(texts.items(), 2):
        for key in ("overview", "problems"):
            plain = [
                t[key].replace(name, "").replace(str(year), "")
                for (name, year), t in ((one, first), (other, second))
            ]
            assert fuzz.ratio(*plain) < 85, (one, other, key)


def test_every_mistake_says_what_follows():
    for mistake in MISTAKES:
        assert mistake.expect, mistake.how
    codes = {e["rule"] for e in manifest()["planted"]}
    assert {code[0] for code in codes} == set("FSVALYNPRG")
    assert len(codes) >= 40
