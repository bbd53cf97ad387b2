"""Bare page numbers among values that stand one a line: left out where sums prove it, else unread."""

from __future__ import annotations

from random import Random

import pytest

from audit.document import Document, Paragraph, Place
from audit.recognise import recognise
from audit.report import Body
from rules.form import load_form
from tests.builder.truth import ReportTruth, base_report
from tests.recognise.layouts import BLANKS, document
from tests.recognise.test_dumps import wrong


def _sound(random: Random) -> ReportTruth:
    """A report whose rows are their totals' sums."""
    form = load_form(2021)
    cells: dict[str, int] = {}
    for row in form.tables["applications"].rows:
        _row(cells, f"applications.{row.key}", 6, random)
    for channel in form.tables["disputes"].rows:
        _row(cells, f"disputes.{channel.key}", 4, random)
    return base_report("青石镇", 2023, 2021, cells=cells)


def _row(cells: dict[str, int], prefix: str, size: int, random: Random) -> None:
    table = prefix.partition(".")[0]
    keys = [c.key for c in load_form(2021).tables[table].blocks[0].columns]
    figures = [random.choice((0, 0, 0, 1, 2, random.randrange(30))) for _ in range(size)]
    cells |= {f"{prefix}.{k}": v for k, v in zip(keys, [*figures, sum(figures)], strict=True)}


def _paged(truth: ReportTruth, every: int, lose: int | None) -> Body:
    lines = [b.text for b in document(truth, BLANKS["values"]).blocks if isinstance(b, Paragraph)]
    told = [
        x for n, t in enumerate(lines, 1) for x in ([t, str(n // every)] if n % every == 0 else [t])
    ]
    if lose is not None:
        figures = [n for n, t in enumerate(told) if t.strip().isdigit()]
        del told[figures[lose % len(figures)]]
    blocks = tuple(Paragraph(t, Place(line=n)) for n, t in enumerate(told, 1) if t.strip())
    (part,) = recognise(Document("a.txt", "text", blocks))
    return part.body


@pytest.mark.parametrize("every", [28, 31, 36, 41])
def test_page_numbers_cost_few_cells_and_move_none(every: int) -> None:
    for seed in range(6):
        truth = _sound(Random(f"{every} {seed}"))
        found = _paged(truth, every, None)
        assert wrong(found, truth) == {}
        unread = sum(c.value is None for c in found.cells)
        assert unread <= 30


def test_a_row_with_a_page_number_that_lost_a_value_is_not_read() -> None:
    truth = _sound(Random(4))
    for lose in range(40, 190, 7):
        assert wrong(_paged(truth, 31, lose), truth) == {}
