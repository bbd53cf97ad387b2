"""Headings in every wording and numbering that is met, and what is no heading."""

from __future__ import annotations

import pytest

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise

KEYS = ["overview", "disclosure", "applications", "disputes", "problems", "other"]
TITLES = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]
NUMERALS = "一二三四五六"
TEXT = "本镇按照要求做好各项工作，没有其他情况。"


def read(*lines: str):
    blocks = tuple(Paragraph(t, Place(line=n)) for n, t in enumerate(lines, 1) if t.strip())
    (part,) = recognise(Document("a.txt", "text", blocks))
    return part.body.sections


def keyed(*lines: str) -> dict[str | None, str]:
    return {s.key: s.text for s in read(*lines)}


def whole(titles=TITLES, mark="{n}、", text=TEXT):
    numbers = enumerate(zip(NUMERALS, titles, strict=True), 1)
    return [x for i, (n, t) in numbers for x in (mark.format(n=n, i=i) + t, f"{text}{i}")]


@pytest.mark.parametrize(
    "mark", ["{n}、", "{n} 、", "{i}、", "（{n}）", "{i}.", "", "{n}.", "　　{n}、 "]
)
def test_numberings(mark):
    found = keyed(*whole(mark=mark))
    assert [k for k in found if k != "preamble"] == KEYS
    assert [found[k] for k in KEYS] == [f"{TEXT}{i}" for i in range(1, 7)]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "2023年政府信息公开工作开展情况"),
        (1, "主要做法"),
        (3, "依申请公开情况"),
        (4, "复议诉讼情况"),
        (5, "存在的困难和下步打算"),
        (5, "2023年政府信息公开工作存在的问题及下一步工作打算"),
        (6, "其他"),
        (6, "信息处理费收取情况"),
    ],
)
def test_a_title_of_its_own_is_known_by_its_number_and_place(number, title):
    titles = [*TITLES]
    titles[number - 1] = title
    found = keyed(*whole(titles))
    assert [k for k in found if k != "preamble"] == KEYS
    assert found[KEYS[number - 1]] == f"{TEXT}{number}"


def test_a_strange_title_out_of_place_or_of_another_subject_is_no_section():
    """What stands where a section lacks is not that section unless it is of its subject."""
    titles = [*TITLES]
    titles[4] = "典型案例"
    assert "problems" not in keyed(*whole(titles))
    moved = [x for x in whole() if TITLES[4] not in x]
    assert "problems" not in keyed("五、存在的困难和下步打算", *moved)


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "概述"),
        (1, "2023年政务公开总体情况"),
        (1, "（政府信息公开）总体情况"),
        (1, "总体情况："),
        (2, "主动公开政府政府情况"),
        (2, "行政机关主动公开政府信息的情况"),
        (2, "主动公开政府信息情况。"),
        (3, "行政机关收到和处理政府信息公开申请情况"),
        (3, "收到和處理政府信息公開申請情況"),
        (4, "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "政府信息公开行政复议、  行政诉讼情况"),
        (5, "政府信息公开工作存在的主要问题及改进情况"),
        (5, "存在问题及改进情况"),
        (6, "其它需要报告的情况"),
        (6, "其他(qítā)需要报告的事项"),
    ],
)
def test_wordings(number, title):
    titles = [*TITLES[: number - 1], title, *TITLES[number:]]
    found = read(*whole(titles))
    assert [s.key for s in found if s.key != "preamble"] == KEYS
    assert found[number].text == f"{TEXT}{number}"


def test_title_as_printed_and_number():
    found = read(*whole([*TITLES[:5], "其它需要报告的情况"]))
    assert (found[6].number, found[6].title) == ("六", "其它需要报告的情况")


def test_lists_of_titles_are_no_headings():
    listing = "；".join(f"{n}、{t}" for n, t in zip(NUMERALS, TITLES, strict=True))
    preamble = f"本报告由{'、'.join(TITLES)}六部分组成。"
    found = keyed(preamble, f"报告包括：{listing}。", *whole())
    assert found["preamble"] == f"{preamble}\n报告包括：{listing}。"
    assert found["overview"] == f"{TEXT}1"


def test_outline_is_no_body():
    outline = [f"{n}、{t}" for n, t in zip(NUMERALS, TITLES, strict=True)]
    found = keyed("青石镇2023年政府信息公开工作年度报告", "目录", *outline, *whole())
    assert [found[k] for k in KEYS] == [f"{TEXT}{i}" for i in range(1, 7)]


def test_number_on_its_own_line():
    lines = [x for n, t in zip(NUMERALS, TITLES, strict=True) for x in (f"{n}、", t, TEXT)]
    found = read(*lines)
    assert [(s.key, s.number, s.text) for s in found if s.key != "preamble"] == [
        (k, n, TEXT) for k, n in zip(KEYS, NUMERALS, strict=True)
    ]


def test_title_over_two_lines():
    lines = whole()
    at = lines.index("四、政府信息公开行政复议、行政诉讼情况")
    lines[at : at + 1] = ["四、政府信息公开行政复议、", "行政诉讼情况"]
    found = keyed(*lines)
    assert found["disputes"] == f"{TEXT}4"


@pytest.mark.parametrize(
    "text", ["无。", "本年度未收取信息处理费。", "：无", "2023年我镇没有需要报告的事项。"]
)
def test_text_behind_its_heading(text):
    found = read(*whole()[:-2], f"六、其他需要报告的事项{text}")
    assert (found[-1].key, found[-1].title) == ("other", "其他需要报告的事项")
    assert found[-1].text == text.lstrip("：")


def test_parts_of_section_one_are_no_sections():
    parts = [
        "（一）主动公开情况",
        "公开信息12条。",
        "（二）依申请公开情况",
        "（三）总体情况",
        "无。",
    ]
    lines = whole()
    found = keyed(lines[0], *parts, *lines[1:])
    assert found["overview"] == "\n".join([*parts, f"{TEXT}1"])
    assert found["disclosure"] == f"{TEXT}2"


def test_part_does_not_stand_in_for_a_lost_heading():
    lines = whole()
    found = keyed(lines[0], "（一）主动公开政府信息情况", "公开信息12条。", lines[1], *lines[4:])
    assert "disclosure" not in found


def test_strange_heading_is_kept_apart():
    found = read(*whole(), "七、附件", "表格略。")
    assert (found[-1].key, found[-1].number, found[-1].title) == (None, "七", "附件")
    assert found[-2].text == f"{TEXT}6"


def test_wrapped_lines_are_sentences_again():
    sentence = (
        "2023年，青石镇认真贯彻《中华人民共和国政府信息公开条例》，按照上级部署深入推进法治建设，"
        "加大政府信息公开力度，不断改进工作方法，加强组织领导，确保工作取得新进展。"
    )
    lines = [sentence[i : i + 27] for i in range(0, len(sentence), 27)]
    found = read("一、总体情况", *lines, "（一）主动公开情况", "公开12条。", *whole()[2:])
    assert [p.text for p in found[1].paragraphs] == [sentence, "（一）主动公开情况", "公开12条。"]
    assert found[1].paragraphs[0].place.line == 2


def test_text_without_headings_is_all_preamble():
    found = read("各位领导：", TEXT)
    assert [s.key for s in found] == ["preamble"]
    assert found[0].text == f"各位领导：\n{TEXT}"
