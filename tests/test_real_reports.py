"""Two published reports and a folder of good and bad files, from the command line to the JSON."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from audit.cli import main

SHARED = Path(__file__).parents[1].parent / "shared" / "reports"
pytestmark = pytest.mark.skipif(
    not (SHARED / "guanyuan-2023.txt").exists(),
    reason="the shared reports are not beside the project",
)


def checked(*paths: Path) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(
        main, ["check", *map(str, paths), "-f", "json", "--jobs", "1", "--today", "2026-06-01"]
    )
    return result.exit_code, json.loads(result.stdout)


def truth(name: str) -> dict[tuple[str, str, str], float]:
    with (SHARED / name).open(encoding="utf-8-sig") as lines:
        return {
            (r["table"], r["row"], r["column"]): float(r["value"])
            for r in csv.DictReader(lines)
            if r["value"]
        }


def extracted(path: Path) -> dict[tuple[str, str, str], float]:
    result = CliRunner().invoke(main, ["extract", str(path), "--jobs", "1"])
    rows = csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    return {(r["table"], r["row"], r["column"]): float(r["value"]) for r in rows if r["value"]}


@pytest.mark.parametrize("name", ["guanyuan-2023.txt", "hongze-2023.pdf"])
def test_every_cell_of_a_published_report(name: str) -> None:
    assert extracted(SHARED / name) == truth(Path(name).stem + ".truth.csv")


def test_the_township_without_a_title() -> None:
    status, told = checked(SHARED / "guanyuan-2023.txt")
    (report,) = told["reports"]
    assert status == 0
    assert (report["unit"], report["year"], report["level"]) == ("官元镇", 2023, "township")
    assert (report["edition"], report["cells_read"], report["cells_expected"]) == (2021, 200, 200)
    # Its section one says nothing of 考核, 评议 or 责任追究, which article 50 asks of governments.
    assert [f["rule"] for f in told["findings"] if f["severity"] != "info"] == ["S109"]


def test_the_district_with_real_errors() -> None:
    status, told = checked(SHARED / "hongze-2023.pdf")
    (report,) = told["reports"]
    assert status == 1
    assert (report["unit"], report["year"], report["cells_read"]) == ("洪泽区", 2023, 186)
    errors = [f for f in told["findings"] if f["severity"] == "error"]
    assert sorted(f["rule"] for f in errors) == ["A304", "A304", "S105"]
    wrong = {cell for f in errors if f["rule"] == "A304" for cell in f["cells"]}
    assert {c.split(".")[1] for c in wrong} == {"review", "litigation_after_review"}


def test_a_folder_of_good_and_bad_files(tmp_path: Path) -> None:
    for name in ("guanyuan-2023.txt", "hongze-2023.pdf"):
        shutil.copy(SHARED / name, tmp_path / name)
    whole = (SHARED / "hongze-2023.pdf").read_bytes()
    (tmp_path / "截断.pdf").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "乱码.pdf").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "加密.pdf").write_bytes(_locked())
    (tmp_path / "通知.txt").write_text("关于召开会议的通知\n请各单位准时参加。", encoding="utf-8")
    status, told = checked(tmp_path)
    assert status == 1
    assert {r["unit"] for r in told["reports"]} == {"官元镇", "洪泽区"}
    bad = {Path(f["file"]).stem: f for f in told["findings"] if f["rule"].startswith("F00")}
    assert {name: f["rule"] for name, f in bad.items()} == {
        "截断": "F001",
        "空": "F001",
        "乱码": "F001",
        "加密": "F001",
        "通知": "F002",
    }
    assert len({f["message"] for f in bad.values()}) >= 4  # each says what is wrong with its own
    assert told["summary"]["files"] == 7


def _locked() -> bytes:
    made = io.BytesIO()
    page = Canvas(made, encrypt=StandardEncryption("secret", strength=128))
    page.drawString(100, 700, "2023")
    page.save()
    return made.getvalue()
