"""What a clerk sees on a console of eighty columns, and what stands in a file or pipe."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from audit.findings import Finding, Result
from audit.reporters import Look, reporters
from audit.reporters.wrap import breaks, width
from rules.vocabulary import Severity, Text
from tests.reporters.make_result import result


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _screen(made: Result, monkeypatch: pytest.MonkeyPatch, **look: object) -> list[str]:
    """The lines on a terminal of eighty columns, without their colours."""
    monkeypatch.setenv("COLUMNS", "80")
    stream = _Terminal()
    reporters()["text"].show(made, stream, replace(Look(), **look))  # type: ignore[arg-type]
    return re.sub(r"\x1b\[[\d;]*m", "", stream.getvalue()).splitlines()


def _plain(made: Result, **look: object) -> list[str]:
    stream = io.StringIO()
    reporters()["text"].show(made, stream, replace(Look(), **look))  # type: ignore[arg-type]
    return stream.getvalue().splitlines()


def _cut(text: str, room: int) -> list[str]:
    edges = [0, *breaks(text, room), len(text)]
    return [text[a:b] for a, b in pairwise(edges)]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("表三缺少 3 行：（六）其他", 16, ["表三缺少 3 行：", "（六）其他"]),
        ("第六部分。应写明", 8, ["第六部", "分。应写", "明"]),
        ("共（六类）申请", 5, ["共", "（六", "类）", "申请"]),
        ("增长17.47%左右", 8, ["增长", "17.47%左", "右"]),
        ("A" * 10, 4, ["AAAA", "AAAA", "AA"]),
        ("put the old name among", 16, ["put the old name ", "among"]),
        ("", 4, [""]),
    ],
)
def test_chinese_breaks_anywhere_but_beside_its_marks(
    text: str, room: int, lines: list[str]
) -> None:
    assert _cut(text, room) == lines


def test_lines_fit_an_old_console_and_fill_it(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "内容雷同属国办通知列明的问题，请按本单位实际情况撰写（2023年）。" * 8
    made = result()
    found = [replace(f, excerpt=long) for f in made.findings]
    lines = _screen(replace(made, findings=found), monkeypatch)
    assert max(map(width, lines)) <= 80
    whole = [line for line in lines if line.startswith("│     ")]
    assert whole and sum(width(line) > 70 for line in whole) > len(whole) / 2
    assert not [line for line in lines if line.strip("│ ")[:1] in set("，。）：")]


def test_a_pipe_gets_whole_lines_without_frames_or_escapes() -> None:
    lines = _plain(result())
    text = "\n".join(lines)
    assert "\x1b" not in text and not re.search("[\u2500-\u257f]", text)
    assert "  文件：青石镇2023.docx" in lines
    assert "    位置：第3页第22行第4列" in lines or "      位置：第3页第22行第4列" in lines


def test_what_one_cause_explains_stands_together_with_its_suspect_once() -> None:
    text = "\n".join(_plain(result()))
    assert text.count("自然人 实为 4，应为 14") == 1
    cause = text.index("同一原因（2 项问题）：同一单元格有误引起")
    assert cause < text.index("最可能有误：") < text.index("A302") < text.index("A303")
    assert "方案1：表四 行政复议 · 结果维持 实为 1，应为 2" in text


def test_findings_of_one_rule_share_title_and_advice() -> None:
    made = result()
    said = next(f for f in made.findings if f.rule == "N601")
    other = replace(said, statement="applications.total.total", actual=6)
    text = "\n".join(_plain(replace(made, findings=[*made.findings, said, other])))
    assert "N601 申请数量文表不符（2 处）" in text
    assert "1. " in text and "2. " in text


def _gone(unit: str, year: int, note: str = "", waived: str | None = None) -> Finding:
    details = {"note": Text(note, note)}
    head = ("R801", Severity.ERROR, unit, year, None, -1, "report")
    return Finding(*head, details=details, waived=waived)


def test_units_without_a_report_stand_in_one_block() -> None:
    units = [f"第{n}镇" for n in range(1, 301)]
    gone = [_gone(u, y, "（另有 2 个文件未能读取）") for u in units for y in (2022, 2023)]
    gone += [_gone("甲乡", 2023, waived="已撤并")]
    lines = _plain(replace(result(), findings=[*result().findings, *gone]))
    text = "\n".join(lines)
    assert len(lines) < 80
    assert text.count("以下单位没有报送  错误 600") == text.count("（另有 2 个文件未能读取）") == 1
    for year in (2022, 2023):
        (listed,) = [s for s in lines if f"{year}年度 300 个单位：" in s]
        assert listed.partition("：")[2].split("、") == units
    assert "豁免：已撤并" in text, "what a waiver covers keeps its reason"
    assert text.count("请催报") == 2
    assert "R801 《政府信息公开条例》" in text


def test_one_unit_without_a_report_has_its_own_block() -> None:
    lines = _plain(replace(result(), findings=[_gone("第1镇", 2023)]))
    assert "第1镇 2023年  错误 1" in lines and "    第1镇没有2023年度的年报" in lines


def test_grounds_stand_once_at_the_end() -> None:
    text = "\n".join(_plain(result()))
    grounds = [line for line in text.splitlines() if "A302 A303 A304 " in line]
    assert len(grounds) == 1 and "〔2021〕30号" in grounds[0]


def test_sound_reports_have_no_block_and_no_row() -> None:
    lines = _plain(result())
    assert not [line for line in lines if line.startswith("白石镇 2023  ")]
    (sound,) = _plain(result(sound=True))[-1:]
    assert "未发现问题" in sound


def test_where_all_is_well_two_lines_say_so() -> None:
    made = replace(result(sound=True), not_assessed={"Y501": {Text("没有上年年报", "none"): 2}})
    lines = _plain(made)
    assert len(lines) == 2
    assert "没有上年年报 ×2" in lines[0]
    assert len(_plain(made, quiet=True)) == 1


def test_what_was_not_assessed_is_told_by_rule_if_asked_for() -> None:
    assert "  Y501 缺少上年年报 ×2" in _plain(result(), verbose=1)
    assert any("README.md" in line for line in _plain(result(), verbose=1))
    assert not any("README.md" in line for line in _plain(result()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_color_leaves_no_colour(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for look in (Look(language=language, color=False), Look(language=language)):
        if look.color:
            monkeypatch.setenv("NO_COLOR", "1")
        stream = _Terminal()
        reporters()["text"].show(result(), stream, look)
        assert not re.search(r"\x1b\[[\d;]*3\d", stream.getvalue())
