"""Whole reports as they are copied: every cell and every section, whatever the page did to the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from opencc import OpenCC

from audit.loaders.base import Source
from audit.loaders.text import load
from audit.recognise import recognise
from rules.form import load_form
from tests.builder.flow import Piece, flow
from tests.builder.truth import ReportTruth, base_report
from tests.recognise.layouts import TEXTS
from tests.recognise.test_layouts import numbered

TITLES = {s.key: s.title for s in load_form(2021).sections}


def lines(truth: ReportTruth, layout: str, heading: Callable[[str], str] = str) -> list[str]:
    """The report's lines, its tables in this layout."""
    found: list[str] = []
    for piece in flow(truth):
        if piece.table is not None:
            found += TEXTS[layout](piece.table)
        else:
            found.append(heading(piece.text) if piece.kind == "heading" else piece.text)
    return found


def _one_line(truth: ReportTruth) -> str:
    return " ".join(lines(truth, "one-line"))


def _two_paragraphs(truth: ReportTruth) -> str:
    """An outer layout table around it; what is no table in a paragraph each."""
    groups: list[list[str]] = [[]]
    for piece in flow(truth):
        if piece.table is not None:
            groups += [[*TEXTS["pipe"](piece.table)], []]
        else:
            groups[-1].append(piece.text)
    told = ["\n".join(g) if n % 2 else " ".join(g) for n, g in enumerate(groups)]
    return f"\n{'|' * 120}\n".join(told)


def _traditional(truth: ReportTruth) -> str:
    text = OpenCC("s2t").convert("\n".join(lines(truth, "values")))
    return str(text).replace("報告", "報(bào)告(gào)").replace("數", "數(shù)")


def _marks(truth: ReportTruth) -> str:
    return re.sub(" +", "? ", "\n".join(lines(truth, "row")))


COPIES: dict[str, Callable[[ReportTruth], str]] = {
    "one line": _one_line,
    "outer table": _two_paragraphs,
    "traditional": _traditional,
    "hard spaces": _marks,
    "markdown headings": lambda t: "\n".join(lines(t, "markdown", lambda h: f"## {h}")),
    "bold headings": lambda t: "\n".join(lines(t, "markdown", lambda h: f"**{h}**")),
    "no numbers": lambda t: "\n".join(lines(t, "values", lambda h: h.split("、", 1)[1])),
    "arabic numbers": lambda t: "\n".join(
        lines(t, "between", lambda h: f"{'一二三四五六'.index(h[0]) + 1}. {h.split('、', 1)[1]}")
    ),
    "indented": lambda t: "\n".join(f"\u3000\u3000{x}" for x in lines(t, "values")),
}


def bodies(text: str, folder: Path) -> list:  # type: ignore[type-arg]
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (document,) = load(Source(path, path.name))
    return [part.body for part in recognise(document)]


@pytest.mark.parametrize("copy", COPIES)
def test_every_cell_and_section_of_a_copy(tmp_path: Path, copy: str) -> None:
    truth = numbered(2021)
    (body,) = bodies(COPIES[copy](truth), tmp_path)
    assert {c.address: c.value for c in body.cells} == dict(truth.cells)
    found = {s.key: s for s in body.sections if s.key not in (None, "preamble")}
    assert list(found) == list(TITLES)
    assert {k: s.title for k, s in found.items()} == TITLES
    squeezed = {k: re.sub(r"\s", "", s.text) for k, s in found.items()}
    if copy not in ("traditional", "hard spaces"):
        assert squeezed["problems"] == re.sub(r"\s", "", truth.sections["problems"])
    assert squeezed["disclosure"] == ""


def test_an_outline_in_the_preamble_is_no_heading(tmp_path: Path) -> None:
    outline = "本报告由" + "、".join(
        f"{n}、{t}" for n, t in zip("一二三四五六", TITLES.values(), strict=True)
    )
    truth = replace(numbered(2021), preamble=f"{outline}六部分组成。统计期限自2023年1月1日起。")
    (body,) = bodies("\n".join(lines(truth, "values")), tmp_path)
    preamble = next(s for s in body.sections if s.key == "preamble")
    assert "六部分组成" in preamble.text
    assert [s.key for s in body.sections[1:]] == list(TITLES)


def test_tables_in_annexes_and_before_their_headings_are_read(tmp_path: Path) -> None:
    truth = numbered(2021)
    pieces = list(flow(truth))
    tables = [p for p in pieces if p.table is not None]
    rest = [p for p in pieces if p.table is None]
    annexed = [
        *rest,
        *(x for n, t in enumerate(tables, 1) for x in (Piece("paragraph", f"附件{n}"), t)),
    ]
    ahead: list[Piece] = []
    for piece in pieces:
        at = len(ahead) - 1 if piece.table is not None else len(ahead)
        ahead.insert(at, piece)
    for order in (annexed, ahead):
        text = "\n".join(
            x
            for p in order
            for x in (TEXTS["values"](p.table) if p.table is not None else [p.text])
        )
        (body,) = bodies(text, tmp_path)
        assert {c.address: c.value for c in body.cells} == dict(truth.cells)


def test_two_reports_in_one_text(tmp_path: Path) -> None:
    truths = [
        replace(numbered(2021, n), title=f"{u}2023年政府信息公开工作年度报告")
        for n, u in ((1, "青石镇"), (2, "白水乡"))
    ]
    text = "\n".join(x for t in truths for x in lines(t, "values"))
    assert [{c.address: c.value for c in b.cells} for b in bodies(text, tmp_path)] == [
        dict(t.cells) for t in truths
    ]


def test_labels_without_any_figure_are_a_blank_table(tmp_path: Path) -> None:
    truth = base_report("青石镇", 2023)
    blank = replace(truth, cells=dict.fromkeys(truth.cells, ""))
    (body,) = bodies("\n".join(lines(blank, "values")), tmp_path)
    assert {c.status.name for c in body.cells} == {"BLANK"}
    kinds = {o.kind for o in body.observations}
    assert not kinds & {"table_absent", "row_absent", "column_absent"}


@pytest.mark.parametrize("layout", ["pipe", "pipe-padded", "tabs"])
@pytest.mark.parametrize("sign", ["；", ";"])
def test_cells_typed_with_a_sign_between(tmp_path: Path, sign: str, layout: str):
    truth = numbered(2021)
    told: list[str] = []
    for piece in flow(truth):
        own = [piece.text] if piece.table is None else TEXTS[layout](piece.table)
        told += own if piece.table is None else [re.sub(r" ?\| ?|\t", sign, t) for t in own]
    (found,) = bodies("\n".join(told), tmp_path)
    assert {c.address: c.value for c in found.cells} == dict(truth.cells)
