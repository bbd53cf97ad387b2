"""Bytes of every encoding that reports come in."""

import pytest

from audit.encoding import decode
from audit.errors import UnreadableError

SIMPLIFIED = (
    "栖云县双枫镇2023年政府信息公开工作年度报告\n一、总体情况\n新收申请 6 件，塘㙍村 0 件。"
)
TRADITIONAL = (
    "棲雲縣雙楓鎮2023年政府信息公開工作年度報告\n一、總體情況\n本年新收申請 6 件，辦結 5 件。"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_encodings_are_told_apart_by_content(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "big5"])
def test_rarer_encodings(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5", "no-such-charset", "utf-16"])
def test_what_is_declared_does_not_overrule_the_bytes(declared: str) -> None:
    assert decode(SIMPLIFIED.encode(), declared) == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gb18030"), declared) == SIMPLIFIED


def test_gb2312_that_uses_characters_of_its_successors() -> None:
    assert decode("塘㙍镇、宝鎔村、𠮷田".encode("gb18030"), "gb2312") == "塘㙍镇、宝鎔村、𠮷田"


def test_line_ends_of_all_systems() -> None:
    assert decode("甲\r\n乙\r丙\n丁".encode()) == "甲\n乙\n丙\n丁"


def test_one_broken_character_costs_only_itself() -> None:
    data = (SIMPLIFIED * 20).encode()
    cut = decode(data[:-1])
    assert cut[:-1] == (SIMPLIFIED * 20)[:-1]
    assert cut[-1] == "\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, bytes(range(32)) * 30],
    ids=["picture", "controls"],
)
def test_what_is_no_text_is_not_taken_for_it(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert caught.value.reason == "corrupt"
