"""Make `sample_data` anew: `python -m tests.builder.make_samples`, from the project's root."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from rules.form import load_form
from tests.builder.build import encode
from tests.builder.samples import catalogue as at
from tests.builder.samples import plants_2021, plants_2022, plants_2023
from tests.builder.samples.figures import COUNTY, REAL, UNITS
from tests.builder.samples.mistakes import Mistake
from tests.builder.samples.sound import outsider, real, sound, trial_form
from tests.builder.truth import ReportTruth, Written, base_report
from tests.builder.writers import office
from tests.builder.writers.tidy import encode_rows, rows

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_data"
TRUTH = ROOT / "tests" / "data" / "sample_truth" / "cells.csv"
MISTAKES = (*plants_2021.MISTAKES, *plants_2022.MISTAKES, *plants_2023.MISTAKES)

#: Cells of the county's own report that are off, and by how much.
COUNTY_SLIPS = {
    "applications.unable_not_held.natural_person": 1,
    "disclosure.licensing.decisions": 90,
}


def report(unit: str, year: int) -> ReportTruth:
    """A unit's report as it was handed in, its mistakes included."""
    truth = real() if unit == REAL else sound(unit, year)
    for mistake in MISTAKES:
        if (mistake.unit, mistake.year) == (unit, year):
            truth = mistake.change(truth)
    return truth


def zeros(unit: str, year: int) -> ReportTruth:
    """A report of which only the cells are kept."""
    return base_report(unit, year) if unit == REAL else sound(unit, year)


def county() -> tuple[ReportTruth, dict[str, float]]:
    """The county's own report for 2023, and the true sums of the cells that are off."""
    reports = [report(unit, year) for unit, year in at.FILES if year == 2023]
    form = load_form(2021)
    cells: dict[str, Written] = {
        a: round(sum(float(r.cells[a]) for r in reports), 6) for a in form.addresses
    }
    right = {a: float(cells[a]) for a in COUNTY_SLIPS}
    cells |= {a: right[a] + slip for a, slip in COUNTY_SLIPS.items()}
    truth = base_report(COUNTY, 2023, cells=cells)
    title = f"{COUNTY}人民政府2023年政府信息公开工作年度报告"
    return replace(truth, title=title, published="2024-03-20"), right


def documents() -> Iterator[tuple[str, str, ReportTruth]]:
    """Every report document: file, layout, what it holds."""
    for (unit, year), (file, layout) in at.FILES.items():
        yield file, layout, report(unit, year)
    yield *at.TRIAL, trial_form()
    yield *at.OUTSIDER, outsider()
    yield *at.TWICE, report("水利局", 2022)
    yield *at.COUNTY_REPORT, county()[0]


def manifest() -> dict[str, Any]:
    """What is planted where, finding by finding."""
    planted = [entry for mistake in MISTAKES for entry in _entries(mistake)]
    right = county()[1]
    planted += [
        _entry(at.COUNTY_REPORT[0], COUNTY, 2023, "G901", "县级汇总表抄错", [a], truth={a: v})
        for a, v in right.items()
    ]
    second = at.TWICE[0]
    planted += [
        _entry("", "寒泉乡", 2022, "R801", "没有报送"),
        _entry(second, "水利局", 2022, "R802", "压缩包之外又报了一份"),
        _entry(at.OUTSIDER[0], "龙潭湖管理委员会", 2022, "R803", "不在名单上"),
        _entry(at.BROKEN, None, None, "F001", "上传中断，文件不完整"),
        _entry(at.EMPTY, None, None, "F001", "空文件"),
        _entry(at.LETTER, None, None, "F002", "报送说明，不是年度报告"),
    ]
    scans = [file for file, layout, _ in documents() if layout == "scan"]
    # Without OCR at hand a scan is F003 and nothing else.
    return {"reports": len(list(documents())), "scans": scans, "planted": planted}


def _entries(mistake: Mistake) -> Iterator[dict[str, Any]]:
    for e in mistake.expect:
        unit = e.unit or mistake.unit
        file = at.FILES[unit, mistake.year][0]
        yield _entry(file, unit, mistake.year, e.rule, mistake.how, e.cells, e.text, dict(e.truth))


def _entry(
    file: str,
    unit: str | None,
    year: int | None,
    rule: str,
    how: str,
    cells: Any = (),
    text: str = "",
    truth: dict[str, Any] | None = None,
) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": file, "unit": unit, "year": year, "rule": rule, "how": how}
    optional = {"cells": list(cells), "text": text, "truth": truth}
    return entry | {key: value for key, value in optional.items() if value}


def make(folder: Path = SAMPLES, truth_file: Path = TRUTH) -> list[str]:
    """Write all samples; returns the files that LibreOffice was needed for and that were left."""
    converted = _converted(folder)
    left = _documents(folder, converted)
    for year, file in at.TIDY.items():
        records = [r for unit in at.TIDY_UNITS[year] for r in rows(zeros(unit, year))]
        (folder / file).write_bytes(encode_rows(records))
    _others(folder)
    dumped = yaml.safe_dump(
        manifest() | {"converted": converted}, allow_unicode=True, sort_keys=False, width=100
    )
    (folder / "manifest.yaml").write_text(dumped, encoding="utf-8")
    truth_file.parent.mkdir(parents=True, exist_ok=True)
    records = [r for file, _, truth in documents() for r in rows(truth, file)]
    truth_file.write_bytes(encode_rows(records))
    return left


def _converted(folder: Path) -> dict[str, str]:
    """What the files made by LibreOffice were made of when they were, as digests."""
    old = folder / "manifest.yaml"
    if not old.is_file():
        return {}
    known = yaml.safe_load(old.read_text(encoding="utf-8")).get("converted", {})
    return {file: digest for file, digest in known.items() if (folder / file).is_file()}


def _documents(folder: Path, converted: dict[str, str]) -> list[str]:
    """Write every document; LibreOffice, which stamps the time, only where something changed."""
    left, archives = [], dict[str, list[tuple[str, bytes]]]()
    for file, layout, truth in documents():
        archive, _, member = file.partition("!")
        suffix = ".scan" if layout == "scan" else Path(member or file).suffix
        if suffix in office.FROM:
            digest = hashlib.sha256(office.source(truth, layout, suffix)).hexdigest()[:16]
            if converted.get(file) == digest:
                continue
        try:
            data = encode(truth, suffix, layout)
        except office.OfficeError:
            left.append(file)
            continue
        if suffix in office.FROM:
            converted[file] = digest
        if member:
            archives.setdefault(archive, []).append((member, data))
            continue
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
    for archive, members in archives.items():
        (folder / archive).write_bytes(_zip(members))
    return left


def _zip(members: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return stream.getvalue()


def _others(folder: Path) -> None:
    """Files that are no report, the roster."""
    whole = encode(sound("枫林渡镇", 2023), ".docx")
    (folder / at.BROKEN).write_bytes(whole[: len(whole) // 3])
    (folder / at.EMPTY).write_bytes(b"")
    (folder / at.LETTER).write_text(
        "关于报送年度报告的说明\n\n县政府办公室：\n　　现将我乡年度报告及相关表格送上，请审阅。\n"
        "　　联系人：党政办公室。\n",
        encoding="utf-8",
    )
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("单位", "级别", "上级", "别名", "截止日期"))
    for unit in UNITS:
        writer.writerow((unit.name, unit.level, COUNTY, unit.former, ""))
    writer.writerow((REAL, "乡镇", COUNTY, "", ""))
    (folder / "roster.csv").write_text(stream.getvalue(), encoding="utf-8-sig")


def main() -> None:
    """Make the samples in place of the old ones."""
    left = make()
    for file in left:
        print(f"left as it is, LibreOffice is missing: {file}")
    wanted = {SAMPLES / file.partition("!")[0] for file, _, _ in documents()}
    wanted |= {SAMPLES / f for f in (*at.TIDY.values(), at.BROKEN, at.EMPTY, at.LETTER)}
    for path in sorted(SAMPLES.glob("*/*")):
        if path not in wanted:
            print(f"no sample of ours: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
