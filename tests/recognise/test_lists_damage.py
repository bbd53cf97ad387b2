"""Lists of units with damaged headers and lines: a figure is read under its own labels, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as File
from random import Random

import pytest

from rules.form import load_form
from tests.builder.matrix import Box, Matrix
from tests.loaders.render import RENDERERS
from tests.recognise.lists import UNITS, addresses, listing, path, pieces, turned
from tests.recognise.test_lists import (
    FIGURES,
    LAYOUTS,
    comma,
    numbers,
    reading,
    units,
    unsure,
)

Damage = Callable[[Matrix, Random], Matrix]


def made(boxes: list[Box]) -> Matrix:
    return Matrix("list", tuple(sorted(boxes, key=lambda b: (b.row, b.column))))


def labels(table: Matrix) -> list[Box]:
    first = min(b.row for b in table.boxes if not b.header)
    return [b for b in table.boxes if b.header and b.row < first and b.text and b.column > 1]


def figures(table: Matrix) -> list[Box]:
    return [b for b in table.boxes if not b.header]


def _with(table: Matrix, box: Box, text: str) -> Matrix:
    return made([replace(b, text=text) if b is box else b for b in table.boxes])


def blank_labels(table: Matrix, random: Random) -> Matrix:
    """Some labels are gone, their cells are there."""
    for _ in range(random.randint(1, 3)):
        table = _with(table, random.choice(labels(table)), "")
    return table


def misspelt_label(table: Matrix, random: Random) -> Matrix:
    """A label with one character wrong."""
    box = random.choice(labels(table))
    at = random.randrange(len(box.text))
    return _with(table, box, box.text[:at] + random.choice("某亻公不总其上") + box.text[at + 1 :])


def cut_label(table: Matrix, random: Random) -> Matrix:
    """A label whose end is gone."""
    box = random.choice(labels(table))
    return _with(table, box, box.text[: random.randint(1, len(box.text))])


def strange_label(table: Matrix, random: Random) -> Matrix:
    """A label that says something else."""
    others = ("小计", "网上申请", "2022年", "备注", "依申请公开", "其中：信函")
    return _with(table, random.choice(labels(table)), random.choice(others))


def without_label_row(table: Matrix, random: Random) -> Matrix:
    """A row of the header is gone."""
    row = random.choice(sorted({b.row for b in labels(table)}))
    boxes = []
    for b in table.boxes:
        if b.row <= row < b.row + b.row_span:
            boxes += [replace(b, row_span=b.row_span - 1)] if b.row_span > 1 else []
        else:
            boxes.append(replace(b, row=b.row - (b.row > row)))
    return made(boxes)


def without_column(table: Matrix, random: Random) -> Matrix:
    """A whole column is gone, with the labels over it alone."""
    column = random.choice(figures(table)).column
    boxes = []
    for b in table.boxes:
        if b.column <= column < b.column + b.column_span:
            boxes += [replace(b, column_span=b.column_span - 1)] if b.column_span > 1 else []
        else:
            boxes.append(replace(b, column=b.column - (b.column > column)))
    return made(boxes)


def narrow_group(table: Matrix, random: Random) -> Matrix:
    """A label reaches one column less than it should, with a blank cell beside it."""
    groups = [b for b in labels(table) if b.column_span > 1]
    if not groups:
        return table
    box = random.choice(groups)
    last = box.column + box.column_span - 1
    blank = [Box("", r, last) for r in range(box.row, box.row + box.row_span)]
    whole = [replace(b, column_span=b.column_span - 1) if b is box else b for b in table.boxes]
    return made([*whole, *blank])


def merged_figures(table: Matrix, random: Random) -> Matrix:
    """A figure reaches over its neighbour."""
    box = random.choice(figures(table))
    beside = [b for b in table.boxes if (b.row, b.column) == (box.row, box.column + 1)]
    if not beside:
        return table
    return made(
        [replace(b, column_span=2) if b is box else b for b in table.boxes if b is not beside[0]]
    )


def blank_figure(table: Matrix, random: Random) -> Matrix:
    """A unit left a cell out."""
    return _with(table, random.choice(figures(table)), "")


def short_line(table: Matrix, random: Random) -> Matrix:
    """A line lost a cell, what follows moved up."""
    box = random.choice(figures(table))
    return made(
        [
            replace(b, column=b.column - (b.row == box.row and b.column > box.column))
            for b in table.boxes
            if b is not box
        ]
    )


def long_line(table: Matrix, random: Random) -> Matrix:
    """A line has a cell too many."""
    box = random.choice(figures(table))
    moved = [
        replace(b, column=b.column + (b.row == box.row and b.column >= box.column))
        for b in table.boxes
    ]
    return made([*moved, replace(box, text="999999")])


def short_header(table: Matrix, random: Random) -> Matrix:
    """The header lost a cell, what follows moved up."""
    box = random.choice(labels(table))
    return made(
        [
            replace(b, column=b.column - box.column_span)
            if b.row == box.row and b.column > box.column
            else b
            for b in table.boxes
            if b is not box
        ]
    )


#: Damages, and whether they leave rows with a cell more or less: no workbook has such.
DAMAGES: dict[Damage, bool] = {
    blank_labels: False,
    misspelt_label: False,
    cut_label: False,
    strange_label: False,
    without_label_row: False,
    without_column: False,
    narrow_group: False,
    merged_figures: False,
    blank_figure: False,
    short_line: True,
    long_line: True,
    short_header: True,
}


CASES = [
    pytest.param(damage, suffix, id=f"{damage.__name__}{suffix}")
    for damage, uneven in DAMAGES.items()
    for suffix in (*RENDERERS, ".csv")
    if not uneven or suffix not in (".xlsx", ".csv")
]


@pytest.mark.parametrize(("damage", "suffix"), CASES)
def test_no_figure_under_other_labels(tmp_path: File, damage: Damage, suffix: str) -> None:
    random = Random(f"{damage.__name__} {suffix}")
    told = 0
    for _ in range(12):
        layout = LAYOUTS[random.choice(list(LAYOUTS))]
        across = random.random() < 0.4 and not DAMAGES[damage]
        table = listing(layout, FIGURES, merged=random.random() < 0.6)
        table = damage(table, random)
        table = turned(table) if across else table
        data = comma(table) if suffix == ".csv" else RENDERERS[suffix](pieces(table))
        for report in reading(tmp_path, data, f"汇总{suffix}").reports:
            read = numbers(report)
            truth = FIGURES[str(report.identity.unit)]
            assert read == {a: truth[a] for a in read}
            told += len(read)
    assert told or damage in (short_header, long_line)


def _kinds() -> Matrix:
    return listing({a: path(a) for a in addresses("applications")}, FIGURES)


@pytest.mark.parametrize("suffix", RENDERERS)
def test_exchanged_labels_take_their_figures_with_them(tmp_path: File, suffix: str) -> None:
    """自然人 and 总计 over the first outcome stand in each other's place: their word counts."""
    table = _kinds()
    first = next(b for b in labels(table) if b.text == "自然人")
    last = next(b for b in labels(table) if b.text == "总计")
    other = {id(first): last.text, id(last): first.text}
    table = made([replace(b, text=other.get(id(b), b.text)) for b in table.boxes])
    found = units(tmp_path, RENDERERS[suffix](pieces(table)), f"汇总{suffix}")
    for unit in UNITS:
        truth = {a: FIGURES[unit][a] for a in addresses("applications")}
        one, two = "applications.new.natural_person", "applications.new.total"
        assert numbers(found[unit]) == {**truth, one: truth[two], two: truth[one]}


@pytest.mark.parametrize("suffix", [".docx", ".html", ".fodt"])
def test_a_line_with_a_cell_too_few_is_unread_and_no_other(tmp_path: File, suffix: str) -> None:
    table = _kinds()
    box = next(
        b for b in figures(table) if b.text == str(FIGURES["白鹭镇"]["applications.partial.total"])
    )
    table = made(
        [
            replace(b, column=b.column - (b.row == box.row and b.column > box.column))
            for b in table.boxes
            if b is not box
        ]
    )
    found = units(tmp_path, RENDERERS[suffix](pieces(table)), f"汇总{suffix}")
    assert unsure(found["白鹭镇"]) == set(addresses("applications"))
    others = [u for u in UNITS if u != "白鹭镇"]
    assert all(len(numbers(found[u])) == 175 and not unsure(found[u]) for u in others)


def test_a_line_of_csv_that_ends_in_a_blank_is_unread(tmp_path: File) -> None:
    lines = comma(_kinds()).decode().splitlines()
    at = next(n for n, line in enumerate(lines) if ",桐溪镇," in line)
    cells = lines[at].split(",")
    lines[at] = ",".join(cells[:20] + cells[21:])
    found = units(tmp_path, "\n".join(lines).encode(), "汇总.csv")
    assert unsure(found["桐溪镇"]) == set(addresses("applications"))
    assert len(numbers(found["青石镇"])) == 175


@pytest.mark.parametrize(
    "label", ["", "（二）部分公幵", "部分公开", "（二）部分公开（件）", "（二）不分公开"]
)
def test_a_label_that_s_gone_or_misspelt(tmp_path: File, label: str) -> None:
    """Misspelt or shortened it is still plain; gone, or another word, its figures are unread."""
    table = _kinds()
    printed = load_form(2021).row("applications", "partial").label
    table = made([replace(b, text=label) if b.text == printed else b for b in table.boxes])
    found = units(tmp_path, RENDERERS[".xlsx"](pieces(table)), "汇总.xlsx")
    own = {a for a in addresses("applications") if ".partial." in a}
    lost = own if "部分" not in label else set()
    assert unsure(found["青石镇"]) == lost
    assert numbers(found["青石镇"]).keys() == set(addresses("applications")) - lost


def test_figures_that_reach_over_each_other_are_unread(tmp_path: File) -> None:
    table = _kinds()
    cells = FIGURES["教育局"]
    box = next(b for b in figures(table) if b.text == str(cells["applications.new.business"]))
    beside = next(b for b in table.boxes if (b.row, b.column) == (box.row, box.column + 1))
    table = made(
        [replace(b, column_span=2) if b is box else b for b in table.boxes if b is not beside]
    )
    found = units(tmp_path, RENDERERS[".docx"](pieces(table)), "汇总.docx")
    assert unsure(found["教育局"]) == {"applications.new.business", "applications.new.research"}
    assert len(numbers(found["教育局"])) == 173
