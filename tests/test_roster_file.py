"""Roster files as offices keep them: encodings, workbooks, Chinese headers, titles above them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from audit.errors import UsageError
from audit.roster import load

ROWS = [
    ("单位", "级别", "上级", "别名", "截止日期"),
    ("青石镇", "乡镇", "云岭县", "青石乡；青石人民公社", "1月20日"),
    ("白水街道办事处", "街道", "云岭县", "", ""),
    ("民政局", "部门", "云岭县", "", "2024-01-15"),
]
KNOWN = [
    ("青石镇", "township", "云岭县", "青石乡;青石人民公社", "01-20"),
    ("白水街道办事处", "township", "云岭县", None, None),
    ("民政局", "department", "云岭县", None, "01-15"),
]


def rows(path: Path) -> list[tuple[str | None, ...]]:
    frame = load(path).astype(object)
    return list(frame.where(frame.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_in_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("\r\n".join(delimiter.join(r) for r in ROWS).encode(encoding))
    assert rows(path) == KNOWN


def test_a_workbook_with_a_title_above_and_true_dates(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(("云岭县2023年年报报送单位名单",))
    book.active.append(("单位名称", "级 别", "上级单位", "曾用名", "截止日期（次年）"))
    book.active.append(("青石镇", "乡（镇）", "云岭县", None, date(2024, 1, 20)))
    book.active.append((None, None, None, None, None))
    path = tmp_path / "名单.xlsx"
    book.save(path)
    ((unit, level, parent, aliases, deadline),) = rows(path)
    assert (unit, level, parent, aliases) == ("青石镇", "township", "云岭县", None)
    assert deadline == "01-20"


def test_english_headers_in_any_order_and_lacking_columns(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Level,Unit\ntownship,青石镇\n,白水乡\n", encoding="utf-8")
    assert [r[:2] for r in rows(path)] == [("青石镇", "township"), ("白水乡", None)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "名单是空的"),
        ("编号,级别\n1,乡镇\n", "缺少“单位”列"),
        ("单位,级别\n青石镇,村\n", "第 2 行的级别“村”无法识别"),
        ("单位,截止日期\n青石镇,月底\n", "第 2 行：截止日期: 应为月-日"),
    ],
)
def test_what_is_no_roster_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=says) as caught:
        load(path)
    for told in (caught.value.message, caught.value.hint):
        assert bool(told.zh) == bool(told.en)
        assert not re.search("[\u3000-\u303f\u4e00-\u9fff]", re.sub("'村'|月底", "", told.en))


def test_a_missing_or_broken_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "roster.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    for path in (broken, tmp_path / "nowhere.csv"):
        with pytest.raises(UsageError, match=path.name):
            load(path)
