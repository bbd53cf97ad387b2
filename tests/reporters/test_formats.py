"""Each format read back by what reads it: what stands where, and that nothing of it is lost."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import docx
import jsonschema
import openpyxl
import pytest
from sarif_pydantic import Sarif
from selectolax.lexbor import LexborHTMLParser

from audit.config import Letter
from audit.findings import Finding
from audit.reporters import Look, reporters
from audit.texts import say
from rules.vocabulary import Severity
from tests.reporters.make_result import HOSTILE, result, written

_SARIF = Path(__file__).parents[1] / "data" / "sarif-2.1.0.json"


@pytest.mark.parametrize("text", [None, *HOSTILE])
def test_json_keeps_to_its_schema(text: str | None, tmp_path: Path) -> None:
    schema = json.loads(resources.files("audit.reporters").joinpath("schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    output = json.loads(written("json", result(text), tmp_path).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(output)
    output["findings"][0]["severity"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(output)


@pytest.mark.parametrize("text", [None, *HOSTILE])
def test_sarif_keeps_to_its_schema(text: str | None, tmp_path: Path) -> None:
    schema = json.loads(_SARIF.read_text(encoding="utf-8"))
    log = json.loads(written("sarif", result(text), tmp_path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(log)
    found = log["runs"][0]["results"]
    assert len(found) == len(result(text).findings)
    ids = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert all(ids[one["ruleIndex"]] == one["ruleId"] for one in found)


def test_sarif_is_read_by_another_program(tmp_path: Path) -> None:
    log = Sarif.model_validate_json(written("sarif", result(), tmp_path).read_bytes())
    (run,) = log.runs
    assert [r.rule_id for r in run.results or []] == [f.rule for f in result().findings]
    assert [r.level for r in run.results or []][:1] == ["error"]


def test_junit_counts_what_it_holds(tmp_path: Path) -> None:
    root = ET.parse(written("junit", result(), tmp_path)).getroot()
    suites = root.findall("testsuite")
    assert {s.get("name") for s in suites} >= {"青石镇 2023", "白石镇 2023"}
    for count in ("tests", "failures", "errors"):
        assert int(root.get(count, "-1")) == sum(int(s.get(count, "-1")) for s in suites)
    for suite in suites:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


_LINES = [
    ("a.txt", "line 7", "a.txt", 7),
    ("数据/a.csv", "line 7", "数据/a.csv", 7),
    ("a.html", "line 7", "a.html", None),
    ("a.docx", "表2 R5C3", "a.docx", None),
    ("送审.zip!甲/a.txt", "line 7", "送审.zip", None),
    ("真的!.txt", "line 7", "真的!.txt", 7),
]


@pytest.mark.parametrize(("file", "location", "path", "line"), _LINES)
def test_code_hosts_are_told_files_on_disk_and_lines_of_text(
    file: str, location: str, path: str, line: int | None, tmp_path: Path
) -> None:
    first = replace(result().findings[0], file=file, location=location)
    made = replace(result(), findings=[first])
    (command,) = written("github", made, tmp_path).read_text(encoding="utf-8").splitlines()
    assert command.startswith(f"::error file={path},")
    assert (f",line={line}::" in command) is (line is not None)
    (issue,) = json.loads(written("gitlab", made, tmp_path).read_text(encoding="utf-8"))
    assert issue["location"] == {"path": path, "lines": {"begin": line or 1}}
    log = json.loads(written("sarif", made, tmp_path).read_text(encoding="utf-8"))
    (place,) = log["runs"][0]["results"][0]["locations"]
    physical = place["physicalLocation"]
    assert unquote(physical["artifactLocation"]["uri"]) == path
    assert physical["region"]["startLine"] == (line or 1)


def test_code_quality_report_has_what_gitlab_needs(tmp_path: Path) -> None:
    issues = json.loads(written("gitlab", result(), tmp_path).read_text(encoding="utf-8"))
    for one in issues:
        assert set(one) >= {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert len({one["fingerprint"] for one in issues}) == len(issues) == 5


@pytest.mark.parametrize(
    ("home", "path"),
    [
        (None, "nianbao.toml"),
        (Path("数据/名单.csv"), "数据/名单.csv"),
        (Path.cwd() / "名单.csv", "名单.csv"),
        (Path.cwd(), "nianbao.toml"),
        (Path("./往年"), "往年"),
    ],
)
def test_a_finding_about_no_file_has_a_place_that_hosts_accept(
    home: Path | None, path: str, tmp_path: Path
) -> None:
    missing = replace(result().findings[-1], file=None, unit="青石镇")
    made = replace(result(), findings=[missing], home=home)
    log = json.loads(written("sarif", made, tmp_path).read_text(encoding="utf-8"))
    (place,) = log["runs"][0]["results"][0]["locations"]
    assert unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == path
    (issue,) = json.loads(written("gitlab", made, tmp_path).read_text(encoding="utf-8"))
    assert issue["location"]["path"] == path
    assert (
        written("github", made, tmp_path).read_text(encoding="utf-8").startswith("::error title=")
    )


def test_gitlab_is_told_no_absolute_path(tmp_path: Path) -> None:
    files = {str(Path.cwd() / "甲" / "a.txt"): "甲/a.txt"}
    outside = tmp_path / "乙.txt"
    files[str(outside)] = outside.relative_to(outside.anchor).as_posix()
    for file, path in files.items():
        made = replace(result(), findings=[replace(result().findings[0], file=file)])
        (issue,) = json.loads(written("gitlab", made, tmp_path).read_text(encoding="utf-8"))
        assert issue["location"]["path"] == path
    log = json.loads(written("sarif", made, tmp_path).read_text(encoding="utf-8"))
    (place,) = log["runs"][0]["results"][0]["locations"]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == outside.as_uri(), "SARIF can name what lies elsewhere"


def _book(tmp_path: Path, made: Any = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written("xlsx", made or result(), tmp_path))


def test_workbook_has_its_sheets_ready_to_print_and_filter(tmp_path: Path) -> None:
    book = _book(tmp_path)
    assert book.sheetnames == ["汇总", "问题", "表格", "未核验", "未审核文件"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.auto_filter.ref or sheet.title == "表格"


def test_workbook_lists_every_finding(tmp_path: Path) -> None:
    rows = list(_book(tmp_path)["问题"].iter_rows(values_only=True))
    heads = {name: at for at, name in enumerate(rows[0])}
    assert [row[heads["规则"]] for row in rows[1:]] == [f.rule for f in result().findings]
    first = rows[1]
    assert (first[heads["单位"]], first[heads["年度"]]) == ("青石镇", 2023)
    assert (first[heads["实为"]], first[heads["应为"]]) == (20, 10)
    assert first[heads["指纹"]] == result().findings[0].fingerprint
    assert rows[5][heads["已豁免"]] == "已电话核实"


def test_workbook_draws_the_tables_and_marks_the_wrong_cell(tmp_path: Path) -> None:
    sheet = _book(tmp_path)["表格"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    wrong = [c for c in cells if c.comment and c.value == 4]
    assert len(wrong) == 1 and wrong[0].comment.text.startswith("应为 14")
    label = [c for c in cells if c.value == "（一）予以公开"]
    assert [c.row for c in label] == [wrong[0].row]
    colours = {c.fill.fgColor.rgb for c in cells if c.comment}
    assert len(colours) == 3, "wrong, possibly wrong and involved cells look different"
    assert any(c.value == "申请人情况" for c in cells)


def test_overview_counts_by_unit_and_family(tmp_path: Path) -> None:
    rows = [[str(v) for v in r] for r in _book(tmp_path)["汇总"].iter_rows(values_only=True)]
    head = next(r for r in rows if r[0] == "单位")
    own = next(r for r in rows if r[0] == "青石镇")
    counts = dict(zip(head, own, strict=True))
    assert counts["A 勾稽关系"] == "错3" and counts["N 文表一致"] == "警1"
    assert (counts["错误"], counts["警告"], counts["已读数据"]) == ("3", "1", "200/200")


def _page(tmp_path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(written("html", result(), tmp_path).read_text(encoding="utf-8"))


def test_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = _page(tmp_path)
    assert not page.css("link, img, iframe, script[src]")
    for node in page.css("[href]"):
        assert (node.attributes["href"] or "").startswith("#")
    assert (
        "http:" not in page.css("style")[0].text() and "@import" not in page.css("style")[0].text()
    )
    assert page.css_first("meta[charset]") and page.css_first("meta[name=viewport]")


def test_page_marks_the_cell_in_its_table(tmp_path: Path) -> None:
    page = _page(tmp_path)
    wrong = page.css("figure.applications td.wrong")
    assert [re.sub(r"\s+", "", w.text()) for w in wrong] == ["4应为→14"]
    assert "A302" in (wrong[0].attributes["title"] or "")
    row = wrong[0].parent
    assert row is not None and "（一）予以公开" in row.text()
    options = page.css("figure.disputes td.maybe")
    assert ["方案1" in o.text() for o in options] == [True, False]


def test_page_puts_findings_under_their_cause_and_shows_the_claim(tmp_path: Path) -> None:
    page = _page(tmp_path)
    causes = page.css(".cause")
    assert len(causes) == 1 and len(causes[0].css(".finding")) == 2
    assert "同一单元格有误引起" in causes[0].css("h3")[0].text()
    assert [m.text() for m in page.css("mark")] == ["5"]
    quote = page.css("blockquote")[0]
    assert "较上年的15件" in quote.text()


def test_page_can_be_filtered(tmp_path: Path) -> None:
    page = _page(tmp_path)
    for finding in page.css(".finding"):
        assert finding.attributes["data-severity"] in set(Severity)
        assert finding.attributes["data-family"] in set("ANVF")
    units = {c.attributes["data-unit"] for c in page.css(".chapter")}
    assert {o.text() for o in page.css("select[name=unit] option")} - {"全部单位"} == units


_LETTER = Look(letter=Letter(sender="栖霞县政务公开办", contact="王五 0000", reply_by="4月1日"))


def test_letters_follow_the_summary_in_one_document(tmp_path: Path) -> None:
    reporters()["docx"].write(result(), tmp_path / "a.docx", _LETTER)
    letter = docx.Document(str(tmp_path / "a.docx"))
    text = "\n".join(p.text for p in letter.paragraphs)
    assert text.index("核验情况汇总") < text.index("青石镇：")
    for part in ("栖霞县政务公开办", "王五 0000", "请于4月1日前", "2024年3月5日"):
        assert part in text
    heads = [[c.text for c in t.rows[0].cells] for t in letter.tables]
    assert ["序号", "级别", "位置", "问题", "实为", "应为", "建议"] in heads
    points = next(t for t in letter.tables if t.rows[0].cells[0].text == "序号")
    first = [c.text for c in points.rows[1].cells]
    assert first[:2] == ["1", "错误"] and first[4:6] == ["4", "14"]
    assert "（一）予以公开" in first[2] and "自然人" in first[2]
    assert len(points.rows) == 1 + 3, "two findings of one cause are one point"


def test_a_unit_that_handed_in_nothing_is_asked_for_its_report(tmp_path: Path) -> None:
    """It has no report of which anything could be corrected, and nobody but the county duns it."""
    missing = Finding(
        "R801", Severity.ERROR, "红旗镇", 2023, None, -1, "report", details={"note": ""}
    )
    made = replace(result(), findings=[missing])
    reporters()["docx"].write(made, tmp_path, _LETTER)
    text = _words(tmp_path / "红旗镇.docx")
    assert "没有收到你单位2023年度政府信息公开工作年度报告，请尽快报送" in text
    assert "请于4月1日前报送。" in text
    assert not re.search("更正|催报|序号", text)


def test_letters_in_a_folder_are_a_file_for_each_unit(tmp_path: Path) -> None:
    reporters()["docx"].write(result(), tmp_path, _LETTER)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["汇总.docx", "青石镇.docx"]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "docx"])
def test_where_all_is_well_it_is_said(name: str, tmp_path: Path) -> None:
    path = written(name, result(sound=True), tmp_path)
    text = path.read_text(encoding="utf-8") if name != "docx" else _words(path)
    wanted = "letter_none" if name == "docx" else "all_well"
    assert say(wanted, "zh") in text


def _words(path: Path) -> str:
    made = docx.Document(str(path))
    cells = [c.text for t in made.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in made.paragraphs), *cells])
