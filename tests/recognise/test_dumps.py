"""Dumps of PDFs and other text that tables leave: read whole, or left unread, never shifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.status import Status
from tests.builder.matrix import Matrix
from tests.builder.truth import ReportTruth
from tests.recognise.damage import SPOILS
from tests.recognise.dumps import DUMPS, SCRAMBLED
from tests.recognise.layouts import BARRED, BLANKS, document
from tests.recognise.test_layouts import numbered

Change = Callable[[list[str], Random], list[str]]


def body(found: Document) -> Body:
    (part,) = recognise(found)
    return part.body


def wrong(found: Body, truth: ReportTruth) -> dict[str, object]:
    return {
        c.address: (c.value, truth.cells.get(c.address))
        for c in found.cells
        if c.value is not None and c.value != truth.cells.get(c.address)
    }


@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize("layout", DUMPS)
def test_every_cell_of_a_dump(layout: str, edition: int) -> None:
    truth = numbered(edition)
    found = body(document(truth, DUMPS[layout]))
    assert wrong(found, truth) == {}
    read = {c.address for c in found.cells if c.value is not None}
    # A label of one row and the next one's, wrapped in one narrow column, may run into another.
    lost = 77 if layout == "positions-narrow-middle" else 14 if "positions" in layout else 0
    assert len(read) >= len(truth.cells) - lost


@pytest.mark.parametrize("column", range(7))
@pytest.mark.parametrize("where", [0, 1])
def test_a_figure_broken_over_two_lines_is_not_read_as_another(column: int, where: int) -> None:
    """A narrow cell breaks 8597 into 859 and 7, printed above or below the rest of its row."""
    truth = numbered(2021, 3)

    def broken(table: Matrix) -> Iterator[str]:
        for number, row in enumerate(table.rows()):
            texts = [b.text for b in row]
            if table.key == "applications" and number == 9:
                at = len(texts) - 7 + column
                first, last = texts[at][:-1], texts[at][-1]
                if where:
                    yield " ".join([*texts[:at], first, *texts[at + 1 :]])
                    yield last
                else:
                    yield first
                    yield " ".join([*texts[:at], last, *texts[at + 1 :]])
            else:
                yield " ".join(texts)

    assert wrong(body(document(truth, broken)), truth) == {}


def test_a_piece_of_a_groups_label_is_no_heading() -> None:
    """三、本年度办理结果 in a narrow column, 供 of another label beside its first piece."""
    truth = numbered(2021)

    def pieces(table: Matrix) -> Iterator[str]:
        for number, row in enumerate(table.rows()):
            yield " ".join(b.text for b in row)
            if table.key == "applications" and number == 15:
                yield "三、本年 供"

    found = body(document(truth, pieces))
    assert wrong(found, truth) == {}
    assert {s.key for s in found.sections} == {
        s.key for s in body(document(truth, DUMPS["first-line"])).sections
    }
    assert not [o for o in found.observations if o.kind == "row_absent"]


@pytest.mark.parametrize("edition", [2021, 2019])
@pytest.mark.parametrize("layout", SCRAMBLED)
def test_numbers_that_stand_apart_from_their_labels_are_not_read(layout: str, edition: int) -> None:
    truth = numbered(edition)
    found = body(document(truth, SCRAMBLED[layout]))
    assert wrong(found, truth) == {}
    unsure = sum(c.status is Status.UNSURE for c in found.cells)
    absent = sum(o.kind in ("row_absent", "table_absent") for o in found.observations)
    assert unsure or absent


def _pages(lines: list[str], random: Random) -> list[str]:
    foot = random.choice(("- {} -", "— {} —", "第 {} 页 共 9 页", "{}"))
    return [
        x
        for n, line in enumerate(lines, 1)
        for x in ([line, foot.format(n // 25)] if n % 25 == 0 else [line])
    ]


def _heads(lines: list[str], random: Random) -> list[str]:
    head = "青石镇2023年政府信息公开工作年度报告"
    return [x for n, t in enumerate(lines, 1) for x in ([t, head] if n % 30 == 0 else [t])]


def _marks(lines: list[str], random: Random) -> list[str]:
    return [t.replace(" ", "? ") if random.random() < 0.3 else t for t in lines]


def _joined(lines: list[str], random: Random) -> list[str]:
    return [" ".join(lines[n : n + 2]) for n in range(0, len(lines), 2)]


def _halved(lines: list[str], random: Random) -> list[str]:
    return [
        x for t in lines for x in (t.split(" ", 1) if " " in t and random.random() < 0.2 else [t])
    ]


CHANGES: dict[str, Change] = {
    "pages": _pages,
    "heads": _heads,
    "marks": _marks,
    "joined": _joined,
    "halved": _halved,
}


@pytest.mark.parametrize("seed", range(90))
def test_spoilt_dumps_are_never_read_wrongly(seed: int) -> None:
    """A table spoilt as it is printed, its lines spoilt as they are copied."""
    random = Random(f"dump {seed}")
    edition = random.choice((2021, 2019))
    truth = numbered(edition, seed)
    layouts = {**BARRED, **BLANKS, **DUMPS, **SCRAMBLED}
    lines = layouts[random.choice(list(layouts))]
    which = random.choice(("disclosure", "applications", "disputes"))
    spoil = random.choice([s for s in SPOILS if s not in ("merge_down", "lose_value")])
    draw = random.random()
    made = document(truth, lines, lambda m: SPOILS[spoil](m, Random(draw)) if m.key == which else m)
    told = [b.text for b in made.blocks if isinstance(b, Paragraph)]
    change = random.choice(list(CHANGES))
    told = CHANGES[change](told, random)
    blocks = tuple(Paragraph(t, Place(line=n)) for n, t in enumerate(told, 1) if t.strip())
    found = [p.body for p in recognise(Document("a.txt", "text", blocks))]
    assert [wrong(b, truth) for b in found if wrong(b, truth)] == [], (spoil, which, change)
